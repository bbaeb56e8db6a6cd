package retrieval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// askOf asks about texts in English by their names.
func askOf(t *testing.T, texts map[string]string, question string) retrieval.Result {
	t.Helper()
	l := open(t)
	put := map[string]string{}
	for name, text := range texts {
		put[name] = "---\nlanguage: en\n---\n" + text
	}
	l.put(t, guild, put)
	r, err := l.Search(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
	check(t, err)
	return r
}

// TestWordsWeighByTheirBestPlace: that a word stands in the title, before and behind does not
// make up for its missing in the sentence.
func TestWordsWeighByTheirBestPlace(t *testing.T) {
	const holds = "The Lagons came to Lagonia in the tenth century."
	got := askOf(t, map[string]string{
		"a.md": "# The Lagons\n\nThe Lagons had many laws. The customs of Lagonia were written down in 1245. The Lagons kept to them, and the Lagons of the coast did too.\n",
		"b.md": "# Settlers\n\n" + holds + " Some of the ships were found.\n",
	}, "When were the Lagons in Lagonia?")
	if len(got.Excerpts) == 0 || !strings.HasPrefix(got.Excerpts[0].Text, holds) {
		t.Errorf("quoted is %q, want %q first", texts(got), holds)
	}
}

// TestAllRoomIsUsed: sentences that fill a reply to its last character are quoted.
func TestAllRoomIsUsed(t *testing.T) {
	var sentences []string
	for i := range 6 {
		head := fmt.Sprintf("Lantern %c", 'A'+rune(i))
		sentences = append(sentences, head+strings.Repeat(" burns", (149-len(head)-1)/6)+strings.Repeat("s", (149-len(head)-1)%6)+".")
	}
	all := strings.Join(sentences, " ")
	got := askOf(t, map[string]string{"a.txt": all}, "lantern")
	if len(got.Excerpts) != 1 || got.Excerpts[0].Text != all {
		t.Errorf("of %d characters is quoted %q", utf8.RuneCountInString(all), texts(got))
	}
}

// TestListsOfSources: a list of sources is no second excerpt, unless it may be asked for.
func TestListsOfSources(t *testing.T) {
	note := map[string]string{"harbour.md": `# The harbour of Vell

## The frost

The harbour of Vell froze in the winter of 1709, and for six weeks no ship could leave it. Le port de Vell a gelé en 1709.

## Sources

- Ada Kern, *The Harbour of Vell and the Frost*, Northern Press, 1931.
- Jon Rask, *Ships of Vell*, 1950.
- Ada Kern, *Le port de Vell et le gel de l'année 1709*, 1935.
`}
	for _, test := range []struct {
		question string
		want     bool
	}{
		{"When did the harbour of Vell freeze?", false},
		{"Which book treats of the harbour of Vell?", true},
		{"Ada Kern", true},
		{"En quelle année le port de Vell a-t-il gelé ?", false}, // quelle is a source in German
	} {
		got := askOf(t, note, test.question)
		isSources := func(e retrieval.Excerpt) bool { return slices.Contains(e.Section, "Sources") }
		if slices.ContainsFunc(got.Excerpts, isSources) != test.want {
			t.Errorf("%q quotes %q, want the sources: %t", test.question, texts(got), test.want)
		}
	}
}
