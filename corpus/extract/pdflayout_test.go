//go:build !race

package extract_test

import (
	"bytes"
	"compress/zlib"
	"errors"
	"fmt"
	"strings"
	"testing"

	"verbatim/corpus/extract"
)

// A setLine is a line of a made PDF: where it begins, in points from the lower left corner
// of the page, its size and its text in ASCII.
type setLine struct {
	x, y, size float64
	text       string
}

// setPDF makes a PDF whose pages hold these lines, in this order.
func setPDF(pages ...[]setLine) []byte {
	var contents []string
	for _, lines := range pages {
		var out strings.Builder
		for _, l := range lines {
			fmt.Fprintf(&out, "BT /F %g Tf %g %g Td (%s) Tj ET\n", l.size, l.x, l.y, l.text)
		}
		contents = append(contents, out.String())
	}
	return contentPDF(contents...)
}

// contentPDF makes a PDF whose pages have these contents, in the language of PDF.
func contentPDF(contents ...string) []byte {
	var out, kids bytes.Buffer
	out.WriteString("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n")
	for i, content := range contents {
		var packed bytes.Buffer
		w := zlib.NewWriter(&packed)
		w.Write([]byte(content))
		w.Close()
		n := 3 + 2*i
		fmt.Fprintf(&kids, "%d 0 R ", n)
		fmt.Fprintf(&out, "%d 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 420 600]/Contents %d 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>endobj\n", n, n+1)
		fmt.Fprintf(&out, "%d 0 obj<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream endobj\n", n+1, packed.Len(), packed.Bytes())
	}
	fmt.Fprintf(&out, "2 0 obj<</Type/Pages/Kids[%s]/Count %d>>endobj\ntrailer<</Root 1 0 R>>\n", kids.Bytes(), len(contents))
	return out.Bytes()
}

// aPage is the content of a page of one line.
const aPage = "BT /F 11 Tf 40 500 Td (Le canal ferme quand la riviere monte.) Tj ET\n"

// TestLostPages: a file of which a page is too much is refused whole, and so is one whose
// page breaks the engine, which could read none of the pages behind; a page that is only
// broken itself is left out.
func TestLostPages(t *testing.T) {
	const (
		megabyte = 1 << 20
		small    = 96 * megabyte / (64 << 10) // pages of the engine's memory
	)
	defer extract.LimitEngine(small)()
	r := pdfReader(t)
	for _, test := range []struct {
		name, page string
		want       error
	}{
		{"a page like others", aPage, nil},
		{"a page that says nothing right", "BT /F ( Tj << [ ET", nil},
		{"a page of 210,000 letters", "BT /F 1 Tf 0 0 Td " + strings.Repeat("("+strings.Repeat("a", 1000)+") Tj ", 210) + "ET", extract.ErrTooMuch},
		{"a page that takes more than the engine has", strings.Repeat(" ", 128*megabyte), extract.ErrDamaged},
	} {
		text, err := r.File("a.pdf", contentPDF(aPage, test.page, aPage), nil)
		if !errors.Is(err, test.want) {
			t.Errorf("%s: error %v, want %v", test.name, err, test.want)
		}
		if err == nil && (len(text.Pages) != 3 || strings.Count(text.Source, "Le canal") < 2) {
			t.Errorf("%s: pages are missing:\n%s", test.name, text.Source)
		}
	}
}

// bodyLines are the lines of a page's text, in letters of 11 points; each page has other
// words.
func bodyLines(page int) []setLine {
	var lines []setLine
	for i := range 20 {
		words := fmt.Sprintf("The lock keeper wrote entry %c%c of the long log of the canal", 'a'+page%26, 'a'+i)
		lines = append(lines, setLine{40, 480 - 14*float64(i), 11, words})
	}
	return lines
}

// TestHeadingsAtPageTops: what stands at the top of some pages is a heading when it is
// larger than the text or its numbers do not count the pages, and a running head else.
func TestHeadingsAtPageTops(t *testing.T) {
	r := pdfReader(t)
	for _, test := range []struct {
		name string
		size float64
		tops map[int]string // by page, from 1
		kept bool
	}{
		{"letters that are counted", 16, map[int]string{3: "Letter 10", 5: "Letter 12", 7: "Letter 14"}, true},
		{"letters in the size of the text", 11, map[int]string{3: "Letter 10", 6: "Letter 12", 9: "Letter 13"}, true},
		{"many chapters in few pages", 16, map[int]string{1: "Chapter 1", 4: "Chapter 2", 7: "Chapter 3", 10: "Chapter 4"}, true},
		{"the same heading twice", 16, map[int]string{4: "Questions", 7: "Questions"}, true},
		{"a chapter's name on its pages", 11, map[int]string{4: "The locks", 6: "The locks"}, false},
		{"with the number of the page", 11, map[int]string{4: "The locks 14", 6: "The locks 16"}, false},
		{"with the numbers of chapter and page", 9, map[int]string{4: "Chapter 3 14", 6: "Chapter 3 16"}, false},
		{"in large letters", 14, map[int]string{4: "The locks", 6: "The locks", 8: "The locks"}, false},
	} {
		var pages [][]setLine
		for page := 1; page <= 16; page++ {
			lines := bodyLines(page)
			if top, found := test.tops[page]; found {
				lines = append([]setLine{{40, 520, test.size, top}}, lines...)
			}
			pages = append(pages, lines)
		}
		text, err := r.File("a.pdf", setPDF(pages...), nil)
		if err != nil {
			t.Fatal(err)
		}
		checkText(t, text)
		skipped := map[string]int{}
		for _, s := range text.Skipped {
			skipped[strings.TrimSpace(text.Source[s.Start:s.End])]++
		}
		for page, top := range test.tops {
			if (skipped[top] > 0) == test.kept {
				t.Errorf("%s: %q on page %d is skipped %d times", test.name, top, page, skipped[top])
			}
		}
	}
}

