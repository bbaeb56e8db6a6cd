package retrieval

import (
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/retrieval/analysis"
)

// A sentence is one that may be quoted, or a part of a long one.
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
	someone bool    // it begins with one of a person
	within  []bool  // which content words stand in the sentence that it is, or is a part of
}

func (l *lens) newSentence(q question, text string, tokens []analysis.Token) sentence {
	marks := make([]bool, 3*len(q.words))
	s := sentence{
		runes:   utf8.RuneCountInString(text),
		has:     marks[:len(q.words):len(q.words)],
		exact:   marks[len(q.words) : 2*len(q.words) : 2*len(q.words)],
		begins:  marks[2*len(q.words):],
		holds:   l.kind.holds(l.language, text, l.asked),
		pronoun: startsWith(text, pronouns),
		someone: startsWith(text, persons),
	}
	places := l.placesIn(tokens)
	for i, w := range q.words {
		if l.wanted[i] == "" {
			continue
		}
		s.has[i] = len(l.placesOfWord(i, places)) > 0
		s.exact[i] = s.has[i] && isTyped(text, tokens, w.folded)
		s.begins[i] = !s.has[i] && (begins(tokens, l.starts[i]) || l.language == gluing && w.isGluedIn(places))
	}
	s.follow = l.follow(places)
	for _, sequence := range l.sequences {
		if len(sequence.terms) > 0 && sequence.in(places) {
			s.phrases++
		}
	}
	s.defines = l.kind == definition && l.definesIn(text, tokens)
	return s
}

// isTyped reports whether one of the tokens of a text is a word just as it is, but for case and
// accents.
func isTyped(text string, tokens []analysis.Token, folded string) bool {
	for i := range tokens {
		if foldsTo(text[tokens[i].Start:tokens[i].End], folded) {
			return true
		}
	}
	return false
}

// foldsTo reports whether a word is another in lower case and without accents.
func foldsTo(word, folded string) bool {
	if !analysis.IsASCII(word) {
		return analysis.Fold(strings.ToLower(word)) == folded
	}
	if len(word) != len(folded) {
		return false
	}
	for i := range len(word) {
		b := word[i]
		if 'A' <= b && b <= 'Z' {
			b += 'a' - 'A'
		}
		if b != folded[i] {
			return false
		}
	}
	return true
}

// begins reports whether one of the tokens has a beginning; "" is none.
func begins(tokens []analysis.Token, start string) bool {
	if start == "" {
		return false
	}
	for i := range tokens {
		if strings.HasPrefix(tokens[i].Term, start) {
			if begin, ok := beginning(tokens[i].Term); ok && begin == start {
				return true
			}
		}
	}
	return false
}

// placesOf returns the positions of each term, ascending.
func placesOf(tokens []analysis.Token) map[string][]int {
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
func (c *lens) definesIn(text string, tokens []analysis.Token) bool {
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
	for from, to := range analysis.Words(behind) {
		if c.isDefining(strings.ToLower(behind[from:to])) {
			return true
		}
	}
	return false
}

// isDefining reports whether a word in lower case is a verb that follows what it defines.
func (c *lens) isDefining(word string) bool {
	return slices.ContainsFunc(languagesOf(c.language), func(code string) bool { return telling[code].defines[analysis.Plain(word)] })
}

// pronouns open sentences that speak of what the sentence before named.
var pronouns = analysis.SetOf(`il elle ils elles ce cela celui celle ceux celles cet cette ces leur leurs lui y
	él ella ellos ellas este esta esto estos estas ese esa eso
	he she it they this that these those his her their its
	er sie es dieser diese dieses
	egli ella esso essa essi questo questa questi queste
	ele ela eles elas isto isso`)

// persons are pronouns that stand for someone, of all languages together.
var persons = analysis.SetOf(`il elle ils elles él ella ellos ellas he she they er sie egli ella lui lei ele ela eles elas`)

// startsWith reports whether the first word of a text, up to an apostrophe, is one of some.
func startsWith(text string, words analysis.Set) bool {
	for start, end := range analysis.Words(text) {
		first, _, _ := strings.Cut(strings.ToLower(analysis.PlainApostrophes(text[start:end])), "'")
		return words[first]
	}
	return false
}
