package retrieval

import (
	"math"
	"slices"
)

// Signals are what speaks for and against an answer standing in a result.
type Signals struct {
	Coverage     float64 // share of the question's weight that the best passage covers
	Sentence     float64 // the same of the sentence that covers most
	First        float64 // the same of the first excerpt
	Score        float64 // best score over the highest that one term could give
	Share        float64 // best score over the highest that all terms could give
	Gap          float64 // how far the second passage stands behind the best, 0–1
	NamesMissing float64 // weight of names and numbers that the best passage lacks
	Neighbours   float64 // share of neighbouring words that stand together in it
	SameDocument float64 // largest share of the first five passages that one document has
}

// signals computes the signals of a result with at least one candidate.
func signals(q question, r *ranking, candidates []candidate, excerpts []Excerpt) Signals {
	top := &candidates[0]
	content := q.words
	passage := top.anywhere()
	s := Signals{
		Coverage:     top.coverage(passage),
		Neighbours:   top.neighbours(),
		SameDocument: sameDocument(candidates),
		Gap:          1,
	}
	if len(excerpts) > 0 {
		s.First = excerpts[0].covered
	}
	for i := range candidates {
		c := &candidates[i]
		for _, sentence := range c.sentences {
			s.Sentence = max(s.Sentence, c.coverage(sentence.has))
		}
	}
	highest := 0.0
	for _, w := range top.weights {
		highest = max(highest, w)
	}
	if highest > 0 {
		s.Score = top.score / ((k1 + 1) * highest)
		s.Share = top.score / ((k1 + 1) * top.total)
	}
	if len(r.best) > 1 {
		s.Gap = 1 - r.best[1].score/r.best[0].score
	}
	for i, w := range content {
		missing := 1.0
		if passage[i] {
			missing -= top.trust[i]
		}
		if w.name && top.total > 0 {
			s.NamesMissing += missing * top.weights[i] / top.total
		}
	}
	return s
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

// near is how many words may stand between two for them to count as neighbours.
const near = 3

// neighbours is the weighted share of pairs of neighbouring content words that
// stand in the passage in that order, close together.
func (c *candidate) neighbours() float64 {
	at := make([][]int, len(c.wanted))
	for j, t := range c.terms {
		for i, wanted := range c.wanted {
			if t == wanted || slices.Contains(c.also[i], t) {
				at[i] = append(at[i], j)
			}
		}
	}
	sum, total := 0.0, 0.0
	for i := 1; i < len(c.wanted); i++ {
		first, second := c.wanted[i-1], c.wanted[i]
		if first == "" || second == "" {
			continue
		}
		weight := math.Sqrt(c.weights[i-1] * c.weights[i])
		total += weight
		if inOrder(at[i-1], at[i]) {
			sum += weight
		}
	}
	if total == 0 {
		return 0
	}
	return sum / total
}

// inOrder reports whether some place of the first is followed closely by one of
// the second. Both ascend.
func inOrder(first, second []int) bool {
	j := 0
	for _, i := range first {
		for j < len(second) && second[j] <= i {
			j++
		}
		if j < len(second) && second[j]-i <= near {
			return true
		}
	}
	return false
}

func sameDocument(candidates []candidate) float64 {
	counts := map[string]int{}
	most := 0
	first := candidates[:min(5, len(candidates))]
	for _, c := range first {
		counts[c.Document.ID]++
		most = max(most, counts[c.Document.ID])
	}
	return float64(most) / float64(len(first))
}
