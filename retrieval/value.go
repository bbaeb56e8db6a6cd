package retrieval

import (
	"cmp"
	"math"
	"slices"
)

// What speaks for a sentence weighs one of three: strong, or a half or a quarter of that.
// Their sum is the logarithm of its value, and about in proportion to the logarithm of the
// probability that the sentence holds an answer. Sixteen weights of their own, fitted by softmax regression,
// do no better (docs/quality.md). TestVaried shows what other values do.
var (
	strong = 4.0
	fair   = strong / 2
	faint  = strong / 4
)

// valueOfKind is for a sentence that holds what the kind of question wants.
func valueOfKind(k kind) float64 {
	switch k {
	case date, number:
		return fair
	}
	return faint
}

// shortRunes keeps the shortest sentences, which say little, from being the densest.
var shortRunes = 150.0

// choices returns the sentences of all candidates, the densest in value first.
func choices(candidates []candidate) []choice {
	top := candidates[0].score
	var all []choice
	for i := range candidates {
		c := &candidates[i]
		for j, s := range c.sentences {
			value := math.Exp(strong*(c.score-top)/top + c.sentenceValue(j))
			all = append(all, choice{i, j, value, value / (float64(s.runes) + shortRunes)})
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
	value := strong*(covered+c.coverage(s.exact)+adds(c.context)+float64(s.phrases)) +
		fair*c.coverage(s.begins) +
		faint*(adds(c.all)+s.follow)
	if j > 0 {
		before := c.sentences[j-1].has
		value += fair * adds(before)
		if s.pronoun {
			value += faint * c.coverage(before)
		}
	}
	if s.holds {
		value += valueOfKind(c.kind)
	}
	if s.defines {
		value += faint
	}
	return value
}
