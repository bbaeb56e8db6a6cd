package retrieval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
)

// TestSmallChangesAreMergedApart: many small changes leave the segment as it is that most of the
// passages are in, so that what is kept of it goes on serving.
func TestSmallChangesAreMergedApart(t *testing.T) {
	l := open(t)
	var course strings.Builder
	for n := range 700 {
		fmt.Fprintf(&course, "# Séance %d\n\nLe soviet numéro %d siège.\n\n", n, n)
	}
	l.put(t, guild, map[string]string{"course.md": course.String()})
	segments := func() []uint64 {
		ids, err := l.Segments(t.Context(), guild)
		check(t, err)
		return ids
	}
	segments()
	l.reopen(t, func() {}) // the segment is on the disk
	large := segments()
	if len(large) != 1 {
		t.Fatalf("the course is in the segments %v, want one", large)
	}
	for n := range 40 {
		l.put(t, guild, map[string]string{fmt.Sprintf("note%d.md", n%10): fmt.Sprintf("La note numéro %d.", n)})
		if now := segments(); !slices.Contains(now, large[0]) {
			t.Fatalf("after %d changes the segments are %v, and %d is none of them", n+1, now, large[0])
		}
	}
}
