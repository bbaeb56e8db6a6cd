package bot

import (
	"container/list"
	"crypto/rand"
	"encoding/base64"
	"sync"
	"time"
)

// A shelf keeps what buttons need to know, each thing under an ID that says nothing and
// that nobody can guess. It forgets what is too old, and what was unused longest when
// there is too much. All is in memory only.
type shelf[T any] struct {
	most int
	life time.Duration // since a thing was used last
	now  func() time.Time

	mutex sync.Mutex
	byID  map[string]*list.Element
	order *list.List // of *shelved[T], used last at the front
}

type shelved[T any] struct {
	id    string
	used  time.Time
	thing T
}

func newShelf[T any](most int, life time.Duration, now func() time.Time) *shelf[T] {
	return &shelf[T]{most: most, life: life, now: now, byID: map[string]*list.Element{}, order: list.New()}
}

// newID returns an ID of 20 characters.
func newID() string {
	data := make([]byte, 15)
	rand.Read(data) // never fails
	return base64.RawURLEncoding.EncodeToString(data)
}

// put keeps a thing and returns its ID.
func (s *shelf[T]) put(thing T) string {
	id := newID()
	s.set(id, thing)
	return id
}

// set keeps a thing under an ID that is known already.
func (s *shelf[T]) set(id string, thing T) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	if e := s.byID[id]; e != nil {
		s.drop(e)
	}
	s.byID[id] = s.order.PushFront(&shelved[T]{id, s.now(), thing})
	for s.order.Len() > s.most || s.isOld(s.order.Back()) {
		s.drop(s.order.Back())
	}
}

// get returns the thing with an ID, if it is still there.
func (s *shelf[T]) get(id string) (thing T, ok bool) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	e := s.byID[id]
	if e == nil {
		return thing, false
	}
	if s.isOld(e) {
		s.drop(e)
		return thing, false
	}
	p := e.Value.(*shelved[T])
	p.used = s.now()
	s.order.MoveToFront(e)
	return p.thing, true
}

// remove forgets all things that are of a kind, and returns them. It looks at every thing,
// those used last first.
func (s *shelf[T]) remove(is func(T) bool) (removed []T) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	for e := s.order.Front(); e != nil; {
		next := e.Next()
		if thing := e.Value.(*shelved[T]).thing; is(thing) {
			removed = append(removed, thing)
			s.drop(e)
		}
		e = next
	}
	return removed
}

func (s *shelf[T]) isOld(e *list.Element) bool {
	return s.now().Sub(e.Value.(*shelved[T]).used) > s.life
}

func (s *shelf[T]) drop(e *list.Element) {
	delete(s.byID, e.Value.(*shelved[T]).id)
	s.order.Remove(e)
}
