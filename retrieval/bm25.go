package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"

	"verbatim/corpus"
)

// Parameters of BM25 (Robertson and Zaragoza 2009, equation 3.15): k1 says how soon
// more occurrences of a term stop to count, b how much long passages are held back.
const (
	k1 = 0.9
	b  = 0.4
)

// foreignWeight is the weight of passages in another language than the question,
// where there are some in its own: what they share with it are names, and titles
// of books.
const foreignWeight = 0.6

// alsoWeight is the weight of a word that one which the texts lack may stand for: less
// than that of a word that was typed.
const alsoWeight = 0.95

// A scored passage is a hit of the ranking, by its name in the index.
type scored struct {
	id       string
	language string
	score    float64
}

// A ranking gathers the best passages of all languages.
type ranking struct {
	reader index.IndexReader
	state  state
	limit  int
	best   []scored                      // the best so far, in order
	weight map[string]map[string]float64 // idf of the question's terms, by language
}

func newRanking(reader index.IndexReader, s state, limit int) *ranking {
	return &ranking{reader: reader, state: s, limit: max(limit, 1), weight: map[string]map[string]float64{}}
}

// rank finds the best passages for a question, best first; passages of one score
// are in the order of their names, so that the order does not depend on the layout
// of the index.
func (r *ranking) rank(ctx context.Context, q question, seen map[uint64]bool) error {
	_, native := r.state.Languages[q.language]
	for code := range r.state.Languages {
		weight := 1.0
		if native && code != q.language && code != unknown {
			weight = foreignWeight
		}
		if err := r.language(ctx, code, q, weight, seen); err != nil {
			return err
		}
	}
	return nil
}

// byScore orders the better one first.
func byScore(x, y scored) int {
	return cmp.Or(cmp.Compare(y.score, x.score), cmp.Compare(x.id, y.id))
}

// allowed returns the numbers of the passages that can be seen, nil if these are all.
func allowed(ctx context.Context, reader index.IndexReader, access corpus.Access) (map[uint64]bool, error) {
	courses, all := access.Courses()
	if all {
		return nil, nil
	}
	seen := map[uint64]bool{}
	for _, course := range courses {
		err := postings(ctx, reader, courseField, course, func(p *index.TermFieldDoc) { seen[p.ID.Value()] = true })
		if err != nil {
			return nil, err
		}
	}
	return seen, nil
}

// postings yields the passages that hold a term.
func postings(ctx context.Context, in index.IndexReader, field, term string, yield func(*index.TermFieldDoc)) error {
	reader, err := in.TermFieldReader(ctx, []byte(term), field, false, false, false)
	if err != nil {
		return err
	}
	defer reader.Close()
	var buffer index.TermFieldDoc
	for {
		p, err := reader.Next(buffer.Reset())
		if err != nil || p == nil {
			return err
		}
		yield(p)
	}
}

// A cursor walks the postings of a term, or of several that stand for one word, of
// which in each passage the rarest counts.
type cursor struct {
	reader  index.TermFieldReader
	doc     *index.TermFieldDoc // nil at the end
	buffer  index.TermFieldDoc
	idf     float64
	several []*cursor
}

func (c *cursor) next() (err error) {
	if c.several != nil {
		return c.nextOfSeveral()
	}
	c.doc, err = c.reader.Next(c.buffer.Reset())
	return err
}

func (c *cursor) nextOfSeveral() error {
	number := uint64(math.MaxUint64)
	if c.doc != nil {
		number = c.doc.ID.Value()
	}
	c.doc = nil
	for _, o := range c.several {
		if o.doc != nil && o.doc.ID.Value() == number {
			if err := o.next(); err != nil {
				return err
			}
		}
		if o.doc == nil {
			continue
		}
		at := o.doc.ID.Value()
		if c.doc == nil || at < c.doc.ID.Value() || at == c.doc.ID.Value() && o.idf > c.idf {
			c.doc, c.idf = o.doc, o.idf
		}
	}
	return nil
}

