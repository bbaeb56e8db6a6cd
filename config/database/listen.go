package database

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
)

// changesHeard is the name of the channel on which changes are announced: of each schema
// its own, for PostgreSQL has channels for a whole database. What is said is the guild, ""
// for all of them.
const changesHeard = `'verbatim_' || md5(current_schema())`

// announce lets those who listen hear of a change of a guild, "" for any, as soon as the
// transaction is committed. On SQLite it does nothing.
//
// PostgreSQL commits transactions that announce something one after another. Changes are
// made by people and rare enough for that; nothing that is done for each question announces.
func (db *DB) announce(ctx context.Context, tx *sql.Tx, guild string) error {
	if db.engine != PostgreSQL {
		return nil
	}
	if _, err := tx.ExecContext(ctx, `SELECT pg_notify(`+changesHeard+`, $1)`, guild); err != nil {
		return fmt.Errorf("announce a change of guild %s: %w", guild, err)
	}
	return nil
}

// A Listener hears of changes as soon as they are committed, whichever process made them.
// What it hears is a hint: announcements may be lost, so whoever follows guilds looks at
// their revisions by itself now and then, too.
type Listener struct {
	// Address is the URL of the server without a pooler before it; "" for that of the
	// database. Through a pooler that gives each transaction another connection nothing is
	// heard, which the Listener notices.
	Address string
	// Heard is told of the guild that has changed, "" when any may have: by a restored
	// backup, or while nothing was heard. It must not wait.
	Heard func(guild string)
	// Tell is told when announcements come, and when they do not any more and why.
	Tell func(listens bool, why error)
	// Patience is how long an announcement may take before none are believed to come; 10 s
	// if zero. Whether they come is tried each time that nothing was heard for three times so
	// long.
	Patience time.Duration
}

const (
	usualPatience = 10 * time.Second
	listenPause   = time.Second // before listening again; then doubled
	longestPause  = time.Minute
)

// Listen listens until ctx is done. When the connection is lost, it makes another one. On
// SQLite there is nothing to be heard, and it returns at once.
func (db *DB) Listen(ctx context.Context, l Listener) error {
	if db.engine != PostgreSQL {
		return nil
	}
	config := db.direct
	if l.Address != "" {
		var err error
		if config, err = parsePostgreSQL(l.Address); err != nil {
			return err
		}
	}
	if l.Patience == 0 {
		l.Patience = usualPatience
	}
	for pause := listenPause; ; pause = min(2*pause, longestPause) {
		listened, err := db.listen(ctx, config, l)
		if ctx.Err() != nil {
			return nil
		}
		l.Tell(false, explain(err))
		if listened {
			pause = listenPause
		}
		select {
		case <-ctx.Done():
			return nil
		case <-time.After(pause):
		}
	}
}

// errUnheard is why announcements are not believed to come.
var errUnheard = errors.New("an announcement to itself was not heard: a pooler or a proxy may stand before PostgreSQL")

// listen listens on one connection, until it is lost. It reports whether anything was heard.
func (db *DB) listen(ctx context.Context, config *pgx.ConnConfig, l Listener) (listened bool, err error) {
	conn, err := pgx.ConnectConfig(ctx, config)
	if err != nil {
		return false, err
	}
	defer func() {
		closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		conn.Close(closing)
	}()
	beginning, cancel := context.WithTimeout(ctx, l.Patience)
	defer cancel()
	var changes string
	if err := db.read.QueryRowContext(beginning, `SELECT `+changesHeard).Scan(&changes); err != nil {
		return false, err
	}
	own := "verbatim_" + strings.ToLower(rand.Text()) // for announcements to itself
	if _, err := conn.Exec(beginning, `LISTEN `+changes+`; LISTEN `+own, pgx.QueryExecModeSimpleProtocol); err != nil {
		return false, err
	}
	for ctx.Err() == nil {
		if err := db.tryAnnouncement(ctx, own, l.Patience); err != nil {
			return listened, err
		}
		switch heard, err := l.hear(ctx, conn, changes, own, l.Patience); {
		case err != nil:
			return listened, err
		case !heard:
			return listened, errUnheard
		}
		if !listened {
			listened = true
			l.Tell(true, nil)
			l.Heard("") // what was changed before
		}
		if _, err := l.hear(ctx, conn, changes, "", 3*l.Patience); err != nil {
			return true, err
		}
	}
	return listened, ctx.Err()
}

// tryAnnouncement announces something on a channel for nobody else.
func (db *DB) tryAnnouncement(ctx context.Context, channel string, most time.Duration) error {
	ctx, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	_, err := db.write.ExecContext(ctx, `SELECT pg_notify($1, '')`, channel)
	return err
}

// hear passes on what changes in a time, and reports whether something came on another
// channel, which ends it.
func (l Listener) hear(ctx context.Context, conn *pgx.Conn, changes, channel string, most time.Duration) (bool, error) {
	hearing, cancel := context.WithTimeout(ctx, most)
	defer cancel()
	for {
		n, err := conn.WaitForNotification(hearing)
		switch {
		case err != nil && hearing.Err() != nil && !conn.IsClosed():
			return false, nil
		case err != nil:
			return false, err
		case n.Channel == channel:
			return true, nil
		case n.Channel == changes:
			l.Heard(n.Payload)
		}
	}
}
