package retrieval

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// An inflection is the endings of verbs that a light stemmer leaves on a word, without
// accents. Taken off, the forms of a verb meet in its root: fundar, fundaban and fundada in
// fund. A noun or adjective that ends alike loses it in all its forms, which are therefore
// here too (militar, militares), and does no harm.
type inflection struct {
	verbs, nouns []string // endings of verbs, and of nouns and adverbs that are made of words; the longest first
	least        int      // how many letters a verb keeps
	dropsI       bool     // an i before the ending is dropped too: of financia it can't be told whose it is
}

// leastOfNoun is how many letters are left of a noun: the Parliament is not made of to talk.
const leastOfNoun = 5

// root returns a word without its ending, if it has one.
func (f inflection) root(word string) (root string, found bool) {
	root, found = without(word, f.nouns, leastOfNoun)
	if !found {
		root, found = without(word, f.verbs, f.least)
	}
	if found && f.dropsI && len(root) > f.least {
		root = strings.TrimSuffix(root, "i")
	}
	return root, found
}

// withoutAdverb returns the adjective that an adverb is made of, other words as they are.
func (f inflection) withoutAdverb(word string) string {
	if adjective, found := strings.CutSuffix(word, "mente"); found && len(f.verbs) > 0 && len(adjective) >= leastOfNoun {
		return adjective
	}
	return word
}

// without takes off the first of some endings that leaves so many letters.
func without(word string, endings []string, least int) (rest string, found bool) {
	for _, ending := range endings {
		if rest, found := strings.CutSuffix(word, ending); found && utf8.RuneCountInString(rest) >= least {
			return rest, true
		}
	}
	return word, false
}

func newInflection(least int, dropsI bool, verbs, nouns string) inflection {
	return inflection{verbs: longestFirst(verbs), nouns: longestFirst(nouns), least: least, dropsI: dropsI}
}

func longestFirst(words string) []string {
	list := strings.Fields(words)
	slices.SortStableFunc(list, func(x, y string) int { return len(y) - len(x) })
	return list
}

// inflections are those of the languages whose stemmer takes off none of verbs.
var inflections = map[string]inflection{
	"es": newInflection(3, true, `
		ar arse arlo arla arlos arlas arle arles er erse erlo erla erlos erlas erle erles ir irse irlo irla irlos irlas irle irles
		ares eres
		ando andose andolo andola andolos andolas andole andoles iendo iendose iendolo iendola iendolos iendolas iendole iendoles yendo
		ado ada ados adas ido ida idos idas
		aba aban ia ian ias
		aron ieron yeron io ios
		an en anes enes`, `
		acion aciones amiento amientos imiento imientos ador adora adores adoras edor edora edores edoras idor idora idores idoras`),
	"pt": newInflection(3, false, `
		ar er ir arem erem irem
		ares eres
		ando endo indo
		ado ada ados adas ido ida idos idas
		ava avam ia iam ias io ios
		ou aram eu eram iu iram
		am em ens`, `
		acao acoes amento amentos imento imentos ador adora adores adoras edor edora edores edoras idor idora idores idoras`),
	"it": newInflection(4, true, `
		are arsi arlo arla arli arle ere ersi erlo erla erli erle ire irsi irlo irla irli irle
		ara ari aro aria arie ario era eri ero ira iri iro
		ando endo
		ato ata ati ate uto uta uti ute
		ava avano eva evano iva ivano
		arono erono irono
		isce iscono
		ono`, `
		azione azioni amento amenti imento imenti atore atori atrice atrici itore itori itrice itrici`),
}
