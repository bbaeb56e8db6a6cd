package retrieval

import (
	"slices"
	"sync"
	"sync/atomic"
)

// keptBytes is how much memory lists may take up that are kept, of all guilds together.
const keptBytes = 96 << 20

// keptLists keeps lists for the next question: those asked for lately. Rare words are read
// in microseconds, and the frequent ones are in most questions. It is safe for concurrent
// use.
type keptLists struct {
	mutex sync.Mutex
	terms generations[listKey, keptTerm]

	opened atomic.Uint64 // indexes so far
}

// A listKey names a term of an index.
type listKey struct {
	index uint64 // counts the indexes as they are opened
	term
}

// A keptTerm is the lists of a term in a layout. Those of segments that are in another
// layout too serve there.
type keptTerm struct {
	layout *segmentation
	lists
}

func newKeptLists() *keptLists {
	return &keptLists{terms: generations[listKey, keptTerm]{room: keptBytes}}
}

// lists returns the lists of a term in a view.
func (k *keptLists) lists(v *view, t term) (lists, error) {
	key := listKey{v.index, t}
	k.mutex.Lock()
	known, found := k.terms.get(key)
	k.mutex.Unlock()
	if found && known.layout == v.segmentation {
		return known.lists, nil
	}
	now := lists{of: make([]*list, len(v.segments))}
	for i, s := range v.segments {
		if at := known.at(s.Id()); at >= 0 {
			now.of[i] = known.of[at]
		} else {
			var err error
			if now.of[i], err = v.read(i, t); err != nil {
				return lists{}, err
			}
		}
		now.n += now.of[i].live(s.Deleted())
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.terms.put(key, keptTerm{v.segmentation, now})
	return now, nil
}

// at returns the place of a segment, by its number, -1 if it is not there.
func (t keptTerm) at(segment uint64) int {
	if t.layout == nil {
		return -1
	}
	return slices.Index(t.layout.ids, segment)
}

// forget drops the lists of an index that is closed.
func (k *keptLists) forget(index uint64) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.terms.forget(func(key listKey) bool { return key.index == index })
}
