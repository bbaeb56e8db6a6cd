package retrieval

import (
	"cmp"
	"math"
	"slices"
)

// Weights of what speaks for a sentence. They were fitted so that exp of their sum is
// in proportion to the probability that the sentence holds an answer: by softmax
// regression on half of the French and English questions, which finds the answer in
// the best sentence for .683 and .818 of the other halves, where weights set by hand
// found .649 and .801. They are rounded; each alone matters little (docs/quality.md).
const (
	weightRank     = 4   // how far the passage's score stands behind the best one, as a share of that
	weightCoverage = 4.5 // share of the question's weight that stands in the sentence
	weightExact    = 3.5 // the same of words in the very form that was typed
	weightBegins   = 2.5 // of words that are missing, but one with their beginning is there
	weightContext  = 3.5 // what the title and the headings add to the coverage
	weightBefore   = 2   // what the sentence before adds
	weightPassage  = 1   // what the whole passage adds
	weightPronoun  = 1   // coverage of the sentence before, if this one begins with a pronoun
	weightFollow   = 1.5 // share of the neighbouring words that follow each other closely
	weightDefines  = 0.7 // it says what the word that is asked for is
	weightPhrase   = 4   // each phrase in quotation marks that stands in it; not fitted
)

// weightHolds is for a sentence that holds what the kind of question wants.
var weightHolds = map[kind]float64{date: 2, number: 1.5, person: 1, place: 0.5, cause: 1}

// shortRunes keeps the shortest sentences, which say little, from being the densest.
const shortRunes = 150

// choices returns the sentences of all candidates, the densest in value first.
func choices(candidates []candidate) []choice {
	top := candidates[0].score
	var all []choice
	for i := range candidates {
		c := &candidates[i]
		for j, s := range c.sentences {
			value := math.Exp(weightRank*(c.score-top)/top + c.sentenceValue(j))
			all = append(all, choice{i, j, value, value / float64(s.runes+shortRunes)})
		}
	}
	slices.SortStableFunc(all, func(x, y choice) int { return cmp.Compare(y.density, x.density) })
	return all
}

// sentenceValue says how well a sentence answers by itself.
func (c *candidate) sentenceValue(j int) float64 {
	s := c.sentences[j]
	covered := c.coverage(s.has)
	adds := func(marks []bool) float64 { return c.coverage(s.has, marks) - covered }
	value := weightCoverage*covered + weightExact*c.coverage(s.exact) + weightBegins*c.coverage(s.begins) +
		weightContext*adds(c.context) + weightPassage*adds(c.all) +
		weightFollow*s.follow + weightPhrase*float64(s.phrases)
	if j > 0 {
		before := c.sentences[j-1].has
		value += weightBefore * adds(before)
		if s.pronoun {
			value += weightPronoun * c.coverage(before)
		}
	}
	if s.holds {
		value += weightHolds[c.kind]
	}
	if s.defines {
		value += weightDefines
	}
	return value
}
