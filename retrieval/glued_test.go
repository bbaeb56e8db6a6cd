package retrieval_test

import (
	"fmt"
	"os"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestCompounds reads testdata/compounds.txt.
func TestCompounds(t *testing.T) {
	data, err := os.ReadFile("testdata/compounds.txt")
	check(t, err)
	l := open(t)
	lines := 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		if line == "" || line[0] == '#' {
			continue
		}
		lines++
		found, other, _ := strings.Cut(line, "≠")
		fields := strings.Split(found, ">")
		l.compounds(t, fmt.Sprint("de", lines), "de", fields[0], fields[1:], strings.Split(other, "≠"))
	}
}

// TestCompoundsAreGerman: questions and texts in other languages have no compounds.
func TestCompoundsAreGerman(t *testing.T) {
	l := open(t)
	for n, c := range []struct{ language, question, found, other string }{
		{"en", "Where is the ball?", "The ball is in the garden.", "Football is played by foot."},
		{"fr", "Où est la feuille du chêne ?", "La feuille du chêne est là.", "Le portefeuille est là, sous la porte."},
		{"nl", "Waar zit de regering van de bond?", "De regering van de bond zit hier.", "Welkom, bondsregering!"},
		{"de", "What of the ball and the foot in the game?", "Der foot und ball ist im game.", "Das Football."},
	} {
		l.compounds(t, fmt.Sprint("other", n), c.language, c.question, []string{c.found}, []string{c.other})
	}
}

// compounds checks that a question finds texts in this order, and the others by no part of
// a word.
func (l *library) compounds(t *testing.T, guild, language, question string, found, others []string) {
	t.Helper()
	texts := map[string]string{}
	for i, text := range append(found[:len(found):len(found)], others...) {
		texts[fmt.Sprintf("%02d", i)+".txt"] = "---\nlanguage: " + language + "\n---\n" + strings.TrimSpace(text) + "\n"
	}
	l.put(t, guild, texts)
	hits, err := l.Rank(t.Context(), retrieval.Query{Text: strings.TrimSpace(question), Access: corpus.Everything(guild)}, 20, nil)
	check(t, err)
	var got []string
	for _, h := range hits {
		got = append(got, fmt.Sprintf("%s %.2f", l.name(t, corpus.Everything(guild), h.Document), h.Score))
	}
	for i := range found {
		if i >= len(got) || !strings.HasPrefix(got[i], fmt.Sprintf("%02d.txt ", i)) || i > 0 && hits[i].Score >= hits[i-1].Score {
			t.Errorf("%s: finds %v, want the first %d in their order", question, got, len(found))
			return
		}
	}
	for i, h := range hits[len(found):] {
		if h.Explanation.Beginnings > 0 {
			t.Errorf("%s: finds %v by a part of a word, want the first %d alone", question, got[len(found)+i], len(found))
		}
	}
}
