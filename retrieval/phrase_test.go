package retrieval_test

import (
	"slices"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestPhrases: passages that hold a phrase in quotation marks come first, whatever else
// the others hold; without any, words count as ever.
func TestPhrases(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"line.txt":  "---\nlanguage: fr\n---\nOn parlait beaucoup, ce soir-là, de la ligne générale, puis de tout autre chose encore, jusqu'au matin.",
		"words.txt": "---\nlanguage: fr\n---\nLa ligne, la ligne ! Une grève générale sur la ligne, une assemblée générale, la ligne.",
		"of.txt":    "---\nlanguage: fr\n---\nLe mouvement de la paix tient congrès.",
		"other.txt": "---\nlanguage: fr\n---\nLa paix du mouvement, la paix, le mouvement : congrès.",
		"en.txt":    "---\nlanguage: en\n---\nThey held the united front, and the front held.",
		"front.txt": "---\nlanguage: en\n---\nThe front was united. United they stood at the front, a united front-line.",
	})
	tests := []struct {
		question, first string
		phrases         []retrieval.Phrase
	}{
		{`Que dit-on de la "ligne générale" ?`, "line.txt", []retrieval.Phrase{{Text: "ligne générale", Found: true}}},
		{`Que dit-on de la « ligne generale » ?`, "line.txt", []retrieval.Phrase{{Text: "ligne generale", Found: true}}},
		{`Que dit-on de la “lignes générales” ?`, "line.txt", []retrieval.Phrase{{Text: "lignes générales", Found: true}}},
		{`le „mouvement de la paix“`, "of.txt", []retrieval.Phrase{{Text: "mouvement de la paix", Found: true}}},
		{`congrès "paix du mouvement"`, "other.txt", []retrieval.Phrase{{Text: "paix du mouvement", Found: true}}},
		{`who held "the united front"?`, "en.txt", []retrieval.Phrase{{Text: "the united front", Found: true}}},
		{`la „ligne générale"`, "line.txt", []retrieval.Phrase{{Text: "ligne générale", Found: true}}},
		{`la ”ligne générale”`, "line.txt", []retrieval.Phrase{{Text: "ligne générale", Found: true}}},
		{`la ‹ligne générale›`, "line.txt", []retrieval.Phrase{{Text: "ligne générale", Found: true}}},
		{`la ‚ligne générale‘ ?`, "line.txt", []retrieval.Phrase{{Text: "ligne générale", Found: true}}},
		{`who held ‘the united front’?`, "en.txt", []retrieval.Phrase{{Text: "the united front", Found: true}}},
		{`l‘assemblée, l’assemblée`, "", nil},
		{`la "générale ligne"`, "words.txt", []retrieval.Phrase{{Text: "générale ligne"}}},
		{`la ligne générale`, "", nil},
		{`la "ligne générale`, "", nil},
		{`la ligne "" générale`, "", nil},
		{`"de la" ligne`, "", []retrieval.Phrase{{Text: "de la"}}},
	}
	for _, test := range tests {
		found, err := l.Search(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		if !slices.Equal(found.Phrases, test.phrases) {
			t.Errorf("%s: phrases %+v, want %+v", test.question, found.Phrases, test.phrases)
		}
		if test.first == "" {
			continue
		}
		if first := l.first(t, test.question); first != test.first {
			t.Errorf("%s: first is %s, want %s", test.question, first, test.first)
		}
		phrase := test.phrases[0]
		e := found.Excerpts[0]
		if slices.Contains(e.Found, phrase.Text) != phrase.Found || slices.Contains(e.Missing, phrase.Text) == phrase.Found {
			t.Errorf("%s: found %q, missing %q", test.question, e.Found, e.Missing)
		}
		if (found.Signals.Phrases == 1) != phrase.Found {
			t.Errorf("%s: signal %v", test.question, found.Signals.Phrases)
		}
	}
}

// TestPhraseObeysAccess: whether a phrase is found says nothing of what can't be seen.
func TestPhraseObeysAccess(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"a.txt": "---\ncourse: A\n---\nLa ligne générale du parti.",
		"b.txt": "---\ncourse: B\n---\nLa ligne du parti.",
	})
	found, err := l.Search(t.Context(), retrieval.Query{Text: `la "ligne générale" du parti`, Access: corpus.Only(guild, "B")}, l.Store)
	check(t, err)
	if len(found.Phrases) != 1 || found.Phrases[0].Found {
		t.Errorf("phrases %+v", found.Phrases)
	}
	for _, e := range found.Excerpts {
		if !strings.HasPrefix(e.Document.Name, "b") {
			t.Errorf("quoted %s", e.Document.Name)
		}
	}
}
