package retrieval

import (
	"cmp"
	"context"
	"slices"
)

// A clue is a term of the question with its postings, and those of what stands for it in
// passages that lack it.
type clue struct {
	word      lists
	beginning lists   // of words that begin like it; empty if it is too short to have a beginning
	whole     lists   // of the compounds that it is a part of; empty if there are none
	parts     []lists // of its own parts
}

// clues opens the postings of the question's terms.
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
	for _, text := range q.terms(code) {
		c := &clue{}
		var err error
		switch {
		case len(equal[text]) > 0:
			c.word, err = r.equal(ctx, text, equal[text], code)
		case len(read[text]) > 0:
			r.weight[code][text] = idf(r.passages, 0)
			c.word, err = r.several(read[text], code)
		default:
			c.word, err = r.lists(term{textField(code), text})
			r.weight[code][text] = c.word.idf
		}
		if err != nil {
			return nil, err
		}
		if start, ok := beginning(text); ok && !r.bare {
			if c.beginning, err = r.lists(term{beginningField(code), start}); err != nil {
				return nil, err
			}
		}
		if err := r.glued(c, glued[text]); err != nil {
			return nil, err
		}
		clues = append(clues, c)
	}
	return clues, nil
}

// lists returns the postings of a term with its idf.
func (r *ranking) lists(t term) (lists, error) {
	all, err := r.view.lists(t)
	if err == nil {
		all.idf = idf(r.passages, r.view.count(all))
	}
	return all, err
}

// several returns the postings of terms that a word may stand for, as of one: of those in a
// passage the rarest counts.
func (r *ranking) several(terms []string, code string) (lists, error) {
	var each []lists
	for _, text := range terms {
		l, err := r.lists(term{textField(code), text})
		if err != nil {
			return lists{}, err
		}
		if _, found := r.weight[code][text]; !found {
			r.weight[code][text] = l.idf
		}
		l.idf *= standsWeight
		each = append(each, l)
	}
	// The rarest first, and of equals the first.
	slices.SortStableFunc(each, func(x, y lists) int { return cmp.Compare(y.idf, x.idf) })
	all := lists{idf: each[0].idf}
	for i := range r.view.segments {
		all.of = append(all.of, rarest(each, i))
	}
	return all, nil
}

// rarest merges the lists of several terms in a segment, the rarest first.
func rarest(each []lists, segment int) *list {
	merged := &list{idfs: []float64{}}
	type held struct {
		passage uint32
		count
		idf float64
	}
	var all []held
	for _, l := range each {
		for i, passage := range l.of[segment].passages {
			all = append(all, held{passage, l.of[segment].counts[i], l.idf})
		}
	}
	slices.SortStableFunc(all, func(x, y held) int { return cmp.Compare(x.passage, y.passage) })
	for i, h := range all {
		if i == 0 || all[i-1].passage != h.passage {
			merged.passages = append(merged.passages, h.passage)
			merged.counts = append(merged.counts, h.count)
			merged.idfs = append(merged.idfs, h.idf)
		}
	}
	merged.bound()
	return merged
}

// glued adds to a clue the postings of compounds and of parts of its word.
func (r *ranking) glued(c *clue, w questionWord) (err error) {
	if len(w.wholes) > 0 {
		if c.whole, err = r.several(w.wholes, gluing); err != nil {
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
