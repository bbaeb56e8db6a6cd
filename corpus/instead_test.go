package corpus_test

import (
	"os"
	"path/filepath"
	"testing"
	"time"

	"verbatim/corpus"
)

// followFolder reads a folder as package follow does. Documents whose files are gone go at once.
func followFolder(t *testing.T, s *corpus.Store, dir string) corpus.Import {
	t.Helper()
	folder, err := corpus.OpenFolder(dir)
	if err != nil {
		t.Fatal(err)
	}
	report, err := s.Import(t.Context(), guild, folder, corpus.ImportOptions{Follow: &corpus.Following{}})
	if err != nil || len(report.Failed) > 0 {
		t.Fatalf("%+v, %v", report, err)
	}
	return report
}

// TestGivenInstead: a text that a moderator gives in the place of a file's stands until the text
// of the file changes, whatever the document and the file are called; there is never the old
// one beside it.
func TestGivenInstead(t *testing.T) {
	const calledAsFile, calledOtherwise = "a.txt", "Cours 1"
	type folder struct {
		*testing.T
		*corpus.Store
		dir string
		was corpus.Document
	}
	touch := func(f folder, name string) {
		later := time.Now().Add(time.Hour)
		if err := os.Chtimes(filepath.Join(f.dir, name), later, later); err != nil {
			f.Fatal(err)
		}
	}
	rename := func(f folder, from, to string) {
		if err := os.Rename(filepath.Join(f.dir, from), filepath.Join(f.dir, to)); err != nil {
			f.Fatal(err)
		}
	}
	for _, test := range []struct {
		name   string
		called string
		then   func(f folder) // nil for nothing
		want   string
		texts  string // of the document that a.txt was in the beginning
	}{
		{"nothing happens", calledAsFile, nil, "a.txt rest.txt", "Neuf."},
		{"nothing happens, called otherwise", calledOtherwise, nil, "Cours 1 rest.txt", "Neuf."},
		{"the file is copied anew", calledOtherwise, func(f folder) { touch(f, "a.txt") }, "Cours 1 rest.txt", "Neuf."},
		{"the file is renamed", calledAsFile, func(f folder) { rename(f, "a.txt", "z.txt") }, "a.txt rest.txt", "Neuf."},
		{"the file is renamed, called otherwise", calledOtherwise, func(f folder) { rename(f, "a.txt", "z.txt") }, "Cours 1 rest.txt", "Neuf."},
		{"the file is renamed and then changes", calledOtherwise, func(f folder) {
			rename(f, "a.txt", "z.txt")
			followFolder(f.T, f.Store, f.dir)
			write(f.T, f.dir, "z.txt", "Troisième.")
			touch(f, "z.txt")
		}, "Cours 1 rest.txt", "Troisième."},
		{"the file changes", calledOtherwise, func(f folder) {
			write(f.T, f.dir, "a.txt", "Troisième.")
			touch(f, "a.txt")
		}, "Cours 1 rest.txt", "Troisième."},
		{"the file is gone", calledOtherwise, func(f folder) {
			if err := os.Remove(filepath.Join(f.dir, "a.txt")); err != nil {
				f.Fatal(err)
			}
		}, "Cours 1 rest.txt", "Neuf."},
		{"the file gets the same text and goes", calledAsFile, func(f folder) {
			write(f.T, f.dir, "a.txt", "Neuf.")
			followFolder(f.T, f.Store, f.dir)
			if err := os.Remove(filepath.Join(f.dir, "a.txt")); err != nil {
				f.Fatal(err)
			}
		}, "rest.txt", "Neuf."},
		{"given twice", calledOtherwise, func(f folder) {
			give(f.T, f.Store, calledOtherwise, "Encore neuf.")
			touch(f, "a.txt")
		}, "Cours 1 rest.txt", "Encore neuf."},
		{"the file's text is given back", calledAsFile, func(f folder) {
			give(f.T, f.Store, calledAsFile, "Un texte.")
			rename(f, "a.txt", "z.txt")
		}, "rest.txt z.txt", "Un texte."},
		{"taken back", calledAsFile, func(f folder) {
			if n, err := f.TakeBack(f.Context(), guild, give(f.T, f.Store, calledAsFile, "Une erreur.")); n != 1 || err != nil {
				f.Fatal(n, err)
			}
			touch(f, "a.txt")
		}, "a.txt rest.txt", "Neuf."},
		{"removed by the moderator", calledOtherwise, func(f folder) {
			if err := f.Remove(f.Context(), guild, f.was.ID); err != nil {
				f.Fatal(err)
			}
			rename(f, "a.txt", "z.txt")
		}, "rest.txt", "Neuf."},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *corpus.Store) {
				f := folder{T: t, Store: s, dir: t.TempDir()}
				write(t, f.dir, "a.txt", "Un texte.")
				write(t, f.dir, "rest.txt", "Un autre.")
				followFolder(t, s, f.dir)
				f.was = named(t, s, "a.txt")
				if test.called != f.was.Name {
					if err := s.Rename(t.Context(), guild, f.was.ID, test.called); err != nil {
						t.Fatal(err)
					}
				}
				give(t, s, test.called, "Neuf.")
				if test.then != nil {
					test.then(f)
				}
				for range 2 {
					followFolder(t, s, f.dir)
					if got := listed(t, s); got != test.want {
						t.Errorf("there are %q, want %q", got, test.want)
					}
					now, err := s.Document(t.Context(), corpus.Everything(guild), f.was.ID)
					if err != nil {
						t.Fatal(err)
					}
					text, err := s.Text(t.Context(), corpus.Everything(guild), now.ID, corpus.Range{End: now.Bytes})
					if err != nil || text != test.texts {
						t.Errorf("the text is %q, %v, want %q", text, err, test.texts)
					}
				}
			})
		})
	}
}

// TestMirrorGivenInstead: to make the documents those of the files takes the files' texts.
func TestMirrorGivenInstead(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		dir := t.TempDir()
		write(t, dir, "a.txt", "Un texte.")
		importFolder(t, s, dir, true)
		was := only(t, s)
		give(t, s, "a.txt", "Neuf.")
		if got := importFolder(t, s, dir, false); len(got.Kept) != 1 || got.Changed() {
			t.Errorf("Import = %+v, want a.txt kept", got)
		}
		if got := importFolder(t, s, dir, true); got.Replaced != 1 || only(t, s).Revision != was.Revision {
			t.Errorf("Import that mirrors = %+v, want the file's text", got)
		}
	})
}

// give stores a text as a moderator does in Discord.
func give(t *testing.T, s *corpus.Store, name, text string) []corpus.Undo {
	t.Helper()
	d, err := corpus.Read(corpus.File{Name: "envoi.txt", Origin: "discord", Data: []byte(text)})
	if err != nil {
		t.Fatal(err)
	}
	d.Name = name
	_, undo, err := s.PutUndoably(t.Context(), guild, []corpus.Draft{d})
	if err != nil {
		t.Fatal(err)
	}
	return undo
}
