package extract

import (
	"errors"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

var errBroken = errors.New("not a sound text")

// Check reports whether a text that comes from elsewhere keeps what the comments of its
// types promise: a valid source text, and marks that lie in it and ascend.
func (t Text) Check() error {
	if !utf8.ValidString(t.Source) || !norm.NFC.IsNormalString(t.Source) || len(t.Source) > MaxBytes {
		return errBroken
	}
	for _, field := range t.Metadata.fields() {
		if CheckValue(*field) != nil {
			return errBroken
		}
	}
	var headings, pages, notes, calls []Range
	for _, h := range t.Headings {
		headings = append(headings, h.Range)
	}
	for _, p := range t.Pages {
		if p.Label == "" || CheckValue(p.Label) != nil || p.Sure < p.At || p.Sure > len(t.Source) {
			return errBroken
		}
		pages = append(pages, Range{p.At, p.At})
	}
	for _, n := range t.Notes {
		if CheckValue(n.Label) != nil {
			return errBroken
		}
		notes = append(notes, n.Range)
	}
	for _, c := range t.Calls {
		if c.Note < -1 || c.Note >= len(t.Notes) || CheckValue(c.Label) != nil {
			return errBroken
		}
		calls = append(calls, c.Range)
	}
	for _, ranges := range [][]Range{t.Skipped, headings, pages, notes, calls} {
		at := 0
		for _, r := range ranges {
			if r.Start < at || r.End < r.Start || r.End > len(t.Source) || !t.startsRune(r.Start) || !t.startsRune(r.End) {
				return errBroken
			}
			at = r.End
		}
	}
	for _, g := range t.Guessed {
		if CheckValue(g.Value) != nil {
			return errBroken
		}
	}
	return nil
}

func (t Text) startsRune(at int) bool { return at == len(t.Source) || utf8.RuneStart(t.Source[at]) }
