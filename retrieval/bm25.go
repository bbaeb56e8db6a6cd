package retrieval

import (
	"context"
	"math"

	index "github.com/blevesearch/bleve_index_api"
)

// Parameters of BM25 (Robertson and Zaragoza 2009, equation 3.15): k1 says how soon
// more occurrences of a term stop to count, b how much long passages are held back.
var (
	k1 = 0.9
	b  = 0.4
)

// standsWeight is the weight of a word that one which the texts lack may stand for: less
// than that of a word that was typed.
var standsWeight = 0.95

// A cursor walks the postings of a term, or of several that stand for one word, of
// which in each passage the rarest counts.
type cursor struct {
	reader  index.TermFieldReader
	doc     *index.TermFieldDoc // nil at the end
	buffer  index.TermFieldDoc
	idf     float64
	several []*cursor
	listed  []posting // instead of a reader
	after   int       // how many of them are behind
}

func (c *cursor) next() (err error) {
	if c.several != nil {
		return c.nextOfSeveral()
	}
	if c.reader == nil {
		c.nextListed()
		return nil
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
		if o.at(number) {
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

func (c *cursor) at(number uint64) bool { return c.doc != nil && c.doc.ID.Value() == number }

// A clue is a term of the question with its postings, and those of its beginning
// unless it is too short to have one.
type clue struct {
	word      cursor
	beginning *cursor
	whole     *cursor   // of the compounds that it is a part of; nil if there are none
	parts     []*cursor // of its own parts
}

// weak is the weight of what stands for the term in a passage that lacks it: a word with
// the same beginning, a compound that it is a part of, or its parts.
func (c *clue) weak(number uint64) float64 {
	weight, parts := 0.0, 0.0
	if c.beginning != nil && c.beginning.at(number) {
		weight = c.beginning.idf
	}
	if c.whole != nil && c.whole.at(number) {
		weight = max(weight, min(c.word.idf, c.whole.idf))
	}
	for _, p := range c.parts {
		if p.at(number) {
			parts += p.idf
		}
	}
	return weightBeginning * max(weight, min(c.word.idf, parts))
}

// language scores the passages of a language, document at a time. Weight is that of
// the language for the question.
func (r *ranking) language(ctx context.Context, code string, q question, weight float64, s selection) error {
	clues, err := r.clues(ctx, code, q)
	cursors := cursorsOf(clues)
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
		parts := Explanation{Weight: weight}
		for _, c := range clues {
			if c.word.at(number) {
				parts.Words += c.word.idf * saturate(float64(c.word.doc.Freq), lengthOf(c.word.doc.Norm)/average)
			} else {
				parts.Beginnings += c.weak(number)
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

// clues opens the postings of the question's terms and of their beginnings, each on its
// first posting. What was opened before an error is returned with it.
func (r *ranking) clues(ctx context.Context, code string, q question) ([]*clue, error) {
	r.weight[code] = map[string]float64{}
	read := map[string][]string{}  // terms that stand for one that the texts lack
	equal := map[string][]string{} // likewise, by the glossary
	glued := map[string]questionWord{}
	for _, w := range q.words {
		if stands := w.stands[code]; len(stands) > 0 {
			read[w.terms[code]] = stands
		}
		if terms := w.equal[code]; len(terms) > 0 {
			equal[w.terms[code]] = terms
		}
		if code == gluing {
			glued[w.terms[code]] = w
		}
	}
	var clues []*clue
	for _, term := range q.terms(code) {
		c := &clue{}
		open := func() error { return r.openWord(ctx, &c.word, term, read[term], code) }
		if len(equal[term]) > 0 {
			open = func() error { return r.openEqual(ctx, &c.word, term, equal[term], code) }
		}
		if err := open(); err != nil {
			return append(clues, c), err
		}
		clues = append(clues, c)
		if start, ok := beginning(term); ok {
			var b cursor
			if err := r.open(ctx, &b, beginningField(code), start, code); err != nil {
				return clues, err
			}
			c.beginning = &b
		}
		if err := r.openGlued(ctx, c, glued[term]); err != nil {
			return clues, err
		}
	}
	return clues, nil
}

// openWord opens the postings of a term, or of those that stand for it.
func (r *ranking) openWord(ctx context.Context, c *cursor, term string, stands []string, code string) error {
	if len(stands) > 0 {
		r.weight[code][term] = idf(r.state.passages(), 0)
		return r.openSeveral(ctx, c, stands, code)
	}
	err := r.open(ctx, c, textField(code), term, code)
	r.weight[code][term] = c.idf
	return err
}

// openSeveral opens the postings of the terms that a word may stand for.
func (r *ranking) openSeveral(ctx context.Context, c *cursor, terms []string, code string) error {
	for _, term := range terms {
		o := &cursor{}
		if err := r.open(ctx, o, textField(code), term, code); err != nil {
			return err
		}
		c.several = append(c.several, o)
		if _, found := r.weight[code][term]; !found {
			r.weight[code][term] = o.idf
		}
		o.idf *= standsWeight
	}
	return c.next()
}

// openGlued opens the postings of compounds and of parts of a word.
func (r *ranking) openGlued(ctx context.Context, c *clue, w questionWord) error {
	if len(w.wholes) > 0 {
		c.whole = &cursor{}
		if err := r.openSeveral(ctx, c.whole, w.wholes, gluing); err != nil {
			return err
		}
	}
	for _, term := range w.parts {
		p := &cursor{}
		if err := r.open(ctx, p, textField(gluing), term, gluing); err != nil {
			return err
		}
		c.parts = append(c.parts, p)
	}
	return nil
}

func (r *ranking) open(ctx context.Context, c *cursor, field, term, code string) error {
	frequencies := field == textField(code)
	reader, err := r.reader.TermFieldReader(ctx, []byte(term), field, frequencies, frequencies, false)
	if err != nil {
		return err
	}
	c.reader = reader
	c.idf = idf(r.state.passages(), int(reader.Count()))
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
		if c.whole != nil {
			cursors = append(cursors, c.whole)
		}
		cursors = append(cursors, c.parts...)
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
