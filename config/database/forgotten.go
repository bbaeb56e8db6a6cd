package database

import (
	"context"
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"time"
)

// Forgotten is the list of who was forgotten and which guilds were erased. It holds digests
// with a random salt and no IDs: whoever has it can find out whether a given member is on
// it, and no more.
//
// The list is part of the database, and so of its backups: what was forgotten after a
// backup is what the list of the database has and that of the backup has not. No clock is
// compared for that.
type Forgotten struct {
	entries []forgottenEntry
}

type forgottenEntry struct {
	salt, digest string
	made         int64 // Unix milliseconds, raised by every time that they are forgotten
}

// NoteForgotten adds a member of a guild to the list of the forgotten, in the transaction
// that forgets, so that restoring a backup from before forgets them again. The member ""
// stands for the whole guild.
func NoteForgotten(ctx context.Context, tx *sql.Tx, guild, member string) error {
	var salt string
	err := tx.QueryRowContext(ctx, `SELECT salt FROM forgotten ORDER BY made LIMIT 1`).Scan(&salt)
	if errors.Is(err, sql.ErrNoRows) {
		salt, err = rand.Text(), nil
	}
	if err == nil {
		_, err = tx.ExecContext(ctx, `INSERT INTO forgotten (salt, digest, made) VALUES ($1, $2, $3)
			ON CONFLICT (salt, digest) DO UPDATE SET
			made = CASE WHEN excluded.made > forgotten.made THEN excluded.made ELSE forgotten.made + 1 END`,
			salt, forgottenDigest(salt, guild, member), time.Now().UnixMilli())
	}
	if err != nil {
		return fmt.Errorf("note what is forgotten: %w", err)
	}
	return nil
}

// forgottenDigest is an HMAC with SHA-256, under the salt, of guild and member with a
// byte between them that neither has.
func forgottenDigest(salt, guild, member string) string {
	mac := hmac.New(sha256.New, []byte(salt))
	mac.Write([]byte(guild + "\x00" + member))
	return hex.EncodeToString(mac.Sum(nil))
}

// Forgotten returns the list of the forgotten.
func (db *DB) Forgotten(ctx context.Context) (Forgotten, error) {
	var f Forgotten
	err := db.Read(ctx, func(tx *sql.Tx) (err error) {
		f, err = readForgotten(ctx, tx)
		return err
	})
	if err != nil {
		return f, fmt.Errorf("list of the forgotten: %w", err)
	}
	return f, nil
}

func readForgotten(ctx context.Context, tx *sql.Tx) (Forgotten, error) {
	var f Forgotten
	rows, err := tx.QueryContext(ctx, `SELECT salt, digest, made FROM forgotten`)
	if err != nil {
		return f, err
	}
	defer rows.Close()
	for rows.Next() {
		var e forgottenEntry
		if err := rows.Scan(&e.salt, &e.digest, &e.made); err != nil {
			return f, err
		}
		f.entries = append(f.entries, e)
	}
	return f, rows.Err()
}

// SetForgotten makes the list of the database that which has the entries of all the
// lists, and no others.
func (db *DB) SetForgotten(ctx context.Context, lists ...Forgotten) error {
	err := db.inTransaction(ctx, func(tx *sql.Tx) error {
		if _, err := tx.ExecContext(ctx, `DELETE FROM forgotten`); err != nil {
			return err
		}
		for _, f := range lists {
			if err := f.add(ctx, tx); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("set the list of the forgotten: %w", db.explain(err))
	}
	return nil
}

func (f Forgotten) add(ctx context.Context, tx *sql.Tx) error {
	for _, e := range f.entries {
		_, err := tx.ExecContext(ctx, `INSERT INTO forgotten (salt, digest, made) VALUES ($1, $2, $3)
			ON CONFLICT (salt, digest) DO UPDATE SET made = excluded.made WHERE excluded.made > forgotten.made`,
			e.salt, e.digest, e.made)
		if err != nil {
			return err
		}
	}
	return nil
}

// Beyond returns the entries that another list has not, or not as often.
func (f Forgotten) Beyond(other Forgotten) Forgotten {
	times := map[string]int64{}
	for _, e := range other.entries {
		times[e.salt+e.digest] = e.made
	}
	var beyond Forgotten
	for _, e := range f.entries {
		if made, is := times[e.salt+e.digest]; !is || made < e.made {
			beyond.entries = append(beyond.entries, e)
		}
	}
	return beyond
}

// Len returns how many entries the list has.
func (f Forgotten) Len() int { return len(f.entries) }

// Among returns the members of a guild that are on the list; "" stands for the guild
// itself.
func (f Forgotten) Among(guild string, members []string) []string {
	listed := map[string]bool{}
	var salts []string
	for _, e := range f.entries {
		listed[e.salt+e.digest] = true
		if !slices.Contains(salts, e.salt) {
			salts = append(salts, e.salt)
		}
	}
	var among []string
	for _, m := range members {
		if slices.ContainsFunc(salts, func(salt string) bool { return listed[salt+forgottenDigest(salt, guild, m)] }) {
			among = append(among, m)
		}
	}
	return among
}
