package retrieval

import (
	"context"
	"strings"
	"testing"

	"verbatim/config/database"
)

// TestUnusable writes states that an index must not be opened with, each for its own
// reason.
func TestUnusable(t *testing.T) {
	for reason, change := range map[string]func(*state){
		"another guild": func(s *state) { s.Guild = "g2" },
		"not finished":  func(s *state) { s.Partial = true },
		"records":       func(s *state) { s.Records++ },
		"format":        func(s *state) { s.Format++ },
	} {
		dir := t.TempDir() + "/index"
		x, err := createIndex(dir, "g1", newKeptLists())
		if err != nil {
			t.Fatal(err)
		}
		if err := x.follow(t.Context(), sole{}, database.Head{Revision: 1, Stamp: "s"}); err != nil {
			t.Fatal(err)
		}
		s := x.state.clone()
		change(&s)
		batch := x.bleve.NewBatch()
		data, err := s.encode()
		if err != nil {
			t.Fatal(err)
		}
		batch.SetInternal(stateKey, data)
		if err := x.bleve.Batch(batch); err != nil {
			t.Fatal(err)
		}
		if err := x.close(); err != nil {
			t.Fatal(err)
		}
		if _, err := openIndex(dir, "g1", newKeptLists()); err == nil || !strings.Contains(err.Error(), reason) {
			t.Errorf("openIndex = %v, want an error about %q", err, reason)
		}
	}
}

// sole is a Source of one change.
type sole struct{ Source }

func (sole) Stamp(context.Context, string, int64) (string, error) { return "s", nil }

func (sole) Changes(context.Context, string, int64) ([]database.Change, error) {
	return []database.Change{{Revision: 1, ID: "d", Texts: []database.Text{{Body: "Le soviet."}}}}, nil
}

func TestDamagedState(t *testing.T) {
	data, err := state{Guild: "g1", Revision: 7}.encode()
	if err != nil {
		t.Fatal(err)
	}
	for i := range data {
		broken := append([]byte(nil), data...)
		broken[i] ^= 1
		if _, err := decodeState(broken); err == nil {
			t.Errorf("a state with byte %d changed is read", i)
		}
	}
	if s, err := decodeState(data); err != nil || s.Revision != 7 {
		t.Errorf("decodeState = %+v, %v", s, err)
	}
}
