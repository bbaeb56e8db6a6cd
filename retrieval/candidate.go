package retrieval

import (
	"math"
	"slices"
	"strings"

	"verbatim/corpus"
)

// A candidate is a ranked passage, analysed so that sentences of it can be chosen.
type candidate struct {
	corpus.Found
	score     float64
	parts     Explanation
	language  string // it is analysed in
	kind      kind   // of the question
	phrases   []Phrase
	weights   []float64  // of each content word of the question, in the passage's language
	total     float64    // of weights
	wanted    []string   // term of each content word, "" where it is a stop word
	also      [][]string // its other forms, terms of the words that it may stand for, and terms equal to it
	several   []string   // of these, those of several words
	glued     []string   // terms of compounds that a content word is a part of, and of its own parts
	trust     []float64  // how much of the weight of each counts where it is found
	context   []bool     // which content words stand in the title or the headings
	all       []bool     // which stand there or in the passage
	terms     []string   // of all sentences, in order, for the neighbourhood of words
	sentences []sentence
}

func newCandidate(q question, want wanting, found corpus.Found, at scored, weight map[string]float64) candidate {
	c := candidate{Found: found, score: at.parts.Total(), parts: at.parts, language: at.language, kind: want.kind, phrases: want.phrases}
	for _, w := range q.words {
		term, isTerm := w.terms[c.language]
		c.wanted = append(c.wanted, term)
		c.also = append(c.also, slices.Concat(w.also[c.language], w.stands[c.language], w.equal[c.language]))
		for _, term := range w.equal[c.language] {
			if isSeveral(term) && !slices.Contains(c.several, term) {
				c.several = append(c.several, term)
			}
		}
		if c.language == gluing {
			c.glued = slices.Concat(c.glued, w.wholes, w.parts)
		}
		c.trust = append(c.trust, w.trust())
		c.weights = append(c.weights, 0)
		if isTerm {
			c.weights[len(c.weights)-1] = weight[term]
			c.total += weight[term]
		}
	}
	heading := strings.Join(append([]string{found.Document.Title}, found.Section...), "\n")
	c.context = c.newSentence(q, want, heading, c.analyze(heading)).has
	for _, text := range found.Texts {
		tokens := c.analyze(text)
		for _, t := range tokens {
			if !t.Also {
				c.terms = append(c.terms, t.Term)
			}
		}
		c.sentences = append(c.sentences, c.newSentence(q, want, text, tokens))
	}
	c.all = c.anywhere()
	return c
}

// analyze analyses a text of the passage.
func (c *candidate) analyze(text string) []Token {
	return withSeveral(Analyze(c.language, text), c.several)
}

// anywhere marks the words that stand in the passage, its title or its headings.
func (c *candidate) anywhere() []bool {
	marks := make([]bool, len(c.context))
	copy(marks, c.context)
	for _, s := range c.sentences {
		for i := range marks {
			marks[i] = marks[i] || s.has[i]
		}
	}
	return marks
}

// begins marks the words that do not stand in the passage, its title or its headings,
// where one that begins alike stands in the passage.
func (c *candidate) begins() []bool {
	marks := make([]bool, len(c.all))
	for _, s := range c.sentences {
		for i := range marks {
			marks[i] = marks[i] || s.begins[i] && !c.all[i]
		}
	}
	return marks
}

// wants reports whether a term is one of the question's.
func (c *candidate) wants(term string) bool {
	return slices.Contains(c.wanted, term) ||
		slices.ContainsFunc(c.also, func(terms []string) bool { return slices.Contains(terms, term) })
}

// placesOfWord returns where a word of the question stands, in any of its forms, ascending.
func (c *candidate) placesOfWord(i int, places map[string][]int) []int {
	return union(places, c.wanted[i], c.also[i])
}

// union returns the places of a term and its other forms, ascending.
func union[P int | uint16](places map[string][]P, term string, also []string) []P {
	if len(also) == 0 {
		return places[term]
	}
	all := slices.Clone(places[term])
	for _, t := range also {
		all = append(all, places[t]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// coverage is the share of the question's weight that the marked words have.
func (c *candidate) coverage(marks ...[]bool) float64 {
	if c.total == 0 {
		return 0
	}
	sum := 0.0
	for i, w := range c.weights {
		for _, m := range marks {
			if m[i] {
				sum += w * c.trust[i]
				break
			}
		}
	}
	return sum / c.total
}

// follow is the share of the pairs of neighbouring words of the question, by weight, of
// which the second follows the first closely at some place.
func (c *candidate) follow(places map[string][]int) float64 {
	sum, total := 0.0, 0.0
	for i := 1; i < len(c.wanted); i++ {
		if c.wanted[i-1] == "" || c.wanted[i] == "" {
			continue
		}
		weight := math.Sqrt(c.weights[i-1] * c.weights[i])
		total += weight
		if follow, _ := pairs(c.placesOfWord(i-1, places), c.placesOfWord(i, places)); follow > 0 {
			sum += weight
		}
	}
	if total == 0 {
		return 0
	}
	return sum / total
}
