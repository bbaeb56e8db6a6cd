package retrieval_test

import (
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
	} {
		result, err := l.Search(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		if s := result.Signals; s.Coverage == 0 || (s.Exact == s.Coverage) != test.all || s.Exact > s.Coverage {
			t.Errorf("%s covers %.2f, %.2f in the form typed, want all: %v", test.question, s.Coverage, s.Exact, test.all)
		}
	}
}
