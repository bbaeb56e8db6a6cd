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
	s := retrieval.Signals{Coverage: 0.5, Sentence: 0.45, First: 0.5, Score: 0.5, Share: 0.3, Gap: 0.2, Neighbours: 0.2, SameDocument: 0.4}
	p := belongs(s)
	if p <= Many.threshold() || p >= Few.threshold() {
		t.Fatalf("belongs = %.2f, want it between %.2f and %.2f", p, Many.threshold(), Few.threshold())
	}
	for caution, want := range map[Caution]Outcome{Few: None, Many: Excerpts} {
		r := Reply{Outcome: None}
		if r.judge(s, caution); r.Outcome != want {
			t.Errorf("with caution %s the outcome is %s, want %s", caution, r.Outcome, want)
		}
	}
	if Balanced.threshold() <= Many.threshold() || Balanced.threshold() >= Few.threshold() || Caution("").threshold() != Balanced.threshold() {
		t.Errorf("thresholds %v %v %v", Few.threshold(), Balanced.threshold(), Many.threshold())
	}
}