func (c *cursor) close() {
	for _, o := range c.several {
		o.close()
	}
	if c.reader != nil {
		c.reader.Close()
	}
}

// language scores the passages of a language, document at a time. Weight is that of
// the language for the question.
func (r *ranking) language(ctx context.Context, code string, q question, weight float64, seen map[uint64]bool) error {
	cursors, err := r.cursors(ctx, code, q)
	defer func() {
		for _, c := range cursors {
			c.close()
		}
	}()
	if err != nil {
		return err
	}
	sum := r.state.Languages[code]
	average := float64(sum.Tokens) / float64(sum.Passages)
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		number := lowest(cursors)
		if number == math.MaxUint64 {
			return nil
		}
		score := 0.0
		for _, c := range cursors {
			if c.doc == nil || c.doc.ID.Value() != number {
				continue
			}
			score += c.idf * saturate(float64(c.doc.Freq), lengthOf(c.doc.Norm)/average)
			if err := c.next(); err != nil {
				return err
			}
		}
		if seen == nil || seen[number] {
			if err := r.offer(number, code, weight*score); err != nil {
				return err
			}
		}
	}
}

// cursors opens the postings of the question's terms, on their first posting.
func (r *ranking) cursors(ctx context.Context, code string, q question) ([]*cursor, error) {
	r.weight[code] = map[string]float64{}
	cursors, err := r.open(ctx, code, q.terms(code))
	if err != nil {
		return cursors, err
	}
	for _, w := range q.words {
		if len(w.also[code]) == 0 {
			continue
		}
		several, err := r.open(ctx, code, w.also[code])
		for _, c := range several {
			c.idf *= alsoWeight
		}
		c := &cursor{several: several}
		cursors = append(cursors, c)
		if err == nil {
			err = c.next()
		}
		if err != nil {
			return cursors, err
		}
	}
	return cursors, nil
}

func (r *ranking) open(ctx context.Context, code string, terms []string) ([]*cursor, error) {
	var cursors []*cursor
	for _, term := range terms {
		reader, err := r.reader.TermFieldReader(ctx, []byte(term), textField(code), true, true, false)
		if err != nil {
			return cursors, err
		}
		c := &cursor{reader: reader, idf: idf(r.state.Languages[code].Passages, int(reader.Count()))}
		cursors = append(cursors, c)
		r.weight[code][term] = c.idf
		if err := c.next(); err != nil {
			return cursors, err
		}
	}
	return cursors, nil
}

// lowest returns the lowest number of a passage at a cursor, MaxUint64 if all are
// at their end.
func lowest(cursors []*cursor) uint64 {
	low := uint64(math.MaxUint64)
	for _, c := range cursors {
		if c.doc != nil {
			low = min(low, c.doc.ID.Value())
		}
	}
	return low
}

// saturate is the part of BM25 that grows with the frequency of a term, for a
// passage of so many times the average length. It is below k1+1.
func saturate(frequency, length float64) float64 {
	return frequency * (k1 + 1) / (frequency + k1*(1-b+b*length))
}

// lengthOf recovers the number of tokens of a field from Bleve's norm, which is
// one over its square root.
func lengthOf(norm float64) float64 { return math.Round(1 / (norm * norm)) }

// offer takes a passage among the best if it is one of them.
func (r *ranking) offer(number uint64, code string, score float64) error {
	full := len(r.best) == r.limit
	if full && score < r.best[r.limit-1].score {
		return nil
	}
	id, err := r.reader.ExternalID(index.NewIndexInternalID(nil, number))
	if err != nil {
		return err
	}
	hit := scored{id, code, score}
	at, _ := slices.BinarySearchFunc(r.best, hit, byScore)
	r.best = slices.Insert(r.best, at, hit)
	r.best = r.best[:min(len(r.best), r.limit)]
	return nil
}
