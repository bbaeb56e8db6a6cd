package retrieval

import (
	"context"
	"slices"
)

// Weights of what is seen at a closer look, against 1 for BM25. TestVaried
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

// A sought word is a word of the question, as it is looked for in the passages of a
// language.
type sought struct {
	idf, trust float64
	name       bool
	forms      []lists // its term, other forms of it, and what stands for it
}

// look looks at the best passages closely, and puts them into a better order: by how
// near the question's words stand to each other, after Metzler and Croft 2005, and by
// which of them stand where.
func (r *ranking) look(ctx context.Context, q question) error {
	lengths, err := r.view.lengths()
	if err != nil {
		return err
	}
	closest := r.best[:min(len(r.best), shortlist)]
	words := map[string][]sought{}
	places := make([][]uint16, len(q.words)) // of the words in one passage
	for i := range closest {
		code := closest[i].language
		if words[code] == nil {
			var err error
			if words[code], err = r.sought(ctx, code, q); err != nil {
				return err
			}
		}
		r.judge(&closest[i], words[code], lengths, places)
	}
	return r.sort()
}

// sought returns the words of the question that have a term in a language, each term once.
func (r *ranking) sought(ctx context.Context, code string, q question) ([]sought, error) {
	all, seen := make([]sought, 0, len(q.words)), make([]string, 0, len(q.words))
	var texts []string
	field := textField(code)
	for i := range q.words {
		w := &q.words[i]
		text := w.terms[code]
		if text == "" || slices.Contains(seen, text) {
			continue
		}
		seen = append(seen, text)
		now := sought{idf: r.weight[code][text], trust: w.trust(), name: w.name}
		texts = append(append(append(append(texts[:0], text), w.also[code]...), w.stands[code]...), w.equal[code]...)
		now.forms = make([]lists, 0, len(texts))
		for _, text := range texts {
			if r.weight[code][text] == 0 {
				continue
			}
			form, err := r.form(ctx, code, field, text)
			if err != nil {
				return nil, err
			}
			now.forms = append(now.forms, form)
		}
		all = append(all, now)
	}
	return all, nil
}

// form returns the postings of a term of one or several words, in the text field of a language.
func (r *ranking) form(ctx context.Context, code, field, text string) (lists, error) {
	if !isSeveral(text) {
		return r.view.lists(term{field, text})
	}
	var found []posting
	err := postingsOf(ctx, r.view, code, text, func(p posting) { found = append(found, p) })
	return r.view.listed(found, 0), err
}

// appendPlaces appends where the word stands in a passage, ascending, to no places.
func (w sought) appendPlaces(places []uint16, segment int, passage uint32) []uint16 {
	for _, form := range w.forms {
		l := form.of[segment]
		if i, found := l.find(passage); found {
			places = l.appendPlaces(places, i)
		}
	}
	if len(w.forms) > 1 {
		slices.Sort(places)
		places = slices.Compact(places)
	}
	return places
}

// judge adds to the parts of a passage's score what its words' places say.
func (r *ranking) judge(s *scored, words []sought, lengths lists, places [][]uint16) {
	in, passage := r.view.segmentOf(s.number)
	sum := r.state.Languages[s.language]
	length := lengths.of[in].lengthOf(passage) * float64(sum.Passages) / float64(sum.Tokens)
	for i, w := range words {
		places[i] = w.appendPlaces(places[i][:0], in, passage)
		idf := w.idf * w.trust
		if len(places[i]) > 0 && places[i][0] < bodyPosition {
			s.parts.Headings += weightPlace * idf
		}
		if len(places[i]) > 0 && w.name {
			s.parts.Names += weightName * idf
		}
		if i > 0 {
			follow, meet := pairs(places[i-1], places[i])
			weight := (idf + words[i-1].idf) / 2
			s.parts.Order += weightPlace * weight * saturate(follow, length)
			s.parts.Nearness += weightPlace * weight * saturate(meet, length)
		}
	}
	s.score = s.parts.Total()
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
