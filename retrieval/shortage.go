package retrieval

import (
	"cmp"
	"context"
	"encoding/hex"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"time"
)

// An index can be made again, so where the disk runs short, indexes are deleted that nobody
// has asked for longest. The next question to such a guild makes its index anew; what
// changes before is not indexed.

// A Shortage says when the disk runs short.
type Shortage struct {
	// Free returns how many bytes can still be written below a directory.
	Free func(dir string) (uint64, error)
	// Least is how many are to stay free; 0 to delete nothing.
	Least uint64
	Now   func() time.Time // time.Now if nil
}

// keptFor is for how long an index stays that was asked, unless less than half of what is to
// stay free is: on a disk that others keep full, questions one after the other shall not make
// the same index again and again.
const keptFor = 10 * time.Minute

// unasked marks a context in which nobody asks.
type unasked struct{}

// Unasked returns a context for questions that the program asks itself, to make something ready:
// an index that is asked in it alone goes first where the disk runs short.
func Unasked(ctx context.Context) context.Context { return context.WithValue(ctx, unasked{}, true) }

// asking notes that somebody asks a guild's index.
func (x *Indexes) asking(ctx context.Context, guild string) {
	if ctx.Value(unasked{}) != nil {
		return
	}
	x.mutex.Lock()
	defer x.mutex.Unlock()
	x.asked[guild] = time.Now()
	delete(x.dropped, guild)
}

// Dropped reports whether the index of a guild was deleted for want of room, and nobody
// has asked it since.
func (x *Indexes) Dropped(guild string) bool {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	return x.dropped[guild]
}

// MakeRoom deletes indexes while the disk is short, the least lately asked first, and none
// that is in use. It returns the guilds whose indexes it has deleted, and whether the disk is
// still short. Those of guilds that nobody has asked since the Indexes were opened go by when
// their indexes were closed.
func (x *Indexes) MakeRoom(s Shortage) (deleted []string, short bool, err error) {
	now := time.Now
	if s.Now != nil {
		now = s.Now
	}
	var candidates []lastAsked
	for begun := false; ; begun = true {
		free, err := s.Free(x.dir)
		if err != nil || free >= s.Least {
			return deleted, false, err
		}
		if !begun {
			if candidates, err = x.lastAsked(); err != nil {
				return nil, true, err
			}
		}
		if len(candidates) == 0 || free >= s.Least/2 && now().Sub(candidates[0].at) < keptFor {
			return deleted, true, nil
		}
		switch err := x.drop(candidates[0]); {
		case err == nil:
			deleted = append(deleted, candidates[0].guild)
		case !errors.Is(err, ErrBusy):
			return deleted, true, err
		}
		candidates = candidates[1:]
	}
}

// A lastAsked is when a guild's index was asked last.
type lastAsked struct {
	guild string
	at    time.Time
}

// lastAsked returns when each index on the disk was asked last, the longest ago first.
func (x *Indexes) lastAsked() ([]lastAsked, error) {
	entries, err := os.ReadDir(x.dir)
	if err != nil {
		return nil, err
	}
	x.mutex.Lock()
	defer x.mutex.Unlock()
	var all []lastAsked
	for _, entry := range entries {
		guild, err := hex.DecodeString(entry.Name())
		if err != nil || !entry.IsDir() {
			continue
		}
		l := lastAsked{guild: string(guild), at: x.asked[string(guild)]}
		if info, err := entry.Info(); err == nil && l.at.IsZero() {
			l.at = info.ModTime()
		}
		all = append(all, l)
	}
	slices.SortFunc(all, func(a, b lastAsked) int { return cmp.Or(a.at.Compare(b.at), cmp.Compare(a.guild, b.guild)) })
	return all, nil
}

// drop deletes an index, unless it is in use or was asked since.
func (x *Indexes) drop(l lastAsked) error {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	if at := x.asked[l.guild]; at.After(l.at) {
		return ErrBusy
	}
	x.dropped[l.guild] = true // unless somebody asks while it is deleted
	err := x.erase(l.guild)
	if err != nil {
		delete(x.dropped, l.guild)
	}
	return err
}

// claimDirectory takes the directory again if somebody has deleted it with all that is in it,
// the lock too: another process must not take it for its own.
func (x *Indexes) claimDirectory() error {
	if err := os.MkdirAll(x.dir, 0o700); err != nil {
		return err
	}
	held, err := x.lock.Stat()
	if err != nil {
		return err
	}
	there, err := os.Stat(filepath.Join(x.dir, lockName))
	if err == nil && os.SameFile(held, there) {
		return nil
	}
	lock, err := lockDirectory(x.dir)
	if err != nil {
		return err
	}
	err = x.lock.Unlock()
	x.lock = lock
	return err
}
