package corpus_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/corpus"
)

// TestRetitle: the title and the author that a moderator gives stay when the file is read again,
// and can be taken back.
func TestRetitle(t *testing.T) {
	version := func(n, title, author string) string {
		return "---\ntitle: " + title + "\nauthor: " + author + "\n---\n\nVersion " + n + "."
	}
	for _, test := range []struct {
		name  string
		give  []corpus.Cited
		then  []string // versions of the file
		want  corpus.Cited
		fails error
	}{
		{"both", []corpus.Cited{{Title: " Le  rapport ", Author: "R. Luxemburg"}}, nil, corpus.Cited{Title: "Le rapport", Author: "R. Luxemburg"}, nil},
		{"a new text of the file", []corpus.Cited{{Title: "Le rapport", Author: "R. Luxemburg"}}, []string{version("2", "Raport", "X"), version("3", "Rapport 3", "Y")}, corpus.Cited{Title: "Le rapport", Author: "R. Luxemburg"}, nil},
		{"until the file says the same", []corpus.Cited{{Title: "Le rapport", Author: "X"}}, []string{version("2", "Le rapport", "X"), version("3", "Rapport 3", "X")}, corpus.Cited{Title: "Rapport 3", Author: "X"}, nil},
		{"only the title", []corpus.Cited{{Title: "Le rapport", Author: "X"}}, []string{version("2", "Raport", "Y")}, corpus.Cited{Title: "Le rapport", Author: "Y"}, nil},
		{"no author", []corpus.Cited{{Title: "Raport"}}, []string{version("2", "Rapport", "X")}, corpus.Cited{Title: "Rapport"}, nil},
		{"back to the file's title", []corpus.Cited{{Title: "Le rapport", Author: "X"}, {Author: "X"}}, []string{version("2", "Rapport", "X")}, corpus.Cited{Title: "Rapport", Author: "X"}, nil},
		{"too long", []corpus.Cited{{Title: strings.Repeat("é", 301)}}, nil, corpus.Cited{Title: "Raport", Author: "X"}, corpus.ErrName},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *corpus.Store) {
				put(t, s, guild, draft(t, "a.md", version("1", "Raport", "X")))
				id, before := only(t, s).ID, revision(t, s)
				for _, heading := range test.give {
					if _, err := s.Retitle(t.Context(), guild, id, heading); !errors.Is(err, test.fails) {
						t.Errorf("Retitle(%q) = %v, want %v", heading, err, test.fails)
					}
				}
				changes, err := s.Changes(t.Context(), guild, before)
				if err != nil || len(changes) == 0 != (test.fails != nil) {
					t.Errorf("Changes = %+v, %v", changes, err)
				}
				for _, text := range test.then {
					put(t, s, guild, draft(t, "a.md", text))
				}
				if got := (corpus.Cited{Title: only(t, s).Title, Author: only(t, s).Author}); got != test.want {
					t.Errorf("it is cited as %q, want %q", got, test.want)
				}
			})
		})
	}
}

// TestRetitleUndone: to take back a text leaves the title that a moderator gave, and remembers
// what the file says.
func TestRetitleUndone(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.md", "# Un\n\nTexte."))
		id := only(t, s).ID
		if before, err := s.Retitle(t.Context(), guild, id, corpus.Cited{Title: "Leçon 1"}); err != nil || before.Title != "Un" {
			t.Fatalf("Retitle = %q, %v", before, err)
		}
		_, undo, err := s.PutUndoably(t.Context(), guild, []corpus.Draft{draft(t, "a.md", "# Deux\n\nTexte.")})
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.TakeBack(t.Context(), guild, undo); err != nil || only(t, s).Title != "Leçon 1" {
			t.Fatalf("taken back, it is called %q, %v", only(t, s).Title, err)
		}
		if _, err := s.Retitle(t.Context(), guild, id, corpus.Cited{}); err != nil || only(t, s).Title != "Un" {
			t.Errorf("without a title of its own it is called %q, %v", only(t, s).Title, err)
		}
		if _, err := s.Retitle(t.Context(), guild, "nothing", corpus.Cited{Title: "x"}); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("Retitle of nothing = %v", err)
		}
	})
}
