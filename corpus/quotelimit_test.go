package corpus_test

import (
	"errors"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// TestQuoteLimits: the least of the limits of a text's licence and course holds; who does
// not see a course sees no limit of it, and none is of another guild.
func TestQuoteLimits(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		s := corpus.NewStore(db, time.Now)
		for _, limit := range []corpus.QuoteLimit{
			{Licence: "Tous droits réservés", Runes: 200}, {Course: "Tutorat", Runes: 100}, {Course: "Oral", Runes: 300}, {Course: "Oral", Runes: 0},
		} {
			if err := s.SetQuoteLimit(t.Context(), "g", limit); err != nil {
				t.Fatal(err)
			}
		}
		limits, err := s.QuoteLimits(t.Context(), corpus.Everything("g"))
		if err != nil {
			t.Fatal(err)
		}
		for _, test := range []struct {
			licence, course string
			want            int
		}{
			{"tous droits  RÉSERVÉS", "", 200}, {"Tous droits réservés", "tutorat", 100}, {"CC BY", "Tutorat", 100}, {"CC BY", "Oral", 0}, {"", "", 0},
		} {
			d := corpus.Document{Metadata: corpus.Metadata{Licence: test.licence, Course: test.course}}
			if got := limits.Most(d); got != test.want {
				t.Errorf("licence %q, course %q: %d characters, want %d", test.licence, test.course, got, test.want)
			}
		}
		if got, err := s.QuoteLimits(t.Context(), corpus.Only("g", "Oral")); err != nil || len(got) != 1 {
			t.Errorf("limits seen without the course: %+v, %v, want that of the licence", got, err)
		}
		if got, err := s.QuoteLimits(t.Context(), corpus.Everything("other")); err != nil || got != nil {
			t.Errorf("limits of another guild: %+v, %v", got, err)
		}
		for _, wrong := range []corpus.QuoteLimit{{Runes: 100}, {Licence: "a", Course: "b", Runes: 100}, {Licence: "a", Runes: 10}} {
			if err := s.SetQuoteLimit(t.Context(), "g", wrong); !errors.Is(err, corpus.ErrLimits) {
				t.Errorf("SetQuoteLimit(%+v) = %v, want ErrLimits", wrong, err)
			}
		}
	})
}
