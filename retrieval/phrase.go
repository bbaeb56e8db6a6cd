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
		held := true
		for i := 1; held && i < len(s.terms); i++ {
			_, held = slices.BinarySearch(places[s.terms[i]], start+s.offsets[i])
		}
		if held {
			return true
		}
	}
	return false
}

// holding returns the passages of a language that hold a phrase, those that the
// selection sees.
func holding(ctx context.Context, reader index.IndexReader, code string, s sequence, sel selection) (numbers, error) {
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
			return nil, err
		}
		walkers = append(walkers, &walker{reader: r})
		if r.Count() < walkers[rarest].reader.Count() {
			rarest = i
		}
	}
	var found numbers
	for {
		p, err := walkers[rarest].next()
		if err != nil || p == nil {
			return found, err
		}
		number := p.ID.Value()
		if !sel.sees(number) {
			continue
		}
		places := map[string][]int{s.terms[rarest]: positions(p)}
		for i, w := range walkers {
			if places[s.terms[i]] != nil {
				continue
			}
			p, err := w.to(number)
			if err != nil {
				return nil, err
			}
			if p == nil {
				break
			}
			places[s.terms[i]] = positions(p)
		}
		if s.in(places) {
			found.add(number)
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
