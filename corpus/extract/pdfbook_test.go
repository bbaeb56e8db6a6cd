//go:build !race

package extract_test

import (
	"errors"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"unicode"

	"verbatim/corpus/extract"
)

// readPrinted reads a PDF of testdata/printed.
func readPrinted(t *testing.T, name string) extract.Text {
	t.Helper()
	return readPDF(t, pdfReader(t), filepath.Join("..", "printed", name))
}

// printedSource reads the Markdown from which a PDF of testdata/printed was made.
func printedSource(t *testing.T, name string) extract.Text {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "printed", name))
	if err != nil {
		t.Fatal(err)
	}
	text, err := extract.File(name, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	return text
}

// TestBookPDF reads a book of 26 pages as TeX makes them: running heads of words, roman
// numbers before arabic ones, ligatures, hyphens, notes that go on over a page.
func TestBookPDF(t *testing.T) {
	got := readPrinted(t, "book.pdf")
	compare(t, got, printedSource(t, "book.md"))
	comparePages(t, got, "book.pages.txt")
	for i, p := range got.Pages {
		want := strconv.Itoa(i - 1)
		if i < 2 {
			want = []string{"i", "ii"}[i]
		}
		if p.Label != want || p.File != i+1 {
			t.Errorf("page %d of the file is labelled %q, number %d, want %q", i+1, p.Label, p.File, want)
		}
	}
}

// comparePages fails if less than 98 % of the words of a page are those that another
// program (pdftotext, which joins what a line end parts) finds on it; a form feed parts its
// pages.
func comparePages(t *testing.T, got extract.Text, name string) {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "printed", name))
	if err != nil {
		t.Fatal(err)
	}
	pages := strings.Split(strings.TrimRight(string(data), "\f"), "\f")
	if len(got.Pages) != len(pages) {
		t.Fatalf("%d pages, want %d", len(got.Pages), len(pages))
	}
	for i, p := range got.Pages {
		end := len(got.Source)
		if i+1 < len(got.Pages) {
			end = got.Pages[i+1].At
		}
		if share := inCommon(letterWords(strings.ReplaceAll(got.Source[p.At:end], "-\n", "")), letterWords(pages[i])); share < 0.98 {
			t.Errorf("%.1f %% of the words of page %d stand on it, want 98:\n%s", 100*share, i+1, got.Source[p.At:end])
		}
	}
}

// letterWords returns words without digits, as programs write the calls of notes in
// several ways.
func letterWords(s string) []string {
	return strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
}

// inCommon returns which share of the words of two pages are on both, in any order.
func inCommon(got, want []string) float64 {
	left := map[string]int{}
	for _, w := range want {
		left[w]++
	}
	common := 0
	for _, g := range got {
		if left[g] > 0 {
			left[g]--
			common++
		}
	}
	return float64(common) / float64(max(len(got), len(want)))
}

// TestColumnsPDF reads two columns as TeX prints them, and two whose lines the file holds
// side by side, with the calls of notes apart from them.
func TestColumnsPDF(t *testing.T) {
	for _, name := range []string{"columns.pdf", "sidebyside.pdf"} {
		t.Run(name, func(t *testing.T) { compare(t, readPrinted(t, name), madeSource(t)) })
	}
}

// TestRefusedPDF: files without text and those that ask for a password are refused with
// what to do; one that only forbids copying can be read by anybody.
func TestRefusedPDF(t *testing.T) {
	r := pdfReader(t)
	for _, test := range []struct {
		file string
		want error
	}{
		{"scan.pdf", extract.ErrScan},
		{"locked.pdf", extract.ErrProtected},
		{"restricted.pdf", nil},
	} {
		data, err := os.ReadFile(filepath.Join("testdata", "printed", test.file))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := r.File(test.file, data, nil); !errors.Is(err, test.want) {
			t.Errorf("File(%s) = %v, want %v", test.file, err, test.want)
		}
	}
}
