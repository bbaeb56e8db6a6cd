package reader_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"

	"verbatim/corpus"
)

// TestLargeText opens a text of 200 MB at its beginning, in its middle and at its end: no
// page takes more memory or time than that of a short text does.
func TestLargeText(t *testing.T) {
	if os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("VERBATIM_LONG is not set")
	}
	d := newDesk(t)
	// It is stored without being read into passages of the usual size, which takes long.
	draft := corpus.Draft{Name: "registre.txt", Revision: strings.Repeat("ab", 32)}
	var text strings.Builder
	for i := 0; text.Len() < 200<<20; i++ {
		begun := text.Len()
		fmt.Fprintf(&text, "Le jour %d, le gardien note dans le registre du phare le vent, la mer et les navires qui passent au large.\n\n", i)
		if i%50 == 0 {
			sentence := corpus.Span{{Start: begun, End: text.Len() - 2}}
			draft.Passages = append(draft.Passages, corpus.Passage{Ordinal: len(draft.Passages), Sentences: []corpus.Span{sentence}})
		}
	}
	draft.Source = text.String()
	if _, err := d.texts.Put(t.Context(), guild, []corpus.Draft{draft}, false); err != nil {
		t.Fatal(err)
	}
	document, err := d.texts.DocumentNamed(t.Context(), corpus.Everything(guild), draft.Name)
	if err != nil {
		t.Fatal(err)
	}
	for _, day := range []int{1, 900_000, 1_700_000} {
		words := fmt.Sprintf("Le jour %d, le gardien note", day)
		at := strings.Index(draft.Source, words)
		link := d.link(public, []corpus.Reference{{Document: document.ID, Revision: document.Revision, Ranges: []corpus.Range{{Start: at, End: at + len(words)}}}})
		runtime.GC()
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		begun := time.Now()
		page, _ := d.open(link, 200)
		took := time.Since(begun)
		runtime.ReadMemStats(&after)
		used := (after.TotalAlloc - before.TotalAlloc) >> 20
		t.Logf("day %d: %v, %d MB", day, took, used)
		if !strings.Contains(page, fmt.Sprintf("Le jour %d, le gardien note</mark>", day)) || len(page) > 64<<10 || used > 32 {
			t.Errorf("day %d: the page has %d bytes, and took %d MB and %v", day, len(page), used, took)
		}
	}
}
