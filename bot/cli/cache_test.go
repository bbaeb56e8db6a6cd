package cli_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestUnusableCache: what is kept of a folder's texts is no more than a copy of them, so
// where it can't be used the texts are read again, and the reply is the same.
func TestUnusableCache(t *testing.T) {
	for name, spoil := range map[string]func(path string) error{
		"damaged": func(path string) error {
			return os.WriteFile(path, []byte(strings.Repeat("no database ", 1000)), 0o600)
		},
		"made by a newer version": func(path string) error {
			db, err := sql.Open("sqlite", path)
			if err != nil {
				return err
			}
			defer db.Close()
			_, err = db.Exec(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (99999, 1)`)
			return err
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			home := t.TempDir()
			writeCourse(t, home, 3)
			ask := func() (stdout, stderr string) {
				t.Helper()
				status, stdout, stderr := run(t, command(t, home, "ask", "--docs", "course", "Que vote le soviet numéro 2 ?"))
				if status != 0 {
					t.Fatalf("status %d\n%s%s", status, stdout, stderr)
				}
				return stdout, stderr
			}
			want, _ := ask()
			kept, err := filepath.Glob(filepath.Join(home, "cache", "verbatim", "docs", "*", "verbatim.db"))
			if err != nil || len(kept) != 1 {
				t.Fatalf("what is kept: %q, %v", kept, err)
			}
			if err := spoil(kept[0]); err != nil {
				t.Fatal(err)
			}
			for n, said := range []bool{true, false} {
				got, stderr := ask()
				if got != want {
					t.Errorf("time %d: reply %q, want %q", n+1, got, want)
				}
				if strings.Contains(stderr, "is made anew") != said {
					t.Errorf("time %d: says %q", n+1, stderr)
				}
			}
		})
	}
}
