package bot

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"
)

// A guild's life, as Homes keep it: since when the bot is in it, since when not any more,
// and when its moderators got their last digest.

// An Arrival says what became of telling that the bot is in a guild.
type Arrival int

// The arrivals.
const (
	Stayed    Arrival = iota // it was there all the time
	Arrived                  // for the first time, or after what was stored was erased
	CameAgain                // what was stored from before is still there
)

// Join notes that the bot is in a guild since a time, which is that of Discord.
func (h *Homes) Join(ctx context.Context, guild string, joined time.Time) (Arrival, error) {
	arrival := Stayed
	was, departed, err := h.lifeOf(ctx, guild)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		arrival = Arrived
	case err != nil:
		return Stayed, err
	case was == joined.UnixMilli() && departed == 0:
		return Stayed, nil
	case was != joined.UnixMilli():
		arrival = CameAgain
	}
	err = h.write(ctx, guild, `INSERT INTO guild_life (guild, joined, departed, digest) VALUES ($1, $2, 0, 0)
		ON CONFLICT (guild) DO UPDATE SET joined = excluded.joined, departed = 0`, guild, joined.UnixMilli())
	return arrival, err
}

func (h *Homes) lifeOf(ctx context.Context, guild string) (joined, departed int64, err error) {
	err = h.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT joined, departed FROM guild_life WHERE guild = $1`, guild).Scan(&joined, &departed)
	})
	return joined, departed, err
}

// Depart notes that the bot is not in a guild any more. For a guild in which it was never
// seen to be, and again, it notes nothing.
func (h *Homes) Depart(ctx context.Context, guild string) error {
	_, departed, err := h.lifeOf(ctx, guild)
	if errors.Is(err, sql.ErrNoRows) || err == nil && departed != 0 {
		return nil
	}
	if err != nil {
		return err
	}
	return h.write(ctx, guild, `UPDATE guild_life SET departed = $2 WHERE guild = $1 AND departed = 0`, guild, h.now().UnixMilli())
}

// Keep is how long what is stored of a guild is kept after the bot has left it.
const Keep = 30 * 24 * time.Hour

// Expired returns the guilds whose data are kept no longer: the bot has left them, and Keep
// has passed since.
func (h *Homes) Expired(ctx context.Context) ([]string, error) {
	return h.guildsWhere(ctx, `departed <> 0 AND departed <= $1`, h.now().Add(-Keep).UnixMilli())
}

// Erase deletes all that is stored of a guild whose data are kept no longer. Where the bot
// has come again meanwhile, it deletes nothing.
func (h *Homes) Erase(ctx context.Context, guild string) error {
	return h.db.EraseIf(ctx, guild, func(tx *sql.Tx) (expired bool, err error) {
		err = tx.QueryRowContext(ctx, `SELECT count(*) > 0 FROM guild_life WHERE guild = $1 AND departed <> 0 AND departed <= $2`,
			guild, h.now().Add(-Keep).UnixMilli()).Scan(&expired)
		return expired, err
	})
}

// Departed returns the guilds that the bot has left and whose data are still there.
func (h *Homes) Departed(ctx context.Context) ([]string, error) {
	return h.guildsWhere(ctx, `departed > $1`, 0)
}

// Return notes that the bot is in a guild again which it had left. Since when is not known
// yet: Join is to be told of that still, and says then that it came again.
func (h *Homes) Return(ctx context.Context, guild string) error {
	return h.write(ctx, guild, `UPDATE guild_life SET departed = 0 WHERE guild = $1`, guild)
}

// Present returns the guilds in which the bot is.
func (h *Homes) Present(ctx context.Context) ([]string, error) {
	return h.guildsWhere(ctx, `departed = 0 AND joined > $1`, int64(-1))
}

func (h *Homes) guildsWhere(ctx context.Context, condition string, args ...any) ([]string, error) {
	var guilds []string
	err := h.db.Read(ctx, func(tx *sql.Tx) error {
		guilds = nil
		rows, err := tx.QueryContext(ctx, `SELECT guild FROM guild_life WHERE `+condition, args...)
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
		return nil, fmt.Errorf("where the bot is: %w", err)
	}
	slices.Sort(guilds)
	return guilds, nil
}

// Digested returns when moderators of a guild got their last digest, the zero time for
// never.
func (h *Homes) Digested(ctx context.Context, guild string) (time.Time, error) {
	var at int64
	err := h.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT digest FROM guild_life WHERE guild = $1`, guild).Scan(&at)
	})
	if errors.Is(err, sql.ErrNoRows) || err == nil && at == 0 {
		return time.Time{}, nil
	}
	return time.UnixMilli(at), err
}

// SetDigested notes when moderators got a digest. It reports false, and notes nothing, if
// the last one is not any more that which is named: another has come in between.
func (h *Homes) SetDigested(ctx context.Context, guild string, last, now time.Time) (bool, error) {
	millis := func(t time.Time) int64 {
		if t.IsZero() {
			return 0
		}
		return t.UnixMilli()
	}
	set := false
	err := h.db.Write(ctx, guild, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE guild_life SET digest = $2 WHERE guild = $1 AND digest = $3`, guild, millis(now), millis(last))
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		set = n > 0
		return err
	})
	return set, err
}
