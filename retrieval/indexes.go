package retrieval

import (
	"context"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"runtime/debug"
	"sync"
	"time"

	"github.com/gofrs/flock"

	"verbatim/config/database"
)

// ErrLocked is returned by OpenIndexes for a directory that another process uses.
var ErrLocked = errors.New("the index directory is in use by another process")

var errClosed = errors.New("indexes are closed")

// Indexes are the indexes of all guilds, below one directory. They are opened when
// asked for, and the one that was unused longest is closed when there are too many.
// An Indexes is safe for concurrent use.
type Indexes struct {
	dir    string
	source Source
	log    *slog.Logger
	lock   *flock.Flock
	kept   *keptLists

	passages *keptPassages

	mutex   sync.Mutex // guards what follows, and users and used of each index
	open    map[string]*guildIndex
	busy    map[string]chan struct{} // guilds whose index is being opened or closed, until when
	clock   int64
	closed  bool
	asked   map[string]time.Time // when each guild's index was asked last
	dropped map[string]bool      // guilds whose indexes were deleted for want of room

	searches sync.WaitGroup

	patience time.Duration   // 0: without end
	life     context.Context // ends when it is closed
	end      context.CancelFunc
}

const (
	maxOpen    = 64 // indexes that stay open and that nobody uses
	maxClosing = 8  // indexes that are closed while questions go on
)

// OpenIndexes takes a directory for the indexes that follow source. It returns
// ErrLocked if another process has it.
func OpenIndexes(dir string, source Source, log *slog.Logger) (*Indexes, error) {
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create index directory: %w", explain(err))
	}
	lock, err := lockDirectory(dir)
	if err != nil {
		return nil, err
	}
	x := &Indexes{
		dir: dir, source: warningSource{source, log}, log: log, lock: lock, kept: newKeptLists(), passages: newKeptPassages(),
		open: map[string]*guildIndex{}, busy: map[string]chan struct{}{}, asked: map[string]time.Time{}, dropped: map[string]bool{},
	}
	x.life, x.end = context.WithCancel(context.Background())
	return x, nil
}

const lockName = "lock"

func lockDirectory(dir string) (*flock.Flock, error) {
	lock := flock.New(filepath.Join(dir, lockName), flock.SetPermissions(0o600))
	locked, err := lock.TryLock()
	if err != nil {
		return nil, fmt.Errorf("lock index directory %s: %w", dir, err)
	}
	if !locked {
		return nil, fmt.Errorf("%s: %w", dir, ErrLocked)
	}
	return lock, nil
}

// Close closes all indexes, once the searches under way are over.
func (x *Indexes) Close() error {
	x.mutex.Lock()
	if x.closed {
		x.mutex.Unlock()
		return nil
	}
	x.closed = true
	x.mutex.Unlock()
	x.end()
	x.searches.Wait()
	var failed []error
	for _, g := range x.open {
		failed = append(failed, g.close())
	}
	return errors.Join(append(failed, x.lock.Unlock())...)
}

// use calls fn with the index of a guild, which is up to date with the source, unless that
// takes longer than questions wait. For a guild without data it does not.
func (x *Indexes) use(ctx context.Context, guild string, fn func(*guildIndex) error) error {
	return x.useAt(ctx, guild, func(g *guildIndex, _ database.Head) error { return fn(g) })
}

// useAt is use for who wants to know at which head of the guild's data.
func (x *Indexes) useAt(ctx context.Context, guild string, fn func(*guildIndex, database.Head) error) error {
	head, err := x.source.Head(ctx, guild)
	if err != nil || head == (database.Head{}) {
		return err
	}
	x.asking(ctx, guild)
	return x.bring(ctx, guild, head, func(g *guildIndex) (err error) {
		asked := x.answering(g)
		defer x.answered(asked)
		defer x.endOfUse(ctx, g, &err)
		return fn(asked, head)
	})
}

// endOfUse is deferred by who uses an index. When Bleve can't write what it shows already, it
// closes it under those who read it, who panic: then the index has failed, and is to be made anew.
func (x *Indexes) endOfUse(ctx context.Context, g *guildIndex, err *error) {
	panicked := recover()
	if panicked == nil {
		return
	}
	if !g.failed.Load() {
		written, cancel := context.WithTimeout(ctx, failTime)
		defer cancel()
		if g.take(written) == nil { // who writes the index knows
			g.done()
		}
	}
	if !g.failed.Load() {
		panic(panicked)
	}
	x.log.Warn("an index failed under a question", "guild", g.guild, "panic", panicked, "stack", string(debug.Stack()))
	*err = fmt.Errorf("%w: %v", errFailed, panicked)
}

// failTime is how long is waited to learn whether an index has failed.
const failTime = time.Second

