package retrieval_test

import (
	"slices"
	"testing"

	"pgregory.net/rapid"

	"verbatim/retrieval"
)

// TestDistance compares the distance of words with that of the usual table.
func TestDistance(t *testing.T) {
	table := func(x, y []rune) int {
		rows := make([][]int, len(x)+1)
		for i := range rows {
			rows[i] = make([]int, len(y)+1)
			rows[i][0] = i
			for j := 1; j <= len(y); j++ {
				if i == 0 {
					rows[i][j] = j
					continue
				}
				changed := 1
				if x[i-1] == y[j-1] {
					changed = 0
				}
				rows[i][j] = min(rows[i-1][j]+1, rows[i][j-1]+1, rows[i-1][j-1]+changed)
				if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
					rows[i][j] = min(rows[i][j], rows[i-2][j-2]+1)
				}
			}
		}
		return rows[len(x)][len(y)]
	}
	for _, test := range []struct {
		word, other string
		want        int
	}{
		{"kornilof", "kornilov", 1},
		{"soviets", "sovites", 1},
		{"ca", "abc", 3},
		{"", "mir", 3},
		{"земля", "землю", 1},
	} {
		if got := retrieval.Distance(test.word, test.other); got != test.want {
			t.Errorf("distance from %q to %q is %d, want %d", test.word, test.other, got, test.want)
		}
	}
	rapid.Check(t, func(t *rapid.T) {
		letters := rapid.SliceOfN(rapid.SampledFrom([]rune("abcé")), 0, 64)
		word, other := letters.Draw(t, "word"), letters.Draw(t, "other")
		if got, want := retrieval.Distance(string(word), string(other)), table(word, other); got != want {
			t.Errorf("distance from %q to %q is %d, want %d", string(word), string(other), got, want)
		}
	})
}

// TestWordsLike: looking up finds what comparing with each word does, in one list or several.
func TestWordsLike(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		word := rapid.StringOfN(rapid.SampledFrom([]rune("abcéи")), 1, 8, -1)
		texts := rapid.SliceOfNDistinct(word, 1, 60, func(w string) string { return w }).Draw(t, "words")
		slices.Sort(texts)
		half := rapid.IntRange(0, len(texts)).Draw(t, "half")
		typed := word.Draw(t, "typed")
		want := make([][]string, 3)
		for _, w := range texts {
			d := retrieval.Distance(typed, w)
			if d == 1 || d == 2 && w[0] == typed[0] {
				want[d] = append(want[d], w)
			}
		}
		for _, lists := range [][][]string{{texts}, {texts[half:], texts[:half]}, {texts[half:], texts}} {
			got := retrieval.LikeIn(lists...)(typed, 2)
			for d := range want {
				if !slices.Equal(got[d], want[d]) {
					t.Errorf("at %d from %q among %q in %d lists: %q, want %q", d, typed, texts, len(lists), got[d], want[d])
				}
			}
		}
	})
}
