package answers_test

import (
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestFilePages: where the label of a page is not its number in the file, a citation
// names both, in the language of the document, and a link leads to the page.
func TestFilePages(t *testing.T) {
	for _, test := range []struct {
		language, labels string
		file             []int
		want, link       string
	}{
		{"en", "214", []int{12}, "p.\u00A0214 (page\u00A012 of the file)", "https://example.org/a.pdf#page=12"},
		{"fr", "214 215", []int{12, 13}, "p.\u00A0214–215 (page\u00A012–13 du fichier)", "https://example.org/a.pdf#page=12"},
		{"es", "12", []int{12}, "p.\u00A012", "https://example.org/a.pdf#page=12"},
		{"es", "12", nil, "p.\u00A012", "https://example.org/a.pdf"},
	} {
		document := corpus.Document{Metadata: corpus.Metadata{Title: "Cours", Language: test.language, Link: "https://example.org/a.pdf"}}
		e := retrieval.Excerpt{Document: document, Pages: strings.Fields(test.labels), FilePages: test.file}
		got := answers.ReferenceOf(e)
		if !strings.Contains(got, test.want+".") || !strings.Contains(got, test.link+".") {
			t.Errorf("%+v: %q, want it to hold %q and %q", test, got, test.want, test.link)
		}
	}
}
