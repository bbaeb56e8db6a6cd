package retrieval_test

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// benchLibrary holds 2,000 passages in 200 documents.
func benchLibrary(b testing.TB) *library {
	b.Helper()
	l := open(b)
	texts := map[string]string{}
	for i := range 200 {
		var text strings.Builder
		for j := range 60 {
			fmt.Fprintf(&text, "Le %s de %s débat du %s et de la %s numéro %d. ",
				words[(i+j)%len(words)], words[(i*7+j)%len(words)], words[(i+j*3)%len(words)], words[(i*j)%len(words)], i*j)
			if j%6 == 5 {
				text.WriteString("\n\n")
			}
		}
		texts[fmt.Sprintf("%d.txt", i)] = text.String()
	}
	l.put(b, guild, texts)
	return l
}

func BenchmarkSearch(b *testing.B) {
	l := benchLibrary(b)
	q := retrieval.Query{Text: "Quelle lettre de Trotsky parle de la grève des usines de 1917 ?", Access: corpus.Everything(guild)}
	for _, step := range []struct {
		name string
		ask  func() error
	}{
		{"rank", func() error { _, err := l.Rank(b.Context(), q, 10, nil); return err }},
		{"excerpts", func() error { _, err := l.Search(b.Context(), q, l.Store); return err }},
	} {
		if err := step.ask(); err != nil { // brings the index up to date
			b.Fatal(err)
		}
		b.Run(step.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if err := step.ask(); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}
