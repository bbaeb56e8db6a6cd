package retrieval

import (
	"cmp"
	"context"
	"slices"
)

// A clue is a term of the question with its postings, and those of what stands for it in
// passages that lack it.
type clue struct {
	words     []lists // of the word, or where the texts lack it of those that it may stand for, the rarest first: in a passage the first counts
	own       bool    // words are that of the question alone, as it is in the texts
	idf       float64 // of the first of them
	beginning lists   // of words that begin like it; empty if it is too short to have a beginning
	wholes    []lists // of the compounds that it is a part of
	parts     []lists // of its own parts

	one [1]lists // room for words
}

// clues opens the postings of the question's terms.
func (r *ranking) clues(ctx context.Context, code string, q question) ([]clue, error) {
	r.weight[code] = map[string]float64{}
	var (
		read, equal map[string][]string // terms that stand for one that the texts lack, and by the glossary
		glued       map[string]questionWord
	)
	for i := range q.words {
		w := &q.words[i]
		if stands := w.stands[code]; len(stands) > 0 {
			put(&read, w.terms[code], stands)
		}
		if terms := w.equal[code]; len(terms) > 0 {
			put(&equal, w.terms[code], terms)
		}
		if code == gluing {
			put(&glued, w.terms[code], *w)
		}
	}
	terms := q.terms(code)
	clues := make([]clue, len(terms))
	inText, beginnings := textField(code), beginningField(code)
	for i, text := range terms {
		c := &clues[i]
		c.words = c.one[:]
		var err error
		switch {
		case len(equal[text]) > 0:
			c.words[0], err = r.equal(ctx, text, equal[text], code)
		case len(read[text]) > 0:
			r.weight[code][text] = idf(r.passages, 0)
			c.words, err = r.several(read[text], code)
		default:
			c.words[0], err = r.lists(term{inText, text})
			r.weight[code][text] = c.words[0].idf
			c.own = true
		}
		if err != nil {
			return nil, err
		}
		c.idf = c.words[0].idf
		if start, ok := beginning(text); ok && !r.bare {
			if c.beginning, err = r.lists(term{beginnings, start}); err != nil {
				return nil, err
			}
		}
		if err := r.glued(c, glued[text]); err != nil {
			return nil, err
		}
	}
	return clues, nil
}

// put puts a value into a map, which is made for the first.
func put[V any](m *map[string]V, key string, value V) {
	if *m == nil {
		*m = map[string]V{}
	}
	(*m)[key] = value
}

// lists returns the postings of a term with its idf.
func (r *ranking) lists(t term) (lists, error) {
	all, err := r.view.lists(t)
	if err == nil {
		all.idf = idf(r.passages, all.n)
	}
	return all, err
}

// several returns the postings of terms that a word may stand for, the rarest first.
func (r *ranking) several(terms []string, code string) ([]lists, error) {
	var each []lists
	for _, text := range terms {
		l, err := r.lists(term{textField(code), text})
		if err != nil {
			return nil, err
		}
		if _, found := r.weight[code][text]; !found {
			r.weight[code][text] = l.idf
		}
		l.idf *= standsWeight
		each = append(each, l)
	}
	slices.SortStableFunc(each, func(x, y lists) int { return cmp.Compare(y.idf, x.idf) })
	return each, nil
}

// glued adds to a clue the postings of compounds and of parts of its word.
func (r *ranking) glued(c *clue, w questionWord) (err error) {
	if len(w.wholes) > 0 {
		if c.wholes, err = r.several(w.wholes, gluing); err != nil {
			return err
		}
	}
	for _, text := range w.parts {
		l, err := r.lists(term{textField(gluing), text})
		if err != nil {
			return err
		}
		c.parts = append(c.parts, l)
	}
	return nil
}
