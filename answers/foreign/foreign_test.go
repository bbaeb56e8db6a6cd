package foreign_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"verbatim/answers/foreign"
	"verbatim/corpus"
)

func TestQuestions(t *testing.T) {
	for _, language := range foreign.Languages {
		all := foreign.Questions(language)
		if len(all) < 900 || len(all) > 1100 {
			t.Errorf("%s: %d questions, want about 1,000", language, len(all))
		}
		subjects, texts := map[string]int{}, map[string]bool{}
		marks, other := 0, 0
		for _, q := range all {
			subjects[q.Subject]++
			texts[q.Text] = true
			if strings.ContainsAny(q.Text, "*{|}#=") || strings.Contains(q.Text, "  ") || strings.TrimSpace(q.Text) != q.Text {
				t.Errorf("%s: question %q is not filled in", language, q.Text)
			}
			if n := utf8.RuneCountInString(q.Text); n < 8 || n > 160 {
				t.Errorf("%s: question %q has %d characters", language, q.Text, n)
			}
			if strings.HasSuffix(q.Text, "?") {
				marks++
			}
			if got := corpus.Language(q.Text); got != language && got != "" {
				other++
			}
		}
		if len(subjects) != 22 || len(texts) != len(all) || subjects[""] != 0 {
			t.Errorf("%s: %d subjects, %d different texts of %d, want 22, all of them", language, len(subjects), len(texts), len(all))
		}
		for subject, n := range subjects {
			if n < 35 {
				t.Errorf("%s: %d questions on %s, want more", language, n, subject)
			}
		}
		if marks < 250 || marks > 600 {
			t.Errorf("%s: %d questions end in a question mark, want about half", language, marks)
		}
		if other > len(all)/20 {
			t.Errorf("%s: %d questions seem to be in another language", language, other)
		}
		if !slices.Equal(all, foreign.Questions(language)) {
			t.Errorf("%s: the questions are not the same each time", language)
		}
	}
	if foreign.Questions("xx") != nil {
		t.Errorf("Questions(xx) = %v, want none", foreign.Questions("xx"))
	}
}

// What the French file says is asked, in all ways to type it.
func TestQuestionsOfALine(t *testing.T) {
	var texts []string
	for _, q := range foreign.Questions("fr") {
		texts = append(texts, q.Text)
	}
	all := strings.Join(texts, "\n")
	for _, want := range []string{
		`(?m)^Combien de (minutes|joueurs|points|arbitres) compte un match de \S.* \?$`,
		`(?m)^combien de (minutes|joueurs|points|arbitres) compte un match de \S.*[^?]$`,
		`(?m)^quel medicament prendre contre `,
		`(?m)^Qui a inventé `,
		`(?m)^qui a invente l\S.* et dans quel pays$`,
	} {
		if !regexp.MustCompile(want).MatchString(all) {
			t.Errorf("no question matches %s", want)
		}
	}
}
