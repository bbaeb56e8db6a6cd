package answers

import (
	"log/slog"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestQuotesAreReadAgain: an excerpt that is not in the store as it was chosen is
// dropped, and the log says so.
func TestQuotesAreReadAgain(t *testing.T) {
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	store := corpus.NewStore(db, time.Now)
	draft, err := corpus.Read(corpus.File{Name: "a.txt", Data: []byte("Le soviet siège au palais.")})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := store.Put(t.Context(), "g1", []corpus.Draft{draft}, false); err != nil {
		t.Fatal(err)
	}
	d, err := store.DocumentNamed(t.Context(), corpus.Everything("g1"), "a.txt")
	if err != nil {
		t.Fatal(err)
	}
	chosen := func(change func(*retrieval.Excerpt)) retrieval.Excerpt {
		e := retrieval.Excerpt{
			Document:  d,
			Reference: corpus.Reference{Document: d.ID, Revision: d.Revision, Ranges: []corpus.Range{{Start: 0, End: d.Bytes}}},
			Text:      "Le soviet siège au palais.",
		}
		change(&e)
		return e
	}
	for name, change := range map[string]func(*retrieval.Excerpt){
		"another text":     func(e *retrieval.Excerpt) { e.Text = "Le soviet siège au théâtre." },
		"another revision": func(e *retrieval.Excerpt) { e.Reference.Revision = "old" },
		"another document": func(e *retrieval.Excerpt) { e.Reference.Document = "none" },
		"half a word":      func(e *retrieval.Excerpt) { e.Reference.Ranges[0].End = 6; e.Text = "Le sov" },
	} {
		var log strings.Builder
		a := New(store, nil, slog.New(slog.NewTextHandler(&log, nil)))
		quotes, err := a.quotes(t.Context(), Question{Access: corpus.Everything("g1")}, []retrieval.Excerpt{chosen(change), chosen(func(*retrieval.Excerpt) {})})
		if err != nil || len(quotes) != 1 || quotes[0].Text != draft.Source || !strings.Contains(log.String(), "excerpt dropped") {
			t.Errorf("%s: quotes %v, %v, log %q, want the true one alone and a line in the log", name, quotes, err, log.String())
		}
	}
}

// TestCaution: the same signals are enough for some and not for others.
func TestCaution(t *testing.T) {
	s := retrieval.Signals{Coverage: 0.5, Sentence: 0.5, First: 0.5, Score: 0.7, Gap: 0.2}
	fits := belongs.of(s, 0)
	g := gauge{Few: fits + 0.1, Balanced: fits - 0.1, Many: fits - 0.3}
	for _, c := range []struct {
		caution Caution
		lower   float64 // by how much worse the question fits
		want    Outcome
	}{
		{Few, 0, None}, {Few, -0.2, Excerpts},
		{Balanced, 0, Excerpts}, {Balanced, 0.2, None},
		{"", 0, Excerpts}, {"", 0.2, None},
		{Many, 0.2, Excerpts}, {Many, 0.4, None},
	} {
		r := Reply{Outcome: None}
		r.judge(s, gauge{g.Few + c.lower, g.Balanced + c.lower, g.Many + c.lower}, c.caution)
		if r.Outcome != c.want {
			t.Errorf("with caution %q, %v lower, the outcome is %s, want %s", c.caution, c.lower, r.Outcome, c.want)
		}
	}
}
