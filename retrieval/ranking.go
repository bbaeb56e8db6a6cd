package retrieval

import (
	"cmp"
	"context"
	"maps"
	"slices"
	"sync"

	index "github.com/blevesearch/bleve_index_api"
)

// foreignWeight is the weight of passages in another language than the question,
// where there are some in its own: what they share with it are names, and titles
// of books.
var foreignWeight = 0.6

// A scored passage is a hit of the ranking, by its name and its number in the index.
type scored struct {
	id       string // "" until it is needed
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
	cheap    int                           // terms with at most so many postings are always tallied
	best     []scored                      // passages among which are the best so far
	merits   []merit                       // of the best so far, the best first
	weight   map[string]map[string]float64 // idf of the question's terms, by language

	mostly  string    // the language of most passages that can be seen, where that of the question is not known
	phrases []Phrase  // of the question
	holding []numbers // the passages that hold each phrase
	times   Times
}

// shortlist is how many of the best passages by BM25 are looked at closely.
const shortlist = 50

// rank returns the best passages for a question, best first; passages of one score
// are in the order of their names, so that the order does not depend on the layout
// of the index.
func rank(ctx context.Context, v *view, s state, q question, seen selection, limit int) (*ranking, error) {
	r := newRanking(v, s, max(limit, shortlist))
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
	return r, r.name(r.best)
}

// newRanking returns a ranking that gathers so many passages.
func newRanking(v *view, s state, limit int) *ranking {
	return &ranking{view: v, state: s, passages: s.passages(), limit: limit, cheap: cheapPostings, weight: map[string]map[string]float64{}}
}

// languages finds the best passages of all languages, those first that weigh most. They are in
// order where more are found than are looked at closely.
func (r *ranking) languages(ctx context.Context, q question, seen selection) error {
	_, native := r.state.Languages[q.language]
	weight := func(code string) float64 {
		if native && code != q.language && code != unknown {
			return foreignWeight
		}
		return 1
	}
	room := rooms.Get().(*[]scored)
	r.best = (*room)[:0]
	codes := slices.Sorted(maps.Keys(r.state.Languages))
	slices.SortStableFunc(codes, func(x, y string) int { return cmp.Compare(weight(y), weight(x)) })
	for _, code := range codes {
		if err := r.language(ctx, code, q, weight(code), seen); err != nil {
			return err
		}
	}
	r.prune()
	if len(r.best) > min(r.limit, shortlist) { // else all of them are looked at
		if err := r.sort(); err != nil {
			return err
		}
	}
	*room = r.best[:0]
	r.best = slices.Clone(r.best[:min(len(r.best), r.limit)])
	rooms.Put(room)
	return nil
}

// rooms are for the passages that a ranking gathers.
var rooms = sync.Pool{New: func() any { return new([]scored) }}

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

// A merit is what passages are ordered by.
type merit struct {
	phrases int
	score   float64
}

func (s *scored) merit() merit { return merit{s.parts.Phrases, s.score} }

// above reports whether m is better than other: what holds more phrases, or else scores higher.
func (m merit) above(other merit) bool {
	return m.phrases > other.phrases || m.phrases == other.phrases && m.score > other.score
}

// offer takes a passage among the best if it is one of them, or scores as much as the last.
func (r *ranking) offer(number uint64, language string, parts Explanation) {
	for _, passages := range r.holding {
		if passages.has(number) {
			parts.Phrases++
		}
	}
	now := merit{parts.Phrases, parts.Total()}
	if full := len(r.merits) == r.limit; full && r.merits[r.limit-1].above(now) {
		return
	} else if full && r.merits[r.limit-1] != now {
		r.merits = r.merits[:r.limit-1]
	}
	if r.merits == nil {
		r.merits = make([]merit, 0, min(r.limit, shortlist)+1)
	}
	if len(r.merits) < r.limit {
		at := len(r.merits)
		for at > 0 && now.above(r.merits[at-1]) {
			at--
		}
		r.merits = slices.Insert(r.merits, at, now)
	}
	if len(r.best) >= 8*r.limit {
		r.prune()
	}
	r.best = append(r.best, scored{number: number, language: language, score: now.score, parts: parts})
}

// prune drops the passages that are no more among the best.
func (r *ranking) prune() {
	if len(r.merits) == r.limit {
		last, kept := r.merits[r.limit-1], 0
		for i := range r.best {
			if s := &r.best[i]; !last.above(s.merit()) {
				if i > kept {
					r.best[kept] = *s
				}
				kept++
			}
		}
		clear(r.best[kept:])
		r.best = r.best[:kept]
	}
}

// sort puts passages in order, those of one score in that of their names.
func (r *ranking) sort() error {
	slices.SortFunc(r.best, func(x, y scored) int {
		return cmp.Or(cmp.Compare(y.parts.Phrases, x.parts.Phrases), cmp.Compare(y.score, x.score))
	})
	for from := 0; from < len(r.best); {
		to := from + 1
		for to < len(r.best) && r.best[to].merit() == r.best[from].merit() {
			to++
		}
		if equals := r.best[from:to]; len(equals) > 1 {
			if err := r.name(equals); err != nil {
				return err
			}
			slices.SortFunc(equals, func(x, y scored) int { return cmp.Compare(x.id, y.id) })
		}
		from = to
	}
	return nil
}

// name looks up the names of passages.
func (r *ranking) name(passages []scored) error {
	for i := range passages {
		if passages[i].id != "" {
			continue
		}
		id, err := r.view.ExternalID(index.NewIndexInternalID(nil, passages[i].number))
		if err != nil {
			return err
		}
		passages[i].id = id
	}
	return nil
}
