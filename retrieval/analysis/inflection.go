package analysis

import (
	"slices"
	"strings"
	"unicode/utf8"
)

// An inflection is the endings of verbs that a light stemmer leaves on a word, without
// accents. Taken off, the forms of a verb meet in its root: fundar, fundaban and fundada in
// fund. Many a noun or adjective ends alike. Where all its forms end so, they still meet
// (militar, militares), if at times with another word of that root (orientada, oriente).
// Where only some do they would part, so they keep their ending.
type inflection struct {
	verbs, nouns []string // endings of verbs, and of nouns and adjectives; the longest first
	kept         Set      // words that are no verbs and keep their ending
	keptEndings  []string // what others of them end in
	told         []string // endings that are a verb's only after the root of one in the tables, not in -ar: partia, but not Maria
	least        int      // how many letters a verb keeps
	dropsI       bool     // an i before the ending is dropped too: of financia it can't be told whose it is
}

// leastOfNoun is how many letters are left of a noun: the Parliament is not made of to talk.
const leastOfNoun = 5

// root returns a word without its ending, if it has one.
func (f inflection) root(word string) (root string, found bool) {
	if f.kept[word] || endsIn(word, f.keptEndings) {
		return word, false
	}
	root, found = without(word, f.nouns, leastOfNoun)
	if !found {
		root, found = without(word, f.verbs, f.least)
	}
	if found && f.dropsI && len(root) > f.least {
		root = strings.TrimSuffix(root, "i")
	}
	return root, found
}

// conjugated returns a root with what tells verbs in -ar from others by the ending that a word
// has after it: fundaba and fundador are not of fundir, sentado is not of sentir.
func conjugated(root, word string) string {
	if ending := word[len(root):]; strings.HasPrefix(ending, "a") || strings.HasPrefix(ending, "ou") {
		return root + "-ar"
	}
	return root
}

// withoutAdverb returns the adjective that an adverb is made of, other words as they are.
func (f inflection) withoutAdverb(word string) string {
	adjective, found := strings.CutSuffix(word, "mente")
	if !found || len(f.verbs) == 0 || len(adjective) < leastOfNoun || notAdjectives[adjective] {
		return word
	}
	return adjective
}

// notAdjectives are what stands before -mente in words that are no adverbs, but forms of
// verbs in -mentar (experimente, implemente) and adjectives (inclemente).
var notAdjectives = SetOf("experi imple comple suple incre instru funda regla regula parla incle")

func endsIn(word string, endings []string) bool {
	return slices.ContainsFunc(endings, func(ending string) bool { return strings.HasSuffix(word, ending) })
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

// newInflection returns an inflection. In kept, endings begin with a hyphen.
func newInflection(least int, dropsI bool, verbs, nouns, kept, told string) inflection {
	f := inflection{
		verbs: longestFirst(verbs), nouns: longestFirst(nouns), kept: Set{}, told: strings.Fields(told), least: least, dropsI: dropsI,
	}
	for _, word := range strings.Fields(kept) {
		if ending, is := strings.CutPrefix(word, "-"); is {
			f.keptEndings = append(f.keptEndings, ending)
		} else {
			f.kept[word] = true
		}
	}
	return f
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
		ares eres ires
		ando andose andolo andola andolos andolas andole andoles iendo iendose iendolo iendola iendolos iendolas iendole iendoles yendo
		ado ada ados adas ido ida idos idas
		aba aban ian
		aron ieron yeron
		an en enes`, `
		acion aciones amiento amientos imiento imientos ador adora adores adoras edor edora edores edoras idor idora idores idoras
		ia ias io ios`, `
		primer tercer cualquier martir martires marido maridos generacion generaciones
		aleman catalan capitan volcan huracan sultan musulman guardian teheran milan sudan`, "ía ías"),
	"pt": newInflection(3, false, `
		ar er ir arem erem irem
		ares eres
		ando endo indo
		ado ada ados adas ido ida idos idas
		ava avam iam
		ou aram eu eus eram iu iram
		am em ens`, `
		acao acoes amento amentos imento imentos ador adora adores adoras edor edora edores edoras idor idora idores idoras
		eia eias ia ias io ios`, `
		estado estados marido maridos museu museus judeu judeus moscou medicamento medicamentos`, "ia"),
	"it": newInflection(4, true, `
		are arsi arlo arla arli arle ere ersi erlo erla erli erle ire irsi irlo irla irli irle
		ara ari aro aria arie ario era eri ero ira iri iro
		ando endo
		ato ata ati ate uto uta uti ute
		ava avano eva evano iva ivano
		arono erono irono
		isce iscono
		ono`, `
		azione azioni amento amenti imento imenti atore atori atrice atrici itore itori itrice itrici
		atorio atoria atorie itorio itoria itorie`, `
		legger leggero leggera leggeri carriera carriere -tiva -siva -fono -agono -crono -trono -ctono medicamento medicamenti`, "iva"),
}
