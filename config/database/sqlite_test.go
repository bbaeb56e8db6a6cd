package database_test

import (
	"bytes"
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

const gooseTable = `CREATE TABLE goose_db_version (id INTEGER PRIMARY KEY AUTOINCREMENT, version_id INTEGER NOT NULL, is_applied INTEGER NOT NULL, tstamp TIMESTAMP DEFAULT (datetime('now')));
	INSERT INTO goose_db_version (version_id, is_applied) VALUES (0, 1);`

// sqliteWith makes an SQLite file by some statements and returns its path and bytes.
func sqliteWith(t *testing.T, statements string) (string, []byte) {
	t.Helper()
	path := databasetest.Address(t, database.SQLite)
	db, err := sql.Open("sqlite", path) // the driver that package database brings
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.Exec(statements); err != nil {
		t.Fatal(err)
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return path, content
}

// TestForeign: the database of another program is refused and stays as it was.
func TestForeign(t *testing.T) {
	for name, statements := range map[string]string{
		"a table":               `CREATE TABLE bookmark (url TEXT); INSERT INTO bookmark VALUES ('here')`,
		"a view":                `CREATE VIEW one AS SELECT 1`,
		"in WAL mode":           `PRAGMA journal_mode = WAL; CREATE TABLE bookmark (url TEXT)`,
		"a guild":               `CREATE TABLE guild (guild TEXT)`,
		"a user of goose":       gooseTable + `CREATE TABLE bookmark (url TEXT)`,
		"a newer user of goose": gooseTable + `CREATE TABLE bookmark (url TEXT); INSERT INTO goose_db_version (version_id, is_applied) VALUES (99, 1)`,
	} {
		t.Run(name, func(t *testing.T) {
			path, before := sqliteWith(t, statements)
			db, err := database.Open(t.Context(), path)
			if err == nil {
				db.Close()
			}
			if !errors.Is(err, database.ErrForeign) {
				t.Fatalf("Open = %v, want %v", err, database.ErrForeign)
			}
			for _, part := range []string{path, "another program", "name another file"} {
				if !strings.Contains(err.Error(), part) {
					t.Errorf("Open = %v, want it to contain %q", err, part)
				}
			}
			after, err := os.ReadFile(path)
			if err != nil || !bytes.Equal(before, after) {
				t.Errorf("Open changed the file (%v)", err)
			}
		})
	}
}

// TestNotForeign opens files in which the first migration is still to come.
func TestNotForeign(t *testing.T) {
	for name, statements := range map[string]string{
		"empty":      ``,
		"no table":   `CREATE TABLE gone (x TEXT); DROP TABLE gone`,
		"goose only": gooseTable,
	} {
		t.Run(name, func(t *testing.T) {
			path := databasetest.Address(t, database.SQLite)
			if statements == "" {
				if err := os.WriteFile(path, nil, 0o600); err != nil {
					t.Fatal(err)
				}
			} else {
				path, _ = sqliteWith(t, statements)
			}
			increase(t, mustOpen(t, path), "g")
		})
	}
}

// TestDeletedIsGone: the file holds nothing of what was deleted.
func TestDeletedIsGone(t *testing.T) {
	address := databasetest.Address(t, database.SQLite)
	const secret = "a question that is nobody's business"
	holds := func() bool {
		data, err := os.ReadFile(address)
		if err != nil {
			t.Fatal(err)
		}
		return bytes.Contains(data, []byte(secret))
	}
	change := func(fn func(tx *sql.Tx) error) {
		db, err := database.Open(t.Context(), address)
		if err == nil {
			err = db.Write(t.Context(), "g", fn)
		}
		if err != nil {
			t.Fatal(err)
		}
		if err := db.Close(); err != nil { // which puts the log into the file
			t.Fatal(err)
		}
	}
	change(func(tx *sql.Tx) error { return put(t.Context(), tx, "g", "long", strings.Repeat(secret, 500)) })
	if !holds() {
		t.Fatal("the file does not hold what was stored")
	}
	change(func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `DELETE FROM guild_setting`)
		return err
	})
	if holds() {
		t.Error("the file still holds what was deleted")
	}
}
