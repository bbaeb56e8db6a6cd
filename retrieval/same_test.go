package retrieval_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"verbatim/retrieval"
)

// TestSame reads pairs of questions from testdata/same.txt. Which of two comes first
// makes no difference.
func TestSame(t *testing.T) {
	data, err := os.ReadFile("testdata/same.txt")
	if err != nil {
		t.Fatal(err)
	}
	fold := strings.NewReplacer("é", "e", "è", "e")
	var known []string
	pairs := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if words, found := strings.CutPrefix(line, "known:"); found {
			known = strings.Fields(fold.Replace(words))
		}
		fields := strings.Split(line, "|")
		if strings.HasPrefix(line, "#") || len(fields) != 4 {
			continue
		}
		pairs++
		for i := range fields {
			fields[i] = strings.TrimSpace(fields[i])
		}
		isWord := func(word string) bool { return slices.Contains(known, word) }
		want := fields[1] == "same"
		for _, pair := range [][2]string{{fields[2], fields[3]}, {fields[3], fields[2]}} {
			if got := retrieval.Same(fields[0], pair[0], pair[1], isWord); got != want {
				t.Errorf("Same(%s, %q, %q) = %v, want %v", fields[0], pair[0], pair[1], got, want)
			}
		}
	}
	if pairs < 30 {
		t.Errorf("%d pairs in the file, want all", pairs)
	}
}

func TestHolds(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "La grève des ouvrières dura."})
	for word, want := range map[string]bool{"greve": true, "ouvrieres": true, "ouvrier": false, "martin": false} {
		if got, err := l.Holds(t.Context(), guild, word); err != nil || got != want {
			t.Errorf("Holds(%s) = %v, %v, want %v", word, got, err, want)
		}
	}
	if got, err := l.Holds(t.Context(), "another guild", "greve"); err != nil || got {
		t.Errorf("Holds in another guild = %v, %v, want false", got, err)
	}
}
