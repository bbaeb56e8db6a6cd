package retrieval

import (
	"cmp"
	"context"
	"slices"
)

// Weights of what is seen at a closer look, against 1 for BM25. TestFitRanking
// shows what other values do on French and English questions: doubling or halving one
// changes little (docs/quality.md).
var (
	weightBeginning = 0.7 // of words that only begin like one of the question's
	weightPlace     = 0.3 // of a word in the title or the headings, of neighbours in the question that follow each other, and of those that stand near each other
	weightName      = 0.4 // of names and numbers
)

// How many words apart two words may stand.
const (
	near   = 3 // to follow each other
	around = 8 // to be near each other
)

// A look is what the postings tell of one passage: where the terms of the question
// stand in it.
type look struct {
	*scored
	length float64             // in tokens
	places map[string][]uint16 // positions of each term, ascending
}

// look looks at the best passages closely, and puts them into a better order: by how
// near the question's words stand to each other, after Metzler and Croft 2005, and by
// which of them stand where.
func (r *ranking) look(ctx context.Context, q question) error {
	closest := r.best[:min(len(r.best), shortlist)]
	byLanguage := map[string][]*look{}
	for i := range closest {
		code := closest[i].language
		byLanguage[code] = append(byLanguage[code], &look{scored: &closest[i], places: map[string][]uint16{}})
	}
	for code, looks := range byLanguage {
		slices.SortFunc(looks, func(x, y *look) int { return cmp.Compare(x.number, y.number) })
		for term, idf := range r.weight[code] {
			if idf == 0 {
				continue
			}
			if err := r.places(ctx, code, term, looks); err != nil {
				return err
			}
		}
		for _, l := range looks {
			r.judge(q, l)
		}
	}
	slices.SortFunc(r.best, byScore)
	return nil
}

// places finds where a term stands in passages, which are in the order of their
// numbers.
func (r *ranking) places(ctx context.Context, code, text string, looks []*look) error {
	if isSeveral(text) {
		at := map[uint64]posting{}
		err := postingsOf(ctx, r.view, code, text, func(p posting) { at[p.number] = p })
		for _, l := range looks {
			if p, found := at[l.number]; found {
				l.length, l.places[text] = float64(p.length), p.positions
			}
		}
		return err
	}
	all, err := r.view.lists(term{textField(code), text})
	if err != nil {
		return err
	}
	for _, l := range looks {
		in, passage := r.view.segmentOf(l.number)
		if list := all.of[in]; list.has(passage) {
			i := list.from(0, passage)
			l.length, l.places[text] = float64(list.counts[i].length), list.placesAt(i)
		}
	}
	return nil
}

// judge adds to the parts of a passage's score what its words' places say.
func (r *ranking) judge(q question, l *look) {
	code := l.language
	sum := r.state.Languages[code]
	length := l.length * float64(sum.Passages) / float64(sum.Tokens)
	before := -1 // the word before
	seen := map[string]bool{}
	placesOf := func(i int) []uint16 {
		w := &q.words[i]
		return union(l.places, w.terms[code], slices.Concat(w.also[code], w.stands[code], w.equal[code]))
	}
	for i, w := range q.words {
		term := w.terms[code]
		if term == "" || seen[term] {
			continue
		}
		seen[term] = true
		idf, places := r.weight[code][term]*w.trust(), placesOf(i)
		if len(places) > 0 && places[0] < bodyPosition {
			l.parts.Headings += weightPlace * idf
		}
		if len(places) > 0 && w.name {
			l.parts.Names += weightName * idf
		}
		if before >= 0 {
			follow, meet := pairs(placesOf(before), places)
			weight := (idf + r.weight[code][q.words[before].terms[code]]) / 2
			l.parts.Order += weightPlace * weight * saturate(follow, length)
			l.parts.Nearness += weightPlace * weight * saturate(meet, length)
		}
		before = i
	}
	l.score = l.parts.Total()
}

// pairs counts how often a place of the first is followed closely by one of the
// second, and how often they are near each other in any order. Both ascend.
func pairs[P int | uint16](first, second []P) (follow, meet float64) {
	from := 0
	for _, p := range first {
		i := int(p)
		for from < len(second) && int(second[from]) < i-around {
			from++
		}
		for _, p := range second[from:] {
			j := int(p)
			if j > i+around {
				break
			}
			meet++
			if j > i && j <= i+near {
				follow++
			}
		}
	}
	return follow, meet
}
