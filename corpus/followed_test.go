package corpus_test

import (
	"fmt"
	"maps"
	"path/filepath"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A library is the files of a folder, and the documents that follow them.
type library struct {
	*rapid.T
	store *corpus.Store
	guild string
	now   *time.Time
	files map[string]string // texts by names
}

const linger = time.Hour

// follow reads the folder. Each of its files answers then.
func (l *library) follow() corpus.Import {
	files := fstest.MapFS{"x.jpg": {Data: []byte("no text")}}
	for name, text := range l.files {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	folder, err := corpus.NewFolder("/followed/"+l.guild, files)
	if err != nil && len(l.files) > 0 {
		l.Fatal(err)
	}
	if len(l.files) == 0 {
		return corpus.Import{} // as package follow does
	}
	report, err := l.store.Import(l.Context(), l.guild, folder, corpus.ImportOptions{Follow: &corpus.Following{Linger: linger}})
	if err != nil || len(report.Failed) > 0 {
		l.Fatalf("%v, failed %v", err, report.Failed)
	}
	texts := l.texts()
	for name, text := range l.files {
		if texts[name] != text {
			l.Fatalf("%s is %q after it was read, want %q; there are %q", name, texts[name], text, texts)
		}
	}
	return report
}

// texts returns the texts of the documents that answer, by their names.
func (l *library) texts() map[string]string {
	documents, err := l.store.Documents(l.Context(), corpus.Everything(l.guild), false)
	if err != nil {
		l.Fatal(err)
	}
	found := map[string]string{}
	for _, d := range documents {
		if found[d.Name], err = l.store.Text(l.Context(), corpus.Everything(l.guild), d.ID, corpus.Range{End: d.Bytes}); err != nil {
			l.Fatal(err)
		}
	}
	return found
}

func (l *library) id(name string) string {
	d, err := l.store.DocumentNamed(l.Context(), corpus.Everything(l.guild), name)
	if err != nil {
		l.Fatal(err)
	}
	return d.ID
}

// TestFollowedProperty: whatever is done to the files of a folder, in whatever order, and
// however often it is read in between, each file that is there answers with its text; a
// document goes along with a file that is renamed; and in the end the documents are the files.
func TestFollowedProperty(t *testing.T) {
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	runs, texts := 0, 0
	rapid.Check(t, func(r *rapid.T) {
		runs++
		now := time.Now()
		l := &library{T: r, store: corpus.NewStore(db, func() time.Time { return now }), guild: fmt.Sprintf("g%d", runs), now: &now, files: map[string]string{}}
		names := rapid.SampledFrom([]string{"a.txt", "b.txt", "c.txt", "sub/a.txt", "sub/d.txt"})
		for range rapid.IntRange(1, 12).Draw(r, "steps") {
			name := names.Draw(r, "name")
			_, there := l.files[name]
			switch rapid.SampledFrom([]string{"write", "rename", "rename and read", "remove", "pass", "read"}).Draw(r, "do") {
			case "write":
				texts++
				l.files[name] = fmt.Sprintf("Texte numéro %d.", texts)
			case "rename", "rename and read":
				to := names.Draw(r, "to")
				if _, taken := l.files[to]; !there || taken {
					continue
				}
				l.follow()
				known := l.texts()
				was := l.id(name)
				l.files[to] = l.files[name]
				delete(l.files, name)
				_, lingers := known[to]
				if l.follow(); !lingers && l.isFree(to) && l.id(to) != was {
					r.Fatalf("%s is another document under its new name %s", name, to)
				}
			case "remove":
				delete(l.files, name)
			case "pass":
				now = now.Add(linger / 3)
			case "read":
				l.follow()
			}
		}
		l.follow()
		now = now.Add(2 * linger)
		report := l.follow()
		got := l.texts()
		if doubtful := report.Doubtful || len(l.files) == 0; !doubtful && !maps.Equal(got, l.files) {
			l.follow() // what is gone since the last reading but one
			now = now.Add(2 * linger)
			l.follow()
			if got = l.texts(); !maps.Equal(got, l.files) {
				r.Fatalf("in the end there are %q, want the files %q", got, l.files)
			}
		}
	})
}

// isFree reports whether no removed document has the name.
func (l *library) isFree(name string) bool {
	documents, err := l.store.Documents(l.Context(), corpus.Everything(l.guild), true)
	if err != nil {
		l.Fatal(err)
	}
	for _, d := range documents {
		if d.Name == name && !d.Removed.IsZero() {
			return false
		}
	}
	return true
}
