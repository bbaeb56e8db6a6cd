package corpus_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"verbatim/corpus"
)

// prose returns sentences that have nothing in common with those of another seed.
func prose(seed, sentences int) string {
	var out strings.Builder
	for i := range sentences {
		fmt.Fprintf(&out, "Au point %d%d du registre %d, le greffier numéro %d note la somme %d et signe. ", seed, i, seed*7+i, seed*1000+i, seed*31+i*17)
		if i%5 == 4 {
			out.WriteString("\n\n")
		}
	}
	return out.String()
}

// listed returns the documents that are not removed as "name(course)".
func listed(t *testing.T, s *corpus.Store) string {
	t.Helper()
	documents, err := s.Documents(t.Context(), corpus.Everything(guild), false)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range documents {
		name := d.Name
		if d.Course != "" {
			name += "(" + d.Course + ")"
		}
		found = append(found, name)
	}
	return strings.Join(found, " ")
}

func named(t *testing.T, s *corpus.Store, name string) corpus.Document {
	t.Helper()
	d, err := s.DocumentNamed(t.Context(), corpus.Everything(guild), name)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// TestImportRenamed: a document stays itself when its file gets another name, another folder,
// another format or a corrected text, and only then.
func TestImportRenamed(t *testing.T) {
	long := prose(1, 40)
	for _, test := range []struct {
		name             string
		before, after    map[string]string // files
		wantName         string            // of the document that a.txt was, "" for gone
		added, renamed   int
		documents        string // in the end, without those whose files are gone
		changedInBetween func(t *testing.T, s *corpus.Store, id string)
	}{
		{name: "renamed", before: map[string]string{"a.txt": "Un texte."}, after: map[string]string{"b.txt": "Un texte."}, wantName: "b.txt", renamed: 1, documents: "b.txt"},
		{name: "moved below", before: map[string]string{"a.txt": long}, after: map[string]string{"sub/a.txt": long}, wantName: "sub/a.txt", renamed: 1, documents: "sub/a.txt"},
		{name: "another format", before: map[string]string{"a.txt": long}, after: map[string]string{"a.html": "<p>" + strings.ReplaceAll(long, "\n\n", "</p><p>")}, wantName: "a.html", renamed: 1, documents: "a.html"},
		{name: "corrected and renamed", before: map[string]string{"a.txt": long}, after: map[string]string{"b.txt": strings.Replace(long, "greffier", "scribe", 3)}, wantName: "b.txt", renamed: 1, documents: "b.txt"},
		{name: "another text", before: map[string]string{"a.txt": long}, after: map[string]string{"b.txt": prose(2, 40)}, wantName: "a.txt", added: 1, documents: "b.txt"},
		{name: "copied", before: map[string]string{"a.txt": long}, after: map[string]string{"a.txt": long, "b.txt": long}, wantName: "a.txt", added: 1, documents: "a.txt b.txt"},
		{name: "two of the same, each once", before: map[string]string{"a.txt": long, "x.txt": long}, after: map[string]string{"y/a.txt": long, "y/x.txt": long}, wantName: "y/a.txt", renamed: 2, documents: "y/a.txt y/x.txt"},
		{name: "removed by a moderator before", before: map[string]string{"a.txt": long}, after: map[string]string{"b.txt": long}, wantName: "a.txt", documents: "b.txt",
			changedInBetween: func(t *testing.T, s *corpus.Store, id string) {
				if err := s.Remove(t.Context(), guild, id); err != nil {
					t.Fatal(err)
				}
			}},
		{name: "called otherwise by a moderator", before: map[string]string{"a.txt": "Un texte."}, after: map[string]string{"a.txt": "Un autre texte."}, wantName: "Cours 1", documents: "Cours 1",
			changedInBetween: func(t *testing.T, s *corpus.Store, id string) {
				if err := s.Rename(t.Context(), guild, id, "Cours 1"); err != nil {
					t.Fatal(err)
				}
			}},
		{name: "called otherwise by a moderator, and renamed", before: map[string]string{"a.txt": "Un texte."}, after: map[string]string{"b.txt": "Un texte."}, wantName: "Cours 1", documents: "Cours 1",
			changedInBetween: func(t *testing.T, s *corpus.Store, id string) {
				if err := s.Rename(t.Context(), guild, id, "Cours 1"); err != nil {
					t.Fatal(err)
				}
			}},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *corpus.Store) {
				dir := t.TempDir()
				for name, text := range test.before {
					write(t, dir, name, text)
				}
				importFolder(t, s, dir, false)
				was := named(t, s, "a.txt")
				if test.changedInBetween != nil {
					test.changedInBetween(t, s, was.ID)
				}
				for name := range test.before {
					if err := os.Remove(filepath.Join(dir, name)); err != nil {
						t.Fatal(err)
					}
				}
				for name, text := range test.after {
					write(t, dir, name, text)
				}
				got := importFolder(t, s, dir, false)
				if got.Added != test.added || len(got.Renamed) != test.renamed || len(got.Failed) > 0 {
					t.Errorf("Import = %+v, want %d added, %d renamed", got, test.added, test.renamed)
				}
				now, err := s.Document(t.Context(), corpus.Everything(guild), was.ID)
				if err != nil || now.Name != test.wantName {
					t.Errorf("the document is %q now, %v, want %q", now.Name, err, test.wantName)
				}
				if again := importFolder(t, s, dir, false); again.Changed() {
					t.Errorf("a second Import = %+v, want nothing to do", again)
				}
				importFolder(t, s, dir, true)
				if got := listed(t, s); got != test.documents {
					t.Errorf("in the end there are %q, want %q", got, test.documents)
				}
			})
		})
	}
}

