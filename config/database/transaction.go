package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"time"
)

// ErrUnchanged is returned by the function given to [DB.Change] to say that
// there was nothing to change.
var ErrUnchanged = errors.New("unchanged")

// Read calls fn with a transaction that sees one state of the database, whatever
// is committed meanwhile, and that cannot write. It returns fn's error.
//
// A reader neither waits for a writer nor keeps one waiting. fn must use tx
// alone, and not after it returned. In a context of [Near] the state may be that of a
// [Copy].
func (db *DB) Read(ctx context.Context, fn func(tx *sql.Tx) error) error {
	return db.explain(orDone(ctx, db.snapshot(ctx, fn)))
}

func (db *DB) snapshot(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, end, err := db.begin(ctx, db.read, &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true})
	if err != nil {
		if c := db.standIn(ctx); c != nil && IsAway(err) {
			db.fromCopy(ctx)
			return c.snapshot(ctx, fn)
		}
		return err
	}
	defer end()
	defer tx.Rollback()
	return fn(tx)
}

// Change raises the revision of guild by one, calls fn with the new revision,
// and commits both, or neither: an error or a panic of fn undoes everything and
// is passed on. If fn returns [ErrUnchanged], all is undone and Change returns
// nil. The first change of a guild makes its row, with revision 1.
//
// The changes of one guild happen one after another, in the order of their
// revisions: what fn reads in tx is true until the commit. Where the engine gives
// up a transaction in favour of another, Change begins again, so fn may be called
// several times and must have no lasting effect but through tx. fn must use tx
// alone: another Change inside would wait for this one.
//
// If ctx is done before the commit, the error wraps that of ctx, besides fn's.
func (db *DB) Change(ctx context.Context, guild string, fn func(tx *sql.Tx, revision int64) error) error {
	err := retry(ctx, func() error { return orDone(ctx, db.change(ctx, guild, fn)) })
	if errors.Is(err, ErrUnchanged) {
		return nil
	}
	return db.explain(err)
}

func (db *DB) change(ctx context.Context, guild string, fn func(tx *sql.Tx, revision int64) error) error {
	var revision int64
	begin := func(ctx context.Context, tx *sql.Tx, guild string) (err error) {
		if revision, err = raise(ctx, tx, guild); err != nil {
			return err
		}
		return db.announce(ctx, tx, guild)
	}
	done := false
	err := db.transact(ctx, guild, begin, func(tx *sql.Tx) error {
		err := fn(tx, revision)
		done = err == nil
		return err
	})
	if done { // a commit of which nothing was heard may have been made
		db.noteNewer(guild)
	}
	return err
}

// Write is [DB.Change] for data that nobody follows, such as counts and votes: the
// guild's revision stays what it is. It waits for the guild's changes under way and
// lets them wait, so that what fn reads in tx is true until the commit.
func (db *DB) Write(ctx context.Context, guild string, fn func(tx *sql.Tx) error) error {
	err := retry(ctx, func() error { return orDone(ctx, db.transact(ctx, guild, lock, fn)) })
	if errors.Is(err, ErrUnchanged) {
		return nil
	}
	return db.explain(err)
}

func (db *DB) transact(ctx context.Context, guild string, begin func(context.Context, *sql.Tx, string) error, fn func(tx *sql.Tx) error) error {
	return db.inTransaction(ctx, func(tx *sql.Tx) error {
		if err := begin(ctx, tx, guild); err != nil {
			return err
		}
		return fn(tx)
	})
}

// inTransaction calls fn with a transaction that can write, and commits it.
func (db *DB) inTransaction(ctx context.Context, fn func(tx *sql.Tx) error) error {
	tx, end, err := db.begin(ctx, db.write, &sql.TxOptions{Isolation: sql.LevelReadCommitted})
	if err != nil {
		return err
	}
	defer end()
	defer tx.Rollback() // after a commit it does nothing
	if err := fn(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// orDone puts the error of a context that is done before that of its transaction.
// The transaction is rolled back as soon as the context is done, and a statement or
// the commit that comes after says no more than that there is none.
func orDone(ctx context.Context, err error) error {
	done := ctx.Err()
	if err == nil || done == nil || errors.Is(err, done) {
		return err
	}
	return fmt.Errorf("%w (%w)", done, err)
}

const (
	attempts = 5
	pause    = 20 * time.Millisecond // after the first attempt; then doubled
)

// retry calls attempt until it ends otherwise than by giving way to another
// transaction, a bounded number of times.
func retry(ctx context.Context, attempt func() error) error {
	for n := 1; ; n++ {
		err := attempt()
		if n == attempts || !gaveWay(err) {
			return err
		}
		wait := pause << (n - 1)
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-time.After(wait/2 + rand.N(wait)):
		}
	}
}
