package retrieval_test

import (
	"math"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestCloserLook: of two texts with the same words as often, the one that speaks of
// what is asked comes first. Each part of a score is told by one of the pairs.
func TestCloserLook(t *testing.T) {
	tests := []struct {
		name, question, better, worse string
		part                          func(retrieval.Explanation) float64
	}{
		{
			"order", "Qui commande la garde rouge ?",
			"Une troupe qui porte le nom de garde rouge, avec un chef que tous suivent, défile dans la ville.",
			"Une troupe vêtue de rouge, avec un chef que tous suivent, défile dans la ville et monte la garde.",
			func(e retrieval.Explanation) float64 { return e.Order },
		},
		{
			"nearness", "Was there a strike in the harbour?",
			"The harbour saw a long strike. Nobody remembers much else about those years of hunger, cold and bad pay.",
			"The harbour was quiet. Nobody remembers much else about those years of hunger, cold and a long strike.",
			func(e retrieval.Explanation) float64 { return e.Nearness },
		},
		{
			"headings", "Le programme du parti",
			"# Le programme\n\nIl promet au parti la paix et le pain pour tout le monde.",
			"# La promesse\n\nIl promet au parti un programme de paix pour tout le monde.",
			func(e retrieval.Explanation) float64 { return e.Headings },
		},
		{
			"names", "Who met Larkin at the station?",
			"An old friend met him, said Larkin, near the bridge over the canal.",
			"An old friend met him, said people, at the station over the canal.",
			func(e retrieval.Explanation) float64 { return e.Names },
		},
		{
			"beginnings", "Quand ont lieu les élections ?",
			"Les électeurs se rendent aux urnes en mai.",
			"Les éléphants se rendent aux étangs en mai et il y a lieu de les voir.",
			func(e retrieval.Explanation) float64 { return e.Beginnings },
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			l := open(t)
			l.put(t, guild, map[string]string{"better.md": test.better, "worse.md": test.worse})
			hits, err := l.Rank(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, 10, nil)
			check(t, err)
			parts := map[string]float64{}
			for _, h := range hits {
				parts[l.name(t, corpus.Everything(guild), h.Document)] = test.part(h.Explanation)
			}
			if parts["better.md"] <= parts["worse.md"] {
				t.Errorf("%s: %.3f in the better text, %.3f in the worse", test.name, parts["better.md"], parts["worse.md"])
			}
		})
	}
}

// TestScoreIsItsParts: the parts of an explanation make up the score, whatever the
// question.
func TestScoreIsItsParts(t *testing.T) {
	l := benchLibrary(t)
	for _, text := range []string{"Quelle lettre de Trotsky ?", "la grève des usines de 1917", "Mariátegui", "la terre, le pain et les primaires"} {
		hits, err := l.Rank(t.Context(), retrieval.Query{Text: text, Access: corpus.Everything(guild)}, 120, nil)
		check(t, err)
		if len(hits) == 0 {
			t.Errorf("nothing for %q", text)
		}
		for i, h := range hits {
			e := h.Explanation
			sum := e.Weight * (e.Words + e.Beginnings + e.Order + e.Nearness + e.Headings + e.Names)
			if math.Abs(h.Score-sum) > 1e-9 {
				t.Errorf("score %f, its parts give %f: %+v", h.Score, sum, e)
			}
			if i > 0 && h.Score > hits[i-1].Score {
				t.Errorf("%q: hit %d has %f, the one before %f", text, i, h.Score, hits[i-1].Score)
			}
		}
	}
}

// TestRankDoesNotDependOnLimit: a shorter ranking is the beginning of a longer one.
func TestRankDoesNotDependOnLimit(t *testing.T) {
	l := benchLibrary(t)
	q := retrieval.Query{Text: "la lettre de Trotsky sur la grève de 1917", Access: corpus.Everything(guild)}
	all, err := l.Rank(t.Context(), q, 300, nil)
	check(t, err)
	for _, limit := range []int{1, 10, 50, 120} {
		some, err := l.Rank(t.Context(), q, limit, nil)
		check(t, err)
		if len(some) != limit {
			t.Fatalf("%d hits, want %d", len(some), limit)
		}
		for i := range some {
			if some[i] != all[i] {
				t.Errorf("limit %d, hit %d: %+v, want %+v", limit, i, some[i], all[i])
			}
		}
	}
}
