package database

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// A Head is where a guild's data stand. It is the zero Head for a guild never
// changed.
type Head struct {
	Revision int64
	Stamp    string // of the change that led to the revision, see [DB.Stamp]
}

// Head returns where a guild's data stand. It is cheap enough to be polled.
//
// In a context of [Near] it may be that of a [Copy]; then Stamp fails, so that nobody takes
// the copy for another history.
func (db *DB) Head(ctx context.Context, guild string) (Head, error) {
	c := db.standIn(ctx)
	if c != nil && db.seemsAway() {
		db.fromCopy(ctx)
		return db.head(ctx, c.db.read, guild)
	}
	asking := ctx
	if c != nil {
		var cancel context.CancelFunc
		asking, cancel = context.WithTimeout(ctx, soon)
		defer cancel()
	}
	h, err := db.head(asking, db.read, guild)
	if c == nil || err == nil || ctx.Err() != nil {
		return h, err
	}
	if asking.Err() != nil {
		err = errSlow
	} else if !IsAway(err) {
		return h, err
	}
	_ = db.noteAway(err)
	db.fromCopy(ctx)
	return db.head(ctx, c.db.read, guild)
}

func (db *DB) head(ctx context.Context, from querier, guild string) (Head, error) {
	h, err := readHead(ctx, from, guild)
	if err != nil {
		return Head{}, fmt.Errorf("revision of guild %s: %w", guild, db.explain(err))
	}
	return h, nil
}

// HeadIn returns where a guild's data stand that a transaction sees.
func HeadIn(ctx context.Context, tx *sql.Tx, guild string) (Head, error) {
	return readHead(ctx, tx, guild)
}

// A querier is a database or a transaction.
type querier interface {
	QueryRowContext(ctx context.Context, query string, args ...any) *sql.Row
}

func readHead(ctx context.Context, from querier, guild string) (Head, error) {
	var h Head
	err := from.QueryRowContext(ctx, `
		SELECT g.revision, c.stamp
		FROM guild g JOIN guild_change c ON c.guild = g.guild AND c.revision = g.revision
		WHERE g.guild = $1`, guild).Scan(&h.Revision, &h.Stamp)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	return h, err
}

// Stamp returns the stamp of the change that led to a revision of the guild, ""
// when it is not known: the guild never came to that revision, or more than a
// thousand changes ago.
//
// No two changes have the same stamp. Who keeps the Head up to which it followed a
// guild, and finds the stamp of its revision to be the same, knows that the data
// went on from there. Otherwise they are others: a backup was restored, or they
// were erased and begun anew.
func (db *DB) Stamp(ctx context.Context, guild string, revision int64) (string, error) {
	var stamp string
	err := db.read.QueryRowContext(ctx, `
		SELECT stamp FROM guild_change WHERE guild = $1 AND revision = $2`, guild, revision).Scan(&stamp)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("stamp of revision %d of guild %s: %w", revision, guild, db.explain(err))
	}
	return stamp, nil
}

// Revision returns the revision of the guild's Head.
func (db *DB) Revision(ctx context.Context, guild string) (int64, error) {
	h, err := db.Head(ctx, guild)
	return h.Revision, err
}

// Heads returns the Head of each guild that was ever changed or written to, in one query
// that is cheap enough to be polled.
func (db *DB) Heads(ctx context.Context) (map[string]Head, error) {
	heads := map[string]Head{}
	err := db.Read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT g.guild, g.revision, COALESCE(c.stamp, '')
			FROM guild g LEFT JOIN guild_change c ON c.guild = g.guild AND c.revision = g.revision`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var guild string
			var h Head
			if err := rows.Scan(&guild, &h.Revision, &h.Stamp); err != nil {
				return err
			}
			heads[guild] = h
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("revisions of guilds: %w", err)
	}
	return heads, nil
}

// Guilds returns the guilds that were ever changed or written to, sorted.
func (db *DB) Guilds(ctx context.Context) ([]string, error) {
	var guilds []string
	err := db.Read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT guild FROM guild`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var guild string
			if err := rows.Scan(&guild); err != nil {
				return err
			}
			guilds = append(guilds, guild)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("list guilds: %w", err)
	}
	slices.Sort(guilds)
	return guilds, nil
}

// stampsKept is how far below the guild's revision the stamps are kept. Who follows
// a guild is rarely that far behind, and can begin anew.
const stampsKept = 1000

// raise makes the guild's row if absent, raises its revision and stamps it. The row
// stays locked until the transaction ends.
func raise(ctx context.Context, tx *sql.Tx, guild string) (int64, error) {
	var revision int64
	err := tx.QueryRowContext(ctx, `
		INSERT INTO guild (guild, revision) VALUES ($1, 1)
		ON CONFLICT (guild) DO UPDATE SET revision = guild.revision + 1
		RETURNING revision`, guild).Scan(&revision)
	if err != nil {
		return 0, fmt.Errorf("raise revision of guild %s: %w", guild, err)
	}
	if err := stamp(ctx, tx, guild, revision); err != nil {
		return 0, fmt.Errorf("stamp revision %d of guild %s: %w", revision, guild, err)
	}
	return revision, nil
}

// lock makes the guild's row if absent, with revision 0, and locks it until the
// transaction ends.
func lock(ctx context.Context, tx *sql.Tx, guild string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO guild (guild, revision) VALUES ($1, 0)
		ON CONFLICT (guild) DO UPDATE SET revision = guild.revision`, guild)
	if err != nil {
		return fmt.Errorf("lock guild %s: %w", guild, err)
	}
	return nil
}

func stamp(ctx context.Context, tx *sql.Tx, guild string, revision int64) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO guild_change (guild, revision, stamp) VALUES ($1, $2, $3)`, guild, revision, rand.Text())
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `
		DELETE FROM guild_change WHERE guild = $1 AND revision < $2`, guild, revision-stampsKept)
	return err
}
