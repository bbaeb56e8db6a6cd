package analysis

import "strings"

// germanRoot takes endings off a word that the stemmer leaves: those of weak verbs and of the
// nouns made of verbs (finanzierte, Finanzierung: finanzier), and the s of names (Luthers, Teslas).
func germanRoot(word string) string {
	for _, ending := range germanEndings {
		if root, found := strings.CutSuffix(word, ending.ends); found && len(root) >= ending.least {
			return root + ending.keeps
		}
	}
	return word
}

// A germanEnding is an ending with what is kept of it, if the rest has so many letters.
type germanEnding struct {
	ends, keeps string
	least       int
}

// germanEndings are tried in their order.
var germanEndings = func() (all []germanEnding) {
	add := func(least int, keeps, endings string) {
		for _, ending := range longestFirst(endings) {
			all = append(all, germanEnding{ending, keeps, least})
		}
	}
	add(2, "ier", "iere ieren ierend ierende ierenden iert ierte ierten ierter iertes iertem ierung ierungs ierungen")
	add(5, "", "ung ungs ungen")
	add(4, "r", "rs")
	add(4, "a", "as")
	add(4, "o", "os")
	return all
}()
