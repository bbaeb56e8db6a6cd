package retrieval_test

import (
	"math"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestExact: what stands in a passage in the very form that was typed says more for it than
// another form of the same word; of words that can't stand so, any form does.
func TestExact(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"coal.txt":  "---\nlanguage: en\n---\nThe miners of Durham marched with their lanterns in the 18th century.",
		"other.txt": "---\nlanguage: en\n---\nThe weavers of Leeds stayed at home.",
		"fr.txt":    "---\nlanguage: fr\n---\nLes mineurs de Charleroi protestent contre la direction.",
		"zoe.txt":   "---\nlanguage: fr\n---\nÀ l'ÉPOQUE, Zazie Azéma gagna la loterie.",
	})
	for _, test := range []struct {
		question string
		all      bool // of what is found is exact
	}{
		{"How did the miners of Durham march with lanterns?", false}, // marched
		{"Had the miners of Durham lanterns?", true},
		{"had the MINERS of durham lanterns", true},
		{"Had the miner of Durham a lantern?", false},
		{"Had the minres of Durham lanterns?", true},                           // misspelt
		{"Had the miners of Durham lanterns in the eighteenth century?", true}, // a number
		{"Why is it that protests were made at Charleroi?", true},              // in another language
		{"What are the directions at Charleroi?", true},
		{"Quelles sont les directions à Charleroi ?", false},
		{"Qui gagna la loterie de l'époque ?", true},
		{"qui gagna la loterie de l'epoque", true},
		{"qui gagne la loterie de l'époque", false},
		{"zazie azéma", true},
		{"zazie azema", true},
		{"march Durham miners", false}, // in a language that can't be told
	} {
		result, err := l.Search(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		if s := result.Signals; s.Coverage == 0 || (s.Exact == s.Coverage) != test.all || s.Exact > s.Coverage {
			t.Errorf("%s covers %.2f, %.2f in the form typed, want all: %v", test.question, s.Coverage, s.Exact, test.all)
		}
	}
}

// signalsOf asks about texts in English.
func signalsOf(t *testing.T, texts map[string]string, question string) retrieval.Signals {
	t.Helper()
	return askOf(t, texts, question).Signals
}

// TestSignals: what each signal says of a question.
func TestSignals(t *testing.T) {
	const nothing, some, all = 0, .5, 1
	brill := map[string]string{
		"brill.md": "# Harbour\n\nThe red lantern fell. Ships came in 1612. Larkin slept. A blue sea-going flag. A green boat with sails and ropes from the north had flags.",
		"riga.md":  "The red sails of Riga.",
	}
	coverage := func(s retrieval.Signals) float64 { return s.Coverage }
	begins := func(s retrieval.Signals) float64 { return s.Begins }
	neighbours := func(s retrieval.Signals) float64 { return s.Neighbours }
	title := func(s retrieval.Signals) float64 { return s.Title }
	gap := func(s retrieval.Signals) float64 { return s.Gap }
	phrases := func(s retrieval.Signals) float64 { return s.Phrases }
	names := func(s retrieval.Signals) float64 { return s.NamesMissing }
	year := func(s retrieval.Signals) float64 { return map[bool]float64{true: 1}[s.YearMissing] }
	for _, test := range []struct {
		name     string
		of       func(retrieval.Signals) float64
		question string
		want     float64 // some is anything between nothing and all
	}{
		{"coverage", coverage, "red lantern", all},
		{"coverage", coverage, "red lantern of Oslo", some},
		{"begins", begins, "red lantern", nothing},
		{"begins", begins, "red lanternfish", some},
		{"neighbours", neighbours, "red lantern", all},
		{"neighbours", neighbours, "lantern red", nothing},
		{"neighbours", neighbours, "blue flag", all}, // parts of a compound, and not the whole, stand between
		{"neighbours", neighbours, "green flags", nothing},
		{"neighbours", neighbours, "red lantern slept", some},
		{"title", title, "red lantern", nothing},
		{"title", title, "lantern in the harbour", some},
		{"title", title, "harbour", all},
		{"gap", gap, "lantern", all}, // there is no second passage
		{"gap", gap, "red lantern", some},
		{"phrases", phrases, "red lantern", all},
		{"phrases", phrases, `the "red lantern"`, all},
		{"phrases", phrases, `the "red lantern" of "blue harbour"`, some},
		{"names missing", names, "lantern of Larkin", nothing},
		{"names missing", names, "lantern of gulls", nothing},
		{"names missing", names, "lantern of 1612", nothing},
		{"names missing", names, "lantern of 1799", some},
		{"names missing", names, "lantern of Larkni", some}, // which may be another name
		{"year missing", year, "lantern of 1612", nothing},
		{"year missing", year, "lantern of 1799", all},
		{"year missing", year, "lantern of 2033", all},
		{"year missing", year, "lantern of 2133", nothing}, // a number
		{"year missing", year, "lantern of Riga", nothing},
	} {
		got := test.of(signalsOf(t, brill, test.question))
		if test.want == some && (got <= nothing || got >= all) || test.want != some && math.Abs(got-test.want) > 1e-9 {
			t.Errorf("%s of %q = %.3f, want %.1f", test.name, test.question, got, test.want)
		}
	}
}

