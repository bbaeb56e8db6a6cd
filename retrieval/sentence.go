package retrieval

import (
	"slices"
	"strings"
)

// A sentence is one that may be quoted.
type sentence struct {
	runes   int
	has     []bool  // which content words of the question stand in it
	exact   []bool  // which stand in it in the form in which they were typed
	begins  []bool  // which do not stand in it, but a word with the same beginning
	follow  float64 // share of neighbouring words that stand in it as neighbours
	phrases int     // how many phrases of the question stand in it
	holds   bool    // what the question wants and does not say itself
	defines bool    // it says what the word is that is asked for
	pronoun bool    // it begins with one
}

func (c *candidate) newSentence(q question, want wanting, text string, tokens []Token) sentence {
	s := sentence{
		runes:   len([]rune(text)),
		has:     make([]bool, len(q.words)),
		exact:   make([]bool, len(q.words)),
		begins:  make([]bool, len(q.words)),
		holds:   want.kind.holds(c.language, text, want.asked),
		pronoun: startsWithPronoun(text),
	}
	places := placesOf(tokens)
	forms, starts := map[string]bool{}, map[string]bool{}
	for _, t := range tokens {
		forms[fold(strings.ToLower(text[t.Start:t.End]))] = true
		if start, ok := beginning(t.Term); ok {
			starts[start] = true
		}
	}
	for i, w := range q.words {
		if c.wanted[i] == "" {
			continue
		}
		start, long := beginning(c.wanted[i])
		s.has[i] = len(c.placesOfWord(i, places)) > 0
		s.exact[i] = s.has[i] && forms[w.folded]
		s.begins[i] = !s.has[i] && (long && starts[start] || c.language == gluing && w.isGluedIn(places))
	}
	s.follow = c.follow(places)
	for _, p := range want.phrases {
		if sequence, ok := sequenceOf(c.language, p.Text); ok && sequence.in(places) {
			s.phrases++
		}
	}
	s.defines = want.kind == definition && c.definesIn(text, tokens)
	return s
}

// placesOf returns the positions of each term, ascending.
func placesOf(tokens []Token) map[string][]int {
	places := map[string][]int{}
	for _, t := range tokens {
		places[t.Term] = append(places[t.Term], t.Position)
	}
	return places
}

// How a sentence that defines begins: the word within so many bytes, and a verb such as
// is at most so many bytes behind it.
const (
	defineWithin = 60
	defineBehind = 30
)

// definesIn reports whether a sentence says what something is: words of the question
// stand at its head, and a verb such as is follows them closely.
func (c *candidate) definesIn(text string, tokens []Token) bool {
	end := -1
	for _, t := range tokens {
		if t.Start < defineWithin && c.wants(t.Term) {
			end = t.End
		}
	}
	if end < 0 {
		return false
	}
	behind := text[end:min(len(text), end+defineBehind)]
	for from, to := range words(behind) {
		if c.isDefining(strings.ToLower(behind[from:to])) {
			return true
		}
	}
	return false
}

// isDefining reports whether a word in lower case is a verb that follows what it defines.
func (c *candidate) isDefining(word string) bool {
	return slices.ContainsFunc(languagesOf(c.language), func(code string) bool { return telling[code].defines[plain(word)] })
}

// pronouns open sentences that speak of what the sentence before named.
var pronouns = wordSet(`il elle ils elles ce cela celui celle ceux celles cet cette ces leur leurs lui y
	él ella ellos ellas este esta esto estos estas ese esa eso
	he she it they this that these those his her their its
	er sie es dieser diese dieses
	egli ella esso essa essi questo questa questi queste
	ele ela eles elas isto isso`)

func startsWithPronoun(text string) bool {
	for start, end := range words(text) {
		first, _, _ := strings.Cut(strings.ToLower(text[start:end]), "'")
		return pronouns[first]
	}
	return false
}
