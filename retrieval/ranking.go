package retrieval

import (
	"cmp"
	"context"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
)

// foreignWeight is the weight of passages in another language than the question,
// where there are some in its own: what they share with it are names, and titles
// of books.
var foreignWeight = 0.6

// A scored passage is a hit of the ranking, by its name and its number in the index.
type scored struct {
	id       string
	number   uint64
	language string
	score    float64
	parts    Explanation // what the score is made of
}

// A ranking gathers the best passages of all languages.
type ranking struct {
	reader index.IndexReader
	state  state
	limit  int
	best   []scored                      // the best so far, in order
	weight map[string]map[string]float64 // idf of the question's terms, by language

	mostly  string    // the language of most passages that can be seen, where that of the question is not known
	phrases []Phrase  // of the question
	holding []numbers // the passages that hold each phrase
}

// shortlist is how many of the best passages by BM25 are looked at closely.
const shortlist = 50

// rank returns the best passages for a question, best first; passages of one score
// are in the order of their names, so that the order does not depend on the layout
// of the index.
func rank(ctx context.Context, reader index.IndexReader, s state, q question, seen selection, limit int) (*ranking, error) {
	r := &ranking{reader: reader, state: s, limit: max(limit, shortlist), weight: map[string]map[string]float64{}}
	if err := r.hold(ctx, q, seen); err != nil {
		return nil, err
	}
	_, native := s.Languages[q.language]
	for code := range s.Languages {
		weight := 1.0
		if native && code != q.language && code != unknown {
			weight = foreignWeight
		}
		if err := r.language(ctx, code, q, weight, seen); err != nil {
			return nil, err
		}
	}
	if err := r.look(ctx, q); err != nil {
		return nil, err
	}
	r.best = r.best[:min(len(r.best), max(limit, 1))]
	return r, nil
}

// hold finds the passages that hold the phrases of the question.
func (r *ranking) hold(ctx context.Context, q question, s selection) error {
	for _, text := range phrasesOf(q.text) {
		var all numbers
		for code := range r.state.Languages {
			sequence, ok := sequenceOf(code, text)
			if !ok {
				continue
			}
			found, err := holding(ctx, r.reader, code, sequence, s)
			if err != nil {
				return err
			}
			all = all.or(found)
		}
		r.phrases = append(r.phrases, Phrase{Text: text, Found: len(all) > 0})
		r.holding = append(r.holding, all)
	}
	return nil
}

// byScore orders the better one first: what holds more phrases, then what scores higher.
func byScore(x, y scored) int {
	return cmp.Or(cmp.Compare(y.parts.Phrases, x.parts.Phrases), cmp.Compare(y.score, x.score), cmp.Compare(x.id, y.id))
}

// offer takes a passage among the best if it is one of them.
func (r *ranking) offer(number uint64, code string, parts Explanation) error {
	for _, passages := range r.holding {
		if passages.has(number) {
			parts.Phrases++
		}
	}
	score := parts.Total()
	if len(r.best) == r.limit {
		last := r.best[r.limit-1]
		if parts.Phrases < last.parts.Phrases || parts.Phrases == last.parts.Phrases && score < last.score {
			return nil
		}
	}
	id, err := r.reader.ExternalID(index.NewIndexInternalID(nil, number))
	if err != nil {
		return err
	}
	hit := scored{id, number, code, score, parts}
	at, _ := slices.BinarySearchFunc(r.best, hit, byScore)
	r.best = slices.Insert(r.best, at, hit)
	r.best = r.best[:min(len(r.best), r.limit)]
	return nil
}
