package bot

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/config/database"
)

// Homes keep what the conversation on Discord must know tomorrow: in which guilds a member
// has asked, and which forums are answered.
type Homes struct {
	db  *database.DB
	now func() time.Time
}

// NewHomes returns those kept in db.
func NewHomes(db *database.DB, now func() time.Time) *Homes { return &Homes{db, now} }

// A Home is a guild in which a member has asked.
type Home struct {
	Guild string
	Asked time.Time
}

// fresh is for how long a member's last question in a guild need not be noted again.
const fresh = time.Minute

// Settle makes a guild the one in which a member has asked last.
func (h *Homes) Settle(ctx context.Context, guild, member string) error {
	homes, err := h.Of(ctx, member)
	if err != nil {
		return err
	}
	now := h.now()
	if len(homes) > 0 && homes[0].Guild == guild && now.Sub(homes[0].Asked) < fresh {
		return nil
	}
	if len(homes) > 0 && !homes[0].Asked.Before(now) { // clocks may stand
		now = homes[0].Asked.Add(time.Millisecond)
	}
	return h.write(ctx, guild, `INSERT INTO asker (guild, member, asked) VALUES ($1, $2, $3)
		ON CONFLICT (guild, member) DO UPDATE SET asked = excluded.asked`, guild, member, now.UnixMilli())
}

// Of returns the guilds in which a member has asked, the last one first.
func (h *Homes) Of(ctx context.Context, member string) ([]Home, error) {
	var homes []Home
	err := h.db.Read(ctx, func(tx *sql.Tx) error {
		homes = nil
		rows, err := tx.QueryContext(ctx, `SELECT guild, asked FROM asker WHERE member = $1 ORDER BY asked DESC, guild`, member)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var home Home
			var asked int64
			if err := rows.Scan(&home.Guild, &asked); err != nil {
				return err
			}
			home.Asked = time.UnixMilli(asked)
			homes = append(homes, home)
		}
		return rows.Err()
	})
	if err != nil {
		return nil, fmt.Errorf("where a member asked: %w", err)
	}
	return homes, nil
}

// Forget forgets that a member has asked in a guild; "" stands for all.
func (h *Homes) Forget(ctx context.Context, guild, member string) error {
	homes, err := h.Of(ctx, member)
	for _, home := range homes {
		if err == nil && (guild == "" || home.Guild == guild) {
			err = h.write(ctx, home.Guild, `DELETE FROM asker WHERE guild = $1 AND member = $2`, home.Guild, member)
		}
	}
	return err
}

// guilds returns all guilds of which something is stored.
func (h *Homes) guilds(ctx context.Context) ([]string, error) { return h.db.Guilds(ctx) }

// SetForum says whether new posts of a forum are answered.
func (h *Homes) SetForum(ctx context.Context, guild, channel string, on bool) error {
	return h.db.Write(ctx, guild, func(tx *sql.Tx) error {
		query, detail := `DELETE FROM answered_forum WHERE guild = $1 AND channel = $2`, "— "
		if on {
			query, detail = `INSERT INTO answered_forum (guild, channel) VALUES ($1, $2) ON CONFLICT (guild, channel) DO NOTHING`, "+ "
		}
		if _, err := tx.ExecContext(ctx, query, guild, channel); err != nil {
			return err
		}
		return noteForums(ctx, tx, guild, detail+"<#"+channel+">")
	})
}

// noteForums notes in the log which forums are answered.
func noteForums(ctx context.Context, tx *sql.Tx, guild, detail string) error {
	return database.Note(ctx, tx, guild, database.Act{Kind: "setting", Action: "set", Subject: "forums", Name: "forums", Detail: detail})
}

// Forum reports whether new posts of a forum are answered.
func (h *Homes) Forum(ctx context.Context, guild, channel string) (bool, error) {
	n := 0
	err := h.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT count(*) FROM answered_forum WHERE guild = $1 AND channel = $2`, guild, channel).Scan(&n)
	})
	return n > 0, err
}

// SetForums says which forums have their new posts answered, and no others.
func (h *Homes) SetForums(ctx context.Context, guild string, channels []string) error {
	return h.db.Write(ctx, guild, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM answered_forum WHERE guild = $1`, guild)
		for _, channel := range channels {
			if err == nil {
				_, err = tx.ExecContext(ctx, `INSERT INTO answered_forum (guild, channel) VALUES ($1, $2)
					ON CONFLICT (guild, channel) DO NOTHING`, guild, channel)
			}
		}
		if err != nil {
			return err
		}
		detail := "—"
		if len(channels) > 0 {
			detail = "<#" + strings.Join(channels, "> <#") + ">"
		}
		return noteForums(ctx, tx, guild, detail)
	})
}

// Forums returns the forums whose new posts are answered, sorted.
func (h *Homes) Forums(ctx context.Context, guild string) ([]string, error) {
	var forums []string
	err := h.db.Read(ctx, func(tx *sql.Tx) error {
		forums = nil
		rows, err := tx.QueryContext(ctx, `SELECT channel FROM answered_forum WHERE guild = $1`, guild)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var channel string
			if err := rows.Scan(&channel); err != nil {
				return err
			}
			forums = append(forums, channel)
		}
		return rows.Err()
	})
	slices.Sort(forums)
	return forums, err
}

func (h *Homes) write(ctx context.Context, guild, query string, args ...any) error {
	return h.db.Write(ctx, guild, func(tx *sql.Tx) error {
		_, err := tx.ExecContext(ctx, query, args...)
		return err
	})
}
