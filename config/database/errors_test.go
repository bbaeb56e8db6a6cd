package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// TestFull lets each engine say that it found no space.
func TestFull(t *testing.T) {
	statements := map[database.Engine]string{
		database.SQLite:     `PRAGMA max_page_count = 40`,
		database.PostgreSQL: `DO $$ BEGIN RAISE EXCEPTION 'no space left on device' USING ERRCODE = '53100'; END $$`,
	}
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		increase(t, db, "g")
		err := db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
			if _, err := tx.ExecContext(t.Context(), statements[db.Engine()]); err != nil {
				return fmt.Errorf("store: %w", err)
			}
			return fill(t.Context(), tx)
		})
		wantFull(t, err)
		wantRevision(t, db, "g", 1)
		wantCount(t, db, "g", "1")
	})
}

// fill writes 10 MB.
func fill(ctx context.Context, tx *sql.Tx) error {
	for n := range 100 {
		if err := put(ctx, tx, "g", fmt.Sprint("big", n), strings.Repeat("x", 100_000)); err != nil {
			return fmt.Errorf("store: %w", err)
		}
	}
	return nil
}

func wantFull(t *testing.T, err error) {
	t.Helper()
	if !errors.Is(err, database.ErrFull) {
		t.Fatalf("Change = %v, want %v", err, database.ErrFull)
	}
	for _, part := range []string{"database", "free some space", "nothing was lost"} {
		if !strings.Contains(err.Error(), part) {
			t.Errorf("Change = %v, want it to contain %q", err, part)
		}
	}
}

// TestDamaged meets the damage after the database was opened.
func TestDamaged(t *testing.T) {
	address := databasetest.Address(t, database.SQLite)
	db := mustOpen(t, address)
	err := db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error { return fill(t.Context(), tx) })
	if err != nil {
		t.Fatal(err)
	}
	db.Close()
	file, err := os.OpenFile(address, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	for page := int64(20); page < 2000; page += 3 {
		if _, err := file.WriteAt([]byte(strings.Repeat("\xa5", 4096)), page*4096); err != nil {
			t.Fatal(err)
		}
	}
	db = mustOpen(t, address)
	err = db.Read(t.Context(), func(tx *sql.Tx) error {
		var n int
		return tx.QueryRowContext(t.Context(), `SELECT SUM(LENGTH(value || name)) FROM guild_setting`).Scan(&n)
	})
	if !errors.Is(err, database.ErrDamaged) || !strings.Contains(err.Error(), address) {
		t.Errorf("Read = %v, want %v and the name of the file", err, database.ErrDamaged)
	}
}
