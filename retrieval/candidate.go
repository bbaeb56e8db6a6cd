package retrieval

import (
	"math"
	"slices"

	"verbatim/corpus"
	"verbatim/retrieval/analysis"
)

// A candidate is a ranked passage, analysed so that sentences of it can be chosen.
type candidate struct {
	corpus.Found
	*lens
	score     float64
	parts     Explanation
	context   []bool             // which content words stand in the title or the headings
	all       []bool             // which stand there or in the passage
	tokens    [][]analysis.Token // of each sentence, or part of a long one
	sentences []sentence
}

func newCandidate(q question, through *lens, p *passage, at scored) candidate {
	c := candidate{Found: p.Found, lens: through, score: at.parts.Total(), parts: at.parts}
	tokens := p.tokens.unpack()
	if c.several != nil {
		for i := range tokens {
			tokens[i] = withSeveral(tokens[i], c.several)
		}
	}
	c.context = c.newSentence(q, heading(p.Found), tokens[0]).has
	c.read(q, tokens[1:])
	c.all = c.anywhere()
	return c
}

// read reads the sentences of the passage by their tokens, long ones in parts.
func (c *candidate) read(q question, tokens [][]analysis.Token) {
	spans := make([]corpus.Span, 0, len(c.Sentences))
	texts := make([]string, 0, len(c.Sentences))
	add := func(span corpus.Span, text string, tokens []analysis.Token, s sentence) {
		spans, texts = append(spans, span), append(texts, text)
		c.tokens, c.sentences = append(c.tokens, tokens), append(c.sentences, s)
	}
	for i, text := range c.Texts {
		whole := c.newSentence(q, text, tokens[i])
		whole.within = whole.has
		parts := c.partsOf(c.Sentences[i], text)
		if len(parts) == 1 {
			add(c.Sentences[i], text, tokens[i], whole)
			continue
		}
		for _, span := range parts {
			text := c.Show(span)
			tokens := c.analyze(text)
			part := c.newSentence(q, text, tokens)
			part.within = whole.has
			add(span, text, tokens, part)
		}
	}
	c.Sentences, c.Texts = spans, texts
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

// placesOfWord returns where a word of the question stands, in any of its forms, ascending.
func (c *lens) placesOfWord(i int, places map[string][]int) []int {
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
func (c *lens) coverage(marks ...[]bool) float64 { return c.found(c.weights, marks) }

// meantCoverage is coverage of what is meant, by which a reply is judged: there a misspelt word
// is no rare one that the texts lack.
func (c *lens) meantCoverage(marks ...[]bool) float64 { return c.found(c.meant, marks) }

// found is the share of weights that the marked words have, so far as these are trusted.
func (c *lens) found(weights []float64, marks [][]bool) float64 {
	sum, total := 0.0, 0.0
	for i, w := range weights {
		total += w
		for _, m := range marks {
			if m[i] {
				sum += w * c.trust[i]
				break
			}
		}
	}
	return share(sum, total)
}

// follow is the share of the pairs of neighbouring words of the question, by weight, of
// which the second follows the first closely at some place.
func (c *lens) follow(places map[string][]int) float64 {
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
