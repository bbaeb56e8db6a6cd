package analysis

import "strings"

// A participle is a word that helps a verb behind some words, and is a noun elsewhere:
// a été fondé, en été; è stato fondato, lo Stato.
type participle struct {
	words   Set    // the word, in lower case, with accents and without
	helpers Set    // in lower case, with accents; one of them stands shortly before it
	bare    string // a helper without its accent, which is another word with it missing: e for è
	joins   Set    // in lower case; behind one of them begins something else
	nouns   Set    // without accents; behind one of them it is a noun all the same
}

// helperWithin is how many words before a participle its helper stands at most:
// a-t-elle jamais été.
const helperWithin = 4

// isAuxiliary reports whether a word helps a verb and carries no meaning.
func (a *analyzer) isAuxiliary(i int) bool {
	p := a.participle
	if !p.words[a.words[i].lower] || a.isElidedBefore(i) || i == 0 || p.nouns[a.words[i-1].folded] || a.isTitled(i) {
		return false
	}
	if a.words[i-1].lower == p.bare {
		return i == 1 || a.stop[a.words[i-2].lower] // quando e stato, but Chiesa e stato
	}
	for j := i - 1; j >= max(0, i-helperWithin) && !strings.ContainsAny(a.gap(j), ".,;:!?()\n"); j-- {
		if p.joins[a.words[j].lower] {
			return false
		}
		if p.helpers[a.words[j].lower] {
			return true
		}
	}
	return false
}

// isTitled reports whether a word inside a sentence begins with a capital, as lo Stato does,
// and goes on without.
func (a *analyzer) isTitled(i int) bool {
	w := a.words[i]
	return IsName(a.text, w.start) && strings.ToUpper(a.text[w.start:w.end]) != a.text[w.start:w.end]
}

// isElidedBefore reports whether an article or a preposition is elided before a word:
// l'été.
func (a *analyzer) isElidedBefore(i int) bool {
	before := strings.TrimRightFunc(a.text[:a.words[i].start], IsApostrophe)
	return len(before) < a.words[i].start && before != "" && strings.ContainsRune("lLdD", rune(before[len(before)-1]))
}