// TestLongNotes: a note that goes on over pages stays one, and each part of it and of the
// text stands on its own page.
func TestLongNotes(t *testing.T) {
	r := pdfReader(t)
	note := func(y float64, text string) setLine { return setLine{40, y, 8, text} }
	for _, test := range []struct {
		name  string
		notes [][]setLine // at the foot of the first pages
		want  string      // the first note
		pages []int       // on which its lines stand
	}{
		{"one page", [][]setLine{{note(80, "1. The gate of elm was closed.")}}, "The gate of elm was closed.", []int{1}},
		{"two pages", [][]setLine{
			{note(80, "1. The gate of elm was closed in the")},
			{note(80, "winter of the great flood."), note(70, "2. Another note.")},
		}, "The gate of elm was closed in the\nwinter of the great flood.", []int{1, 2}},
		{"three pages", [][]setLine{
			{note(80, "1. The gate of elm was closed in the")},
			{note(80, "winter of the great flood, and the keeper")},
			{note(80, "wrote of it to his sister."), note(70, "2. Another note.")},
		}, "The gate of elm was closed in the\nwinter of the great flood, and the keeper\nwrote of it to his sister.", []int{1, 2, 3}},
		{"four pages, of which the last has no other note", [][]setLine{
			{note(80, "1. The gate of elm was closed in the")},
			{note(80, "winter of the great flood, and the keeper")},
			{note(80, "wrote of it to his sister, who kept")},
			{note(80, "the letter.")},
		}, "The gate of elm was closed in the\nwinter of the great flood, and the keeper\nwrote of it to his sister, who kept\nthe letter.", []int{1, 2, 3, 4}},
	} {
		var pages [][]setLine
		for i := range 6 {
			lines := bodyLines(i)
			if i < len(test.notes) {
				lines = append(lines, test.notes[i]...)
			}
			pages = append(pages, lines)
		}
		text, err := r.File("a.pdf", setPDF(pages...), nil)
		if err != nil {
			t.Fatal(err)
		}
		checkText(t, text)
		if len(text.Notes) == 0 {
			t.Errorf("%s: no note is found", test.name)
			continue
		}
		first := text.Notes[0]
		got := text.Source[first.Start:first.End]
		if got != test.want {
			t.Errorf("%s: the note is %q, want %q", test.name, got, test.want)
			continue
		}
		at := first.Start
		for i, line := range strings.Split(got, "\n") {
			if page := filePage(text, at); page != test.pages[i] {
				t.Errorf("%s: %q stands on page %d, want %d", test.name, line, page, test.pages[i])
			}
			at += len(line) + 1
		}
		for i := range pages {
			at := strings.Index(text.Source, bodyLines(i)[3].text)
			if page := filePage(text, at); page != i+1 {
				t.Errorf("%s: the text of page %d stands on page %d", test.name, i+1, page)
			}
		}
	}
}

// filePage returns the number in the file of the page on which an offset stands.
func filePage(text extract.Text, at int) int {
	page := 0
	for _, p := range text.Pages {
		if p.At <= at {
			page = p.File
		}
	}
	return page
}

// TestRaisedApart: the calls that a file holds apart from their lines come into them, and
// no character is lost when one is raised above another.
func TestRaisedApart(t *testing.T) {
	r := pdfReader(t)
	for _, test := range []struct {
		name  string
		lines []setLine // in the order of the file, below a text of one line
		want  []string
	}{
		{"above a word", []setLine{{40, 400, 11, "The gate"}, {40, 300, 11, "was of elm."}, {80, 404, 7, "12"}}, []string{"The gate¹²\n"}},
		{"above a year alone", []setLine{{40, 400, 18, "1789"}, {40, 300, 11, "was cold."}, {77, 407, 8, "4"}}, []string{"1789⁴\n"}},
		{"above another call", []setLine{
			{40, 400, 11, "The gate"}, {40, 300, 11, "was of elm,"}, {80, 404, 7, "12"}, {40, 200, 11, "or of oak."}, {87, 407, 4, "3"},
		}, []string{"The gate¹²³\n"}},
		{"above another call that comes later", []setLine{
			{40, 400, 11, "The gate"}, {40, 300, 11, "was of elm,"}, {87, 407, 4, "3"}, {40, 200, 11, "or of oak."}, {80, 404, 7, "12"},
		}, []string{"The gate¹²\n", "\n3\n"}},
	} {
		lines := append(bodyLines(1)[:1], test.lines...)
		text, err := r.File("a.pdf", setPDF(lines), nil)
		if err != nil {
			t.Fatal(err)
		}
		checkText(t, text)
		for _, want := range test.want {
			if !strings.Contains(text.Source, want) {
				t.Errorf("%s: no %q in\n%s", test.name, want, text.Source)
			}
		}
	}
}
