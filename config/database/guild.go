package database

import (
	"context"
	"crypto/rand"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// A Head is where a guild's data stand.
type Head struct {
	// Life tells the guild's data from others of the same guild, in another database
	// or from before they were erased. It is made up with the guild's first change;
	// "" for a guild never changed.
	Life string
	// Revision is the number of changes committed in this life.
	Revision int64
}

// Head returns where a guild's data stand, the zero Head for a guild never changed.
// It is cheap enough to be polled.
func (db *DB) Head(ctx context.Context, guild string) (Head, error) {
	var h Head
	err := db.read.QueryRowContext(ctx, `SELECT life, revision FROM guild WHERE guild = $1`, guild).Scan(&h.Life, &h.Revision)
	if errors.Is(err, sql.ErrNoRows) {
		return Head{}, nil
	}
	if err != nil {
		return Head{}, fmt.Errorf("revision of guild %s: %w", guild, db.explain(err))
	}
	return h, nil
}

// Revision returns the revision of the guild's Head.
func (db *DB) Revision(ctx context.Context, guild string) (int64, error) {
	h, err := db.Head(ctx, guild)
	return h.Revision, err
}

// Guilds returns the guilds that were ever changed, sorted.
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

// raise makes the guild's row if absent and raises its revision. The row stays
// locked until the transaction ends.
func raise(ctx context.Context, tx *sql.Tx, guild string) (int64, error) {
	var revision int64
	err := tx.QueryRowContext(ctx, `
		INSERT INTO guild (guild, life, revision) VALUES ($1, $2, 1)
		ON CONFLICT (guild) DO UPDATE SET revision = guild.revision + 1
		RETURNING revision`, guild, rand.Text()).Scan(&revision)
	if err != nil {
		return 0, fmt.Errorf("raise revision of guild %s: %w", guild, err)
	}
	return revision, nil
}
