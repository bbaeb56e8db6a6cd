package retrieval

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"

	"github.com/blevesearch/bleve/v2"

	"verbatim/config/database"
)

// A guildIndex is the open index of one guild.
type guildIndex struct {
	guild string
	dir   string
	bleve bleve.Index
	state state

	writing chan struct{}                 // holds one thing while somebody brings the index up to date
	at      atomic.Pointer[database.Head] // where it stood when it was up to date last; nil if it holds no whole revision

	spelling  sync.Mutex           // guards the word lists
	wordLists map[uint64]*wordList // by segments, of those for which they were needed

	lately atomic.Pointer[decoded] // the state that was decoded last

	kept   *keptLists // of all guilds
	number uint64     // of this one in it

	lastChanges atomic.Pointer[lastChanges]

	failed atomic.Bool // it is of no use any more: see ensureRoom

	segmentation atomic.Pointer[segmentation] // that was seen last

	users int   // searches under way, guarded by Indexes.mutex
	used  int64 // when the last search began, a count, guarded likewise

	before  *guildIndex // answers until this one is whole, guarded likewise; see before.go
	replies bool        // it is such a one, and is never written to
	dropped bool        // likewise, and is deleted when nobody uses it; guarded likewise
}

func newGuildIndex(guild, dir string, b bleve.Index, kept *keptLists) *guildIndex {
	x := &guildIndex{guild: guild, dir: dir, bleve: b, writing: make(chan struct{}, 1), kept: kept, number: kept.opened.Add(1)}
	x.lastChanges.Store(newLastChanges(0))
	return x
}

// errUnusable is why an index that is there can't be used and is built anew.
var errUnusable = errors.New("index is not usable")

// Why an index of another version of the program can't be used: the first is of one whose
// indexes this one can't read, the second of one whose indexes it can.
var (
	errOtherFormat = errors.New("it is of another version")
	errEarlier     = errors.New("it is of an earlier version")
)

// openIndex opens the index in dir if it is whole, of this version and of this guild.
// Whether it followed the right data shows when it goes on.
func openIndex(dir, guild string, kept *keptLists) (*guildIndex, error) {
	if err := verify(dir); err != nil {
		return nil, fmt.Errorf("%w: %w", errUnusable, err)
	}
	b, err := bleve.OpenUsing(dir, settings())
	if err != nil {
		return nil, fmt.Errorf("%w: %w", errUnusable, err)
	}
	x := newGuildIndex(guild, dir, b, kept)
	if err := x.check(); err != nil {
		b.Close()
		return nil, fmt.Errorf("%w: %w", errUnusable, err)
	}
	x.lastChanges.Store(newLastChanges(x.state.Revision))
	return x, unseal(dir)
}

// settings are how Bleve keeps an index that is written to. Segments of fewer than a hundred
// passages count as small and are merged with one another, five at a time. Bleve's own limit is
// 2,000: with it each change of a usual guild makes all of its passages one new segment, of which
// nothing is kept in memory yet.
func settings() map[string]any {
	return map[string]any{
		"bolt_timeout":           "1s",
		"scorchMergePlanOptions": map[string]any{"FloorSegmentSize": 100, "MaxSegmentsPerTier": 5, "SegmentsPerMergeTask": 5},
	}
}

// check reads the index's state and compares it with what it holds.
func (x *guildIndex) check() error {
	reader, err := x.reader()
	if err != nil {
		return err
	}
	defer reader.Close()
	if x.state, err = readState(reader); err != nil {
		return err
	}
	records, err := reader.DocCount()
	switch s := x.state; {
	case err != nil:
		return err
	case s.Format == 0 && records == 0:
		return nil // nothing has been written yet
	case s.Format < readableSince || s.Format > formatVersion:
		return fmt.Errorf("%w: it has format %d, want %d", errOtherFormat, s.Format, formatVersion)
	case s.Guild != x.guild:
		return errors.New("it belongs to another guild")
	case s.Partial:
		return errors.New("it was not finished")
	case uint64(s.Records) != records:
		return fmt.Errorf("it holds %d records, want %d", records, s.Records)
	case s.Format < formatVersion:
		return fmt.Errorf("%w: it has format %d, want %d", errEarlier, s.Format, formatVersion)
	}
	return nil
}

// createIndex makes an empty index in dir, in the place of whatever is there.
func createIndex(dir, guild string, kept *keptLists) (*guildIndex, error) {
	if err := os.RemoveAll(dir); err != nil {
		return nil, fmt.Errorf("remove index: %w", err)
	}
	if err := os.MkdirAll(filepath.Dir(dir), 0o700); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	b, err := bleve.NewUsing(dir, bleve.NewIndexMapping(), "scorch", "scorch", settings())
	if err != nil {
		return nil, fmt.Errorf("create index: %w", explain(err))
	}
	return newGuildIndex(guild, dir, b, kept), nil
}

// reader returns a view of the index as it is now. The caller closes it.
func (x *guildIndex) reader() (*view, error) {
	if x.failed.Load() {
		return nil, errFailed
	}
	advanced, err := x.bleve.Advanced()
	if err != nil {
		return nil, err
	}
	reader, err := advanced.Reader()
	if err != nil {
		return nil, err
	}
	return x.newView(reader)
}

// fail makes an index be closed, unsealed, and made anew.
func (x *guildIndex) fail() {
	x.state.Partial = true // perhaps
	x.failed.Store(true)
	x.at.Store(nil)
}

// close closes the index and seals it against damage. One that answers before another is
// closed with that, and has its seal still.
func (x *guildIndex) close() error {
	var before error
	if x.before != nil {
		before = x.before.close()
	}
	x.kept.forget(x.number)
	err := x.bleve.Close()
	switch {
	case x.failed.Load():
		return before // what the other says is of no interest
	case err != nil:
		return errors.Join(before, fmt.Errorf("close index of guild %s: %w", x.guild, err))
	case x.replies:
		return nil
	}
	if err = seal(x.dir); errors.Is(err, fs.ErrNotExist) {
		err = nil // somebody has deleted it
	}
	return errors.Join(before, err)
}

// discard closes an index that is deleted then. Whether that goes well is of no interest.
func (x *guildIndex) discard() {
	if x.before != nil {
		x.before.discard()
	}
	x.kept.forget(x.number)
	_ = x.bleve.Close()
}

// ErrFull is returned when there is no room for an index. The texts are safe.
var ErrFull = errors.New("disk full: free some space and ask again; the texts are safe")

// explain makes ErrFull of the errors that mean it. Bleve does not wrap those of the
// system, so their texts are looked at too.
func explain(err error) error {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EFBIG) ||
		strings.Contains(err.Error(), syscall.ENOSPC.Error()) || strings.Contains(err.Error(), syscall.EFBIG.Error()) {
		return fmt.Errorf("%w (%w)", ErrFull, err)
	}
	return err
}