// TestSignalsOfSentences: which share of a question a sentence covers, in whatever passage and in
// whatever parts it is quoted, and which one the first excerpt.
func TestSignalsOfSentences(t *testing.T) {
	gap := sentenceOf("Ships came home and nobody knew", 850)
	apart := signalsOf(t, map[string]string{"a.txt": "The red lantern fell. " + gap + " Old Larkin slept."}, "red lantern Larkin")
	if apart.Coverage != 1 || apart.Sentence >= 1 || apart.Sentence < apart.First {
		t.Errorf("the passage covers %.2f, a sentence %.2f, the first excerpt %.2f", apart.Coverage, apart.Sentence, apart.First)
	}
	if one := signalsOf(t, map[string]string{"a.txt": "The red lantern fell on Larkin."}, "red lantern Larkin"); one.Sentence != 1 || one.First != 1 {
		t.Errorf("a sentence covers %.2f, the first excerpt %.2f, want all", one.Sentence, one.First)
	}
	long := "The red lantern of the old house at the corner by the bridge over the river that runs to the sea was lit by no one;" +
		" and there came gulls and ships and men from the north and many others besides who had heard of it from those that had;" +
		" so that in the end it was Larkin who took it down from its hook in the wall and brought it home in a cart over the hills."
	if parts := signalsOf(t, map[string]string{"a.txt": long}, "red lantern Larkin"); parts.Sentence != 1 {
		t.Errorf("a sentence in parts covers %.2f, want all", parts.Sentence)
	}
	second := signalsOf(t, map[string]string{"a.md": "# Lanterns\n\nRed lanterns. Red lantern. " + gap + "\n\n# Red lanterns\n\nLarkin had red lanterns and red lamps. A lantern.", "b.txt": "A red lantern with " + gap + " Larkin's red lantern."}, "red lantern Larkin")
	if second.Sentence != 1 {
		t.Errorf("the best sentence of all passages covers %.2f, want all", second.Sentence)
	}
	titled := signalsOf(t, map[string]string{"a.md": "# Larkin\n\nThe red lantern fell."}, "red lantern Larkin")
	if titled.First != 1 {
		t.Errorf("the first excerpt covers %.2f under its title, want all", titled.First)
	}
}

// TestSignalOfScore: it is by BM25 alone, less in a list of sources.
func TestSignalOfScore(t *testing.T) {
	score := func(text string) float64 { return signalsOf(t, map[string]string{"a.md": text}, "red lantern").Score }
	ordered, turned, listed := score("# Ships\n\nThe red lantern fell."), score("# Ships\n\nThe lantern fell red."), score("# Sources\n\nThe red lantern fell.")
	if ordered != turned || listed >= ordered || listed == 0 {
		t.Errorf("scores are %.3f in order, %.3f turned, %.3f in a list of sources", ordered, turned, listed)
	}
}

// TestYearElsewhere: a year is not missing that stands in the passage, though it is not quoted.
func TestYearElsewhere(t *testing.T) {
	got := askOf(t, map[string]string{"a.txt": sentenceOf("The copper lantern of Brill", 890) + " Ships came to the town in 1612."}, "copper lantern Brill 1612")
	if e := got.Excerpts; len(e) != 1 || len(e[0].Elsewhere) != 1 || e[0].Elsewhere[0] != "1612" || got.Signals.YearMissing {
		t.Errorf("quoted is %q, elsewhere %v, the year is missing: %t", texts(got), e[0].Elsewhere, got.Signals.YearMissing)
	}
	got = askOf(t, map[string]string{"a.txt": "The copper lantern of Brill burns."}, "copper lantern Brill 1612")
	if e := got.Excerpts; len(e) != 1 || len(e[0].Elsewhere) != 0 || len(e[0].Missing) != 1 {
		t.Errorf("elsewhere %v, missing %v", e[0].Elsewhere, e[0].Missing)
	}
}
