package analysis

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
	usual   bool   // it is nothing else, whatever stands around it: no number, no percentage, no name
	silent  bool   // a usual word that carries no meaning
}

// read reads a word by itself.
func (l *Language) read(surface string) *loneWord {
	r := &loneWord{surface: surface, lower: strings.ToLower(Plain(surface))}
	if strings.ContainsFunc(r.lower, IsApostrophe) {
		r.lower = PlainApostrophes(r.lower)
	}
	if r.folded = l.Fold(r.lower); r.folded != "" {
		a := analyzer{Language: l}
		r.term = a.term(r.lower, r.folded)
		r.usual = l.isUsual(r)
		r.silent = l.stop[r.lower]
	}
	return r
}

// isUsual reports whether a word is in none of the lists of those that may be read otherwise.
func (l *Language) isUsual(r *loneWord) bool {
	_, meant := l.meant[r.lower]
	switch folded := r.folded; {
	case len(folded) == 1, !startsWithLetter(folded), l.mayBeRoman(folded), l.cardinals[folded] > 0, l.numberHeads[folded], l.mayBePeriod(folded), l.mayLast(folded),
		l.percentages[folded], folded == l.per, folded == l.per+l.cent, l.code == "de" && folded == "prozent",
		meant, l.names[r.surface], l.participle.words[r.lower]:
		return false
	}
	return !l.stop[r.lower] || !l.elidedNouns[r.lower]
}

// mayBeRoman reports whether a word begins as a roman numeral with or without an ending does.
func (l *Language) mayBeRoman(folded string) bool {
	switch folded[0] {
	case 'i', 'v', 'x':
		return true
	case 'l', 'm':
		return romanValue(folded) > 0
	}
	return false
}

// A memo keeps the words of a language by themselves, as the same ones are read again and again.
// Each word has one place in it and drives out the one that had it before, so that it is bounded
// and needs no lock. It holds nothing that could not be computed again.
type memo struct {
	language *Language
	seed     maphash.Seed
	places   [memoPlaces]atomic.Pointer[loneWord]
}

const (
	memoPlaces    = 1 << 14 // a power of two
	longestInMemo = 64      // bytes of a word; longer ones are rare
)

func newMemo(l *Language) *memo { return &memo{language: l, seed: maphash.MakeSeed()} }

// read is Language.read, with what was read before.
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
