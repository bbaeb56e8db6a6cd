package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"
)

// ErrAway: the database can't be reached, or does not answer soon enough.
var ErrAway = errors.New("the database can't be reached")

type nearKey struct{}

// Near returns a context for what somebody asks about a guild while they wait: what is read
// of that guild may come from a [Copy] while the database is away, and what is written fails
// soon then, with an error for which [IsAway] is true. On SQLite it changes nothing.
func Near(ctx context.Context, guild string) context.Context {
	return context.WithValue(ctx, nearKey{}, guild)
}

// near returns the guild of Near, and whether the database may be away at all.
func (db *DB) near(ctx context.Context) (guild string, is bool) {
	guild, is = ctx.Value(nearKey{}).(string)
	return guild, is && db.engine == PostgreSQL
}

const (
	// soon is how long somebody waits for the database before they are answered from a copy.
	// Discord waits three seconds, in which there may be a claim, too.
	soon = 800 * time.Millisecond
	// soonAlone is the same where no copy can stand in.
	soonAlone = 2 * time.Second
	// awayFor is for how long the database is taken to be away once it was: then one asks again.
	awayFor = time.Second
)

// seemsAway reports whether the database was away a moment ago.
func (db *DB) seemsAway() bool { return time.Now().UnixNano() < db.awayUntil.Load() }

// noteAway notes that the database is away, and returns an error that says so.
func (db *DB) noteAway(why error) error {
	db.awayUntil.Store(time.Now().Add(awayFor).UnixNano())
	return fmt.Errorf("%s: %w (%w)", db.name, ErrAway, why)
}

// standIn returns the copy of the guild of Near, nil if there is none that may be read.
func (db *DB) standIn(ctx context.Context) *Copy {
	guild, is := db.near(ctx)
	if !is {
		return nil
	}
	if c := db.copy.Load(); c != nil && c.serves(guild) {
		return c
	}
	return nil
}

var errSlow = errors.New("no answer in time")

// begin begins a transaction; end is to be called after it. In a context of Near it does not
// wait for long, so that it fails at once also where nothing but silence comes.
func (db *DB) begin(ctx context.Context, pool *sql.DB, o *sql.TxOptions) (tx *sql.Tx, end func(), err error) {
	if _, is := db.near(ctx); !is {
		tx, err = pool.BeginTx(ctx, o)
		return tx, func() {}, err
	}
	if db.seemsAway() {
		return nil, nil, fmt.Errorf("%s: %w", db.name, ErrAway)
	}
	most := soonAlone
	if db.standIn(ctx) != nil {
		most = soon
	}
	// The context of a transaction is for all of it, so that a deadline would not do.
	beginning, cancel := context.WithCancel(ctx)
	late := time.AfterFunc(most, cancel)
	tx, err = pool.BeginTx(beginning, o)
	if late.Stop() && err == nil {
		return tx, cancel, nil
	}
	if err == nil {
		tx.Rollback()
		err = errSlow
	}
	cancel()
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case IsAway(err) || errors.Is(err, errSlow) || errors.Is(err, context.Canceled):
		return nil, nil, db.noteAway(err)
	}
	return nil, nil, err
}
