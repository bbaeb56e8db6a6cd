package retrieval

import (
	"sync"

	"verbatim/config/database"
)

// LastChanges are the revisions of a guild at which things of it changed last, as its index
// came by them. They say of a passage that was read before whether it is still as it was. They
// are those of one history of the guild's data: when that breaks off, there are new ones.
type lastChanges struct {
	mutex   sync.Mutex
	since   int64            // what changed up to this revision is not known
	changed map[string]int64 // by IDs of things
}

// mostLastChanges is how many things are remembered.
const mostLastChanges = 10_000

func newLastChanges(since int64) *lastChanges {
	return &lastChanges{since: since, changed: map[string]int64{}}
}

// note takes in changes before the index shows them.
func (l *lastChanges) note(changes []database.Change) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	for _, c := range changes {
		if len(l.changed) >= mostLastChanges {
			clear(l.changed)
			l.since = c.Revision
		}
		l.changed[c.ID] = c.Revision
	}
}

// same reports whether a thing is known to be as it was at a revision.
func (l *lastChanges) same(id string, revision int64) bool {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return revision >= l.since && revision >= l.changed[id]
}
