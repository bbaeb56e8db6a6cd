// Package databasetest runs a test on each engine of package database: on SQLite
// in a temporary file, and on PostgreSQL in a fresh schema of a server that the
// test binary starts for itself, once.
//
// The server needs nothing but PostgreSQL's programs (15 or newer). It listens on
// a socket in a temporary folder only. Where the programs are missing, the tests
// on PostgreSQL are skipped, but fail when CI is "true".
package databasetest

import (
	"path/filepath"
	"testing"

	"verbatim/config/database"
)

// Run runs test as the subtests "sqlite" and "postgres", each with an empty
// database of its own, which is closed and deleted afterwards.
func Run(t *testing.T, test func(t *testing.T, db *database.DB)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) {
		test(t, open(t, database.SQLite))
	})
	t.Run("postgres", func(t *testing.T) {
		test(t, open(t, database.PostgreSQL))
	})
}

func open(t *testing.T, engine database.Engine) *database.DB {
	t.Helper()
	db, err := database.Open(t.Context(), Address(t, engine))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := db.Close(); err != nil {
			t.Error(err)
		}
	})
	return db
}

// Address returns the address of a database for [database.Open] that exists for
// this test alone and was never opened. On SQLite the file does not exist yet.
func Address(t *testing.T, engine database.Engine) string {
	t.Helper()
	switch engine {
	case database.SQLite:
		return filepath.Join(t.TempDir(), "verbatim.db")
	case database.PostgreSQL:
		return postgresAddress(t)
	}
	t.Fatalf("no such engine: %v", engine)
	return ""
}
