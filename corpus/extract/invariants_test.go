package extract_test

import (
	"slices"
	"strings"

	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"verbatim/corpus/extract"
)

// checkText fails if what was read breaks a promise that extract.go makes for any file.
func checkText(t rapid.TB, text extract.Text) {
	t.Helper()
	if !utf8.ValidString(text.Source) || !norm.NFC.IsNormalString(text.Source) {
		t.Fatalf("source text %q is not UTF-8 in NFC", text.Source)
	}
	checkMarks(t, text)
	checkCalls(t, text)
	checkPages(t, text)
	checkHeadings(t, text)
	for _, g := range text.Guessed {
		if g.Value == "" || g.Confidence < 0 || g.Confidence > 1 || extract.CheckValue(g.Value) != nil {
			t.Fatalf("guessed %+v", g)
		}
	}
}

// checkMarks fails if a mark lies outside the text or inside a character, or if
// marks of a kind do not ascend or overlap.
func checkMarks(t rapid.TB, text extract.Text) {
	t.Helper()
	kinds := map[string][]extract.Range{"skipped": text.Skipped}
	for _, h := range text.Headings {
		kinds["heading"] = append(kinds["heading"], h.Range)
	}
	for _, n := range text.Notes {
		kinds["note"] = append(kinds["note"], n.Range)
	}
	for _, c := range text.Calls {
		kinds["call"] = append(kinds["call"], c.Range)
	}
	for _, p := range text.Pages {
		kinds["page"] = append(kinds["page"], extract.Range{Start: p.At, End: p.At})
		checkOffset(t, text, "sure page", p.Sure)
	}
	for kind, ranges := range kinds {
		at := 0
		for _, r := range ranges {
			if r.Start < at || r.End < r.Start || r.End > len(text.Source) {
				t.Fatalf("%s %v after %d in a text of %d bytes", kind, r, at, len(text.Source))
			}
			checkOffset(t, text, kind, r.Start)
			checkOffset(t, text, kind, r.End)
			at = r.End
		}
	}
}

func checkOffset(t rapid.TB, text extract.Text, kind string, offset int) {
	t.Helper()
	if offset < 0 || offset > len(text.Source) || offset < len(text.Source) && !utf8.RuneStart(text.Source[offset]) {
		t.Fatalf("%s begins or ends at %d, outside the text or inside a character", kind, offset)
	}
}

// checkCalls fails if a call is not joined to a note that bears its label, if there is
// one, or lies in a note or in what is skipped.
func checkCalls(t rapid.TB, text extract.Text) {
	t.Helper()
	labels := map[string]bool{}
	var notes []extract.Range
	for _, n := range text.Notes {
		labels[n.Label] = true
		notes = append(notes, n.Range)
		if n.Len() == 0 || n.Label == "" {
			t.Fatalf("note %+v without a text or a label", n)
		}
	}
	for _, c := range text.Calls {
		switch {
		case c.Note >= len(text.Notes) || c.Note < -1:
			t.Fatalf("call %+v of %d notes", c, len(text.Notes))
		case c.Note < 0 && labels[c.Label]:
			t.Fatalf("call %+v is not joined to the note of its label", c)
		case c.Note >= 0 && text.Notes[c.Note].Label != c.Label && !strings.Contains(text.Notes[c.Note].Label, "–"):
			t.Fatalf("call %+v is joined to note %+v", c, text.Notes[c.Note])
		case c.Len() > 0 && (touches(c.Range, notes) || touches(c.Range, text.Skipped)):
			t.Fatalf("call %+v lies in a note or in what is skipped", c)
		}
	}
}

// touches reports whether a range has bytes in common with one of others, which ascend.
func touches(r extract.Range, others []extract.Range) bool {
	i, _ := slices.BinarySearchFunc(others, r, func(other, r extract.Range) int { return other.End - r.Start - 1 })
	return i < len(others) && others[i].Start < r.End
}

func checkPages(t rapid.TB, text extract.Text) {
	t.Helper()
	for _, p := range text.Pages {
		if p.Label == "" || p.Sure < p.At {
			t.Fatalf("page %+v", p)
		}
	}
}

// checkHeadings fails if a heading lies in a note or has no words.
func checkHeadings(t rapid.TB, text extract.Text) {
	t.Helper()
	var notes []extract.Range
	for _, n := range text.Notes {
		notes = append(notes, n.Range)
	}
	for _, h := range text.Headings {
		if h.Level < 1 || h.Len() == 0 || touches(h.Range, notes) {
			t.Fatalf("heading %+v %q", h, text.Source[h.Start:h.End])
		}
	}
}

// longestFurniture is the length in bytes of the longest line that may be skipped,
// unless it stands in the text once more.
const longestFurniture = 140

// checkNothingLost fails if what is skipped of a plain text, which has no front matter,
// is more than furniture: short lines, or words that stand elsewhere too.
func checkNothingLost(t rapid.TB, text extract.Text) {
	t.Helper()
	for _, s := range text.Skipped {
		for line := range strings.Lines(text.Source[s.Start:s.End]) {
			line = strings.TrimSpace(line)
			if len(line) > longestFurniture && strings.ContainsFunc(line, unicode.IsLetter) && strings.Count(text.Source, line) < 2 {
				t.Fatalf("skipped %q", line)
			}
		}
	}
}
