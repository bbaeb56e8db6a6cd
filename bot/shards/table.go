package shards

import (
	"context"
	"database/sql"
	"time"

	"verbatim/config/database"
)

// A Table shows to people who answers for what.
type Table struct{ store *store }

// NewTable returns that of the processes on a database.
func NewTable(db *database.DB) *Table { return &Table{&store{db: db, timing: DefaultTiming}} }

// An Overview is all that running processes tell each other.
type Overview struct {
	Now       time.Time // by the database's clock
	Processes []Process // those started first come first
	Shards    []Shard   // in their order
}

// Read returns how it stands.
func (t *Table) Read(ctx context.Context) (Overview, error) {
	var o Overview
	err := t.store.db.Live(ctx, func(tx *sql.Tx, now int64) (err error) {
		o = Overview{Now: time.UnixMilli(now)}
		if o.Processes, err = readProcesses(ctx, tx, now); err == nil {
			o.Shards, err = t.store.readShards(ctx, tx, now)
		}
		return err
	})
	return o, err
}

// Drain lets the processes of a name give their shards to the others, as long as there are
// others. It reports false if none of that name runs.
func (t *Table) Drain(ctx context.Context, name string) (bool, error) {
	found := false
	err := t.store.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		done, err := tx.ExecContext(ctx, `UPDATE live_process SET draining = 1 WHERE name = $1 AND expires > $2`, name, now)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		found = n > 0
		return err
	})
	return found, err
}
