package corpus_test

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"verbatim/corpus"
)

// TestImportRefuses: a document that a database could not hold is an error of its
// file or line, and the others are stored.
func TestImportRefuses(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		dir := t.TempDir()
		write(t, dir, "good.txt", "Un texte.")
		write(t, dir, "nul.txt", "---\ntitle: \"bad\\0title\"\n---\nUn texte.")
		write(t, dir, "bell.md", "---\nauthor: [A, \"B\\a\"]\n---\nUn texte.")
		write(t, dir, "beside.txt", "Un texte.")
		write(t, dir, "beside.yaml", "link: "+strings.Repeat("x", 3000))
		write(t, dir, "latin\xe9.txt", "Un texte.")
		write(t, dir, strings.Repeat("dossier/", 70)+"a.txt", "Un texte.")
		write(t, dir, "corpus.jsonl", strings.Join([]string{
			`{"id":"d1","text":"Un."}`,
			`{"id":"` + strings.Repeat("x", 3000) + `","text":"Un."}`,
			`{"id":"d\u0000","text":"Un."}`,
			`{"id":"d2","title":"\u0000","text":"Un."}`,
			`{"id":"d3","title":"` + strings.Repeat("x", 3000) + `","text":"Un."}`,
			"{\"id\":\"d4\",\"text\":\"\xe9\"}",
			`{"text":"Un."}`,
			`{"id":"d5","title":"Deux\nlignes","text":"Un."}`,
		}, "\n"))
		got := importFolder(t, s, dir, false)
		if got.Added != 3 || len(got.Failed) != 11 {
			t.Errorf("Import = %+v, want 3 added, 11 failed", got)
		}
		for _, err := range got.Failed {
			if message := err.Error(); len(message) > 400 || !strings.Contains(message, ": ") || strings.ContainsAny(message, "\x00\a") {
				t.Errorf("Failed with %q, want a short message", message)
			}
		}
		if d, err := s.DocumentNamed(t.Context(), corpus.Everything(guild), "d5"); err != nil || d.Title != "Deux lignes" {
			t.Errorf("d5 = %q, %v", d.Title, err)
		}
	})
}

// TestImportThroughLink: a folder is the same folder through a link to it.
func TestImportThroughLink(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		dir := t.TempDir()
		write(t, dir, "a.txt", "Un texte.")
		link := filepath.Join(t.TempDir(), "link")
		if err := os.Symlink(dir, link); err != nil {
			t.Skip(err)
		}
		importFolder(t, s, dir, false)
		write(t, dir, "a.txt", "Un autre texte.")
		if got := importFolder(t, s, link, false); got.Replaced != 1 {
			t.Errorf("Import through a link = %+v, want 1 replaced", got)
		}
	})
}

// TestMirrorGuard: where a part of a folder could not be read, mirroring removes
// nothing unless it is strict.
func TestMirrorGuard(t *testing.T) {
	whole := fstest.MapFS{
		"a.txt":            {Data: []byte("Un texte.")},
		"sub/b.txt":        {Data: []byte("Un texte.")},
		"set/corpus.jsonl": {Data: []byte(`{"id":"d1","text":"Un."}` + "\n" + `{"id":"d2","text":"Deux."}`)},
	}
	with := func(name, content string) fs.FS {
		changed := fstest.MapFS{name: {Data: []byte(content)}}
		for other, file := range whole {
			if other != name {
				changed[other] = file
			}
		}
		return changed
	}
	tests := []struct {
		name         string
		files        fs.FS
		kept, strict []string // documents after mirroring, and after strict mirroring
	}{
		{"unlisted folder", unlisted{whole, "sub"}, []string{"a.txt", "d1", "d2", "sub/b.txt"}, []string{"a.txt", "d1", "d2"}},
		{"failed file", with("a.txt", `{\rtf1 Un texte.}`), []string{"a.txt", "d1", "d2", "sub/b.txt"}, []string{"d1", "d2", "sub/b.txt"}},
		{"failed collection", with("set/corpus.jsonl", `{"id":"d1","text":"Un."}`+"\nnot JSON"),
			[]string{"a.txt", "d1", "d2", "sub/b.txt"}, []string{"a.txt", "d1", "sub/b.txt"}},
		{"failed unchanged", with("sub/c.txt", `{\rtf1 Un texte.}`), []string{"a.txt", "d1", "d2", "sub/b.txt"}, []string{"a.txt", "d1", "d2", "sub/b.txt"}},
	}
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		mirror := func(files fs.FS, strict bool) []string {
			folder, err := corpus.NewFolder("/course", files)
			if err != nil && !folder.Partial {
				t.Fatal(err)
			}
			if _, err := s.Import(context.Background(), guild, folder, corpus.ImportOptions{Mirror: true, Strict: strict}); err != nil {
				t.Fatal(err)
			}
			return names(t, s)
		}
		for _, test := range tests {
			mirror(whole, false)
			if got := mirror(test.files, false); !slices.Equal(got, test.kept) {
				t.Errorf("%s: mirroring keeps %q, want %q", test.name, got, test.kept)
			}
			if got := mirror(test.files, true); !slices.Equal(got, test.strict) {
				t.Errorf("%s: strict mirroring keeps %q, want %q", test.name, got, test.strict)
			}
		}
	})
}

// unlisted is a file system with a folder that can't be listed.
type unlisted struct {
	fs.FS
	folder string
}

func (u unlisted) ReadDir(name string) ([]fs.DirEntry, error) {
	if name == u.folder {
		return nil, &fs.PathError{Op: "readdir", Path: name, Err: errors.New("input/output error")}
	}
	return fs.ReadDir(u.FS, name)
}

// names returns the names of the documents that are not removed.
func names(t *testing.T, s *corpus.Store) []string {
	t.Helper()
	documents, err := s.Documents(t.Context(), corpus.Everything(guild), false)
	if err != nil {
		t.Fatal(err)
	}
	var found []string
	for _, d := range documents {
		found = append(found, d.Name)
	}
	return found
}

func TestImportUnchangedCollection(t *testing.T) {
	eachStore(t, func(t *testing.T, s *corpus.Store) {
		dir := t.TempDir()
		lines := `{"id":"d1","text":"Un."}` + "\n" + `{"id":"d2","text":"Deux."}` + "\n"
		write(t, dir, "corpus.jsonl", lines)
		importFolder(t, s, dir, false)
		write(t, dir, "corpus.jsonl", lines+`{"id":"d3","text":"Trois."}`+"\n"+`{"id":"d1","text":"Un."}`)
		if got := importFolder(t, s, dir, false); got.Unchanged != 2 || got.Added != 1 || len(got.Failed) != 1 {
			t.Errorf("Import = %+v, want 2 unchanged, 1 added, 1 of the same id failed", got)
		}
	})
}
