package retrieval_test

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/blevesearch/bleve/v2"
	index "github.com/blevesearch/bleve_index_api"

	"verbatim/retrieval"
)

// BenchmarkWordsLike looks up misspelt words, with one wrong letter and with two, among the
// words of a generated corpus of 20,000 passages, 200,000 with VERBATIM_LONG: in the lists
// that are kept, and beside it by Bleve's automata. These compare words as our lists do but
// for swapped letters, which count for two, and look for those with the same first letter.
func BenchmarkWordsLike(b *testing.B) {
	sizes := []int{20_000}
	if os.Getenv("VERBATIM_LONG") != "" {
		sizes = append(sizes, 200_000)
	}
	for _, size := range sizes {
		words := slices.Sorted(slices.Values(generate(size).words))
		like := retrieval.LikeIn(words)
		reader := dictionaryOf(b, words)
		for wrong := 1; wrong <= 2; wrong++ {
			typed := misspell(words, wrong, 1000)
			b.Run(fmt.Sprintf("words=%d/wrong=%d/by=lists", len(words), wrong), func(b *testing.B) {
				inTime(b, func(n int) { like(typed[n%len(typed)], wrong) })
			})
			b.Run(fmt.Sprintf("words=%d/wrong=%d/by=automata", len(words), wrong), func(b *testing.B) {
				inTime(b, func(n int) { check(b, each(reader, typed[n%len(typed)], wrong)) })
			})
		}
	}
}

// inTime does something again and again, and reports how long it takes by the processor's time.
func inTime(b *testing.B, do func(n int)) {
	b.ReportAllocs()
	runtime.LockOSThread()
	defer runtime.UnlockOSThread()
	begun := cpuTime()
	for n := 0; b.Loop(); n++ {
		do(n)
	}
	b.ReportMetric(float64((cpuTime()-begun).Nanoseconds())/1e3/float64(b.N), "cpu-µs/op")
}

// misspell returns words of eight letters or more, each with so many letters changed behind
// the first.
func misspell(words []string, wrong, count int) []string {
	random := rand.New(rand.NewPCG(7, 7))
	var typed []string
	for len(typed) < count {
		word := []byte(words[random.IntN(len(words))])
		if len(word) < 8 {
			continue
		}
		for range wrong {
			word[1+random.IntN(len(word)-1)] = 'x'
		}
		typed = append(typed, string(word))
	}
	return typed
}

// dictionaryOf returns a reader of an index on disk of these words.
func dictionaryOf(b *testing.B, words []string) index.IndexReaderFuzzy {
	m := bleve.NewIndexMapping()
	m.DefaultAnalyzer = "simple"
	x, err := bleve.New(filepath.Join(b.TempDir(), "words"), m)
	check(b, err)
	b.Cleanup(func() { x.Close() })
	batch := x.NewBatch()
	for i, some := range slices.Collect(slices.Chunk(words, 100)) {
		check(b, batch.Index(fmt.Sprint(i), map[string]any{"word": some}))
	}
	check(b, x.Batch(batch))
	advanced, err := x.Advanced()
	check(b, err)
	reader, err := advanced.Reader()
	check(b, err)
	b.Cleanup(func() { reader.Close() })
	return reader.(index.IndexReaderFuzzy)
}

func each(reader index.IndexReaderFuzzy, word string, wrong int) error {
	found, err := reader.FieldDictFuzzy("word", word, wrong, word[:1])
	if err != nil {
		return err
	}
	defer found.Close()
	for {
		if entry, err := found.Next(); err != nil || entry == nil {
			return err
		}
	}
}
