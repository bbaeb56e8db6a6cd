package database

import (
	"context"
	"database/sql"
	"embed"
	"fmt"
	"io/fs"

	"github.com/pressly/goose/v3"
)

// The migrations are numbered without gaps and never edited after a release.
//
//go:embed migrations/*.sql
var migrations embed.FS

// migrate applies the migrations that the database lacks, each in a transaction
// of its own.
//
// There is no lock around it: when several programs begin at once, each
// migration succeeds in one of them and fails in the others, which see that the
// schema moved on and go on from there.
func (db *DB) migrate(ctx context.Context, before func(context.Context, *DB, int64) error) error {
	if err := db.probe(ctx); err != nil {
		return err
	}
	provider, err := db.migrator()
	if err != nil {
		return err
	}
	reached := int64(-1)
	for {
		current, target, err := provider.GetVersions(ctx)
		if err != nil {
			return fmt.Errorf("read schema version: %w", err)
		}
		if current > target {
			return fmt.Errorf("schema %d, this program knows %d: %w", current, target, ErrNewerSchema)
		}
		if before != nil && 0 < current && current < target {
			if err := before(ctx, db, current); err != nil {
				return fmt.Errorf("before migrating from schema %d to %d: %w", current, target, err)
			}
			before = nil
		}
		failure := retry(ctx, func() error {
			_, err := provider.Up(ctx)
			return err
		})
		if failure == nil {
			return nil
		}
		if current == reached {
			return fmt.Errorf("migrate from schema %d: %w", current, failure)
		}
		reached = current
	}
}

// probe reads the table of goose, which takes each failure to do so for a missing
// table. It returns an error only if that stems from a known condition.
func (db *DB) probe(ctx context.Context) error {
	var version sql.NullInt64
	err := db.write.QueryRowContext(ctx, `SELECT MAX(version_id) FROM goose_db_version`).Scan(&version)
	if conditionOf(err) != nil {
		return err
	}
	return nil
}

// KnownSchema returns the version of the schema that this program makes.
func KnownSchema() (int64, error) {
	files, err := fs.Glob(migrations, "migrations/*.sql")
	if err != nil {
		return 0, fmt.Errorf("migrations: %w", err)
	}
	var latest int64
	for _, file := range files {
		version, err := goose.NumericComponent(file)
		if err != nil {
			return 0, fmt.Errorf("migration %s: %w", file, err)
		}
		latest = max(latest, version)
	}
	return latest, nil
}

func (db *DB) migrator() (*goose.Provider, error) {
	dialect := goose.DialectSQLite3
	if db.engine == PostgreSQL {
		dialect = goose.DialectPostgres
	}
	files, err := fs.Sub(migrations, "migrations")
	if err != nil {
		return nil, fmt.Errorf("migrations: %w", err)
	}
	return goose.NewProvider(dialect, db.write, files, goose.WithDisableGlobalRegistry(true))
}
