package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"strings"

	"modernc.org/sqlite"
)

// sqliteReaders bounds the connections that read an SQLite file at a time.
const sqliteReaders = 8

// connectSQLite uses two pools, because SQLite has one writer at a time: a pool
// of one connection lets the writers of this process queue without polling the
// file's lock, and connections that can only read never wait for that lock.
func connectSQLite(path string) (*DB, error) {
	file, err := sqliteFile(path)
	if err != nil {
		return nil, fmt.Errorf("open SQLite database %s: %w", path, err)
	}
	write, read, err := sqlitePools(file, url.Values{
		"_txlock":       {"immediate"},
		"_journal_mode": {"WAL"},
		"_pragma":       {"secure_delete(1)"}, // what was deleted, such as what a user wrote, is overwritten
	})
	if err != nil {
		return nil, fmt.Errorf("open SQLite database %s: %w", path, err)
	}
	return &DB{engine: SQLite, name: "SQLite database " + path, read: read, write: write}, nil
}

// sqliteFile makes the folder of the database and returns the file's absolute
// path.
func sqliteFile(path string) (string, error) {
	file, err := filepath.Abs(path)
	if err != nil {
		return "", err
	}
	if info, err := os.Stat(file); err == nil && info.IsDir() {
		return "", fmt.Errorf("is a folder: name a file in it, such as %s", filepath.Join(path, "verbatim.db"))
	}
	if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
		return "", fmt.Errorf("%w (%w)", ErrReadOnly, err)
	}
	return file, nil
}

// sqlitePools makes the pool of the connection that writes to file, with the settings given,
// and that of those that read.
func sqlitePools(file string, writing url.Values) (write, read *sql.DB, err error) {
	to, err := sqliteConnector(file, writing)
	if err != nil {
		return nil, nil, err
	}
	from, err := sqliteConnector(file, url.Values{
		"_query_only": {"1"},
	})
	if err != nil {
		return nil, nil, err
	}
	write, read = sql.OpenDB(to), sql.OpenDB(parsingOnce{from})
	write.SetMaxOpenConns(1)
	read.SetMaxOpenConns(sqliteReaders)
	read.SetMaxIdleConns(sqliteReaders)
	return write, read, nil
}

// sqliteConnector makes connections to file with the settings common to all
// connections and those given.
func sqliteConnector(file string, settings url.Values) (driver.Connector, error) {
	settings.Set("_busy_timeout", "10000") // milliseconds
	settings.Set("_foreign_keys", "1")
	settings.Set("_synchronous", "FULL")
	settings.Set("_dqs", "0") // "text" is a name, never a string, as on PostgreSQL
	settings.Set("_error_rc", "1")
	return sqlite.NewConnector(sqliteURI(file, settings))
}

// sqliteURI writes an absolute path as SQLite's file: URI, in which any
// character of the path is itself.
func sqliteURI(file string, settings url.Values) string {
	path := filepath.ToSlash(file)
	if !strings.HasPrefix(path, "/") {
		path = "/" + path // C:/… on Windows
	}
	uri := url.URL{Scheme: "file", OmitHost: true, Path: path, RawQuery: settings.Encode()}
	return uri.String()
}

// refuseForeign returns [ErrForeign] if the file has tables, but not those of this
// program. It must come before the first connection that can write, which would
// change the file's journal mode.
//
// Another program may have goose's table too. In a file of this program that table
// stands alone until the first migration brings the others, all at once.
func (db *DB) refuseForeign(ctx context.Context) error {
	var foreign bool
	err := retry(ctx, func() error {
		return db.read.QueryRowContext(ctx, `
			SELECT COUNT(*) FILTER (WHERE name <> 'goose_db_version') > 0
				AND COUNT(*) FILTER (WHERE name IN ('goose_db_version', 'guild')) < 2
			FROM sqlite_master
			WHERE type IN ('table', 'view') AND name NOT GLOB 'sqlite_*'`).Scan(&foreign)
	})
	if err != nil {
		return err
	}
	if foreign {
		return ErrForeign
	}
	return db.refuseHead(ctx)
}

// refuseHead returns [ErrDamaged] if the head of the file says that this version of SQLite
// can read it but not write it, which no version ever wrote: SQLite itself would say of each
// write that there is no permission.
func (db *DB) refuseHead(ctx context.Context) error {
	const known = 2 // the highest version for writing
	var version []byte
	err := retry(ctx, func() error {
		return db.read.QueryRowContext(ctx, `SELECT substr(data, 19, 1) FROM sqlite_dbpage WHERE pgno = 1`).Scan(&version)
	})
	if errors.Is(err, sql.ErrNoRows) {
		return nil // a new file
	}
	if err == nil && (len(version) != 1 || version[0] > known) {
		err = fmt.Errorf("%w (its head is of an unknown version)", ErrDamaged)
	}
	return err
}
