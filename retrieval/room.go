package retrieval

import (
	"errors"
	"os"
	"path/filepath"

	"verbatim/config/database"
)

// Bleve does not bear that a write of its fails: it tries again without end, and what it
// shows meanwhile may be closed. So room is looked for before each batch, and as long as
// there is none, nothing is written and questions are answered from what was indexed
// before. An index in which Bleve fails all the same is closed, and made anew.

// leastRoom is how many bytes there must be for a batch beside the sizes of its documents:
// Bleve merges what it has written before.
const leastRoom = 1 << 20

// roomName is a file that is written to find out whether there is room.
const roomName = "room"

// ensureRoom returns an error if so many bytes can't be written below a directory. A limit
// on how much a user or a process may write is found like a full disk.
func ensureRoom(dir string, bytes uint64) (err error) {
	path := filepath.Join(dir, roomName)
	f, err := os.OpenFile(path, os.O_CREATE|os.O_TRUNC|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, f.Close(), os.Remove(path)) }()
	block := make([]byte, 1<<16)
	for written := uint64(0); written < bytes; written += uint64(len(block)) {
		if _, err := f.Write(block); err != nil {
			return err
		}
	}
	return nil
}

// errFailed is why an index can't be searched whose Bleve has failed, until those who use
// it are done and it can be made anew.
var errFailed = errors.New("the index could not be written and is made anew")

// current returns the open index of a guild, nil if there is none. One that has failed is
// closed first.
func (x *Indexes) current(guild string) (*guildIndex, error) {
	g := x.open[guild]
	if g == nil || !g.failed.Load() {
		return g, nil
	}
	if g.users > 0 {
		return nil, errFailed
	}
	delete(x.open, guild)
	if err := g.close(); err != nil {
		x.log.Warn("close index that failed", "guild", guild, "err", err)
	}
	return nil, nil
}

// stays reports whether questions are answered from what was indexed before, although
// something could not be indexed: the disk is full, or the store is away.
func (x *Indexes) stays(g *guildIndex, err error) bool {
	return (errors.Is(err, ErrFull) || database.IsAway(err)) && !g.failed.Load() && x.answers(g)
}
