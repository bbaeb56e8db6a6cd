package shards

import (
	"context"
	"database/sql"
	"errors"
	"time"
)

// The states of a question in the database.
const (
	stateClaimed  = "claimed"
	stateAnswered = "answered"
	stateExpired  = "expired"
)

// owned is the condition that a lease is whose it says, in a query in which $1 is the
// shard, $2 the process, $3 the epoch and $4 the time.
const owned = `FROM live_shard WHERE shard = $1 AND owner = $2 AND epoch = $3 AND expires > $4`

func (s *store) claim(ctx context.Context, l *Lease, q Question, again bool) (bool, error) {
	claimed := false
	err := s.db.Live(ctx, func(tx *sql.Tx, now int64) (err error) {
		claimed, err = s.changes(ctx, tx, l, now, `INSERT INTO live_question (guild, question, kind, channel, epoch, claimed, state, content)
			SELECT CAST($5 AS TEXT), CAST($6 AS TEXT), CAST($7 AS TEXT), CAST($8 AS TEXT), epoch, CAST($4 AS BIGINT), 'claimed', CAST($9 AS TEXT)
			`+owned+` ON CONFLICT (guild, question) DO NOTHING`, q.Server, q.ID, q.Kind, q.Channel, q.Content)
		if err != nil || claimed {
			return err
		}
		epoch, state, err := s.stands(ctx, tx, q)
		if errors.Is(err, sql.ErrNoRows) {
			return ErrLapsed // it was renewed since the insertion looked
		}
		claimed = again && epoch == l.epoch.Load() && state == stateClaimed
		return err
	})
	return claimed, err
}

// changes executes a statement under the condition owned, with further arguments from $5 on,
// and reports whether it changed anything. If it did not, and the lease does not hold, it
// returns ErrLost or ErrLapsed.
func (s *store) changes(ctx context.Context, tx *sql.Tx, l *Lease, now int64, statement string, more ...any) (bool, error) {
	done, err := tx.ExecContext(ctx, statement, append([]any{l.Shard, s.self, l.epoch.Load(), now}, more...)...)
	if err != nil {
		return false, err
	}
	if n, err := done.RowsAffected(); err != nil || n > 0 {
		return n > 0, err
	}
	return false, s.check(ctx, tx, l, now)
}

// stands returns under which epoch a question is claimed, and in which state it is.
func (s *store) stands(ctx context.Context, tx *sql.Tx, q Question) (epoch int64, state string, err error) {
	err = tx.QueryRowContext(ctx, `SELECT epoch, state FROM live_question WHERE guild = $1 AND question = $2`, q.Server, q.ID).Scan(&epoch, &state)
	return epoch, state, err
}

// check returns nil if a lease holds, else ErrLost or ErrLapsed.
func (s *store) check(ctx context.Context, tx *sql.Tx, l *Lease, now int64) error {
	var expires int64
	err := tx.QueryRowContext(ctx, `SELECT expires FROM live_shard WHERE shard = $1 AND owner = $2 AND epoch = $3`, l.Shard, s.self, l.epoch.Load()).Scan(&expires)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrLost
	case err == nil && expires <= now:
		return ErrLapsed
	}
	return err
}

func (s *store) settle(ctx context.Context, server, id, state string) error {
	return s.db.Live(ctx, func(tx *sql.Tx, _ int64) error {
		_, err := tx.ExecContext(ctx, `UPDATE live_question SET state = $3, content = '' WHERE guild = $1 AND question = $2`, server, id, state)
		return err
	})
}

func (s *store) unanswered(ctx context.Context, l *Lease, own bool) ([]Unanswered, error) {
	var all []Unanswered
	err := s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		all = nil
		rows, err := tx.QueryContext(ctx, `SELECT guild, question, kind, channel, epoch, claimed, content FROM live_question
			WHERE state = 'claimed' ORDER BY claimed`)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var u Unanswered
			var claimed int64
			if err := rows.Scan(&u.Server, &u.ID, &u.Kind, &u.Channel, &u.epoch, &claimed, &u.Content); err != nil {
				return err
			}
			u.Age = time.Duration(now-claimed) * time.Millisecond
			if l.Owns(u.Server) && (u.epoch < l.epoch.Load() || own && u.epoch == l.epoch.Load()) {
				all = append(all, u)
			}
		}
		return rows.Err()
	})
	return all, err
}

func (s *store) reclaim(ctx context.Context, l *Lease, u Unanswered, again bool) (bool, error) {
	claimed := false
	err := s.db.Live(ctx, func(tx *sql.Tx, now int64) (err error) {
		claimed, err = s.changes(ctx, tx, l, now, `UPDATE live_question SET epoch = $3
			WHERE guild = $5 AND question = $6 AND state = 'claimed' AND epoch = $7 AND EXISTS (SELECT 1 `+owned+`)`,
			u.Server, u.ID, u.epoch)
		if err != nil || claimed {
			return err
		}
		epoch, state, err := s.stands(ctx, tx, u.Question)
		switch {
		case errors.Is(err, sql.ErrNoRows): // it is long ago
			return nil
		case err == nil && state == stateClaimed && epoch == u.epoch:
			return ErrLapsed // it was renewed since the update looked
		}
		claimed = again && epoch == l.epoch.Load() && state == stateClaimed
		return err
	})
	return claimed, err
}

func (s *store) correspondents(ctx context.Context, most int) ([]string, error) {
	var channels []string
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		channels = nil
		rows, err := tx.QueryContext(ctx, `SELECT channel FROM live_question WHERE guild = '' AND channel <> ''
			GROUP BY channel ORDER BY MAX(claimed) DESC LIMIT $1`, most)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var channel string
			if err := rows.Scan(&channel); err != nil {
				return err
			}
			channels = append(channels, channel)
		}
		return rows.Err()
	})
	return channels, err
}

// sweep forgets claims that are too old to matter, and what was asked in those that can't
// be answered any more.
func (s *store) sweep(ctx context.Context) error {
	return s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		_, err := tx.ExecContext(ctx, `DELETE FROM live_question WHERE claimed < $1`, now-claimsLife.Milliseconds())
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE live_question SET state = 'expired', content = '' WHERE state = 'claimed' AND claimed < $1`,
			now-longestAnswer.Milliseconds())
		return err
	})
}

// longestAnswer is for how long Discord lets an interaction be answered.
const longestAnswer = 15 * time.Minute
