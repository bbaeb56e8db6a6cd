package retrieval

import (
	"context"
	"errors"
	"testing"

	"verbatim/config/database"
)

// parts is a Source whose revisions come one at a time, each of the same document; no texts
// stand for an error.
type parts struct {
	Source
	texts [][]database.Text
}

func (parts) Stamp(context.Context, string, int64) (string, error) { return "s", nil }

func (p parts) Changes(_ context.Context, _ string, since int64) ([]database.Change, error) {
	if p.texts[since] == nil {
		return nil, errors.New("no texts")
	}
	return []database.Change{{Revision: since + 1, ID: "d", Texts: p.texts[since]}}, nil
}

// TestRevisionsWrittenTogether: a document that changes while an index follows is counted once.
func TestRevisionsWrittenTogether(t *testing.T) {
	dir := t.TempDir() + "/index"
	x, err := createIndex(dir, "g", newKeptLists())
	if err != nil {
		t.Fatal(err)
	}
	source := parts{texts: [][]database.Text{{{Body: "Le soviet."}, {Ordinal: 1, Body: "La Douma."}}, {{Body: "Le soviet."}}}}
	if err := x.follow(t.Context(), source, database.Head{Revision: 2, Stamp: "s"}); err != nil {
		t.Fatal(err)
	}
	if err := x.close(); err != nil {
		t.Fatal(err)
	}
	x, err = openIndex(dir, "g", newKeptLists())
	if err != nil {
		t.Fatal(err)
	}
	defer x.close()
	if x.state.Records != 2 || x.state.passages() != 1 {
		t.Errorf("the index counts %d records and %d passages, want 2 and 1", x.state.Records, x.state.passages())
	}
}

// TestFollowsAsFarAsItCan: what was read before an error is in the index.
func TestFollowsAsFarAsItCan(t *testing.T) {
	x, err := createIndex(t.TempDir()+"/index", "g", newKeptLists())
	if err != nil {
		t.Fatal(err)
	}
	defer x.close()
	source := parts{texts: [][]database.Text{{{Body: "Le soviet."}}, nil}}
	if err := x.follow(t.Context(), source, database.Head{Revision: 2, Stamp: "s"}); err == nil || x.state.Revision != 1 {
		t.Errorf("follow = %v, and the index stands at %d, want an error and 1", err, x.state.Revision)
	}
}
