package answers_test

import (
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

func addGroup(t *testing.T, s *answers.Store, terms ...string) answers.Group {
	t.Helper()
	g, err := s.AddGroup(t.Context(), guild, "ana", terms)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// glossaryOf writes the glossary of a guild in one line.
func glossaryOf(t *testing.T, s *answers.Store, guild string) string {
	t.Helper()
	groups, err := s.Glossary(t.Context(), corpus.Everything(guild))
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for _, g := range groups {
		all = append(all, strings.Join(g.Terms, "="))
	}
	return strings.Join(all, " ")
}

func TestGlossaryLife(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, _ *corpus.Store) {
		g := addGroup(t, s, " clergé", "clero\n", "", "CLERGE", "clergy")
		if got := strings.Join(g.Terms, "|"); got != "clergé|clero|clergy" || g.Revision != 1 || g.Editor != "ana" || g.Edited.IsZero() {
			t.Errorf("AddGroup = %+v", g)
		}
		addGroup(t, s, "IC", "Komintern")
		edited, err := s.EditGroup(t.Context(), guild, g.ID, 1, "ben", []string{"clero", "clergy"})
		if err != nil || edited.Revision != 2 || edited.Editor != "ben" {
			t.Errorf("EditGroup = %+v, %v", edited, err)
		}
		if same, err := s.EditGroup(t.Context(), guild, g.ID, 2, "cid", []string{"clero", "clergy"}); err != nil || same.Revision != 2 || same.Editor != "ben" {
			t.Errorf("EditGroup without a change = %+v, %v", same, err)
		}
		_, err = s.EditGroup(t.Context(), guild, g.ID, 1, "cid", []string{"a", "b"})
		if outdated, ok := errors.AsType[*answers.OutdatedGroupError](err); !ok || !errors.Is(err, answers.ErrOutdated) || outdated.Current.Editor != "ben" {
			t.Errorf("EditGroup of an old revision = %v", err)
		}
		if got := glossaryOf(t, s, guild); got != "clero=clergy IC=Komintern" {
			t.Errorf("the glossary is %s", got)
		}
		if got := glossaryOf(t, s, "g2"); got != "" {
			t.Errorf("the glossary of another guild is %s", got)
		}
		if _, err := s.EditGroup(t.Context(), "g2", g.ID, 0, "cid", []string{"a", "b"}); !errors.Is(err, answers.ErrNoGroup) {
			t.Errorf("EditGroup of another guild = %v", err)
		}
		if err := s.RemoveGroup(t.Context(), "g2", g.ID, 0); !errors.Is(err, answers.ErrNoGroup) {
			t.Errorf("RemoveGroup of another guild = %v", err)
		}
		if err := s.RemoveGroup(t.Context(), guild, g.ID, 1); !errors.Is(err, answers.ErrOutdated) {
			t.Errorf("RemoveGroup of an old revision = %v", err)
		}
		if err := s.RemoveGroup(t.Context(), guild, g.ID, 2); err != nil {
			t.Error(err)
		}
		if got := glossaryOf(t, s, guild); got != "IC=Komintern" {
			t.Errorf("the glossary is %s", got)
		}
	})
}

func TestGlossaryRefused(t *testing.T) {
	many := func(n int) (terms []string) {
		for i := range n {
			terms = append(terms, fmt.Sprint("mot", i))
		}
		return terms
	}
	tests := []struct {
		terms []string
		want  string
	}{
		{nil, "at least two terms"},
		{[]string{"soviet", "SOVIET", "soviet "}, "at least two terms that differ"},
		{many(21), "21 terms, and a group can have 20"},
		{[]string{"soviet", strings.Repeat("x", 101)}, "has 101 characters, and can have 100"},
		{[]string{"soviet", "un deux trois quatre cinq six sept huit neuf"}, "more than 8 words"},
		{[]string{"soviet", "a\x00b"}, "not text"},
		{[]string{"soviet", "?!"}, "no letter and no digit"},
		{[]string{"soviet", "comité", "KÒMINTERN"}, `"Komintern" stands in the group`},
	}
	eachCurated(t, func(t *testing.T, s *answers.Store, _ *corpus.Store) {
		addGroup(t, s, "IC", "Komintern")
		for _, test := range tests {
			if _, err := s.AddGroup(t.Context(), guild, "ana", test.terms); !errors.Is(err, answers.ErrTerms) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("AddGroup(%.80q) = %v, want %q", test.terms, err, test.want)
			}
		}
		if got := glossaryOf(t, s, guild); got != "IC=Komintern" {
			t.Errorf("the glossary is %s", got)
		}
	})
}

