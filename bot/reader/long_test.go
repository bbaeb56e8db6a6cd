package reader_test

import (
	"fmt"
	"os"
	"runtime"
	"strings"
	"testing"
	"time"
)

// TestLargeText opens a text of 200 MB at its beginning, in its middle and at its end: no
// page takes more memory or time than that of a short text does.
func TestLargeText(t *testing.T) {
	if os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("VERBATIM_LONG is not set")
	}
	d := newDesk(t)
	var text strings.Builder
	for i := 0; text.Len() < 200<<20; i++ {
		fmt.Fprintf(&text, "Le jour %d, le gardien note dans le registre du phare le vent, la mer et les navires qui passent au large.\n\n", i)
	}
	document := d.put("registre.txt", text.String())
	text.Reset()
	for _, day := range []int{1, 900_000, 1_700_000} {
		link := d.link(public, d.quotes(document, fmt.Sprintf("Le jour %d, le gardien note", day)))
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
