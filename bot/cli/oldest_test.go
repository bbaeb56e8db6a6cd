package cli_test

import (
	"database/sql"
	"os"
	"testing"
)

// loadOldest makes an SQLite database as the first version made it.
func loadOldest(t *testing.T, path string) {
	t.Helper()
	dump, err := os.ReadFile(root + "/config/database/testdata/v0.1.0.sqlite.sql")
	if err != nil {
		t.Fatal(err)
	}
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), string(dump)); err != nil {
		t.Fatal(err)
	}
}
