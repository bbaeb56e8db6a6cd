package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

func TestOpenConcurrent(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		var wg sync.WaitGroup
		for range 6 {
			wg.Go(func() {
				db, err := database.Open(t.Context(), address)
				if err != nil {
					t.Error(err)
					return
				}
				defer db.Close()
				increase(t, db, "g")
			})
		}
		wg.Wait()
		wantRevision(t, mustOpen(t, address), "g", 6)
	})
}

func TestNewerSchema(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		db := mustOpen(t, address)
		err := db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
			return recordMigration(t.Context(), db.Engine(), tx, 99_999)
		})
		if err != nil {
			t.Fatal(err)
		}
		again, err := database.Open(t.Context(), address)
		if err == nil {
			again.Close()
		}
		if !errors.Is(err, database.ErrNewerSchema) {
			t.Fatalf("Open = %v, want %v", err, database.ErrNewerSchema)
		}
		if !strings.Contains(err.Error(), "update this program") {
			t.Errorf("Open = %v, which says no remedy", err)
		}
	})
}

// TestMigrationOnce: the database refuses to record a migration a second time,
// on which migrating without a lock relies.
func TestMigrationOnce(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		err := db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
			return recordMigration(t.Context(), db.Engine(), tx, 1)
		})
		if err == nil {
			t.Error("migration 1 was recorded twice")
		}
	})
}

// recordMigration does what goose does after a migration.
func recordMigration(ctx context.Context, engine database.Engine, tx *sql.Tx, version int64) error {
	applied := any(1)
	if engine == database.PostgreSQL {
		applied = true
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO goose_db_version (version_id, is_applied) VALUES ($1, $2)`, version, applied)
	return err
}

// instanceWide lists the tables that hold no guild's data.
var instanceWide = []string{"goose_db_version", "forgotten", "live_process", "live_shard", "live_identify", "live_pause"}

// TestGuildFirst: the guild comes first in the primary key of every table.
func TestGuildFirst(t *testing.T) {
	queries := map[database.Engine]string{
		database.SQLite: `
			SELECT t.name, COALESCE((SELECT c.name FROM pragma_table_info(t.name) c WHERE c.pk = 1), '')
			FROM sqlite_master t WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%'`,
		database.PostgreSQL: `
			SELECT t.table_name, COALESCE((
				SELECT k.column_name FROM information_schema.table_constraints c
				JOIN information_schema.key_column_usage k USING (constraint_schema, constraint_name)
				WHERE c.table_schema = t.table_schema AND c.table_name = t.table_name
				AND c.constraint_type = 'PRIMARY KEY' AND k.ordinal_position = 1), '')
			FROM information_schema.tables t WHERE t.table_schema = current_schema()`,
	}
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		first, err := pairs(t.Context(), db, queries[db.Engine()])
		if err != nil {
			t.Fatal(err)
		}
		if first["document"] == "" {
			t.Fatalf("tables = %v, want document among them", first)
		}
		for table, column := range first {
			if column != "guild" && !slices.Contains(instanceWide, table) {
				t.Errorf("primary key of %s begins with %q, want guild", table, column)
			}
		}
	})
}

// TestSameSchema: both engines have the same tables and columns.
func TestSameSchema(t *testing.T) {
	queries := map[database.Engine]string{
		database.SQLite: `
			SELECT t.name || '.' || c.name, CASE c."notnull" WHEN 1 THEN 'NO' ELSE 'YES' END
			FROM sqlite_master t JOIN pragma_table_info(t.name) c
			WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'goose_%'`,
		database.PostgreSQL: `
			SELECT table_name || '.' || column_name, is_nullable FROM information_schema.columns
			WHERE table_schema = current_schema() AND table_name NOT LIKE 'goose_%'`,
	}
	schemas := map[database.Engine]string{}
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		nullable, err := pairs(t.Context(), db, queries[db.Engine()])
		if err != nil {
			t.Fatal(err)
		}
		for column, null := range nullable {
			if null != "NO" {
				t.Errorf("column %s may be NULL", column)
			}
		}
		schemas[db.Engine()] = fmt.Sprint(nullable) // a map is printed in the order of its keys
	})
	if len(schemas) == 2 && schemas[database.SQLite] != schemas[database.PostgreSQL] {
		t.Errorf("columns differ:\nSQLite     %s\nPostgreSQL %s", schemas[database.SQLite], schemas[database.PostgreSQL])
	}
}

// pairs returns the rows of a query with two columns.
func pairs(ctx context.Context, db *database.DB, query string) (map[string]string, error) {
	found := map[string]string{}
	err := db.Read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, query)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var key, value string
			if err := rows.Scan(&key, &value); err != nil {
				return err
			}
			found[key] = value
		}
		return rows.Err()
	})
	return found, err
}
