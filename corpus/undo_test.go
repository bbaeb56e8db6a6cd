package corpus_test

import (
	"reflect"
	"sync"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
)

// TestTakeBack: what was stored is undone to the letter, whatever stood there before, but
// not where somebody has changed it since.
func TestTakeBack(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		s := corpus.NewStore(db, time.Now)
		read := func(name, text string) corpus.Draft {
			d, err := corpus.Read(corpus.File{Name: name, Origin: "course", Data: []byte(text)})
			if err != nil {
				t.Fatal(err)
			}
			return d
		}
		put := func(drafts ...corpus.Draft) {
			if _, err := s.Put(t.Context(), guild, drafts, true); err != nil {
				t.Fatal(err)
			}
		}
		texts := func() map[string]string {
			all, err := s.Documents(t.Context(), corpus.Everything(guild), false)
			if err != nil {
				t.Fatal(err)
			}
			found := map[string]string{}
			for _, d := range all {
				if found[d.Name], err = s.Text(t.Context(), corpus.Everything(guild), d.ID, corpus.Range{End: d.Bytes}); err != nil {
					t.Fatal(err)
				}
			}
			return found
		}
		const old = "---\ncourse: Droit\n---\n\n# Un\n\nUn texte [p. 4] ancien.[^1]\n\n[^1]: Une note."
		gone := read("gone.md", "Retiré.")
		put(read("old.md", old), gone, read("same.md", "Le même."), read("raced.md", "Avant."))
		d, err := s.DocumentNamed(t.Context(), corpus.Everything(guild), "gone.md")
		if err == nil {
			err = s.Remove(t.Context(), guild, d.ID)
		}
		if err != nil {
			t.Fatal(err)
		}
		before := texts()
		fresh := []corpus.Draft{read("old.md", "Neuf."), gone, read("same.md", "Le même."), read("new.md", "Nouveau."), read("new.md", "Nouveau deux fois."), read("raced.md", "Après.")}
		_, undo, err := s.PutUndoably(t.Context(), guild, fresh)
		if err != nil || len(undo) != 5 {
			t.Fatalf("%d to undo, %v, want all but what was there unchanged", len(undo), err)
		}
		if want := read("old.md", old); !reflect.DeepEqual(undo[0].Before, want) {
			t.Errorf("before stood\n%+v, want\n%+v", undo[0].Before, want)
		}
		put(read("raced.md", "Entre-temps."))
		n, err := s.TakeBack(t.Context(), guild, undo)
		before["raced.md"] = "Entre-temps.\n\n"
		if got := texts(); err != nil || n != 4 || !reflect.DeepEqual(got, before) {
			t.Errorf("%d undone, %v: %q, want 4 and %q", n, err, got, before)
		}
		if n, err := s.TakeBack(t.Context(), guild, undo); err != nil || n != 0 {
			t.Errorf("undone again: %d, %v, want nothing", n, err)
		}
	})
}

// TestChangeLimits: of moderators who change the limits of a course at a time, none undoes
// what another did.
func TestChangeLimits(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		s := corpus.NewStore(db, time.Now)
		roles := []string{"1", "2", "3", "4", "5", "6", "7", "8"}
		var all sync.WaitGroup
		for _, role := range roles {
			all.Go(func() {
				err := s.ChangeLimits(t.Context(), guild, "Droit", func(now *corpus.Limits) *corpus.Limits {
					var wanted corpus.Limits
					if now != nil {
						wanted = *now
					}
					wanted.Roles = append(wanted.Roles, role)
					return &wanted
				})
				if err != nil {
					t.Error(err)
				}
			})
		}
		all.Wait()
		courses, err := s.Courses(t.Context(), corpus.Everything(guild))
		if err != nil || len(courses) != 1 || !reflect.DeepEqual(courses[0].Limits.Roles, roles) {
			t.Errorf("courses %+v, %v, want one limited to %v", courses, err, roles)
		}
	})
}
