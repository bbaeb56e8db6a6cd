package retrieval

import (
	"context"
	"regexp"
	"slices"
	"strings"

	index "github.com/blevesearch/bleve_index_api"
)

// A Phrase is a part of a question in quotation marks.
type Phrase struct {
	Text  string // as typed, without the marks
	Found bool   // some passage that can be seen holds it
}

// maxPhrases bounds the phrases of a question.
const maxPhrases = 8

// quoted matches what stands between quotation marks that belong together.
var quoted = regexp.MustCompile(`"([^"]+)"|«([^«»]+)»|“([^“”]+)”|„([^„“”]+)[“”]|»([^«»]+)«`)

// phrasesOf returns the phrases of a question, as typed.
func phrasesOf(text string) []string {
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

// starts returns where the sequence begins among places, ascending.
func (s sequence) starts(places map[string][]int) []int {
	var found []int
	for _, start := range places[s.terms[0]] {
		if s.at(start, places) {
			found = append(found, start)
		}
	}
	return found
}

// at reports whether the sequence begins at a position of its first term.
func (s sequence) at(start int, places map[string][]int) bool {
	for i := 1; i < len(s.terms); i++ {
		if _, held := slices.BinarySearch(places[s.terms[i]], start+s.offsets[i]); !held {
			return false
		}
	}
	return true
}

// holding returns the passages of a language that hold a phrase, those that the
// selection sees.
func holding(ctx context.Context, reader index.IndexReader, code string, s sequence, sel selection) (numbers, error) {
	var found numbers
	err := together(ctx, reader, code, s, func(p *index.TermFieldDoc, _ []int) {
		if number := p.ID.Value(); sel.sees(number) {
			found.add(number)
		}
	})
	return found, err
}

// together yields the passages of a language that hold a sequence, in the order of their
// numbers, with where it begins.
func together(ctx context.Context, reader index.IndexReader, code string, s sequence, yield func(p *index.TermFieldDoc, starts []int)) error {
	var walkers []*walker
	defer func() {
		for _, w := range walkers {
			w.reader.Close()
		}
	}()
	rarest := 0
	for i, term := range s.terms {
		r, err := reader.TermFieldReader(ctx, []byte(term), textField(code), true, true, true)
		if err != nil {
			return err
		}
		walkers = append(walkers, &walker{reader: r})
		if r.Count() < walkers[rarest].reader.Count() {
			rarest = i
		}
	}
	for {
		p, err := walkers[rarest].next()
		if err != nil || p == nil {
			return err
		}
		places := map[string][]int{s.terms[rarest]: positions(p)}
		for i, w := range walkers {
			if places[s.terms[i]] != nil {
				continue
			}
			other, err := w.to(p.ID.Value())
			if err != nil {
				return err
			}
			if other == nil {
				break
			}
			places[s.terms[i]] = positions(other)
		}
		if starts := s.starts(places); len(starts) > 0 {
			yield(p, starts)
		}
	}
}

// A walker goes through the postings of a term, skipping most.
type walker struct {
	reader index.TermFieldReader
	doc    *index.TermFieldDoc // where it is
	end    bool
	buffer index.TermFieldDoc
}

// next returns the next posting, nil at the end.
func (w *walker) next() (*index.TermFieldDoc, error) {
	var err error
	w.doc, err = w.reader.Next(w.buffer.Reset())
	return w.doc, err
}

// to returns the posting of a passage, nil if it has none. The numbers asked for must
// ascend.
func (w *walker) to(number uint64) (*index.TermFieldDoc, error) {
	if !w.end && (w.doc == nil || w.doc.ID.Value() < number) {
		var err error
		if w.doc, err = w.reader.Advance(index.NewIndexInternalID(nil, number), w.buffer.Reset()); err != nil {
			return nil, err
		}
		w.end = w.doc == nil
	}
	if w.end || w.doc.ID.Value() != number {
		return nil, nil
	}
	return w.doc, nil
}

// positions returns where a term stands in a passage, ascending.
func positions(p *index.TermFieldDoc) []int {
	var found []int
	for _, v := range p.Vectors {
		found = append(found, int(v.Pos))
	}
	slices.Sort(found)
	return found
}
