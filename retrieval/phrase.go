package retrieval

import (
	"context"
	"regexp"
	"slices"
	"strings"
)

// A Phrase is a part of a question in quotation marks.
type Phrase struct {
	Text  string // as typed, without the marks
	Found bool   // some passage that can be seen holds it
}

// maxPhrases bounds the phrases of a question.
const maxPhrases = 8

// quoted matches what stands between quotation marks that belong together. Those of two strokes
// are mixed where they are typed on phones („so"); those of one are apostrophes too, and so mark
// only whole words.
var quoted = regexp.MustCompile(`["“”„‟]([^"“”„‟]+)["“”„‟]|«([^«»]+)»|»([^«»]+)«|‹([^‹›]+)›|›([^‹›]+)‹|` +
	`(?:^|[\s(])[‘‚]([^‘’‚0-9][^‘’‚]*)[’‘](?:$|[\s).,;:?!])`)

// phrasesOf returns the phrases of a question, as typed.
func phrasesOf(text string) []string {
	if !strings.ContainsAny(text, `"«»“”„‟‹›‘‚`) {
		return nil
	}
	var found []string
	for _, m := range quoted.FindAllStringSubmatch(text, maxPhrases) {
		if p := strings.TrimSpace(strings.Join(m[1:], "")); p != "" {
			found = append(found, p)
		}
	}
	return found
}

// A sequence is the terms of a phrase in a language, with how far each stands behind
// the first. Stop words leave gaps, in which any word may stand.
type sequence struct {
	terms   []string
	offsets []int
}

// sequenceOf returns the sequence of a phrase; ok is false when it holds stop words only.
func sequenceOf(code, phrase string) (s sequence, ok bool) {
	tokens := Analyze(code, phrase)
	for _, t := range tokens {
		s.terms = append(s.terms, t.Term)
		s.offsets = append(s.offsets, t.Position-tokens[0].Position)
	}
	return s, len(tokens) > 0
}

// in reports whether the sequence stands among places, positions by term.
func (s sequence) in(places map[string][]int) bool {
	for _, start := range places[s.terms[0]] {
		if s.at(start, places) {
			return true
		}
	}
	return false
}

// startsOf returns where a sequence begins among places, ascending.
func startsOf[P int | uint16](s sequence, places map[string][]P) []P {
	var found []P
	for _, start := range places[s.terms[0]] {
		if standsAt(s, start, places) {
			found = append(found, start)
		}
	}
	return found
}

// at reports whether the sequence begins at a position of its first term.
func (s sequence) at(start int, places map[string][]int) bool { return standsAt(s, start, places) }

func standsAt[P int | uint16](s sequence, start P, places map[string][]P) bool {
	for i := 1; i < len(s.terms); i++ {
		if _, held := slices.BinarySearch(places[s.terms[i]], start+P(s.offsets[i])); !held {
			return false
		}
	}
	return true
}

// holding returns the passages of a language that hold a phrase, those that the
// selection sees.
func holding(ctx context.Context, v *view, code string, s sequence, sel selection) (numbers, error) {
	var found numbers
	err := together(ctx, v, code, s, func(p posting) {
		if sel.sees(p.number) {
			found.add(p.number)
		}
	})
	return found, err
}

// together yields the passages of a language that hold a sequence, in the order of their
// numbers, with where it begins.
func together(ctx context.Context, v *view, code string, s sequence, yield func(posting)) error {
	all := make([]lists, len(s.terms))
	for i, text := range s.terms {
		var err error
		if all[i], err = v.lists(term{textField(code), text}); err != nil {
			return err
		}
	}
	for i, in := range v.segments {
		if ctx.Err() != nil {
			return ctx.Err()
		}
		of := make([]*list, len(all))
		rarest := 0
		for t := range all {
			if of[t] = all[t].of[i]; of[t].n < of[rarest].n {
				rarest = t
			}
		}
		deleted := in.Deleted()
		for _, passage := range of[rarest].all() {
			if deleted != nil && deleted.Contains(passage) {
				continue
			}
			if starts := s.startsIn(of, passage); len(starts) > 0 {
				yield(posting{in.first + uint64(passage), starts})
			}
		}
	}
	return nil
}

// startsIn returns where the sequence begins in a passage, ascending, by the lists of its
// terms.
func (s sequence) startsIn(of []*list, passage uint32) []uint16 {
	places := map[string][]uint16{}
	for t, list := range of {
		at, found := list.find(passage)
		if !found {
			return nil
		}
		places[s.terms[t]] = list.appendPlaces(nil, at)
	}
	return startsOf(s, places)
}
