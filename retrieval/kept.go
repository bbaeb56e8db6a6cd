package retrieval

import (
	"sync"
	"sync/atomic"
)

// keptBytes is how much memory lists may take up that are kept, of all guilds together.
const keptBytes = 96 << 20

// keptLists keeps lists for the next question: those asked for lately. Rare words are read
// in microseconds, and the frequent ones are in most questions. It is safe for concurrent
// use.
type keptLists struct {
	mutex      sync.Mutex
	young, old map[listKey]*list // of two generations: when there are too many young ones, they become the old
	bytes      int               // of the young

	opened atomic.Uint64 // indexes so far
}

// A listKey names a list. Segments have numbers of their own in an index that is open.
type listKey struct {
	index   uint64 // counts the indexes as they are opened
	segment uint64
	term
}

func newKeptLists() *keptLists {
	return &keptLists{young: map[listKey]*list{}}
}

// list returns the list of a term in a segment of an index.
func (k *keptLists) list(index uint64, s segment, t term) (*list, error) {
	key := listKey{index, s.Id(), t}
	k.mutex.Lock()
	l, found := k.young[key]
	if !found {
		if l, found = k.old[key]; found {
			k.keep(key, l)
		}
	}
	k.mutex.Unlock()
	if found {
		return l, nil
	}
	l, err := readList(s.Segment(), t)
	if err != nil {
		return nil, err
	}
	k.mutex.Lock()
	defer k.mutex.Unlock()
	k.keep(key, l)
	return l, nil
}

// keep makes a list one of the young.
func (k *keptLists) keep(key listKey, l *list) {
	if k.bytes > keptBytes/2 {
		k.old, k.young, k.bytes = k.young, map[listKey]*list{}, 0
	}
	if k.young[key] == nil {
		k.young[key] = l
		k.bytes += l.bytes()
	}
}

// forget drops the lists of an index that is closed.
func (k *keptLists) forget(index uint64) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	for key, l := range k.young {
		if key.index == index {
			delete(k.young, key)
			k.bytes -= l.bytes()
		}
	}
	for key := range k.old {
		if key.index == index {
			delete(k.old, key)
		}
	}
}
