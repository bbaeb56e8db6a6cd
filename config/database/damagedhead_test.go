package database_test

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// TestDamagedHead damages each byte of the head of an SQLite file, which says how to read
// the rest. The file is opened as if nothing had happened, or is said to be damaged.
func TestDamagedHead(t *testing.T) {
	address := databasetest.Address(t, database.SQLite)
	db := mustOpen(t, address)
	increase(t, db, "g")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	sound, err := os.ReadFile(address)
	if err != nil {
		t.Fatal(err)
	}
	values := []byte{0x00, 0xa5, 0xff}
	if testing.Short() {
		values = values[1:2]
	}
	refused := 0
	for at := range 100 {
		for _, value := range values {
			data := append([]byte(nil), sound...)
			data[at] = value
			path := filepath.Join(t.TempDir(), "verbatim.db")
			if err := os.WriteFile(path, data, 0o600); err != nil {
				t.Fatal(err)
			}
			switch err := openAndChange(t, path); {
			case errors.Is(err, database.ErrDamaged):
				refused++
			case err != nil:
				t.Errorf("byte %d is %#x: %v, want %v", at, value, err, database.ErrDamaged)
			}
		}
	}
	if refused == 0 {
		t.Error("no damage was noticed")
	}
}

// openAndChange opens a database, reads of it and writes to it.
func openAndChange(t *testing.T, path string) error {
	db, err := database.Open(t.Context(), path)
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	defer db.Close()
	if _, err := db.Guilds(t.Context()); err != nil {
		return fmt.Errorf("read: %w", err)
	}
	if err := tryIncrease(t.Context(), db, "g"); err != nil {
		return fmt.Errorf("change: %w", err)
	}
	return nil
}
