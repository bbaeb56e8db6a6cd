package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"sync/atomic"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
)

// ErrAway: the database can't be reached, or does not answer soon enough.
var ErrAway = errors.New("the database can't be reached")

type nearKey struct{}

// A nearness is what a context of Near knows.
type nearness struct {
	guild  string
	copied atomic.Bool // something was read from a copy
}

// Near returns a context for what somebody asks about a guild while they wait: what is read
// of that guild may come from a [Copy] while the database is away, and what is written fails
// soon then, with an error for which [IsAway] is true. Once something came from a copy, nothing
// is written in this context any more, also where the database is back: what was read may be
// older than what stands there, and is not to come back with it. On SQLite it changes nothing.
func Near(ctx context.Context, guild string) context.Context {
	return context.WithValue(ctx, nearKey{}, &nearness{guild: guild})
}

type uncopiedKey struct{}

// Uncopied returns a context for what must be read from the database itself, because a [Copy]
// holds only a part of it. In a context of [Near] it fails soon where the database is away.
func Uncopied(ctx context.Context) context.Context {
	return context.WithValue(ctx, uncopiedKey{}, true)
}

// near returns what Near knows, and whether the database may be away at all.
func (db *DB) near(ctx context.Context) (n *nearness, is bool) {
	n, is = ctx.Value(nearKey{}).(*nearness)
	return n, is && db.engine == PostgreSQL
}

const (
	// soon is how long somebody waits for the database before they are answered from a copy.
	// Discord waits three seconds, in which there may be a claim, too.
	soon = 800 * time.Millisecond
	// soonAlone is the same where no copy can stand in.
	soonAlone = 5 * time.Second
	// awayFor is for how long a copy stands in at once, after the database was away.
	awayFor = time.Second
)

var errSlow = errors.New("no answer in time")

// seemsAway reports whether the database was away a moment ago.
func (db *DB) seemsAway() bool { return time.Now().UnixNano() < db.awayUntil.Load() }

// noteAway notes that the database is away, unless only a connection to it was lost: the next
// one may do. It returns an error that says so.
func (db *DB) noteAway(why error) error {
	if _, unreached := errors.AsType[*pgconn.ConnectError](why); unreached || errors.Is(why, errSlow) {
		db.awayUntil.Store(time.Now().Add(awayFor).UnixNano())
	}
	return fmt.Errorf("%s: %w (%w)", db.name, ErrAway, why)
}

// standIn returns the copy of the guild of Near, nil if there is none that may be read.
func (db *DB) standIn(ctx context.Context) *Copy {
	n, is := db.near(ctx)
	if !is || ctx.Value(uncopiedKey{}) != nil {
		return nil
	}
	if c := db.copy.Load(); c != nil && c.serves(n.guild) {
		return c
	}
	return nil
}

// noteNewer notes that this process has changed a guild: a copy from before is not read.
func (db *DB) noteNewer(guild string) {
	if c := db.copy.Load(); c != nil {
		c.noteOutdated(guild)
	}
}

// fromCopy notes that what follows in a context of Near is read from a copy.
func (db *DB) fromCopy(ctx context.Context) {
	if n, is := db.near(ctx); is {
		n.copied.Store(true)
	}
}

// begin begins a transaction; end is to be called after it. In a context of Near it does not
// wait for long, so that it fails soon also where nothing but silence comes.
func (db *DB) begin(ctx context.Context, pool *sql.DB, o *sql.TxOptions) (tx *sql.Tx, end func(), err error) {
	n, is := db.near(ctx)
	if !is {
		tx, err = pool.BeginTx(ctx, o)
		return tx, func() {}, err
	}
	if !o.ReadOnly && (n.copied.Load() || db.seemsAway()) {
		return nil, nil, fmt.Errorf("%s: %w", db.name, ErrAway)
	}
	most := soonAlone
	if o.ReadOnly && db.standIn(ctx) != nil {
		if db.seemsAway() {
			return nil, nil, fmt.Errorf("%s: %w", db.name, ErrAway)
		}
		most = soon
	}
	// The context of a transaction is for all of it, so that a deadline would not do.
	beginning, cancel := context.WithCancel(ctx)
	late := time.AfterFunc(most, cancel)
	tx, err = pool.BeginTx(beginning, o)
	inTime := late.Stop()
	if inTime && err == nil {
		return tx, cancel, nil
	}
	if err == nil {
		tx.Rollback()
	}
	cancel()
	switch {
	case ctx.Err() != nil:
		return nil, nil, ctx.Err()
	case !inTime:
		return nil, nil, db.noteAway(errSlow)
	case IsAway(err):
		return nil, nil, db.noteAway(err)
	}
	return nil, nil, err
}
