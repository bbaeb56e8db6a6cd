package retrieval

import "unicode/utf8"

// beginningRunes is the length of a beginning. Words that share one are often of one
// family where their stems differ (élection, électeur); with 4 or 6 it finds less in
// French, and about the same in English.
const beginningRunes = 5

// beginning returns the first letters of a term, unless it is a number or has no more
// letters than a beginning needs.
func beginning(term string) (start string, ok bool) {
	if term[0] >= '0' && term[0] <= '9' {
		return "", false
	}
	n := 0
	for i := range term {
		if n == beginningRunes {
			return term[:i], true
		}
		n++
	}
	return term, n == beginningRunes && utf8.ValidString(term)
}

// beginningField names the beginnings of the terms in a text field. The index has no such
// field: all terms with the same beginning stand together in its list of terms.
func beginningField(language string) string { return "begin_" + language }
