package retrieval_test

import (
	"fmt"
	"io/fs"
	"path/filepath"
	"strconv"
	"testing"

	"github.com/blevesearch/bleve/v2"

	"verbatim/corpus"
	"verbatim/corpus/sample"
	"verbatim/retrieval"
)

// benchFiles are the built-in notes, many times under other names.
func benchFiles(b *testing.B) (files []corpus.File, bytes int) {
	b.Helper()
	const copies = 25
	for n := range copies {
		err := fs.WalkDir(sample.Notes(), ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() {
				return err
			}
			data, err := fs.ReadFile(sample.Notes(), name)
			files = append(files, corpus.File{Name: fmt.Sprintf("%d/%s", n, name), Origin: "/course", Data: data})
			bytes += len(data)
			return err
		})
		if err != nil {
			b.Fatal(err)
		}
	}
	return files, bytes
}

// BenchmarkIndexing takes files to passages, to the store, and to the committed index, and
// for comparison their ready-made passages to an index of Bleve as it comes.
func BenchmarkIndexing(b *testing.B) {
	files, bytes := benchFiles(b)
	var drafts []corpus.Draft
	read := func() {
		drafts = drafts[:0]
		for _, f := range files {
			d, err := corpus.Read(f)
			if err != nil {
				b.Fatal(err)
			}
			drafts = append(drafts, d)
		}
	}
	index := func() {
		l := open(b)
		if _, err := l.Put(b.Context(), guild, drafts, false); err != nil {
			b.Fatal(err)
		}
		if _, err := l.Rank(b.Context(), retrieval.Query{Text: "soviet", Access: corpus.Everything(guild)}, 1, nil); err != nil { // follows the store
			b.Fatal(err)
		}
	}
	for _, stage := range []struct {
		name string
		do   func()
	}{
		{"read", read},
		{"store-and-index", index},
		{"bytes-to-index", func() { read(); index() }},
		{"stock-bleve", func() { stockBleve(b, drafts) }},
	} {
		b.Run(stage.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(bytes))
			for b.Loop() {
				stage.do()
			}
		})
	}
}

// stockBleve indexes passages with Bleve's own mapping, in batches of a thousand.
func stockBleve(b *testing.B, drafts []corpus.Draft) {
	x, err := bleve.New(filepath.Join(b.TempDir(), "stock"), bleve.NewIndexMapping())
	if err != nil {
		b.Fatal(err)
	}
	defer x.Close()
	batch := x.NewBatch()
	flush := func() {
		if err := x.Batch(batch); err != nil {
			b.Fatal(err)
		}
		batch = x.NewBatch()
	}
	for _, d := range drafts {
		for _, p := range d.Passages {
			passage := map[string]any{"title": d.Title, "section": p.Section, "text": d.Source[p.Start():p.End()]}
			if err := batch.Index(d.Name+"/"+strconv.Itoa(p.Ordinal), passage); err != nil {
				b.Fatal(err)
			}
			if batch.Size() >= 1000 {
				flush()
			}
		}
	}
	flush()
}
