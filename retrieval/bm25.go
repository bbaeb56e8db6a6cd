package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"

	index "github.com/blevesearch/bleve_index_api"
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

	phrases []Phrase  // of the question
	holding []numbers // the passages that hold each phrase
}

// shortlist is how many of the best passages by BM25 are looked at closely.
const shortlist = 50

// rank returns the best passages for a question, best first; passages of one score
// are in the order of their names, so that the order does not depend on the layout
// of the index.
func rank(ctx context.Context, reader index.IndexReader, s state, q question, query Query, limit int) (*ranking, error) {
	r := &ranking{reader: reader, state: s, limit: max(limit, shortlist), weight: map[string]map[string]float64{}}
	courses, all := query.Access.Courses()
	selection, err := selected(ctx, reader, courses, all, query.Filter)
	if err != nil {
		return nil, err
	}
	if err := r.hold(ctx, q, selection); err != nil {
		return nil, err
	}
	_, native := s.Languages[q.language]
	for code := range s.Languages {
		weight := 1.0
		if native && code != q.language && code != unknown {
			weight = foreignWeight
		}
		if err := r.language(ctx, code, q.terms(code), weight, selection); err != nil {
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

// A cursor walks the postings of a term.
type cursor struct {
	reader index.TermFieldReader
	doc    *index.TermFieldDoc // nil at the end
	buffer index.TermFieldDoc
	idf    float64
}

func (c *cursor) next() (err error) {
	c.doc, err = c.reader.Next(c.buffer.Reset())
	return err
}

func (c *cursor) at(number uint64) bool { return c.doc != nil && c.doc.ID.Value() == number }

// A clue is a term of the question with its postings, and those of its beginning
// unless it is too short to have one.
type clue struct {
	word      cursor
	beginning *cursor
}

// language scores the passages of a language, document at a time. Weight is that of
// the language for the question.
func (r *ranking) language(ctx context.Context, code string, terms []string, weight float64, s selection) error {
	clues, err := r.clues(ctx, code, terms)
	cursors := cursorsOf(clues)
	defer func() {
		for _, c := range cursors {
			c.reader.Close()
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
		parts := Explanation{Weight: weight}
		for _, c := range clues {
			switch {
			case c.word.at(number):
				parts.Words += c.word.idf * saturate(float64(c.word.doc.Freq), lengthOf(c.word.doc.Norm)/average)
			case c.beginning != nil && c.beginning.at(number):
				parts.Beginnings += weightBeginning * c.beginning.idf
			}
		}
		for _, c := range cursors {
			if c.at(number) {
				if err := c.next(); err != nil {
					return err
				}
			}
		}
		if s.sees(number) {
			if err := r.offer(number, code, parts); err != nil {
				return err
			}
		}
	}
}

// clues opens the postings of the terms and of their beginnings, each on its first
// posting. What was opened before an error is returned with it.
func (r *ranking) clues(ctx context.Context, code string, terms []string) ([]*clue, error) {
	r.weight[code] = map[string]float64{}
	var clues []*clue
	for _, term := range terms {
		c := &clue{}
		if err := r.open(ctx, &c.word, textField(code), term, code); err != nil {
			return clues, err
		}
		clues = append(clues, c)
		r.weight[code][term] = c.word.idf
		if start, ok := beginning(term); ok {
			var b cursor
			if err := r.open(ctx, &b, beginningField(code), start, code); err != nil {
				return clues, err
			}
			c.beginning = &b
		}
	}
	return clues, nil
}

func (r *ranking) open(ctx context.Context, c *cursor, field, term, code string) error {
	frequencies := field == textField(code)
	reader, err := r.reader.TermFieldReader(ctx, []byte(term), field, frequencies, frequencies, false)
	if err != nil {
		return err
	}
	c.reader = reader
	c.idf = idf(r.state.Languages[code].Passages, int(reader.Count()))
	if err := c.next(); err != nil {
		reader.Close()
		return err
	}
	return nil
}

func cursorsOf(clues []*clue) []*cursor {
	var cursors []*cursor
	for _, c := range clues {
		cursors = append(cursors, &c.word)
		if c.beginning != nil {
			cursors = append(cursors, c.beginning)
		}
	}
	return cursors
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
