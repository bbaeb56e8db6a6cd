package corpus_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"verbatim/corpus"
)

// TestLimits: who sees which course where, and in public.
func TestLimits(t *testing.T) {
	limits := map[string]*corpus.Limits{
		"tutors":  {Roles: []string{"tutor", "head"}},
		"seminar": {Channels: []string{"room"}},
		"exams":   {Roles: []string{"tutor"}, Channels: []string{"office"}},
		"drafts":  {},
	}
	tests := []struct {
		asker  string // roles / channels
		public bool
		want   string // courses seen, of those above and open
	}{
		{"/hall", false, "open"},
		{"/hall", true, "open"},
		{"tutor/hall", false, "exams open tutors"},
		{"tutor/hall", true, "open"},
		{"student head/hall", false, "open tutors"},
		{"/room", false, "open seminar"},
		{"/room", true, "open seminar"},
		{"tutor/room", false, "exams open seminar tutors"},
		{"tutor/room", true, "open seminar"},
		{"/thread room", true, "open seminar"},
		{"tutor/office", true, "exams open"},
		{"room office/tutor", false, "open"}, // a role is no channel
	}
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		for course, l := range limits {
			if err := s.SetLimits(t.Context(), guild, course, l); err != nil {
				t.Fatal(err)
			}
		}
		for _, test := range tests {
			roles, channels, _ := strings.Cut(test.asker, "/")
			asker := corpus.Asker{Roles: strings.Fields(roles), Channels: strings.Fields(channels), Public: test.public}
			access, err := s.AccessOf(t.Context(), guild, asker)
			if err != nil {
				t.Fatal(err)
			}
			var seen []string
			for _, course := range []string{"drafts", "exams", "open", "seminar", "tutors"} {
				if access.Sees(course) {
					seen = append(seen, course)
				}
			}
			if got := strings.Join(seen, " "); got != test.want {
				t.Errorf("%s, public %t, sees %q, want %q", test.asker, test.public, got, test.want)
			}
		}
	})
}

// TestLimitsChange: a limit counts at once, for the course however its name is written,
// in its guild alone, and can be lifted.
func TestLimitsChange(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.txt", "---\ncourse: Révolution  Russe\n---\nUn texte."))
		put(t, s, guild, draft(t, "b.txt", "Un texte."))
		names := func(guild string, roles ...string) string {
			t.Helper()
			access, err := s.AccessOf(t.Context(), guild, corpus.Asker{Roles: roles})
			if err != nil {
				t.Fatal(err)
			}
			documents, err := s.Documents(t.Context(), access, false)
			if err != nil {
				t.Fatal(err)
			}
			var names []string
			for _, d := range documents {
				names = append(names, d.Name)
			}
			return strings.Join(names, " ")
		}
		set := func(course string, l *corpus.Limits) {
			t.Helper()
			if err := s.SetLimits(t.Context(), guild, course, l); err != nil {
				t.Fatal(err)
			}
		}
		set("Re\u0301volution russe", &corpus.Limits{Roles: []string{"1", "1"}})
		before := revision(t, s)
		set("révolution RUSSE ", &corpus.Limits{Roles: []string{"1"}})
		if after := revision(t, s); after != before {
			t.Errorf("the same limits again raise the revision from %d to %d", before, after)
		}
		if got := names(guild) + "," + names(guild, "1"); got != "b.txt,a.txt b.txt" {
			t.Errorf("without the role and with it: %q", got)
		}
		set("", &corpus.Limits{Roles: []string{"2"}})
		if got := names(guild) + "," + names(guild, "1", "2"); got != ",a.txt b.txt" {
			t.Errorf("texts without a course limited too: %q", got)
		}
		set("révolution russe", &corpus.Limits{})
		set("", nil)
		if got := names(guild, "1"); got != "b.txt" {
			t.Errorf("for moderators alone: %q", got)
		}
		courses, err := s.Courses(t.Context(), corpus.Everything(guild))
		var got []string
		for _, c := range courses {
			got = append(got, fmt.Sprintf("%q %d limited %t", c.Name, c.Documents, c.Limits != nil))
		}
		if want := `"" 1 limited false, "Révolution Russe" 1 limited true`; err != nil || strings.Join(got, ", ") != want {
			t.Errorf("Courses = %v, %v, want %s", got, err, want)
		}
		if access, err := s.AccessOf(t.Context(), "g2", corpus.Asker{}); err != nil || !access.Equal(corpus.Everything("g2")) {
			t.Errorf("another guild has limits: %+v, %v", access, err)
		}
		set("révolution russe", nil)
		if got := names(guild); got != "a.txt b.txt" {
			t.Errorf("with no limits any more: %q", got)
		}
	})
}

func TestLimitsRefused(t *testing.T) {
	tests := []struct {
		course string
		limits corpus.Limits
		want   string
	}{
		{"a\x00b", corpus.Limits{}, "no name of a course"},
		{strings.Repeat("x", 501), corpus.Limits{}, "no name of a course"},
		{"a", corpus.Limits{Roles: []string{"<@&12>"}}, "no ID of a role"},
		{"a", corpus.Limits{Channels: []string{""}}, "no ID of a channel"},
		{"a", corpus.Limits{Roles: make([]string, 251)}, "251 roles, and there can be 250"},
	}
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		for _, test := range tests {
			err := s.SetLimits(t.Context(), guild, test.course, &test.limits)
			if !errors.Is(err, corpus.ErrLimits) || !strings.Contains(err.Error(), test.want) {
				t.Errorf("SetLimits(%.20q, %.60v) = %v, want %q", test.course, test.limits, err, test.want)
			}
		}
	})
}