// bring calls fn with the index of a guild at a head. Where the files of an index are found to
// be gone, it is made anew.
func (x *Indexes) bring(ctx context.Context, guild string, head database.Head, fn func(*guildIndex) error) error {
	for begun := time.Now(); ; {
		err := x.bringOnce(ctx, guild, head, fn)
		gone := errors.Is(err, errFailed) || errors.Is(err, fs.ErrNotExist)
		if !gone || time.Since(begun) > remakeTime {
			return err
		}
		select { // until others have done with it
		case <-time.After(10 * time.Millisecond):
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// remakeTime bounds how long is tried to make an index anew.
const remakeTime = 10 * time.Second

func (x *Indexes) bringOnce(ctx context.Context, guild string, head database.Head, fn func(*guildIndex) error) error {
	return x.with(guild, func(g *guildIndex) error {
		if err := x.update(ctx, g, head); err != nil {
			if g.failed.Load() && !errors.Is(err, errFailed) {
				x.log.Warn("index is made anew", "guild", guild, "err", err)
				return fmt.Errorf("%w: %w", errFailed, err)
			}
			return err
		}
		return fn(g)
	})
}

// with calls fn with the index of a guild as it is.
func (x *Indexes) with(guild string, fn func(*guildIndex) error) error {
	g, err := x.acquire(guild)
	if err != nil {
		return err
	}
	defer x.release(g)
	return fn(g)
}

// acquire returns the index of a guild for a use. While it is opened, other guilds are not kept
// waiting.
func (x *Indexes) acquire(guild string) (*guildIndex, error) {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	x.await(guild)
	if x.closed {
		return nil, errClosed
	}
	g, err := x.current(guild)
	if err != nil {
		return nil, err
	}
	x.searches.Add(1)
	if g == nil {
		if g, err = x.openBeside(guild); err != nil {
			x.searches.Done()
			return nil, err
		}
		x.open[guild] = g
	}
	x.clock++
	g.users++
	g.used = x.clock
	return g, nil
}

// openBeside opens the index of a guild without the mutex, which is held before and after.
func (x *Indexes) openBeside(guild string) (*guildIndex, error) {
	if err := x.claimDirectory(); err != nil {
		return nil, err
	}
	done := x.occupy(guild)
	x.mutex.Unlock()
	g, err := x.openOrCreate(guild)
	x.mutex.Lock()
	done()
	return g, err
}

// await waits until a guild's index is not being opened or closed. The mutex is held before and
// after.
func (x *Indexes) await(guild string) {
	for {
		until, busy := x.busy[guild]
		if !busy {
			return
		}
		x.mutex.Unlock()
		<-until
		x.mutex.Lock()
	}
}

// occupy makes others wait for the index of a guild until what it returns is called. The mutex
// is held for both.
func (x *Indexes) occupy(guild string) (done func()) {
	until := make(chan struct{})
	x.busy[guild] = until
	return func() {
		delete(x.busy, guild)
		close(until)
	}
}

// dirOf returns the folder of a guild's index.
func (x *Indexes) dirOf(guild string) string {
	return filepath.Join(x.dir, hex.EncodeToString([]byte(guild)))
}

// openOrCreate opens the index of a guild, or makes a new one if there is none that can be
// used, with the earlier one that answers until it is whole.
func (x *Indexes) openOrCreate(guild string) (*guildIndex, error) {
	dir := x.dirOf(guild)
	g, err := x.openUsable(dir, guild)
	before := x.openBefore(dir, guild, errors.Is(err, errEarlier))
	if g == nil && (err == nil || errors.Is(err, errUnusable)) {
		g, err = createIndex(dir, guild, x.kept)
	}
	if err != nil {
		if before != nil {
			err = errors.Join(err, before.close())
		}
		return nil, err
	}
	g.before = before
	return g, nil
}

// openUsable opens an index. It returns nil if there is none, and logs why it can't be used.
func (x *Indexes) openUsable(dir, guild string) (*guildIndex, error) {
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	g, err := openIndex(dir, guild, x.kept)
	if errors.Is(err, errUnusable) {
		level := slog.LevelWarn
		if errors.Is(err, errUnsealed) || errors.Is(err, errOtherFormat) || errors.Is(err, errEarlier) { // no damage
			level = slog.LevelInfo
		}
		x.log.Log(context.Background(), level, "index is built anew", "guild", guild, "err", err)
	}
	return g, err
}

// release ends a use, and closes indexes that nobody uses if too many are open: beside the
// questions, unless they open them faster.
func (x *Indexes) release(g *guildIndex) {
	defer x.searches.Done()
	x.mutex.Lock()
	defer x.mutex.Unlock()
	g.users--
	for len(x.open) > maxOpen {
		idle := x.longestIdle()
		if idle == nil {
			return
		}
		delete(x.open, idle.guild)
		crowded := len(x.busy) >= maxClosing
		done := x.occupy(idle.guild)
		shut := func() {
			if err := idle.close(); err != nil {
				x.log.Error("close index", "guild", idle.guild, "err", err)
			}
			x.mutex.Lock()
			defer x.mutex.Unlock()
			done()
		}
		if !crowded {
			x.searches.Go(shut)
			continue
		}
		x.mutex.Unlock()
		shut()
		x.mutex.Lock()
	}
}

func (x *Indexes) longestIdle() *guildIndex {
	var idle *guildIndex
	for _, g := range x.open {
		if g.users == 0 && (idle == nil || g.used < idle.used) {
			idle = g
		}
	}
	return idle
}
