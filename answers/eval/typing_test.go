package eval_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode"

	"verbatim/answers/eval"
)

func TestFold(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"Où est né l’ÉVÊQUE d'Épinay ?", "ou est ne l’eveque d'epinay ?"},
		{"¿Quién fundó la peña en 1928?", "¿quien fundo la pena en 1928?"},
		{"L'œuvre de Straße", "l'oeuvre de strasse"},
		{"E\u0301te\u0301 à Brașov", "ete a brasov"},
	} {
		s := eval.Set{Queries: []eval.Query{{ID: "q", Text: c.text}}, Unanswerable: []eval.Query{{ID: "u", Text: c.text}}}
		if s.Fold(); s.Queries[0].Text != c.want || s.Unanswerable[0].Text != c.want {
			t.Errorf("Fold of %q = %q and %q, want %q", c.text, s.Queries[0].Text, s.Unanswerable[0].Text, c.want)
		}
	}
}

// noisy returns a question with the error that a seed gives it.
func noisy(text, id string, seed uint64) string {
	s := eval.Set{Queries: []eval.Query{{ID: id, Text: text}}}
	s.AddNoise(seed)
	return s.Queries[0].Text
}

func TestNoiseIsOneErrorInALongWord(t *testing.T) {
	kinds := map[string]int{}
	const text = "En 1928 où fut né le curé d'Armagnac, le 14e, xyz123abc ?"
	for seed := range uint64(400) {
		got := noisy(text, "q1", seed)
		before, after, cut := strings.Cut(text, "curé d'Armagnac")
		if rest, found := strings.CutPrefix(got, before); cut && found && strings.HasSuffix(rest, after) {
			kinds[errorOf("curé d'Armagnac", strings.TrimSuffix(rest, after))]++
			continue
		}
		t.Errorf("seed %d: %q, want an error in curé or Armagnac alone", seed, got)
	}
	for _, kind := range []string{"swapped", "dropped", "doubled", "replaced"} {
		if kinds[kind] < 50 {
			t.Errorf("%d of 400 errors are %s, want about 100", kinds[kind], kind)
		}
	}
	if len(kinds) != 4 {
		t.Errorf("kinds of errors: %v, want four", kinds)
	}
}

// errorOf tells what was done to a text, "" if it is none of the four errors.
func errorOf(text, wrong string) string {
	a, b := []rune(text), []rune(wrong)
	at := 0
	for at < min(len(a), len(b)) && a[at] == b[at] {
		at++
	}
	same := func(x, y []rune) bool { return slices.Equal(x, y) }
	switch {
	case len(b) == len(a)-1 && same(a[at+1:], b[at:]):
		return "dropped"
	case len(b) == len(a)+1 && same(a[at:], b[at+1:]) && (at > 0 && b[at] == b[at-1]):
		return "doubled"
	case len(b) == len(a) && at+1 < len(a) && a[at] == b[at+1] && a[at+1] == b[at] && same(a[at+2:], b[at+2:]):
		return "swapped"
	case len(b) == len(a) && at < len(a) && same(a[at+1:], b[at+1:]) && unicode.IsUpper(a[at]) == unicode.IsUpper(b[at]):
		return "replaced"
	}
	return ""
}

func TestNoiseIsTheSameEachTime(t *testing.T) {
	const text = "Quelle commune possède la plus grande bibliothèque ?"
	seeds, ids := map[string]bool{}, map[string]bool{}
	for i := range 20 {
		id := fmt.Sprint("q", i)
		if first, second := noisy(text, id, 1), noisy(text, id, 1); first != second {
			t.Errorf("%s has two errors for one seed: %q and %q", id, first, second)
		}
		seeds[noisy(text, "q1", uint64(i))] = true
		ids[noisy(text, id, 1)] = true
	}
	if len(seeds) < 10 || len(ids) < 10 {
		t.Errorf("%d and %d different errors for 20 seeds and 20 ids, want more", len(seeds), len(ids))
	}
}

// The a of each text stands beside other letters on each keyboard, the é on none.
func TestNoiseKnowsKeyboards(t *testing.T) {
	for _, c := range []struct{ text, letters string }{
		{"Où est le AAAA ?", "ZQ"},
		{"Where is the AAAA of it?", "QWSZ"},
		{"Wo ist der AAAA von dem?", "QWSY"},
		{"¿Dónde está la AAAA?", "QWSZ"},
		{"Où est le éééé ?", ""},
	} {
		seen := map[rune]bool{}
		for seed := range uint64(300) {
			got := noisy(c.text, "q1", seed)
			if len([]rune(got)) != len([]rune(c.text)) {
				continue
			}
			for i, r := range []rune(got) {
				if r != []rune(c.text)[i] && strings.ContainsAny(string([]rune(c.text)[i]), "Aé") {
					seen[r] = true
				}
			}
		}
		letters := []rune(c.letters)
		if len(seen) != len(letters) || slices.ContainsFunc(letters, func(r rune) bool { return !seen[r] }) {
			t.Errorf("%q: letters beside = %q, want %q", c.text, string(slices.Sorted(maps.Keys(seen))), c.letters)
		}
	}
}

func TestNoiseLeavesShortWordsAndNumbers(t *testing.T) {
	for _, text := range []string{"où est le feu ?", "1928 et 20000", "le 14juillet", ""} {
		if got := noisy(text, "q1", 7); got != text {
			t.Errorf("AddNoise of %q = %q, want it unchanged", text, got)
		}
	}
}