// TestRemovedAndRenamed: what a moderator removed stays removed when its file gets another name,
// until they restore it; of two that are alike the other one goes on answering.
func TestRemovedAndRenamed(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		dir := t.TempDir()
		write(t, dir, "a.txt", "Un texte.")
		write(t, dir, "b.txt", "Un texte.")
		importFolder(t, s, dir, false)
		a := named(t, s, "a.txt")
		if err := s.Remove(t.Context(), guild, a.ID); err != nil {
			t.Fatal(err)
		}
		for _, name := range []string{"a.txt", "b.txt"} {
			if err := os.Rename(filepath.Join(dir, name), filepath.Join(dir, "c"+name)); err != nil {
				t.Fatal(err)
			}
		}
		got := importFolder(t, s, dir, false)
		if !slices.Equal(got.LeftOut, []string{"a.txt"}) || listed(t, s) != "ca.txt" {
			t.Errorf("Import = %+v, and there is %q, want a.txt left out", got, listed(t, s))
		}
		if err := s.Restore(t.Context(), guild, a.ID); err != nil {
			t.Fatal(err)
		}
		importFolder(t, s, dir, false)
		if got := listed(t, s); got != "ca.txt cb.txt" {
			t.Errorf("after it was restored there is %q", got)
		}
	})
}

// TestImportMovedFolder: a file that goes from one folder to another takes its document along.
func TestImportMovedFolder(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		one, two := t.TempDir(), t.TempDir()
		write(t, one, "a.txt", "Un texte.")
		write(t, one, "b.txt", "Un autre.")
		importFolder(t, s, one, false)
		was := named(t, s, "a.txt")
		write(t, two, "c.txt", "Un texte.")
		if got := importFolder(t, s, two, false); got.Added != 1 {
			t.Errorf("Import of a copy = %+v, want it added", got)
		}
		if err := os.Remove(filepath.Join(one, "a.txt")); err != nil {
			t.Fatal(err)
		}
		write(t, two, "d.txt", "Un texte.")
		importFolder(t, s, two, false)
		if now := named(t, s, "d.txt"); now.ID != was.ID || now.Origin == was.Origin {
			t.Errorf("moved %+v, want it to be %s of the other folder", now, was.ID)
		}
	})
}

// TestMovedKeepsName: the name that a moderator gave goes along with a file into another folder.
func TestMovedKeepsName(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		one, two := t.TempDir(), t.TempDir()
		write(t, one, "a.txt", "Un texte.")
		write(t, one, "b.txt", "Un autre.")
		importFolder(t, s, one, false)
		if err := s.Rename(t.Context(), guild, named(t, s, "a.txt").ID, "Cours 1"); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(one, "a.txt"), filepath.Join(two, "a.txt")); err != nil {
			t.Fatal(err)
		}
		importFolder(t, s, two, true)
		importFolder(t, s, one, true)
		if got := listed(t, s); got != "Cours 1 b.txt" {
			t.Errorf("there is %q, want Cours 1 still", got)
		}
	})
}

// TestImportSameInFolders: where a file goes from a folder, the text stays that another folder
// has of the same file.
func TestImportSameInFolders(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		one, two := t.TempDir(), t.TempDir()
		write(t, one, "a.txt", "Un texte.")
		write(t, one, "b.txt", "Un autre.")
		importFolder(t, s, one, true)
		write(t, two, "a.txt", "Un texte.")
		if err := os.Remove(filepath.Join(one, "a.txt")); err != nil {
			t.Fatal(err)
		}
		importFolder(t, s, two, true)
		importFolder(t, s, one, true)
		if got := listed(t, s); got != "a.txt b.txt" {
			t.Errorf("there is %q, want a.txt still", got)
		}
	})
}

// TestRename: a name is given once, and counts for the feed of an index.
func TestRename(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.txt", "Un."), draft(t, "b.txt", "Deux."))
		a := named(t, s, "a.txt")
		for name, want := range map[string]error{"b.txt": corpus.ErrTaken, "": corpus.ErrName, " x": corpus.ErrName, "x\ny": corpus.ErrName, "a.txt": nil, "Leçon 1": nil} {
			if err := s.Rename(t.Context(), guild, a.ID, name); !errors.Is(err, want) {
				t.Errorf("Rename to %q = %v, want %v", name, err, want)
			}
		}
		if err := s.Rename(t.Context(), guild, "nothing", "x"); !errors.Is(err, corpus.ErrNotFound) {
			t.Errorf("Rename of nothing = %v", err)
		}
	})
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.txt", "Un."))
		before := revision(t, s)
		if err := s.Rename(t.Context(), guild, only(t, s).ID, "Leçon 1"); err != nil {
			t.Fatal(err)
		}
		changes, err := s.Changes(t.Context(), guild, before)
		if err != nil || len(changes) != 1 || changes[0].Name != "Leçon 1" {
			t.Errorf("Changes = %+v, %v, want the new name", changes, err)
		}
	})
}

