package database

import (
	"context"
	"database/sql"
)

// Live is [DB.Write] for what running processes tell each other, which belongs to no
// guild: the tables whose names begin with live_. Now is the time by the database's own
// clock, in Unix milliseconds, which is the same for all processes.
//
// Others may write at the same time: what fn reads need not be true at the commit, but
// each statement is one step.
//
// A process that is stopped in the middle, with rows locked, keeps the others waiting for
// no longer than a few seconds: PostgreSQL gives up a statement that waits for a lock, and a
// transaction in which nothing happens. The errors of both are such that [IsAway] is true.
func (db *DB) Live(ctx context.Context, fn func(tx *sql.Tx, now int64) error) error {
	err := retry(ctx, func() error {
		return orDone(ctx, db.inTransaction(ctx, func(tx *sql.Tx) error {
			var now int64
			if err := tx.QueryRowContext(ctx, clock[db.engine]).Scan(&now, new(string)); err != nil {
				return err
			}
			return fn(tx, now)
		}))
	})
	return db.explain(err)
}

// clock reads the clock of the machine on which the database is, and not the time at which
// the transaction began. In PostgreSQL it also bounds, for this transaction, how long a
// statement waits for a lock and how long nothing happens between two: who runs such
// transactions waits no longer than that either.
var clock = map[Engine]string{
	SQLite: `SELECT CAST(unixepoch('subsec') * 1000 AS INTEGER), ''`,
	PostgreSQL: `SELECT CAST(extract(epoch FROM clock_timestamp()) * 1000 AS BIGINT),
		set_config('lock_timeout', '1s', true) || set_config('idle_in_transaction_session_timeout', '3s', true)`,
}
