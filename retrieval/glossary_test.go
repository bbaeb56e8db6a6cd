package retrieval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

var groups = [][]string{
	{"IC", "Komintern", "Internationale communiste", "Third International", "Internacional Comunista"},
	{"clergé", "clero", "clergy", "Klerus"},
	{"bulletin de paie", "fiche de salaire"},
	{"mutinerie de la mer Noire", "révolte des marins de 1919"},
	{"zimmerwald", "kienthal"},
	{"Internationale", "chant des ouvriers"},
}

// glossaryTexts are in one guild, each in its language.
var glossaryTexts = map[string]string{
	"fr1.txt": "---\nlanguage: fr\n---\nL'Internationale communiste siège à Moscou depuis mars. Elle envoie des délégués partout.",
	"fr2.txt": "---\nlanguage: fr\n---\nUne conférence internationale se réunit à Genève. Un député communiste y parle longuement.",
	"fr3.txt": "---\nlanguage: fr\n---\nLe curé du village refuse la dîme. Chaque fiche de salaire porte un tampon.",
	"fr4.txt": "---\nlanguage: fr\n---\nLa mutinerie de la mer Noire éclate sur un croiseur. André Marty y prend part.",
	"fr5.txt": "---\nlanguage: fr\n---\nLe salaire baisse et la fiche du cadastre est perdue.",
	"es1.txt": "---\nlanguage: es\n---\nEl clero posee la mitad de las tierras del virreinato. Los campesinos pagan el diezmo.",
	"en1.txt": "---\nlanguage: en\n---\nDelegates of the Third International arrived in Baku by train. The third train was late.",
}

// TestGlossary: a question in one term of a group finds passages that hold another, of
// whatever language and however many words, and says so.
func TestGlossary(t *testing.T) {
	l := open(t)
	l.put(t, guild, glossaryTexts)
	glossary := retrieval.NewGlossary(groups)
	tests := []struct{ question, first, also string }{
		{"Où siège l'IC ?", "fr1.txt", "IC→Internationale communiste"},
		{"ou siege l ic", "fr1.txt", "ic→Internationale communiste"},
		{"Où siège le Komintern ?", "fr1.txt", "Komintern→Internationale communiste"},
		{"Where did the delegates of the Komintern arrive by train?", "en1.txt", "Komintern→Third International"},
		{"Où siège la Third International ?", "fr1.txt", "Third International→Internationale communiste"},
		{"Que possèdent les membres du clergé ?", "es1.txt", "clergé→clero"},
		{"que possede le clerge", "es1.txt", "clerge→clero"},
		{"Who are the clergy?", "es1.txt", "clergy→clero"},
		{"Qu'y a-t-il sur les bulletins de paie ?", "fr3.txt", "bulletins de paie→fiche de salaire"},
		{"qui etait dans la revolte des marins de 1919", "fr4.txt", "revolte des marins de 1919→mutinerie de la mer Noire"},
		{"Qui était dans la mutinerie de la mer Noire ?", "fr4.txt", ""}, // found as typed
		{"Où siège l'Internationale communiste ?", "fr1.txt", ""},        // the longer term counts
		{"Où siègent l'IC et l'Internationale communiste ?", "fr1.txt", "IC→Third International, Internationale communiste→Third International"},
		{"Où siège le Kominterm ?", "fr1.txt", "Kominterm→Internationale communiste"}, // which stands in no text
		{"ou siege le komitern", "fr1.txt", "komitern→Internationale communiste"},
		{"Where did the delegates of the Komintrn arrive by train?", "en1.txt", "Komintrn→Third International"},
		{"Où siège la Third Internationnal ?", "fr1.txt", "Third Internationnal→Internationale communiste"},
		{"Qui refuse la dîme ?", "fr3.txt", ""},
		{"Où est la fiche du cadastre ?", "fr5.txt", ""},
		{"Où est la fiche de Zimmerwalt ?", "fr5.txt", ""}, // of which no text speaks
	}
	for _, test := range tests {
		found, err := l.Search(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild), Glossary: glossary}, l.Store)
		check(t, err)
		first, also := "", []string{}
		if len(found.Excerpts) > 0 {
			first = found.Excerpts[0].Document.Name
		}
		for _, r := range found.Equal {
			also = append(also, r.Typed+"→"+r.Read[0])
		}
		if first != test.first || strings.Join(also, ", ") != test.also {
			t.Errorf("%s: finds %s and also %v, want %s and %q", test.question, first, also, test.first, test.also)
		}
	}
}

// TestEqualTermsAreEqual: passages that differ in which term of a group they hold are
// found alike, by whichever is asked for, and what holds both before them.
func TestEqualTermsAreEqual(t *testing.T) {
	l := open(t)
	texts := map[string]string{}
	for i, term := range []string{"le Komintern", "le Secrétariat"} {
		texts[fmt.Sprintf("%d.txt", i)] = "---\nlanguage: fr\n---\nEn mars, dans la ville, " + term + " adopte une longue résolution."
	}
	texts["both.txt"] = "---\nlanguage: fr\n---\nEn mars, dans la ville, le Komintern, dit Secrétariat, adopte une longue résolution."
	l.put(t, guild, texts)
	glossary := retrieval.NewGlossary([][]string{{"Komintern", "Secrétariat"}})
	for _, question := range []string{"Que fait le Komintern ?", "Que fait le secretariat ?"} {
		hits, err := l.Rank(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild), Glossary: glossary}, 5, nil)
		check(t, err)
		if len(hits) != 3 || hits[0].Explanation.Words <= hits[1].Explanation.Words || hits[1].Score != hits[2].Score {
			t.Errorf("%s finds %+v, want the one that holds both and two of one score", question, hits)
		}
	}
}

// TestGlossaryElsewhere: where no group applies nothing changes, and what can't be seen
// is not told.
func TestGlossaryElsewhere(t *testing.T) {
	l := open(t)
	l.put(t, guild, glossaryTexts)
	l.put(t, guild, map[string]string{"secret.txt": "---\nlanguage: fr\ncourse: tutors\n---\nLa Troisième Internationale, dite Komintern, a vécu."})
	with := retrieval.NewGlossary(groups)
	for _, text := range glossaryTexts {
		question := text[strings.LastIndex(text, "\n")+1:]
		for _, word := range []string{"Internationale communiste", "Third International", "clero", "fiche de salaire", "mutinerie"} {
			question = strings.ReplaceAll(question, word, "")
		}
		a, err := l.Rank(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, 10, nil)
		check(t, err)
		b, err := l.Rank(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild), Glossary: with}, 10, nil)
		check(t, err)
		if !slices.Equal(a, b) {
			t.Errorf("%s: ranks %+v with a glossary, %+v without", question, b, a)
		}
	}
	found, err := l.Search(t.Context(), retrieval.Query{Text: "Où est la Third International ?", Access: corpus.AllBut(guild, "tutors"), Glossary: with}, l.Store)
	check(t, err)
	for _, r := range found.Equal {
		if slices.Contains(r.Read, "Komintern") {
			t.Errorf("the word of a hidden text is told: %+v", r)
		}
	}
}
