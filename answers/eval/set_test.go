package eval_test

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/txtar"

	"verbatim/answers/eval"
)

func TestLoad(t *testing.T) {
	s, err := eval.Load("testdata/notes")
	if err != nil {
		t.Fatal(err)
	}
	if s.Name != "notes" || len(s.Queries) != 7 || len(s.Unanswerable) != 3 || !s.HasDocuments() {
		t.Errorf("Load = %+v, want the set notes with 7 queries, 3 unanswerable questions and documents", s)
	}
	if got, want := s.Queries[3].Relevant, []string{"harrow-letters", "harrow-light"}; !slices.Equal(got, want) {
		t.Errorf("documents of q4 = %q, want %q", got, want)
	}
	if got, want := s.Queries[1].Relevant, []string{"moulin"}; !slices.Equal(got, want) {
		t.Errorf("documents of q2 = %q, want %q, though the file names it twice", got, want)
	}
	if c := s.Curated; len(c) != 1 || c[0].Asks[0] != "fondatrice imprenta olmara ?" || c[0].Alternatives[0] != "la fondatrice de l’imprenta" {
		t.Errorf("curated answers = %+v, want the one of the file", c)
	}
}

func TestLoadNamesFolderAsGiven(t *testing.T) {
	t.Chdir("testdata/notes")
	if s, err := eval.Load("."); err != nil || s.Name != "notes" {
		t.Errorf(`Load(".") = %+v, %v, want the set notes`, s, err)
	}
}

func TestLoadQueriesOnly(t *testing.T) {
	dir := writeSet(t, map[string]string{"queries.jsonl": "{\"id\": \"q1\", \"text\": \"¿Qué?\"}\r\n"})
	s, err := eval.Load(dir)
	if err != nil {
		t.Fatal(err)
	}
	if len(s.Queries) != 1 || s.HasDocuments() || s.Curated != nil || s.Unanswerable != nil {
		t.Errorf("Load = %+v, want one query and nothing else", s)
	}
}

// Each file is a set with something wrong. Its comment is the end of the error, where
// DIR stands for the folder.
func TestLoadMalformed(t *testing.T) {
	files, err := filepath.Glob("testdata/malformed/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no malformed sets: %v", err)
	}
	for _, file := range files {
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txtar"), func(t *testing.T) {
			archive, err := txtar.ParseFile(file)
			if err != nil {
				t.Fatal(err)
			}
			dir := t.TempDir()
			if err := txtar.Write(archive, dir); err != nil {
				t.Fatal(err)
			}
			want := strings.TrimSpace(strings.ReplaceAll(string(archive.Comment), "DIR", dir))
			if _, err := eval.Load(dir); err == nil || err.Error() != want {
				t.Errorf("Load = %v, want %s", err, want)
			}
		})
	}
}

// writeSet writes a set into a new folder.
func writeSet(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, content := range files {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}
