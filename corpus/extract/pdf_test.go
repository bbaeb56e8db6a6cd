//go:build !race

// The race detector makes the PDF engine many times slower, and has nothing to find in it.

package extract_test

import (
	"bytes"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus/extract"
)

// pdfReader returns a reader whose engine the tests share, compiled once for a folder that
// stays.
func pdfReader(t testing.TB) *extract.Reader {
	t.Helper()
	r := &extract.Reader{Cache: filepath.Join(os.TempDir(), "verbatim-test-engine")}
	t.Cleanup(r.Close)
	if err := r.Prepare(); err != nil {
		t.Fatal(err)
	}
	return r
}

func readPDF(t *testing.T, r *extract.Reader, name string) extract.Text {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "made", name))
	if err != nil {
		t.Fatal(err)
	}
	text, err := r.File(name, data, nil)
	if err != nil {
		t.Fatal(err)
	}
	checkText(t, text)
	return text
}

// TestMadePDF compares PDF files with the text they were made from, as TestMadeDocuments
// does with others.
func TestMadePDF(t *testing.T) {
	r := pdfReader(t)
	for _, name := range []string{"office.pdf", "groff.pdf", "columns.pdf"} {
		t.Run(name, func(t *testing.T) { compare(t, readPDF(t, r, name), madeSource(t)) })
	}
}

// TestPDFPages: each page has its label and its number in the file, and begins with the
// words that stand on it.
func TestPDFPages(t *testing.T) {
	r := pdfReader(t)
	for _, test := range []struct {
		file, label, words string
		page               int
	}{
		{"office.pdf", "1", "Les Écluses de la Sambre", 1},
		{"office.pdf", "2", "Le halage", 2},
		{"groff.pdf", "2", "avec le premier convoi montant", 2},
	} {
		text := readPDF(t, r, test.file)
		i := slices.IndexFunc(text.Pages, func(p extract.Page) bool { return p.File == test.page })
		if i < 0 || text.Pages[i].Label != test.label || !strings.Contains(text.Source[text.Pages[i].Sure:min(len(text.Source), text.Pages[i].Sure+80)], test.words) {
			t.Errorf("%s: page %d is not labelled %s or does not begin with %q\n%s", test.file, test.page, test.label, test.words, render(text))
		}
	}
}

// TestBrokenPDF: broken files give a text or an error, and the reader goes on.
func TestBrokenPDF(t *testing.T) {
	r := pdfReader(t)
	for _, data := range madeFiles(t, "*.pdf") {
		for n := range 8 {
			broken := bytes.Clone(data[:len(data)*(n+1)/8])
			for i := n; i < len(broken); i += 997 {
				broken[i] ^= byte(n)
			}
			if text, err := r.File("a.pdf", broken, nil); err == nil {
				checkText(t, text)
			}
		}
	}
	readPDF(t, r, "office.pdf")
}

// FuzzPDF seeds a small file of one page.
func FuzzPDF(f *testing.F) {
	f.Add([]byte("%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj 3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]/Contents 4 0 R/Resources<</Font<</F<</Type/Font/Subtype/Type1/BaseFont/Times-Roman>>>>>>>>endobj 4 0 obj<</Length 40>>stream\nBT /F 12 Tf 20 100 Td (Un texte) Tj ET\nendstream endobj\ntrailer<</Root 1 0 R>>"))
	r := pdfReader(f)
	f.Fuzz(func(t *testing.T, data []byte) {
		if text, err := r.File("a.pdf", data, nil); err == nil {
			checkText(t, text)
		}
	})
}
