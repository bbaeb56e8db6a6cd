package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// An Inspection says what a database is, without changing it.
type Inspection struct {
	Engine Engine
	Exists bool  // it holds a schema; else the others are zero
	Schema int64 // version of its tables
	Known  int64 // version that this program makes of it
}

// Inspect looks at the database at an address and changes nothing. It finds the conditions
// that Open finds, and of SQLite also a file that is not sound: it reads all of it.
func Inspect(ctx context.Context, address string) (Inspection, error) {
	known, err := KnownSchema()
	if err != nil {
		return Inspection{}, err
	}
	isURL := strings.Contains(address, "://")
	if _, err := os.Stat(address); !isURL && errors.Is(err, fs.ErrNotExist) {
		return Inspection{Engine: SQLite, Known: known}, nil
	}
	db, err := connect(address)
	if err != nil {
		return Inspection{}, err
	}
	defer db.Close()
	i := Inspection{Engine: db.engine, Known: known}
	if db.engine == SQLite {
		if err := db.refuseForeign(ctx); err != nil {
			return i, fmt.Errorf("open %s: %w", db.name, explain(err))
		}
		if err := db.checkFile(ctx); err != nil {
			return i, fmt.Errorf("check %s: %w", db.name, explain(err))
		}
	} else if err := db.read.PingContext(ctx); err != nil {
		return i, fmt.Errorf("open %s: %w", db.name, explain(err))
	}
	err = db.Read(ctx, func(tx *sql.Tx) error {
		tables, err := inOrder(ctx, tx, tablesAll[db.engine])
		if i.Exists = len(tables) > 0; err != nil || !i.Exists {
			return err
		}
		i.Schema, err = readSchema(ctx, tx)
		return err
	})
	if err == nil && i.Schema > i.Known {
		err = fmt.Errorf("%s has schema %d, this program knows %d: %w", db.name, i.Schema, i.Known, ErrNewerSchema)
	}
	if err == nil && i.Exists && db.engine == SQLite {
		if err = db.checkSchema(ctx, i.Schema); err != nil {
			err = fmt.Errorf("check %s: %w", db.name, explain(err))
		}
	}
	return i, err
}

// checkSchema compares the tables with those that the migrations make: SQLite does not
// notice when their names and columns are not what they were.
func (db *DB) checkSchema(ctx context.Context, schema int64) error {
	dir, err := os.MkdirTemp("", "verbatim-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	fresh, err := connect(filepath.Join(dir, "fresh.db"))
	if err != nil {
		return err
	}
	defer fresh.Close()
	provider, err := fresh.migrator()
	if err != nil {
		return err
	}
	if _, err := provider.UpTo(ctx, schema); err != nil {
		return err
	}
	want, err := fresh.shape(ctx)
	if err != nil {
		return err
	}
	got, err := db.shape(ctx)
	if err != nil {
		return err
	}
	for part, columns := range want {
		if got[part] != columns {
			return fmt.Errorf("%w (%s has the columns %q, want %q)", ErrDamaged, part, got[part], columns)
		}
	}
	return nil
}

// shape returns the columns of each table and index of an SQLite file.
func (db *DB) shape(ctx context.Context) (map[string]string, error) {
	shape := map[string]string{}
	err := db.Read(ctx, func(tx *sql.Tx) error {
		clear(shape)
		rows, err := tx.QueryContext(ctx, `SELECT m.type || ' ' || m.name, COALESCE(group_concat(COALESCE(t.name || ' ' || t.type || ' ' || t."notnull" || ' ' || t.pk, i.name), ','), '')
			FROM sqlite_master m
			LEFT JOIN pragma_table_info(m.name) t ON m.type = 'table'
			LEFT JOIN pragma_index_info(m.name) i ON m.type = 'index'
			GROUP BY m.type, m.name`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var part, columns string
			if err := rows.Scan(&part, &columns); err != nil {
				return err
			}
			shape[part] = columns
		}
		return rows.Err()
	})
	return shape, err
}

// checkFile lets SQLite look for damage.
func (db *DB) checkFile(ctx context.Context) error {
	var said string
	if err := db.read.QueryRowContext(ctx, `PRAGMA quick_check(1)`).Scan(&said); err != nil {
		return err
	}
	if said != "ok" {
		return fmt.Errorf("%w (%s)", ErrDamaged, said)
	}
	return nil
}

// SalvageForgotten reads the list of the forgotten out of an SQLite file that is not sound.
// Whole reports whether nothing of the list is missing.
func SalvageForgotten(ctx context.Context, path string) (f Forgotten, whole bool) {
	db, err := connect(path)
	if err != nil {
		return f, false
	}
	defer db.Close()
	err = db.Read(ctx, func(tx *sql.Tx) error {
		f, err = readForgotten(ctx, tx)
		if err != nil {
			return err
		}
		var said string
		if err := tx.QueryRowContext(ctx, `PRAGMA quick_check('forgotten')`).Scan(&said); err != nil {
			return err
		}
		whole = said == "ok"
		return nil
	})
	return f, whole && err == nil
}
