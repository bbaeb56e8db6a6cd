package retrieval

import "unicode/utf8"

// A pattern is a word of at most 64 letters, from which the distances of others are asked: how
// many letters must be put in, left out, changed, or swapped with their neighbour to make one
// word of the other (Damerau 1964, where no piece is changed twice). Each column of the usual
// table is some bits, one for each letter of the pattern (Hyyrö 2003), so that a word takes a
// few steps for each of its letters.
type pattern struct {
	letters int
	ascii   [utf8.RuneSelf]uint64 // where each letter stands
	others  map[rune]uint64       // likewise
}

func newPattern(word string) *pattern {
	p := &pattern{}
	for _, r := range word {
		if r < utf8.RuneSelf {
			p.ascii[r] |= 1 << p.letters
		} else {
			if p.others == nil {
				p.others = map[rune]uint64{}
			}
			p.others[r] |= 1 << p.letters
		}
		p.letters++
	}
	return p
}

// distance returns that of another word, of any length.
func (p *pattern) distance(word []byte) int {
	d := p.letters
	if d == 0 {
		return utf8.RuneCount(word)
	}
	last := uint64(1) << (d - 1)
	// What is one more, and one less, than in the row above; and, of the column before, where
	// the letter stands and where the diagonal goes on without a change.
	more, less := ^uint64(0), uint64(0)
	before, level := uint64(0), uint64(0)
	for len(word) > 0 {
		here, size := uint64(0), 1
		if word[0] < utf8.RuneSelf {
			here = p.ascii[word[0]]
		} else {
			var r rune
			r, size = utf8.DecodeRune(word)
			here = p.others[r]
		}
		word = word[size:]
		swapped := (^level & here) << 1 & before
		level = ((here & more) + more) ^ more | here | less | swapped
		moreThan, lessThan := less|^(level|more), level&more // the column before
		if moreThan&last != 0 {
			d++
		}
		if lessThan&last != 0 {
			d--
		}
		moreThan = moreThan<<1 | 1
		lessThan <<= 1
		more, less = lessThan|^(level|moreThan), moreThan&level
		before = here
	}
	return d
}
