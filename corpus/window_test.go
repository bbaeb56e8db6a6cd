package corpus_test

import (
	"errors"
	"fmt"
	"reflect"
	"strings"
	"testing"

	"verbatim/corpus"
)

// TestWindow compares windows of a text with pages and notes with what all of it holds.
func TestWindow(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		var text strings.Builder
		for i := range 150 {
			fmt.Fprintf(&text, "<!-- page %d -->\n\n# Partie %d\n\nLe chapitre %d raconte une journée au phare.[^%d] Le gardien y monte deux fois.\n\n", i+10, i, i, i)
		}
		for i := range 150 {
			fmt.Fprintf(&text, "[^%d]: La note %d renvoie au registre du port.\n", i, i)
		}
		put(t, s, guild, draft(t, "a.md", text.String()))
		d := only(t, s)
		whole, err := s.Text(t.Context(), corpus.Everything(guild), d.ID, corpus.Range{End: d.Bytes})
		if err != nil {
			t.Fatal(err)
		}
		var ids []corpus.PassageID
		for i := range d.Passages {
			ids = append(ids, corpus.PassageID{Document: d.ID, Ordinal: i})
		}
		all, err := s.Passages(t.Context(), corpus.Everything(guild), ids)
		if err != nil || len(all) < 200 {
			t.Fatalf("the text has %d passages, %v; want many", len(all), err)
		}
		for _, asked := range []corpus.Range{{Start: 0, End: 400}, {Start: 700, End: 4000}, {Start: d.Bytes - 9000, End: d.Bytes - 5000}, {Start: d.Bytes - 300, End: d.Bytes + 50}, {Start: -4, End: 1 << 40}, {Start: 90, End: 20}} {
			r := corpus.Range{Start: max(0, asked.Start), End: min(asked.End, d.Bytes)}
			r.End = max(r.Start, r.End)
			w, err := s.Window(t.Context(), corpus.Everything(guild), d.ID, asked)
			if err != nil || w.Range != r || w.Text != whole[r.Start:r.End] {
				t.Fatalf("Window(%v) is %v of %d bytes, %v", asked, w.Range, len(w.Text), err)
			}
			var want []corpus.Passage
			for _, f := range all {
				if f.Start() < r.End && f.End() > r.Start {
					want = append(want, f.Passage)
				}
			}
			if !reflect.DeepEqual(w.Passages, want) {
				t.Errorf("Window(%v) holds %d passages, want %d", asked, len(w.Passages), len(want))
			}
			half := corpus.Range{Start: r.Start + r.Len()/3, End: r.End - r.Len()/3}
			again, err := s.Window(t.Context(), corpus.Everything(guild), d.ID, half)
			if cut := w.Cut(half); err != nil || cut.Text != again.Text || !reflect.DeepEqual(cut.Passages, again.Passages) || !reflect.DeepEqual(cut.Quiet, again.Quiet) {
				t.Errorf("Cut(%v) differs from the window of it: %d and %d passages, %d and %d quiet ranges, %v", half, len(cut.Passages), len(again.Passages), len(cut.Quiet), len(again.Quiet), err)
			}
		}
		if err := s.Remove(t.Context(), guild, d.ID); err != nil {
			t.Fatal(err)
		}
		if _, err := s.Window(t.Context(), corpus.Everything(guild), d.ID, corpus.Range{End: 100}); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("the window of a removed text is %v, want ErrNotFound", err)
		}
	})
}
