package retrieval

import (
	"hash/maphash"
	"strings"
	"sync/atomic"
)

// A loneWord is what a word is by itself, whatever stands around it. Nothing of it changes.
type loneWord struct {
	surface string // as it stands in the text
	lower   string // in normalisation form C, without soft hyphens
	folded  string // lower without accents
	term    string // if it is nothing else than a word
}

// read reads a word by itself.
func (l *language) read(surface string) *loneWord {
	r := &loneWord{surface: surface, lower: strings.ToLower(plain(surface))}
	if strings.ContainsFunc(r.lower, isApostrophe) {
		r.lower = plainApostrophes.Replace(r.lower)
	}
	if r.folded = l.fold(r.lower); r.folded != "" {
		a := analyzer{language: l}
		r.term = a.term(r.lower, r.folded)
	}
	return r
}

// A memo keeps the words of a language by themselves, as the same ones are read again and again.
// Each word has one place in it and drives out the one that had it before, so that it is bounded
// and needs no lock. It holds nothing that could not be computed again.
type memo struct {
	language *language
	seed     maphash.Seed
	places   [memoPlaces]atomic.Pointer[loneWord]
}

const (
	memoPlaces    = 1 << 14 // a power of two
	longestInMemo = 64      // bytes of a word; longer ones are rare
)

// memos are the memos of the known languages, and of all others.
var memos = func() map[*language]*memo {
	all := map[*language]*memo{}
	for _, l := range known {
		all[l] = newMemo(l)
	}
	all[plainLanguage] = newMemo(plainLanguage)
	return all
}()

func newMemo(l *language) *memo { return &memo{language: l, seed: maphash.MakeSeed()} }

// read is language.read.
func (m *memo) read(surface string) *loneWord {
	if len(surface) > longestInMemo {
		return m.language.read(surface)
	}
	place := &m.places[maphash.String(m.seed, surface)%memoPlaces]
	if r := place.Load(); r != nil && r.surface == surface {
		return r
	}
	r := m.language.read(strings.Clone(surface)) // which is a part of a text
	place.Store(r)
	return r
}
