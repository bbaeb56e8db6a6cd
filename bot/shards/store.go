package shards

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"verbatim/config/database"
)

// A store keeps the leases in the database. All times in it are by the database's clock.
type store struct {
	db     *database.DB
	self   string // the process
	name   string
	timing Timing
}

// A view is what a process sees of all.
type view struct {
	processes []Process
	shards    []Shard
	pause     time.Duration // for which Discord wants nothing of the bot
}

// A Process is one that answers, or waits for shards to answer for.
type Process struct {
	ID       string
	Name     string // machine and number
	Started  time.Time
	Draining bool // it gives its shards away
}

// A Shard is one, and who answers for it.
type Shard struct {
	Shard, Shards int
	Owner         string // ID of a process, "" for none
	Expires       time.Time
	Heard         time.Time // until when its owner heard Discord
	Guilds        int
	Free          bool // it has no owner, or one that may be replaced
	Deaf          bool // its owner has no session yet, or has not heard of Discord for a while

	epoch     int64
	claimed   time.Time // until when all is claimed
	heir      string    // the process that is to take it over, "" for none
	heirHears bool      // it has a session
}

// deafAfter is how long an owner that is connected may leave unsaid that it is, in beats.
const deafAfter = 5

// An OtherCountError is why shards are not divided as Discord wants.
type OtherCountError struct{ Live, Wanted int }

func (e *OtherCountError) Error() string {
	return fmt.Sprintf("processes run with %d shards, and Discord recommends %d: the number changes only when none runs, so stop all of them, and then start them again", e.Live, e.Wanted)
}

// join makes the rows of the shards if there are none, or others that nobody has. While
// somebody has some of another number, it changes nothing and returns an OtherCountError.
func (s *store) join(ctx context.Context, shards int) error {
	return s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		// One at a time: the row of no sequence serves as a lock.
		_, err := tx.ExecContext(ctx, `INSERT INTO live_identify (sequence, free) VALUES (-1, 0) ON CONFLICT (sequence) DO UPDATE SET free = 0`)
		if err != nil {
			return err
		}
		var rows, other, live int
		var epoch int64
		err = tx.QueryRowContext(ctx, `SELECT count(*), COALESCE(MAX(CASE WHEN shards <> $1 THEN shards ELSE 0 END), 0),
			COALESCE(MAX(CASE WHEN owner <> '' AND expires > $2 THEN 1 ELSE 0 END), 0), COALESCE(MAX(epoch), 0) FROM live_shard`,
			shards, now).Scan(&rows, &other, &live, &epoch)
		switch {
		case err != nil:
			return err
		case rows > 0 && other == 0:
			return nil
		case live > 0:
			return &OtherCountError{Live: other, Wanted: shards}
		}
		if _, err := tx.ExecContext(ctx, `DELETE FROM live_shard WHERE owner = '' OR expires <= $1`, now); err != nil {
			return err
		}
		for shard := range shards {
			// Epochs go on, so that claims of before are known to be of before.
			_, err := tx.ExecContext(ctx, `INSERT INTO live_shard (shard, shards, owner, epoch, expires, heard, claimed, guilds)
				VALUES ($1, $2, '', $3, 0, 0, 0, 0) ON CONFLICT (shard) DO NOTHING`, shard, shards, epoch)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

// beat says that the process lives, renews what it has, says of what it is the heir and hears
// Discord already, and returns what it sees.
func (s *store) beat(ctx context.Context, held, heirs []*Lease) (view, error) {
	v := view{}
	err := s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		v = view{}
		expires := now + s.timing.Life.Milliseconds()
		_, err := tx.ExecContext(ctx, `INSERT INTO live_process (process, name, started, expires, draining) VALUES ($1, $2, $3, $4, 0)
			ON CONFLICT (process) DO UPDATE SET expires = excluded.expires`, s.self, s.name, now, expires)
		if err != nil {
			return err
		}
		for _, l := range held {
			if err := s.renew(ctx, tx, l, now); err != nil {
				return err
			}
		}
		for _, l := range heirs {
			if err := s.hears(ctx, tx, l, now); err != nil {
				return err
			}
		}
		if v.processes, err = readProcesses(ctx, tx, now); err != nil {
			return err
		}
		if v.shards, err = s.readShards(ctx, tx, now); err != nil {
			return err
		}
		v.pause, err = readPause(ctx, tx, now)
		return err
	})
	return v, err
}

