//go:build !race

// The race detector makes the PDF engine many times slower, and has nothing to find in it.

package corpus_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"

	"verbatim/corpus"
	"verbatim/corpus/extract"
)

// An engine is an Extractor whose PDF engine is compiled once for a folder that stays.
type engine struct{ *extract.Reader }

func (e engine) File(_ context.Context, name string, data, sidecar []byte) (extract.Text, error) {
	return e.Reader.File(name, data, sidecar)
}

// TestLocateInFormats: when a text is replaced by a file of another format, each of its sentences
// and notes is found in that, word for word.
func TestLocateInFormats(t *testing.T) {
	made := filepath.Join("extract", "testdata", "made")
	reader := &extract.Reader{Cache: filepath.Join(os.TempDir(), "verbatim-test-engine")}
	t.Cleanup(reader.Close)
	read := func(name string) corpus.Draft {
		data, err := os.ReadFile(filepath.Join(made, name))
		if err != nil {
			t.Fatal(err)
		}
		d, err := corpus.ReadWith(t.Context(), engine{reader}, corpus.File{Name: name, Origin: "discord", Data: data})
		if err != nil {
			t.Fatal(err)
		}
		d.Name = "cours"
		return d
	}
	before := read("source.md")
	files := []string{"office.pdf", "groff.pdf", "columns.pdf", "office.docx", "pandoc.docx", "office.odt", "pandoc.epub", "office.html"}
	drafts := map[string]corpus.Draft{}
	for _, file := range files {
		drafts[file] = read(file)
	}
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, before)
		d := named(t, s, "cours")
		var quotes []string
		for _, p := range before.Passages {
			for _, sentence := range p.Sentences {
				quote, err := s.Quote(t.Context(), corpus.Everything(guild), corpus.Reference{Document: d.ID, Revision: d.Revision, Ranges: sentence})
				if err != nil {
					t.Fatal(err)
				}
				quotes = append(quotes, quote)
			}
		}
		if len(quotes) < 20 {
			t.Fatalf("%d sentences", len(quotes))
		}
		for _, file := range files {
			put(t, s, guild, drafts[file])
			now := named(t, s, "cours")
			var lost []string
			for _, quote := range quotes {
				ranges, err := s.Locate(t.Context(), corpus.Everything(guild), corpus.Reference{Document: d.ID}, quote)
				if err != nil {
					t.Fatal(err)
				}
				if len(ranges) == 0 {
					lost = append(lost, quote)
					continue
				}
				got, err := s.Quote(t.Context(), corpus.Everything(guild), corpus.Reference{Document: d.ID, Revision: now.Revision, Ranges: ranges})
				if err != nil || !corpus.SameWords(got, quote) {
					t.Errorf("%s: %q is found as %q, %v", file, quote, got, err)
				}
			}
			if len(lost) > 0 {
				t.Errorf("%s: %d of %d sentences are not found: %q", file, len(lost), len(quotes), lost)
			}
		}
	})
}