// TestChangesOfGroups: several changes are made all or none, and terms may move from one
// group to another.
func TestChangesOfGroups(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, _ *corpus.Store) {
		a, b := addGroup(t, s, "a", "b"), addGroup(t, s, "c", "d")
		changes := []answers.GroupChange{
			{ID: a.ID, Terms: []string{"a", "d"}},
			{ID: b.ID, Base: 1, Terms: []string{"c", "b"}},
			{Terms: []string{"e", "f"}},
		}
		_, err := s.ChangeGroups(t.Context(), guild, "ben", append(changes, answers.GroupChange{Terms: []string{"g", "C"}}), false)
		if failed, ok := errors.AsType[answers.ItemErrors](err); !ok || len(failed) != 2 || failed[0].Item != 1 || failed[1].Item != 3 || !errors.Is(err, answers.ErrTerms) {
			t.Errorf("ChangeGroups with a taken term = %v", err)
		}
		if got := glossaryOf(t, s, guild); got != "a=b c=d" {
			t.Errorf("after a change that failed: %s", got)
		}
		if dry, err := s.ChangeGroups(t.Context(), guild, "ben", changes, true); err != nil || len(dry) != 3 || dry[0].Revision != 2 {
			t.Errorf("a dry run says %+v, %v", dry, err)
		}
		if got := glossaryOf(t, s, guild); got != "a=b c=d" {
			t.Errorf("after a dry run: %s", got)
		}
		if _, err := s.ChangeGroups(t.Context(), guild, "ben", changes, false); err != nil {
			t.Error(err)
		}
		if got := glossaryOf(t, s, guild); got != "a=d c=b e=f" {
			t.Errorf("after the changes: %s", got)
		}
	})
}

// TestGroupsAtOnce: two that take the same term at the same moment do not both get it.
func TestGroupsAtOnce(t *testing.T) {
	eachCurated(t, func(t *testing.T, s *answers.Store, _ *corpus.Store) {
		var wg sync.WaitGroup
		failed := make([]error, 6)
		for i := range failed {
			wg.Go(func() {
				_, failed[i] = s.AddGroup(t.Context(), guild, "ana", []string{"soviet", fmt.Sprint("conseil", i)})
			})
		}
		wg.Wait()
		added := 0
		for _, err := range failed {
			if err == nil {
				added++
			} else if !errors.Is(err, answers.ErrTerms) {
				t.Error(err)
			}
		}
		if added != 1 {
			t.Errorf("%d groups took the same term, want 1", added)
		}
	})
}

// TestGlossaryAnswers: a group counts for the next question, for texts and for curated
// answers, until it is removed.
func TestGlossaryAnswers(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		h := newHiding(t, db)
		putText(t, h.texts, "a.md", "---\nlanguage: fr\n---\n# Moscou\n\nL'Internationale communiste siège à Moscou, au bord de la Moskova. Ses délégués votent vingt et une conditions.")
		putText(t, h.texts, "b.md", "---\nlanguage: fr\n---\n# Autre\n\nLa vigne pousse en Bourgogne. Le tonnelier assemble ses douves.")
		answer := add(t, h.curated, guild, content("Qui a fondé la Troisième Internationale en 1919 ?", "Lénine, entre autres."))
		ask := func(question string) string {
			t.Helper()
			r, err := h.answerer.Ask(t.Context(), answers.Question{Text: question, Access: corpus.AllBut(guild, "tutors")})
			if err != nil {
				t.Fatal(err)
			}
			shown := string(r.Outcome)
			if r.Curated != nil {
				shown += " " + r.Curated.ID
			}
			for _, also := range r.SearchedAlso {
				shown += " " + also.Typed + "→" + strings.Join(also.Read, "/")
			}
			return shown
		}
		tests := []struct{ question, without, with string }{
			{"Où siège le Komintern ?", "", "excerpts Komintern→Internationale communiste"},
			{"Qui a fondé le Komintern en 1919 ?", "", "curated " + answer.ID},
			{"Que fait le tonnelier ?", "excerpts", "excerpts"},
		}
		check := func(with bool) {
			t.Helper()
			for _, test := range tests {
				got := ask(test.question)
				if with && got != test.with || !with && (test.without != "" && got != test.without || test.without == "" && got == test.with) {
					t.Errorf("%s (glossary %t): %s, want %q without and %q with", test.question, with, got, test.without, test.with)
				}
			}
		}
		check(false)
		g := addGroup(t, h.curated, "Komintern", "Internationale communiste", "Troisième Internationale")
		check(true)
		if err := h.curated.RemoveGroup(t.Context(), guild, g.ID, 0); err != nil {
			t.Fatal(err)
		}
		check(false)
	})
}
