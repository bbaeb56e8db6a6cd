package retrieval

import "strings"

// A participle is a word that helps a verb behind some words, and is a noun elsewhere:
// a été fondé, en été; è stato fondato, lo Stato.
type participle struct {
	words   set // the word, in lower case, with accents and without
	helpers set // without accents; one of them stands shortly before it
	nouns   set // without accents; behind one of them it is a noun all the same
}

// helperWithin is how many words before a participle its helper stands at most:
// a-t-elle jamais été.
const helperWithin = 4

// isAuxiliary reports whether a word helps a verb and carries no meaning.
func (a *analyzer) isAuxiliary(i int) bool {
	p := a.participle
	if !p.words[a.words[i].lower] || a.isElidedBefore(i) || i == 0 || p.nouns[a.words[i-1].folded] {
		return false
	}
	for j := i - 1; j >= max(0, i-helperWithin) && !strings.ContainsAny(a.gap(j), ".,;:!?()\n"); j-- {
		if p.helpers[a.words[j].folded] {
			return true
		}
	}
	return false
}

// isElidedBefore reports whether an article or a preposition is elided before a word:
// l'été.
func (a *analyzer) isElidedBefore(i int) bool {
	before := strings.TrimRightFunc(a.text[:a.words[i].start], isApostrophe)
	return len(before) < a.words[i].start && before != "" && strings.ContainsRune("lLdD", rune(before[len(before)-1]))
}
