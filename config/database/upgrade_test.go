package database_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"strings"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// oldest are dumps of databases as the first version made them, with something in most
// tables. They are never changed: whoever has such a database can use every later
// version.
var oldest = map[database.Engine]string{
	database.SQLite:     "testdata/v0.1.0.sqlite.sql",
	database.PostgreSQL: "testdata/v0.1.0.postgres.sql",
}

// openOldest returns the address of a database of the first version.
func openOldest(t *testing.T, engine database.Engine) string {
	t.Helper()
	dump, err := os.ReadFile(oldest[engine])
	if err != nil {
		t.Fatal(err)
	}
	address := databasetest.Address(t, engine)
	driver := map[database.Engine]string{database.SQLite: "sqlite", database.PostgreSQL: "pgx"}[engine]
	raw, err := sql.Open(driver, address)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.ExecContext(t.Context(), string(dump)); err != nil {
		t.Fatal(err)
	}
	return address
}

// TestUpgradeOfOldest: a database of the first version opens with all that is in it,
// after it was backed up; and that backup, restored, is the same.
func TestUpgradeOfOldest(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine.String(), func(t *testing.T) {
			address := openOldest(t, engine)
			var packed bytes.Buffer
			var before string
			db, err := database.OpenWith(t.Context(), address, func(ctx context.Context, db *database.DB, schema int64) error {
				if schema != 9 {
					t.Errorf("the schema before is %d, want 9", schema)
				}
				before = export(t, db)
				b, err := db.WriteBackup(ctx, &packed, "test")
				if b.Schema != schema {
					t.Errorf("the backup is of schema %d, want %d", b.Schema, schema)
				}
				return err
			})
			if err != nil {
				t.Fatal(err)
			}
			defer db.Close()
			after := export(t, db)
			for _, want := range []string{
				"Le soviet de Petrograd siège au palais de Tauride", `"name":"b.txt"`, "C'est quoi un soviet ?",
				`"terms":"[\"soviet\",\"conseil\",\"council\"]"`, "Quel temps fait-il à Riga ?", "à côté", `"table":"proposal"`,
				`"name":"language","value":"fr"`, `"kind":"licence"`,
			} {
				if was, is := strings.Contains(before, want), strings.Contains(after, want); !was || !is {
					t.Errorf("%s is there before the upgrade: %t, after it: %t", want, was, is)
				}
			}
			if lines := strings.Count(before, "\n"); lines < 25 || strings.Count(after, "\n") < lines {
				t.Errorf("%d rows, after the upgrade %d", lines, strings.Count(after, "\n"))
			}
			wantSame(t, export(t, unpack(t, packed.Bytes())), after)
			again := mustOpenWith(t, address, func(context.Context, *database.DB, int64) error {
				t.Error("a database that is up to date is backed up again")
				return nil
			})
			wantSame(t, export(t, again), after)
		})
	}
}

// TestUpgradeWithoutBackup: where the backup fails, the database stays as it was.
func TestUpgradeWithoutBackup(t *testing.T) {
	for _, engine := range engines {
		t.Run(engine.String(), func(t *testing.T) {
			address := openOldest(t, engine)
			full := errors.New("no space")
			_, err := database.OpenWith(t.Context(), address, func(context.Context, *database.DB, int64) error { return full })
			if !errors.Is(err, full) {
				t.Fatalf("Open = %v, want %v", err, full)
			}
			mustOpenWith(t, address, func(_ context.Context, _ *database.DB, schema int64) error {
				if schema != 9 {
					t.Errorf("the schema is %d, want 9 still", schema)
				}
				return nil
			})
		})
	}
}

func mustOpenWith(t *testing.T, address string, before func(context.Context, *database.DB, int64) error) *database.DB {
	t.Helper()
	db, err := database.OpenWith(t.Context(), address, before)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}
