package retrieval

import (
	"context"
	"errors"
	"slices"
	"strconv"
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

// groups is a Source whose revisions have several changes.
type groups struct {
	Source
	changes [][]database.Change
}

func (groups) Stamp(context.Context, string, int64) (string, error) { return "s", nil }

func (g groups) Changes(_ context.Context, _ string, since int64) ([]database.Change, error) {
	all := slices.Clone(g.changes[since])
	for i := range all {
		all[i].Revision = since + 1
	}
	return all, nil
}

// endsAfter is a context that has ended after it was asked so many times.
type endsAfter struct {
	context.Context
	times *int
}

func (c endsAfter) Err() error {
	if *c.times--; *c.times < 0 {
		return context.Canceled
	}
	return nil
}

// TestInterruptedInTheMiddle: where following ends in the middle of a revision, what it counted
// of that is forgotten, and the index stands whole at the one before.
func TestInterruptedInTheMiddle(t *testing.T) {
	texts := func(language string, n int) (all []database.Text) {
		for i := range n {
			all = append(all, database.Text{Ordinal: i, Language: language, Body: "Le soviet."})
		}
		return all
	}
	source := groups{changes: [][]database.Change{
		{{ID: "a", Texts: texts("fr", batchPassages-1001)}, {ID: "b", Texts: texts("fr", 999)}},
		{{ID: "a"}, {ID: "c", Texts: texts("en", 3)}},
	}}
	head := database.Head{Revision: 2, Stamp: "s"}
	for ends := range 8 {
		x, err := createIndex(t.TempDir()+"/index", "g", newKeptLists())
		if err != nil {
			t.Fatal(err)
		}
		err = x.follow(endsAfter{t.Context(), &ends}, source, head)
		if x.state.Partial {
			t.Errorf("interrupted at revision %d, the index is half written", x.state.Revision)
		}
		if err != nil {
			err = x.follow(t.Context(), source, head)
		}
		if got := x.state.Languages; err != nil || got["fr"].Passages != 999 || got["en"].Passages != 3 || len(got) != 2 {
			t.Errorf("the index counts %v, %v; want 999 passages in French and 3 in English", got, err)
		}
		if err := x.close(); err != nil {
			t.Fatal(err)
		}
	}
}

// TestWholeBetweenRevisions: of many revisions that are written together, none is written in part,
// and what is written is not kept in memory.
func TestWholeBetweenRevisions(t *testing.T) {
	x, err := createIndex(t.TempDir()+"/index", "g", newKeptLists())
	if err != nil {
		t.Fatal(err)
	}
	defer x.close()
	w, err := x.newWriter()
	if err != nil {
		t.Fatal(err)
	}
	defer func() { w.reader.Close() }()
	var source groups
	for i := range 20 {
		change := database.Change{ID: strconv.Itoa(i)}
		for n := range 297 {
			change.Texts = append(change.Texts, database.Text{Ordinal: n, Language: "fr", Body: "Le soviet."})
		}
		source.changes = append(source.changes, []database.Change{change})
	}
	for range source.changes {
		before := w.state.Revision
		if err := w.next(t.Context(), source, database.Head{Revision: int64(len(source.changes)), Stamp: "s"}); err != nil {
			t.Fatal(err)
		}
		if x.state.Revision != 0 {
			if x.state.Revision != before {
				t.Errorf("the index was written up to revision %d, want %d: the next one did not fit", x.state.Revision, before)
			}
			if len(w.written) != 1 {
				t.Errorf("%d records are kept, want that of the revision that is not written", len(w.written))
			}
			return
		}
	}
	t.Error("nothing is written")
}
