package database_test

import (
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// onEngines runs test with the address of a fresh database on each engine.
func onEngines(t *testing.T, test func(t *testing.T, address string)) {
	t.Helper()
	for name, engine := range map[string]database.Engine{
		"sqlite":   database.SQLite,
		"postgres": database.PostgreSQL,
	} {
		t.Run(name, func(t *testing.T) {
			test(t, databasetest.Address(t, engine))
		})
	}
}

func mustOpen(t *testing.T, address string) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestEngine(t *testing.T) {
	for engine, want := range map[database.Engine]string{
		database.SQLite:     "SQLite",
		database.PostgreSQL: "PostgreSQL",
	} {
		db := mustOpen(t, databasetest.Address(t, engine))
		if db.Engine() != engine || db.Engine().String() != want {
			t.Errorf("Engine() = %d, %v, want %d, %v", db.Engine(), db.Engine(), engine, want)
		}
	}
}

func TestOpenAgain(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		db := mustOpen(t, address)
		increase(t, db, "g")
		if err := db.Close(); err != nil {
			t.Fatal(err)
		}
		wantRevision(t, mustOpen(t, address), "g", 1)
	})
}

func TestOpenMakesPrivateFolder(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "some", "folder")
	mustOpen(t, filepath.Join(folder, "verbatim.db"))
	info, err := os.Stat(folder)
	if err != nil {
		t.Fatal(err)
	}
	if mode := info.Mode().Perm(); mode != 0o700 && runtime.GOOS != "windows" {
		t.Errorf("mode of the folder = %o, want 700", mode)
	}
}

// TestOpenNames opens files whose names mean something else in a URI.
func TestOpenNames(t *testing.T) {
	folder := t.TempDir()
	for _, name := range []string{"a b.db", "50%25.db", "#1.db", "é.db", "semi;colon&=.db"} {
		path := filepath.Join(folder, name)
		increase(t, mustOpen(t, path), "g")
		if _, err := os.Stat(path); err != nil {
			t.Errorf("Open(%q) made another file: %v", path, err)
		}
	}
	if runtime.GOOS == "windows" {
		return
	}
	path := filepath.Join(folder, "what?mode=memory")
	mustOpen(t, path)
	if _, err := os.Stat(path); err != nil {
		t.Errorf("Open(%q) made another file: %v", path, err)
	}
}

func TestOpenRelative(t *testing.T) {
	t.Chdir(t.TempDir())
	mustOpen(t, "verbatim.db")
	if _, err := os.Stat("verbatim.db"); err != nil {
		t.Error(err)
	}
}

func TestOpenErrors(t *testing.T) {
	folder := t.TempDir()
	write := func(name string, content []byte) string {
		path := filepath.Join(folder, name)
		if err := os.WriteFile(path, content, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	text := write("notes.txt", []byte(strings.Repeat("These are notes. ", 1000)))
	for _, test := range []struct {
		name, address string
		is            error    // nil: any
		says          []string // parts of the message
	}{
		{"nothing", "", nil, []string{"no address"}},
		{"a text", text, database.ErrDamaged, []string{text, "move it away"}},
		{"a torn file", write("torn.db", torn(t)), database.ErrDamaged, []string{"torn.db", "backup"}},
		{"a folder", folder, nil, []string{folder, "is a folder"}},
		{"below a file", filepath.Join(text, "verbatim.db"), database.ErrReadOnly, []string{text}},
		{"another scheme", "mysql://user:geheim@host/db", nil, []string{"mysql://", "postgres://"}},
		{"malformed", "postgres://user:geh eim@host:x/db", nil, []string{"malformed"}},
		{"percent", "postgres://user:geheim%zz@host/db", nil, []string{"malformed"}},
		{"slash", "postgres://user:1/geheim@host/db", nil, []string{"malformed"}},
		{"at sign", "postgres://user:x@geheim@host/db", nil, []string{"malformed"}},
		{"nobody listens", "postgres://user:geheim@127.0.0.1:1/study", nil, []string{"PostgreSQL database study on 127.0.0.1"}},
	} {
		t.Run(test.name, func(t *testing.T) {
			db, err := database.Open(t.Context(), test.address)
			if err == nil {
				db.Close()
				t.Fatal("Open succeeded")
			}
			if test.is != nil && !errors.Is(err, test.is) {
				t.Errorf("Open = %v, which is not %v", err, test.is)
			}
			for _, part := range test.says {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("Open = %v, want it to contain %q", err, part)
				}
			}
			for _, secret := range []string{"geh", "eim"} {
				if strings.Contains(err.Error(), secret) {
					t.Errorf("Open = %v, which shows the password", err)
				}
			}
		})
	}
}

// torn returns an SQLite database whose pages after the first are rubbish.
func torn(t *testing.T) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "sound.db")
	db, err := database.Open(t.Context(), path)
	if err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for i := 4096; i < len(content); i++ {
		content[i] = 0xa5
	}
	return content
}

// TestNoSecretFromServer is refused by the server itself.
func TestNoSecretFromServer(t *testing.T) {
	address := databasetest.Address(t, database.PostgreSQL)
	address = strings.Replace(address, "postgres@", "nobody:geheim@", 1)
	db, err := database.Open(t.Context(), address)
	if err == nil {
		db.Close()
		t.Fatal("Open succeeded as a user that does not exist")
	}
	if strings.Contains(err.Error(), "geheim") {
		t.Errorf("Open = %v, which shows the password", err)
	}
}
