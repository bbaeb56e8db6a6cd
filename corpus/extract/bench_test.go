//go:build !race

package extract_test

import (
	"os"
	"path/filepath"
	"testing"

	"verbatim/corpus/extract"
)

// BenchmarkFile reads a file of each format; bytes a second are those of its source text.
// Of PDF it reads a book of 26 pages, the others hold two.
func BenchmarkFile(b *testing.B) {
	r := pdfReader(b)
	for _, name := range []string{"made/source.md", "printed/book.md", "made/pandoc.html", "made/office.docx", "made/office.odt", "made/office.epub", "printed/book.pdf"} {
		b.Run(filepath.Base(name), func(b *testing.B) {
			data, err := os.ReadFile(filepath.Join("testdata", name))
			if err != nil {
				b.Fatal(err)
			}
			var text extract.Text
			b.ReportAllocs()
			for b.Loop() {
				if text, err = r.File(name, data, nil); err != nil {
					b.Fatal(err)
				}
			}
			b.SetBytes(int64(len(text.Source)))
		})
	}
}
