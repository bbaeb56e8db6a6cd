package retrieval_test

import (
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestNamesInSmallLetters: what is a name is told by the texts, so that a question scores
// alike with and without its capitals; a name weighs more than another word as rare.
func TestNamesInSmallLetters(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"a.txt": "---\nlanguage: fr\n---\nHier, le vieux Kornilov traverse lentement la plaine avec son cheval.",
		"b.txt": "---\nlanguage: fr\n---\nHier, le vieux jardinier traverse lentement la plaine avec son cheval.",
		"c.txt": "---\nlanguage: fr\n---\nLa pluie tombe sur les toits et personne ne sort plus de chez soi.",
	})
	rank := func(text string) []retrieval.Hit {
		hits, err := l.Rank(t.Context(), retrieval.Query{Text: text, Access: corpus.Everything(guild)}, 5, nil)
		check(t, err)
		return hits
	}
	const question = "Que traversent Kornilov et le Jardinier ?"
	typed, small := rank(question), rank(strings.ToLower(question))
	if len(typed) != 2 || len(small) != 2 || typed[0] != small[0] || typed[1] != small[1] {
		t.Fatalf("%q finds %+v, in small letters %+v", question, typed, small)
	}
	if name := l.name(t, corpus.Everything(guild), typed[0].Document); name != "a.txt" || typed[0].Explanation.Names == 0 || typed[1].Explanation.Names > 0 {
		t.Errorf("%q finds %s first: %+v, want a.txt by its name", question, name, typed)
	}
}

// TestFewTextsOfALanguage: one text in Italian among many in French is found as if all
// were in one language.
func TestFewTextsOfALanguage(t *testing.T) {
	l := open(t)
	texts := map[string]string{"it.txt": "---\nlanguage: it\n---\nIl ponte di Valchiara fu costruito nel 1611 dopo la grande piena."}
	for _, name := range strings.Fields("a b c d e f g h") {
		texts[name+".txt"] = "---\nlanguage: fr\n---\nLe village " + name + " est bâti au bord de l'eau, et son marché attire du monde."
	}
	texts["name.txt"] = "---\nlanguage: fr\n---\nValchiara est le nom d'un vin de Borgonuovo."
	l.put(t, guild, texts)
	found, err := l.Search(t.Context(), retrieval.Query{Text: "Quando fu costruito il ponte di Valchiara, a Borgonuovo?", Access: corpus.Everything(guild)}, l.Store)
	check(t, err)
	if s := found.Signals; len(found.Excerpts) == 0 || found.Excerpts[0].Document.Name != "it.txt" || s.Coverage < 0.6 {
		t.Errorf("found %+v with signals %+v, want it.txt, which covers 0.6 of the question or more", found.Excerpts, s)
	}
}
