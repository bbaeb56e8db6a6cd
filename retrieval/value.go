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
	value, total := 0.0, 0.0
	for i, weight := range c.weights {
		total += weight
		value += weight * c.trust[i] * c.valueOfWord(i, j)
	}
	value = share(value, total) + strong*float64(s.phrases) + faint*s.follow
	if j > 0 && s.pronoun {
		value += faint * c.coverage(c.sentences[j-1].has)
	}
	if s.holds {
		value += valueOfKind(c.kind)
	}
	if s.defines {
		value += faint
	}
	return value
}

// valueOfWord says how much a word of the question speaks for a sentence, by the best place in
// which it stands: one that lacks the word does not gain by the title and the sentences around it
// together more than it would by the word itself.
func (c *candidate) valueOfWord(i, j int) float64 {
	s := c.sentences[j]
	switch {
	case s.exact[i]:
		return strong + strong
	case c.context[i]:
		return strong + fair + faint
	case s.has[i], s.begins[i]:
		return strong + fair
	case j > 0 && c.sentences[j-1].has[i]:
		return fair + faint
	case j+1 < len(c.sentences) && c.sentences[j+1].has[i]:
		return fair
	}
	return 0
}
