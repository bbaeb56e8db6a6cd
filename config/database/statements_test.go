package database_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"testing"

	"verbatim/config/database"
)

// TestQueriesAgain: a query gives what is stored now each time, also beside itself, after it
// failed, and after the tables have changed.
func TestQueriesAgain(t *testing.T) {
	db, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "test.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	change := func(statement string) {
		t.Helper()
		err := db.Write(t.Context(), "g", func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), statement)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	const query = `SELECT word FROM note WHERE guild = $1 AND number >= $2 ORDER BY number`
	read := func(ctx context.Context, from int, each func(tx *sql.Tx)) (words string, err error) {
		err = db.Read(ctx, func(tx *sql.Tx) error {
			rows, err := tx.QueryContext(ctx, query, "g", from)
			if err != nil {
				return err
			}
			defer rows.Close()
			for rows.Next() {
				var word string
				if err := rows.Scan(&word); err != nil {
					return err
				}
				words += word + " "
				each(tx)
			}
			return rows.Err()
		})
		return words, err
	}
	alone := func(*sql.Tx) {}
	expect := func(from int, want string, each func(tx *sql.Tx)) {
		t.Helper()
		if got, err := read(t.Context(), from, each); got != want || err != nil {
			t.Errorf("from %d: %q (%v), want %q", from, got, err, want)
		}
	}

	if _, err := read(t.Context(), 1, alone); err == nil {
		t.Error("a table that is not there was read")
	}
	change(`CREATE TABLE note (guild TEXT, number INTEGER, word TEXT)`)
	expect(1, "", alone)
	change(`INSERT INTO note VALUES ('g', 1, 'ein'), ('g', 2, 'zwei'), ('other', 1, 'uno')`)
	expect(1, "ein zwei ", alone)
	expect(2, "zwei ", alone)
	expect(1, "ein zwei ", func(tx *sql.Tx) { // the same within itself
		var word string
		if err := tx.QueryRowContext(t.Context(), query, "g", 2).Scan(&word); word != "zwei" || err != nil {
			t.Errorf("within: %q (%v), want zwei", word, err)
		}
	})
	gone, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := read(gone, 1, alone); err == nil {
		t.Error("a context that is done was read in")
	}
	change(`ALTER TABLE note ADD COLUMN more TEXT`)
	change(`UPDATE note SET word = 'deux' WHERE number = 2`)
	expect(1, "ein deux ", alone)
	change(`DROP TABLE note`)
	if _, err := read(t.Context(), 1, alone); err == nil {
		t.Error("a table that is gone was read")
	}
}
