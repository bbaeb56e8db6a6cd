package retrieval_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// printed returns a text of several pages with their numbers. A middle page ends with some words,
// and the next begins with others.
func printed(end, begin string) string {
	var pages strings.Builder
	for i := range 8 {
		fmt.Fprintf(&pages, "Gulls sat on the rocks of the coast and waited for the boats that were\nto come back from the sea before night %d came over them all.\nNobody knew why. ", i)
		if i == 3 {
			pages.WriteString(end)
		}
		fmt.Fprintf(&pages, "\n\n%d\n\f", 10+i)
		if i == 3 {
			pages.WriteString(begin + " ")
		}
	}
	return pages.String()
}

// TestNeighboursAreOneRange: sentences that follow each other are quoted as one range, and as two
// where a page ends in one. What is shown is the same.
func TestNeighboursAreOneRange(t *testing.T) {
	const want = "The red lantern fell that night. A red lantern burned until the morning came over the sea."
	for _, test := range []struct {
		name, text string
		ranges     int
	}{
		{"neighbours", want, 1},
		{"a line between them", strings.Replace(want, ". ", ".\n", 1), 1},
		{"a page ends in the second", printed("The red lantern fell that night. A red lantern", "burned until the morning came over the sea."), 2},
	} {
		got := askOf(t, map[string]string{"a.txt": test.text}, "red lantern")
		checkQuoted(t, test.name, got, want)
		if ranges := got.Excerpts[0].Reference.Ranges; len(ranges) != test.ranges {
			t.Errorf("%s: the ranges are %v, want %d", test.name, ranges, test.ranges)
		}
	}
}

// TestFoundAndMissing: an excerpt says which words and phrases of the question stand in it or above
// it, which do not, and where it has them.
func TestFoundAndMissing(t *testing.T) {
	for _, test := range []struct {
		language, text, question string
		found, missing, marks    []string
	}{
		{"en", "# Harbours\n\nThe red lantern fell.", `"red lantern" of the harbour of "blue gulls"`,
			[]string{"red", "lantern", "harbour", "red lantern"}, []string{"blue", "gulls", "blue gulls"}, []string{"red", "lantern"}},
		{"de", "Der Bundestag tagt. Die Bundesregierung schweigt über den Bund.", "Regierung Bund Kanzler",
			[]string{"Regierung", "Bund"}, []string{"Kanzler"}, []string{"Bundesregierung", "Bund"}},
		{"de", "Die Bundesregierung schweigt. Der Bund zahlt. Eine Regierung zahlt.", "Was sagt die Regierung, und was die Bundeskanzlei?",
			[]string{"Regierung"}, []string{"sagt", "Bundeskanzlei"}, []string{"Bundesregierung"}},
		{"en", "The iron-clad ship sank.", "iron-clad ship", []string{"iron", "clad", "ship"}, nil, []string{"iron-clad", "ship"}},
	} {
		l := open(t)
		l.put(t, guild, map[string]string{"a.md": "---\nlanguage: " + test.language + "\n---\n" + test.text})
		r, err := l.Search(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		if len(r.Excerpts) == 0 {
			t.Errorf("%s: nothing is quoted", test.question)
			continue
		}
		e := r.Excerpts[0]
		var marked []string
		for _, m := range e.Marks {
			marked = append(marked, e.Text[m.Start:m.End])
		}
		if !slices.Equal(e.Found, test.found) || !slices.Equal(e.Missing, test.missing) || !slices.Equal(marked, test.marks) {
			t.Errorf("%s: of %q found %q, missing %q, marked %q; want %q, %q, %q", test.question, e.Text, e.Found, e.Missing, marked, test.found, test.missing, test.marks)
		}
	}
}

// TestWholeSentences: a reply quotes whole sentences, at most three excerpts, each a part of one
// text in its order.
func TestWholeSentences(t *testing.T) {
	notes := map[string][]string{
		"fr": {"La halle aux grains fut bâtie en 1788.", "Le maire y tint marché chaque mardi.", "M. Aubry, qui l'avait payée, mourut ruiné !", "Qui s'en souvient ?",
			"La halle brûla deux fois ; les grains furent perdus.", "On vendit les grains à bas prix.", "La halle sert d'école depuis 1901."},
		"es": {"La lonja de la seda se alzó en 1498.", "Cada martes había mercado en la lonja.", "El Sr. Ibarra pagó la seda y murió pobre.", "¿Quién lo recuerda?",
			"La lonja ardió dos veces; la seda se perdió.", "¡Vendieron la seda a bajo precio!", "La lonja es escuela desde 1901."},
	}
	for language, asked := range map[string][]string{
		"fr": {"Quand la halle aux grains fut-elle bâtie ?", "halle grains", "Pourquoi la halle brûla-t-elle ?", "Qui paya la halle ?", "école 1901 marché", "prix des grains et mort de M. Aubry"},
		"es": {"¿Cuándo se alzó la lonja de la seda?", "lonja seda", "¿Por qué ardió la lonja?", "¿Quién pagó la seda?", "escuela 1901 mercado", "precio de la seda y muerte del Sr. Ibarra"},
	} {
		l := open(t)
		for i, order := range [][]int{{0, 1, 2, 3, 4, 5, 6}, {6, 4, 2, 0}, {1, 3, 5}, {5, 2, 1}, {4, 0}} {
			var some []string
			for _, n := range order {
				some = append(some, notes[language][n])
			}
			l.put(t, guild, map[string]string{string('a'+rune(i)) + ".txt": "---\nlanguage: " + language + "\n---\n" + strings.Join(some, " ")})
		}
		for _, question := range asked {
			r, err := l.Search(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
			check(t, err)
			if n := len(r.Excerpts); n == 0 || n > 3 {
				t.Errorf("%q is answered by %d excerpts", question, n)
			}
			for _, e := range r.Excerpts {
				for piece := range strings.SplitSeq(e.Text, " […] ") {
					rest := piece
					for _, sentence := range slices.Concat(notes[language], notes[language]) {
						rest = strings.TrimSpace(strings.Replace(rest, sentence, "", 1))
					}
					if rest != "" {
						t.Errorf("%q is answered by %q, which is no row of whole sentences: %q is left", question, e.Text, rest)
					}
				}
			}
		}
	}
}
