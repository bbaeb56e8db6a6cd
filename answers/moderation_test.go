package answers_test

import (
	"errors"
	"fmt"
	"log/slog"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A desk is where moderators work: everything is wired together, and the clock is set
// by the test.
type desk struct {
	memory
	db    *database.DB
	clock *time.Time
}

// eachDesk runs a test on each engine.
func eachDesk(t *testing.T, test func(t *testing.T, d desk)) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		clock := time.UnixMilli(1_700_000_000_000)
		now := func() time.Time { return clock }
		texts := corpus.NewStore(db, now)
		curated := answers.NewStore(db, texts, now)
		log := slog.New(slog.DiscardHandler)
		open := func(source retrieval.Source) *retrieval.Indexes {
			indexes, err := retrieval.OpenIndexes(t.TempDir(), source, log)
			if err != nil {
				t.Fatal(err)
			}
			t.Cleanup(func() { indexes.Close() })
			return indexes
		}
		answerer := answers.New(texts, open(texts), log).WithCurated(curated, open(curated))
		test(t, desk{memory{answerer, curated, texts}, db, &clock})
	})
}

func (d desk) pass(time time.Duration) { *d.clock = d.clock.Add(time) }

var everything = corpus.Everything(guild)

// gather adds a question that found no answer.
func (d desk) gather(t *testing.T, access corpus.Access, text string) answers.OpenQuestion {
	t.Helper()
	d.pass(time.Second)
	q, err := d.Gather(t.Context(), answers.Asking{Text: text, Access: access, Language: "fr", Reason: answers.Unanswered})
	if err != nil {
		t.Fatal(err)
	}
	return q
}

// open returns the open questions, each as how often it was asked and its wordings.
func (d desk) open(t *testing.T, access corpus.Access) []string {
	t.Helper()
	list, err := d.curated.OpenQuestions(t.Context(), access, false)
	if err != nil {
		t.Fatal(err)
	}
	var lines []string
	for _, q := range list {
		var wordings []string
		for _, w := range q.Wordings {
			wordings = append(wordings, fmt.Sprintf("%s %s %d", w.Text, w.Reason, w.Times))
		}
		lines = append(lines, fmt.Sprintf("%d: %s", q.Times, strings.Join(wordings, " | ")))
	}
	return lines
}

func (d desk) wantOpen(t *testing.T, want ...string) {
	t.Helper()
	if got := d.open(t, everything); !slices.Equal(got, want) {
		t.Errorf("open questions = %q, want %q", got, want)
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}

func wantMissing(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, answers.ErrNotFound) {
		t.Errorf("%s = %v, want %v", what, err, answers.ErrNotFound)
	}
}
