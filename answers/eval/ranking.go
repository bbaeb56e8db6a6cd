package eval

import (
	"context"
	"math"
	"slices"

	"verbatim/retrieval"
)

// depth is how many documents of a ranking count.
const depth = 10

// documents returns the names of the best documents for a question, in the order of
// their best passages.
func (r *run) documents(ctx context.Context, text string) ([]string, error) {
	for limit := 2 * depth; ; limit *= 4 {
		hits, err := r.Indexes.Rank(ctx, retrieval.Query{Text: text, Access: r.Access}, limit, r.Store)
		if err != nil {
			return nil, err
		}
		var names []string
		for _, hit := range hits {
			if name := r.names[hit.Document]; !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
		if len(names) >= depth || len(hits) < limit {
			return names[:min(len(names), depth)], nil
		}
	}
}

// recall is the share of the relevant documents that are among the first k.
func (j Judged) recall(k int) float64 {
	found := 0
	for _, name := range j.Documents[:min(len(j.Documents), k)] {
		if slices.Contains(j.Relevant, name) {
			found++
		}
	}
	return float64(found) / float64(len(j.Relevant))
}

// reciprocalRank is one over the rank of the first relevant document, 0 if there is
// none.
func (j Judged) reciprocalRank() float64 {
	for i, name := range j.Documents {
		if slices.Contains(j.Relevant, name) {
			return 1 / float64(i+1)
		}
	}
	return 0
}

// ndcg is the discounted cumulative gain, where each relevant document gains 1, over
// that of a ranking with all relevant documents first.
func (j Judged) ndcg() float64 {
	gain, ideal := 0.0, 0.0
	for i, name := range j.Documents {
		if slices.Contains(j.Relevant, name) {
			gain += discount(i)
		}
	}
	for i := range min(depth, len(j.Relevant)) {
		ideal += discount(i)
	}
	return gain / ideal
}

// discount is what a document is worth that i others stand before.
func discount(i int) float64 { return 1 / math.Log2(float64(i+2)) }
