package analysis

// isName reports whether a word is, written in capitals as it is, not the one that it
// would be in small letters: US is a country, May a month. In a line of capitals, and where a sentence opens, that
// can't be told.
func (a *analyzer) isName(i int) bool {
	w := &a.words[i]
	if !a.names[a.text[w.start:w.end]] {
		return false
	}
	if len(w.lower) > 1 && a.isCapitals(i) {
		return !(i > 0 && a.isLongCapitals(i-1)) && !(i+1 < len(a.words) && a.isLongCapitals(i+1))
	}
	return !a.opens(i)
}

func (a *analyzer) isLongCapitals(i int) bool {
	return len(a.words[i].lower) > 1 && a.isCapitals(i)
}

// isElidedNoun reports whether a stop word is a noun because an article is elided
// before it: l'est.
func (a *analyzer) isElidedNoun(i int) bool {
	return a.elidedNouns[a.words[i].lower] && a.isElidedBefore(i)
}

// unaccented returns what a word without its accent is meant to be, by the word before
// it, "" if it is what it is: est ne is est né.
func (a *analyzer) unaccented(i int) string {
	if i == 0 || a.meant == nil || !a.adjoins(i-1) {
		return ""
	}
	return a.meant[a.words[i].lower][a.words[i-1].folded]
}
