package eval_test

import (
	"strings"
	"testing"

	"verbatim/answers/eval"
)

func TestAnswerStandsInText(t *testing.T) {
	for _, c := range []struct {
		what, answer, text string
		want               bool
	}{
		{"as it is", "Romano Prodi", "Et Romano Prodi l’emporte.", true},
		{"case", "ÉPINAY", "Au congrès d’Épinay.", true},
		{"white space", "4 000 voix", "Il eut 4\u00A0000\n  voix.", true},
		{"white space around", " voix ", "Il eut 4 voix", true},
		{"apostrophes", "l'emporte", "Prodi l’emporte.", true},
		{"quotes", `"bloc"`, "Il dit « ouvrier », “bloc” puis rien.", true},
		{"German quotes", "»Block«", "Er sagt „Block“.", true},
		{"superscripts", "né en 1928", "Il est né¹² en 1928³.", true},
		{"superscript between spaces", "né en 1928", "Il est né ¹ en 1928.", true},
		{"superscript at the end of a number", "1928", "en 1928¹", true},
		{"asterisks", "a priori", "C’est *a priori* sûr.", true},
		{"asterisks of the answer", "**a priori**", "C’est a priori sûr.", true},
		{"decomposed answer", "E\u0301pinay", "À Épinay.", true},
		{"decomposed text", "Épinay", "A\u0300 E\u0301pinay.", true},
		{"number in a number, at its end", "50", "en 1950", false},
		{"number in a number, at its beginning", "50", "il y a 500 ans", false},
		{"word in a word", "art", "La partie", false},
		{"second occurrence", "50", "En 1950, 50 meules", true},
		{"occurrence that overlaps the first", "1 1", "21 1 1", true},
		{"beginning with a sign", "% des voix", "60% des voix", true},
		{"ending in a sign", "60 %", "60 %.", true},
		{"next to a number", "6", "6½ sacks", true},
		{"elided", "État", "l’État", true},
		{"another word", "Prodi", "Rutelli", false},
		{"across an ellipsis", "né en 1928", "né […] en 1928", false},
		{"nothing", "", "Un texte.", false},
		{"nothing that counts", " *² ", "Un *texte* de m².", false},
	} {
		got := eval.InBudgets([]string{c.answer}, []string{c.text})
		if want := [3]bool{c.want, c.want, c.want}; got != want {
			t.Errorf("%s: %q in %q = %v, want %v", c.what, c.answer, c.text, got, want)
		}
	}
}

func TestAnswerStandsInBudget(t *testing.T) {
	filler := func(n int) string { return strings.Repeat("é ", n/2) } // of n code points
	for _, c := range []struct {
		what  string
		texts []string
		want  [3]bool
	}{
		{"up to the budget", []string{filler(290) + "¡1234 voix"}, [3]bool{true, true, true}},
		{"one beyond", []string{filler(292) + "1234 voix"}, [3]bool{false, true, true}},
		{"inside a word that is cut at the budget", []string{filler(290) + "¡1234 voixes"}, [3]bool{}},
		{"in the second excerpt", []string{filler(100), "Il eut 1234 voix."}, [3]bool{true, true, true}},
		{"in the second excerpt, cut", []string{filler(294), "1234 voix"}, [3]bool{false, true, true}},
		{"behind an excerpt that fills the budget", []string{filler(600), "1234 voix"}, [3]bool{false, false, true}},
		{"beyond all", []string{filler(600), filler(300), "1234 voix"}, [3]bool{}},
		{"across two excerpts", []string{"Il eut 1234", "voix."}, [3]bool{}},
		{"across two excerpts with a space", []string{"Il eut 1234 ", "voix."}, [3]bool{}},
		{"what is dropped counts", []string{strings.Repeat("*", 299) + "1234 voix"}, [3]bool{false, true, true}},
		{"early and late", []string{"1234 voixes " + filler(300) + "1234 voix"}, [3]bool{false, true, true}},
		{"no text", nil, [3]bool{}},
	} {
		if got := eval.InBudgets([]string{"rien", "1234 voix"}, c.texts); got != c.want {
			t.Errorf("%s: found within 300, 600, 900 = %v, want %v", c.what, got, c.want)
		}
	}
}