// TestCourseStays: the course that a moderator chose stays when the file changes, until the
// file states another than before.
func TestCourseStays(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string // courses that the file states, one version after another
		want  string   // after a moderator sorts it into Tutorat behind the first
	}{
		{"states none", []string{"", ""}, "Tutorat"},
		{"states the same", []string{"Droit", "Droit"}, "Tutorat"},
		{"states another", []string{"Droit", "Histoire"}, "Histoire"},
		{"states one for the first time", []string{"", "Histoire"}, "Histoire"},
		{"states none any more", []string{"Droit", "", ""}, "Tutorat"},
		{"states none for a while", []string{"Droit", "", "Droit"}, "Tutorat"},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *corpus.Store) {
				for i, course := range test.files {
					put(t, s, guild, draft(t, "a.md", fmt.Sprintf("---\ncourse: %q\n---\n\nVersion %d.", course, i)))
					if i == 0 {
						if err := s.SetCourse(t.Context(), guild, only(t, s).ID, "Tutorat"); err != nil {
							t.Fatal(err)
						}
					}
				}
				if got := only(t, s).Course; got != test.want {
					t.Errorf("the course is %q, want %q", got, test.want)
				}
			})
		})
	}
}

// TestChosenCourseStays: the course that a moderator sorts a text into with its storing stays
// when the file is read again, until that states another than before.
func TestChosenCourseStays(t *testing.T) {
	for _, test := range []struct {
		name  string
		files []string // courses that the file states, one version after another
		given string   // what the file states that is then sorted into Tutorat
		then  []string
		want  string
	}{
		{"a new one that states none", nil, "", []string{"", ""}, "Tutorat"},
		{"a new one that states another", nil, "Droit", []string{"Droit", ""}, "Tutorat"},
		{"a new one that states the same", nil, "Tutorat", []string{""}, "Tutorat"},
		{"a new one that comes to state another", nil, "", []string{"Droit"}, "Droit"},
		{"instead of one that states none", []string{""}, "", []string{"", ""}, "Tutorat"},
		{"instead of one that states another", []string{"Droit"}, "", []string{"Droit", ""}, "Tutorat"},
		{"instead of one that states the same", []string{"Tutorat"}, "", []string{""}, "Tutorat"},
	} {
		t.Run(test.name, func(t *testing.T) {
			eachStore(t, func(t *testing.T, s *corpus.Store) {
				version := 0
				next := func(course string) corpus.Draft {
					version++
					return draft(t, "a.md", fmt.Sprintf("---\ncourse: %q\n---\n\nVersion %d.", course, version))
				}
				for _, course := range test.files {
					put(t, s, guild, next(course))
				}
				d, chosen := next(test.given), "Tutorat"
				d.Chosen = &chosen
				put(t, s, guild, d)
				for _, course := range test.then {
					put(t, s, guild, next(course))
				}
				if got := only(t, s).Course; got != test.want {
					t.Errorf("the course is %q, want %q", got, test.want)
				}
			})
		})
	}
}

// TestUndoKeepsCourse: to take back a text gives its course back, also for the next one.
func TestUndoKeepsCourse(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		put(t, s, guild, draft(t, "a.md", "Un."))
		if err := s.SetCourse(t.Context(), guild, only(t, s).ID, "Tutorat"); err != nil {
			t.Fatal(err)
		}
		_, undo, err := s.PutUndoably(t.Context(), guild, []corpus.Draft{draft(t, "a.md", "---\ncourse: Droit\n---\n\nDeux.")})
		if err != nil || only(t, s).Course != "Droit" {
			t.Fatalf("course %q, %v", only(t, s).Course, err)
		}
		if _, err := s.TakeBack(t.Context(), guild, undo); err != nil {
			t.Fatal(err)
		}
		put(t, s, guild, draft(t, "a.md", "Trois."))
		if got := only(t, s).Course; got != "Tutorat" {
			t.Errorf("the course is %q, want that of the moderator", got)
		}
	})
}

// TestEditorsFiles: what editors and programs that copy put beside a text is no text.
func TestEditorsFiles(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"a.txt", "~$a.docx", ".~lock.a.odt#", ".a.txt.swp", "a.txt~", "#a.txt#", ".goutputstream-X", "a.txt.part", "~syncthing~a.txt", "._a.txt", "a.crdownload"} {
		write(t, dir, name, "Un texte.")
	}
	folder, err := corpus.OpenFolder(dir)
	if err != nil || !slices.Equal(folder.Names, []string{"a.txt"}) {
		t.Errorf("the folder has %q, %v, want a.txt alone", folder.Names, err)
	}
}
