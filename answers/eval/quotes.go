package eval

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/answers"
	"verbatim/corpus"
)

// Limits of what a reply quotes, in excerpts and in code points of their texts.
// They are the contract's; that retrieval has the same is what is checked.
const (
	maxExcerpts = 3
	maxRunes    = 900
)

// A verifier checks quotes against the source texts alone. How a quote has to look
// is written down here once more, so that a fault of the packages that quote does
// not excuse itself.
type verifier struct {
	store   *corpus.Store
	access  corpus.Access
	sources map[string]source // by the document's ID
}

// A source is a source text, its hash, and what a quote of it may pass over without a
// sign: page numbers, notes and their calls, broken entities, hyphens at line ends.
type source struct {
	text, revision string
	quiet          []corpus.Range
}

func newVerifier(store *corpus.Store, access corpus.Access) verifier {
	return verifier{store: store, access: access, sources: map[string]source{}}
}

// untrue returns what is wrong with each excerpt of a reply that is not a true quote
// or stands beyond the limits.
func (v verifier) untrue(ctx context.Context, excerpts []answers.Excerpt) ([]error, error) {
	var wrong []error
	runes := 0
	for i, e := range excerpts {
		runes += utf8.RuneCountInString(e.Text)
		s, err := v.source(ctx, e.Document.ID)
		switch {
		case errors.Is(err, corpus.ErrNotFound): // the excerpt tells what can't be seen
		case err != nil:
			return nil, err
		case i >= maxExcerpts:
			err = fmt.Errorf("it is excerpt %d", i+1)
		case runes > maxRunes:
			err = fmt.Errorf("with it the reply has %d characters", runes)
		default:
			err = s.check(e)
		}
		if err != nil {
			wrong = append(wrong, fmt.Errorf("excerpt of %s at %v: %w", e.Document.Name, e.Reference.Ranges, err))
		}
	}
	return wrong, nil
}

func (v verifier) source(ctx context.Context, id string) (source, error) {
	if s, found := v.sources[id]; found {
		return s, nil
	}
	text, err := v.store.Text(ctx, v.access, id, corpus.Range{End: math.MaxInt})
	if err != nil {
		return source{}, err
	}
	sum := sha256.Sum256([]byte(text))
	s := source{text, hex.EncodeToString(sum[:]), quietIn(text)}
	v.sources[id] = s
	return s, nil
}

// check returns what is wrong with an excerpt of the source, nil for a true quote.
func (s source) check(e answers.Excerpt) error {
	ranges := e.Reference.Ranges
	switch {
	case e.Reference.Document != e.Document.ID:
		return fmt.Errorf("it refers to document %q", e.Reference.Document)
	case e.Reference.Revision != s.revision:
		return errors.New("the source text has another hash")
	case !s.holds(ranges):
		return errors.New("its ranges are not whole characters of the source text in ascending order")
	case splitsWord(s.text, ranges[0].Start), splitsWord(s.text, ranges[len(ranges)-1].End):
		return errors.New("it begins or ends inside a word")
	case !s.shows(e.Text, ranges):
		return fmt.Errorf("its text is not what stands there: %q", e.Text)
	}
	return nil
}

// holds reports whether there are ranges, ascending, disjoint, not empty, inside the
// source text and on the boundaries of characters.
func (s source) holds(ranges []corpus.Range) bool {
	at := 0
	for _, r := range ranges {
		if r.Start < at || r.End <= r.Start || r.End > len(s.text) || !s.boundary(r.Start) || !s.boundary(r.End) {
			return false
		}
		at = r.End
	}
	return len(ranges) > 0
}

func (s source) boundary(at int) bool { return at == len(s.text) || utf8.RuneStart(s.text[at]) }

// shows reports whether a text is the bytes of the ranges: a run of white space as
// one space, […] for a gap that holds a letter or digit, and nothing or a space for
// any other gap.
func (s source) shows(text string, ranges []corpus.Range) bool {
	text = strings.Map(plainSpace, text) // a no-break space may stay one
	spaced := false                      // the piece before ends in a space
	for i, r := range ranges {
		piece := collapse(s.text[r.Start:r.End])
		if i > 0 {
			leavesOut := s.leavesOut(corpus.Range{Start: ranges[i-1].End, End: r.Start})
			if spaced || leavesOut {
				piece = strings.TrimPrefix(piece, " ")
			}
			switch {
			case leavesOut && spaced:
				piece = "[…] " + piece
			case leavesOut:
				piece = " […] " + piece
			case !strings.HasPrefix(text, piece):
				piece = " " + piece
			}
		}
		var found bool
		if text, found = strings.CutPrefix(text, piece); !found {
			return false
		}
		spaced = strings.HasSuffix(piece, " ")
	}
	return text == ""
}

// quietIn reads a source text once more for what is no part of its flow.
func quietIn(text string) []corpus.Range {
	read, err := corpus.Read(corpus.File{Name: "source.txt", Data: []byte(text)})
	if err != nil || read.Source != text {
		return nil
	}
	return read.Quiet
}

// leavesOut reports whether a gap holds a word that is not in something quiet that lies
// in the gap.
func (s source) leavesOut(gap corpus.Range) bool {
	left := []byte(s.text[gap.Start:gap.End])
	for _, q := range s.quiet {
		if q.Start >= gap.Start && q.End <= gap.End {
			for at := q.Start; at < q.End; at++ {
				left[at-gap.Start] = ' '
			}
		}
	}
	return strings.ContainsFunc(string(left), isWord)
}

func plainSpace(r rune) rune {
	if unicode.IsSpace(r) {
		return ' '
	}
	return r
}

// collapse returns s with each run of white space as one space.
func collapse(s string) string {
	var out strings.Builder
	last := 'x'
	for _, r := range s {
		if r = plainSpace(r); r != ' ' || last != ' ' {
			out.WriteRune(r)
		}
		last = r
	}
	return out.String()
}
