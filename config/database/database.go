// Package database keeps the data of an instance in SQL: in one SQLite file,
// or in a PostgreSQL database that several programs share.
//
// It opens the database, brings its schema up to date, and gives out
// transactions. It knows the rows of the guilds and their revisions; all other
// tables belong to the packages above, which write their own SQL. The schema of
// all of them is the one numbered sequence in migrations/, because they live in
// one database.
//
// The same SQL text serves both engines, with $1, $2, … as placeholders. What
// keeps it portable: times are Unix milliseconds in a BIGINT, identifiers are
// made by the program, bytes are BYTEA, and no query relies on the order of
// texts in the database, which depends on the server.
//
// # Revisions
//
// Each guild has one revision, raised by one in the transaction of each of its
// changes. Rows that others follow hold the revision of their last change; so
// "what changed since revision n" is a query, and an index built from the
// database tells by one number whether it is complete. See [Change].
//
// A number alone does not tell whose it is: a restored backup, or a guild whose
// data were erased, comes to the same revisions again with other content. So each
// change also leaves a stamp that no other change has. See [DB.Stamp].
package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"sync/atomic"

	"github.com/jackc/pgx/v5"
)

// An Engine is the program that holds the data.
type Engine int

// The engines.
const (
	SQLite Engine = iota
	PostgreSQL
)

// String returns the engine's name as its makers write it.
func (e Engine) String() string {
	switch e {
	case SQLite:
		return "SQLite"
	case PostgreSQL:
		return "PostgreSQL"
	}
	return fmt.Sprintf("Engine(%d)", int(e))
}

// A DB is an open database. It is safe for concurrent use, and other processes
// may have the same database open.
type DB struct {
	engine Engine
	name   string          // for people; never holds a password
	read   *sql.DB         // cannot write
	write  *sql.DB         // one connection at most on SQLite; the same as read on PostgreSQL
	direct *pgx.ConnConfig // of connections of their own; nil on SQLite

	copy      atomic.Pointer[Copy] // stands in while the database is away; nil for none
	awayUntil atomic.Int64         // until when it is taken to be away, in Unix nanoseconds
}

// Open opens the database at address and brings its schema up to date. An
// address that begins with postgres:// or postgresql:// is the URL of a
// PostgreSQL database; any other is the path of an SQLite file, which is made
// if missing, as is its folder, for this user alone.
//
// Several processes may open the same database at the same moment. The errors
// that people can do something about say what; among them are [ErrNewerSchema],
// [ErrForeign], [ErrDamaged], [ErrReadOnly] and [ErrFull]. No error holds a password.
func Open(ctx context.Context, address string) (*DB, error) {
	return OpenWith(ctx, address, nil)
}

// OpenWith is Open with something to do before the schema of a database that holds one is
// brought up to date, such as to back it up; with an error of that nothing is changed.
// Of several processes that open it at the same moment, each does it.
func OpenWith(ctx context.Context, address string, beforeMigrating func(ctx context.Context, db *DB, schema int64) error) (*DB, error) {
	db, err := connect(address)
	if err != nil {
		return nil, err
	}
	if err := db.prepare(ctx, beforeMigrating); err != nil {
		db.Close()
		return nil, fmt.Errorf("open %s: %w", db.name, explain(err))
	}
	return db, nil
}

// connect chooses the engine. It does not reach the database yet.
func connect(address string) (*DB, error) {
	scheme, _, isURL := strings.Cut(address, "://")
	switch {
	case address == "":
		return nil, errors.New("open database: no address given")
	case scheme == "postgres" || scheme == "postgresql":
		return connectPostgreSQL(address)
	case isURL:
		// The rest of the address may hold a password and is not shown.
		return nil, fmt.Errorf("open database: address begins with %s://, want postgres:// or the path of a file", scheme)
	}
	return connectSQLite(address)
}

// prepare makes the first connection and migrates.
func (db *DB) prepare(ctx context.Context, beforeMigrating func(context.Context, *DB, int64) error) error {
	if db.engine == SQLite {
		if err := db.refuseForeign(ctx); err != nil {
			return err
		}
	}
	err := retry(ctx, func() error { return db.write.PingContext(ctx) })
	if err != nil {
		return err
	}
	return db.migrate(ctx, beforeMigrating)
}

// Close closes the database after the queries under way.
func (db *DB) Close() error {
	err := db.read.Close()
	if db.write != db.read {
		err = errors.Join(err, db.write.Close())
	}
	if err != nil {
		return fmt.Errorf("close %s: %w", db.name, err)
	}
	return nil
}

// Engine tells which engine holds the data.
func (db *DB) Engine() Engine {
	return db.engine
}
