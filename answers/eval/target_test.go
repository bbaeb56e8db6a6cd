package eval_test

import (
	"log/slog"
	"math"
	"path/filepath"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/answers/eval"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

const guild = "local"

// newTarget returns a Target that has read the documents of a folder.
func newTarget(t *testing.T, dir string) eval.Target {
	t.Helper()
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "verbatim.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	store := corpus.NewStore(db, time.Now)
	folder, err := corpus.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	report, err := store.Import(t.Context(), guild, folder, corpus.ImportOptions{})
	if err != nil || len(report.Failed) > 0 {
		t.Fatalf("import %s: %v, %v", dir, err, report.Failed)
	}
	log := slog.New(slog.DiscardHandler)
	indexes, err := retrieval.OpenIndexes(t.TempDir(), store, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { indexes.Close() })
	curated := answers.NewStore(db, store, time.Now)
	curatedIndexes, err := retrieval.OpenIndexes(t.TempDir(), curated, log)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { curatedIndexes.Close() })
	return eval.Target{
		Curated:        curated,
		CuratedIndexes: curatedIndexes,
		Store:          store,
		Indexes:        indexes,
		Answerer:       answers.New(store, indexes, log),
		Access:         corpus.Everything(guild),
		Now:            time.Now,
	}
}

func load(t *testing.T, dir string) *eval.Set {
	t.Helper()
	s, err := eval.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// checkMeasure compares a measure with what it should be, but for rounding.
func checkMeasure(t *testing.T, measure string, got *float64, want float64) {
	t.Helper()
	if got == nil {
		t.Errorf("%s = nil, want %v", measure, want)
	} else if math.Abs(*got-want) > 1e-9 {
		t.Errorf("%s = %v, want %v", measure, *got, want)
	}
}
