package retrieval_test

import (
	"slices"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestSearchForms: a question finds all its words in a text that has them in other
// forms, and what is marked are whole words, none twice.
func TestSearchForms(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"ligue.txt": "La ligue anti-impérialiste fut fondée au XVIIIᵉ siècle par Jules Humbert-Droz, sous Louis XIV.",
		"tome.txt":  "On lit au tome III que 80\u202F000 membres de l'U.R.S.S. y adhérèrent, soit 12 % du total.",
	})
	tests := []struct {
		question string
		marks    []string
	}{
		{"ligue antiimpérialiste", []string{"ligue", "anti-impérialiste"}},
		{"ligue anti impérialiste", []string{"ligue", "anti-impérialiste"}},
		{"ligue fondée au dix-huitième siècle", []string{"ligue", "fondée", "XVIIIᵉ", "siècle"}},
		{"jules humbert droz", []string{"Jules", "Humbert", "Droz"}},
		{"jules humbertdroz", []string{"Jules", "Humbert-Droz"}},
		{"ligue de louis 14", []string{"ligue", "Louis", "XIV"}},
		{"le tome 3", []string{"tome", "III"}},
		{"80000 membres en URSS", []string{"80\u202F000", "membres", "U.R.S.S"}},
		{"12 pour cent des membres", []string{"membres", "12", "%"}},
	}
	for _, test := range tests {
		result, err := l.Search(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, l.Store)
		if err != nil || len(result.Excerpts) == 0 {
			t.Errorf("Search(%q) = %v, %v, want an excerpt", test.question, result.Excerpts, err)
			continue
		}
		e := result.Excerpts[0]
		var marks []string
		for _, m := range e.Marks {
			marks = append(marks, e.Text[m.Start:m.End])
		}
		if len(e.Missing) > 0 || !slices.Equal(marks, test.marks) {
			t.Errorf("Search(%q) marks %q and misses %q, want %q and none", test.question, marks, e.Missing, test.marks)
		}
	}
}
