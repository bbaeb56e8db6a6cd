package database

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"net"
	"slices"
	"strings"

	"github.com/jackc/pgx/v5/pgconn"
	"modernc.org/sqlite"
	sqlite3 "modernc.org/sqlite/lib"
)

// ErrNotFound is for the packages above, which wrap it when they are asked for a
// thing that the database does not hold.
var ErrNotFound = errors.New("not found")

// The conditions that people can change. Their texts say how.
var (
	// ErrFull: a write found no space, or met a limit on the file's size.
	ErrFull = errors.New("disk full: free some space and run the command again; nothing was lost")

	// ErrReadOnly: the database, or its folder, is closed to this user.
	ErrReadOnly = errors.New("no permission to write: check who owns the database and its folder, and that they are not read-only")

	// ErrDamaged: the file is not an SQLite database, or no longer a sound one.
	ErrDamaged = errors.New("not a sound SQLite database: verbatim restore FILE brings back a backup and keeps the damaged file; without a backup, move it away and a new one is made")

	// ErrStored: a value is not what was written, which no database notices by itself, as
	// when a disk has turned a bit over. The packages above find it. See Decode.
	ErrStored = errors.New("what is stored is damaged: verbatim restore FILE brings back a backup")

	// ErrForeign: the SQLite file holds the data of another program.
	ErrForeign = errors.New("belongs to another program, and was not changed: name another file, and a new one is made")

	// ErrNewerSchema: a newer version of this program migrated the database.
	ErrNewerSchema = errors.New("made by a newer version of verbatim: update this program")
)

// explain puts the name of the database and one of the conditions above before an
// error that stems from it. All other errors pass unchanged.
func (db *DB) explain(err error) error {
	if unexplained(err) == nil {
		return err
	}
	return fmt.Errorf("%s: %w", db.name, explain(err))
}

// explain is the same without the name.
func explain(err error) error {
	condition := unexplained(err)
	if condition == nil {
		return err
	}
	return fmt.Errorf("%w (%w)", condition, err)
}

// unexplained returns the condition that an error stems from but does not name yet.
func unexplained(err error) error {
	condition := conditionOf(err)
	if condition == nil && lacksSchema(err) {
		condition = ErrDamaged
	}
	if condition == nil || errors.Is(err, condition) {
		return nil
	}
	return condition
}

// lacksSchema tells whether an SQLite file has other tables or columns than the migrations
// made, or none that can be read. That is damage: the statements of this program name no others.
func lacksSchema(err error) bool {
	e, ok := errors.AsType[*sqlite.Error](err)
	return ok && e.Code() == sqlite3.SQLITE_ERROR &&
		slices.ContainsFunc([]string{"no such column", "no such table", "already exists", "unsupported file format"}, func(says string) bool { return strings.Contains(e.Error(), says) })
}

// Decode reads a value that is stored as JSON. Its error wraps ErrStored.
func Decode(stored string, value any) error {
	if err := json.Unmarshal([]byte(stored), value); err != nil {
		return fmt.Errorf("%w (%w)", ErrStored, err)
	}
	return nil
}

func conditionOf(err error) error {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return sqliteCondition(e.Code())
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return postgresCondition(e.Code)
	}
	return nil
}

// sqliteCondition tells what a result code of SQLite stands for. The lowest byte
// of a code is its kind.
func sqliteCondition(code int) error {
	switch code {
	case sqlite3.SQLITE_IOERR_WRITE, sqlite3.SQLITE_IOERR_SHMSIZE:
		// SQLite calls only ENOSPC a full disk, not a quota or a limit.
		return ErrFull
	}
	switch code & 0xff {
	case sqlite3.SQLITE_FULL:
		return ErrFull
	case sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_PERM:
		return ErrReadOnly
	case sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT:
		return ErrDamaged
	}
	return nil
}

func postgresCondition(state string) error {
	switch state {
	case "53100": // disk_full
		return ErrFull
	case "25006", "42501": // read_only_sql_transaction, insufficient_privilege
		return ErrReadOnly
	}
	return nil
}

// IsAway reports whether an error says that the database can't be reached, or has broken off
// what was under way: the same may go well in a moment.
func IsAway(err error) bool {
	if errors.Is(err, ErrAway) {
		return true
	}
	if _, is := errors.AsType[net.Error](err); is {
		return !errors.Is(err, context.DeadlineExceeded) && !errors.Is(err, context.Canceled)
	}
	if _, is := errors.AsType[*pgconn.ConnectError](err); is {
		return true
	}
	if e, is := errors.AsType[*pgconn.PgError](err); is {
		return strings.HasPrefix(e.Code, "57P") || strings.HasPrefix(e.Code, "08") || // operator_intervention, connection_exception
			e.Code == "55P03" || e.Code == "25P03" // lock_not_available, idle_in_transaction_session_timeout
	}
	return errors.Is(err, driver.ErrBadConn) || errors.Is(err, sql.ErrConnDone) || errors.Is(err, io.ErrUnexpectedEOF) ||
		err != nil && strings.Contains(err.Error(), "conn closed") // pgx has no name for that
}

// gaveWay tells whether a transaction failed only because of another one.
func gaveWay(err error) bool {
	if e, ok := errors.AsType[*sqlite.Error](err); ok {
		return e.Code()&0xff == sqlite3.SQLITE_BUSY
	}
	if e, ok := errors.AsType[*pgconn.PgError](err); ok {
		return e.Code == "40001" || e.Code == "40P01" // serialization_failure, deadlock_detected
	}
	return false
}
