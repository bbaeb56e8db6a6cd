package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// Revision returns the number of changes committed for guild, 0 for a guild
// never changed. It is cheap enough to be polled.
func (db *DB) Revision(ctx context.Context, guild string) (int64, error) {
	var revision int64
	err := db.read.QueryRowContext(ctx, `SELECT revision FROM guild WHERE guild = $1`, guild).Scan(&revision)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, nil
	}
	if err != nil {
		return 0, fmt.Errorf("revision of guild %s: %w", guild, db.explain(err))
	}
	return revision, nil
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
		INSERT INTO guild (guild, revision) VALUES ($1, 1)
		ON CONFLICT (guild) DO UPDATE SET revision = guild.revision + 1
		RETURNING revision`, guild).Scan(&revision)
	if err != nil {
		return 0, fmt.Errorf("raise revision of guild %s: %w", guild, err)
	}
	return revision, nil
}