// renew renews a lease, unless another process has the shard by now.
func (s *store) renew(ctx context.Context, tx *sql.Tx, l *Lease, now int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE live_shard SET expires = $1 WHERE shard = $2 AND owner = $3 AND epoch = $4`,
		now+s.timing.Life.Milliseconds(), l.Shard, s.self, l.epoch.Load())
	is := l.state()
	if err != nil || !is.connected {
		return err
	}
	claimed := int64(0)
	if is.complete {
		claimed = now - is.ago.Milliseconds()
	}
	_, err = tx.ExecContext(ctx, `UPDATE live_shard SET heard = $1, claimed = CASE WHEN $2 > claimed THEN $2 ELSE claimed END, guilds = $3
		WHERE shard = $4 AND owner = $5 AND epoch = $6`, now, claimed, is.guilds, l.Shard, s.self, l.epoch.Load())
	return err
}

func readProcesses(ctx context.Context, tx *sql.Tx, now int64) ([]Process, error) {
	rows, err := tx.QueryContext(ctx, `SELECT process, name, started, draining FROM live_process WHERE expires > $1`, now)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Process
	for rows.Next() {
		var p Process
		var started, draining int64
		if err := rows.Scan(&p.ID, &p.Name, &started, &draining); err != nil {
			return nil, err
		}
		p.Started, p.Draining = time.UnixMilli(started), draining != 0
		all = append(all, p)
	}
	slices.SortFunc(all, func(x, y Process) int { return cmp.Or(x.Started.Compare(y.Started), cmp.Compare(x.ID, y.ID)) })
	return all, rows.Err()
}

func (s *store) readShards(ctx context.Context, tx *sql.Tx, now int64) ([]Shard, error) {
	rows, err := tx.QueryContext(ctx, `SELECT shard, shards, owner, epoch, expires, heard, claimed, guilds, heir, heir_hears FROM live_shard ORDER BY shard`)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []Shard
	for rows.Next() {
		var x Shard
		var expires, heard, claimed, hears int64
		if err := rows.Scan(&x.Shard, &x.Shards, &x.Owner, &x.epoch, &expires, &heard, &claimed, &x.Guilds, &x.heir, &hears); err != nil {
			return nil, err
		}
		x.Free = x.Owner == "" || expires <= now
		x.Deaf = x.Free || heard < now-deafAfter*s.timing.Beat.Milliseconds()
		x.Expires, x.Heard, x.claimed = time.UnixMilli(expires), timeOf(heard), timeOf(claimed)
		x.heirHears = x.heir != "" && hears > now
		all = append(all, x)
	}
	return all, rows.Err()
}

func timeOf(millis int64) time.Time {
	if millis == 0 {
		return time.Time{}
	}
	return time.UnixMilli(millis)
}

// take takes the shard of a new lease, and reports false if it is not free any more. Nobody
// claims what was asked before the first owner; the next one looks for what was asked since,
// should the first have no time to.
func (s *store) take(ctx context.Context, l *Lease) (bool, error) {
	var epoch, claimed int64
	taken := false
	err := s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		err := tx.QueryRowContext(ctx, `UPDATE live_shard SET owner = $1, epoch = epoch + 1, expires = $2, heir = '', heir_hears = 0, claimed = CASE WHEN claimed = 0 THEN $5 ELSE claimed END
			WHERE shard = $3 AND shards = $4 AND (owner = '' OR expires <= $5) RETURNING epoch, claimed`,
			s.self, now+s.timing.Life.Milliseconds(), l.Shard, l.Shards, now).Scan(&epoch, &claimed)
		taken = err == nil
		if errors.Is(err, sql.ErrNoRows) {
			return nil
		}
		return err
	})
	if err != nil || !taken {
		return false, err
	}
	l.epoch.Store(epoch)
	if !l.heir { // an heir knows it, and is served already
		l.Claimed = timeOf(claimed)
	}
	return true, nil
}

// release gives a shard away, if the process still has it under that epoch.
func (s *store) release(ctx context.Context, shard int, epoch int64) error {
	return s.db.Live(ctx, func(tx *sql.Tx, _ int64) error {
		_, err := tx.ExecContext(ctx, `UPDATE live_shard SET owner = '', expires = 0 WHERE shard = $1 AND owner = $2 AND epoch = $3`,
			shard, s.self, epoch)
		return err
	})
}

// leave takes the process off the list, with what was handed over to it just now and it does
// not know of, and what was to be, and forgets those that are long gone.
func (s *store) leave(ctx context.Context) error {
	return s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		_, err := tx.ExecContext(ctx, `UPDATE live_shard SET owner = '', expires = 0 WHERE owner = $1`, s.self)
		if err != nil {
			return err
		}
		if _, err = tx.ExecContext(ctx, `UPDATE live_shard SET heir = '', heir_hears = 0 WHERE heir = $1`, s.self); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `DELETE FROM live_process WHERE process = $1 OR expires < $2`, s.self, now-claimsLife.Milliseconds())
		return err
	})
}

// reserve takes the next moment at which a session may begin in a sequence, and returns
// how long that is from now.
func (s *store) reserve(ctx context.Context, sequence int, pause time.Duration) (time.Duration, error) {
	var wait time.Duration
	err := s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		var free int64 // after this one
		err := tx.QueryRowContext(ctx, `INSERT INTO live_identify (sequence, free) VALUES ($1, $2)
			ON CONFLICT (sequence) DO UPDATE SET free = CASE WHEN live_identify.free > $3 THEN live_identify.free + $4 ELSE excluded.free END
			RETURNING free`, sequence, now+pause.Milliseconds(), now, pause.Milliseconds()).Scan(&free)
		wait = time.Duration(free-now)*time.Millisecond - pause
		return err
	})
	return max(0, wait), err
}
