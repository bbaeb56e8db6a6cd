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
