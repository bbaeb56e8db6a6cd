package retrieval

import (
	"cmp"
	"context"
	"maps"
	"math"
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
	view     *view
	state    state
	passages int  // of all languages
	bare     bool // only the question's words count; for comparisons
	limit    int
	best     []scored                      // the best so far, in order but for those of one score
	tied     []scored                      // those that are left out of it, but score as much as its last
	weight   map[string]map[string]float64 // idf of the question's terms, by language

	mostly  string    // the language of most passages that can be seen, where that of the question is not known
	phrases []Phrase  // of the question
	holding []numbers // the passages that hold each phrase
}

// shortlist is how many of the best passages by BM25 are looked at closely.
const shortlist = 50

// rank returns the best passages for a question, best first; passages of one score
// are in the order of their names, so that the order does not depend on the layout
// of the index.
func rank(ctx context.Context, v *view, s state, q question, seen selection, limit int) (*ranking, error) {
	r := &ranking{view: v, state: s, passages: s.passages(), limit: max(limit, shortlist), weight: map[string]map[string]float64{}}
	if err := r.hold(ctx, q, seen); err != nil {
		return nil, err
	}
	if err := r.languages(ctx, q, seen); err != nil {
		return nil, err
	}
	if err := r.look(ctx, q); err != nil {
		return nil, err
	}
	r.best = r.best[:min(len(r.best), max(limit, 1))]
	return r, nil
}

// languages finds the best passages of all languages, those first that weigh most.
func (r *ranking) languages(ctx context.Context, q question, seen selection) error {
	_, native := r.state.Languages[q.language]
	weight := func(code string) float64 {
		if native && code != q.language && code != unknown {
			return foreignWeight
		}
		return 1
	}
	codes := slices.Sorted(maps.Keys(r.state.Languages))
	slices.SortStableFunc(codes, func(x, y string) int { return cmp.Compare(weight(y), weight(x)) })
	for _, code := range codes {
		if err := r.language(ctx, code, q, weight(code), seen); err != nil {
			return err
		}
	}
	return r.settle()
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
			found, err := holding(ctx, r.view, code, sequence, s)
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

// byMerit orders the better one first: what holds more phrases, then what scores higher.
func byMerit(x, y scored) int {
	return cmp.Or(cmp.Compare(y.parts.Phrases, x.parts.Phrases), cmp.Compare(y.score, x.score))
}

// byScore is byMerit, with equals in the order of their names.
func byScore(x, y scored) int { return cmp.Or(byMerit(x, y), cmp.Compare(x.id, y.id)) }

// least is the score that a passage must have to be among the best, whatever phrases it
// holds.
func (r *ranking) least() float64 {
	if len(r.best) < r.limit {
		return math.Inf(-1)
	}
	last, phrases := &r.best[r.limit-1], 0
	for _, passages := range r.holding {
		if len(passages) > 0 {
			phrases++
		}
	}
	if last.parts.Phrases < phrases { // others may hold more
		return math.Inf(-1)
	}
	return last.score
}

// offer takes a passage among the best if it is one of them.
func (r *ranking) offer(hit scored) {
	for _, passages := range r.holding {
		if passages.has(hit.number) {
			hit.parts.Phrases++
		}
	}
	hit.score = hit.parts.Total()
	if len(r.best) == r.limit {
		last := r.best[r.limit-1]
		switch order := byMerit(hit, last); {
		case order > 0:
			return
		case order == 0:
			r.tied = append(r.tied, hit)
			return
		}
		r.best = r.best[:r.limit-1]
		if byMerit(last, r.best[r.limit-2]) == 0 {
			r.tied = append(r.tied, last)
		} else {
			r.tied = r.tied[:0]
		}
	}
	at, _ := slices.BinarySearchFunc(r.best, hit, byMerit)
	r.best = slices.Insert(r.best, at, hit)
}

// settle names the best passages and puts those of one score into the order of their names.
func (r *ranking) settle() error {
	r.best = append(r.best, r.tied...)
	for i := range r.best {
		id, err := r.view.ExternalID(index.NewIndexInternalID(nil, r.best[i].number))
		if err != nil {
			return err
		}
		r.best[i].id = id
	}
	slices.SortFunc(r.best, byScore)
	r.best = r.best[:min(len(r.best), r.limit)]
	return nil
}
