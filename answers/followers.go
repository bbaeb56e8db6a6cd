package answers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A FollowOutcome is what became of a question that someone follows.
type FollowOutcome string

// The outcomes.
const (
	FollowAnswered  FollowOutcome = "answered"
	FollowDismissed FollowOutcome = "dismissed"
)

// A Follower is who wants to be told what becomes of an open question.
type Follower struct {
	Member string // ID
	Place  string // ID of the channel to tell it in, "" for a direct message
	Text   string // the question as they asked it

	// Asked are the IDs of the channels in which they asked: of a thread both it and its
	// channel, none for a direct message.
	Asked []string
}

// ErrTooMany is returned for what goes over a limit. Its text names the limit.
var ErrTooMany = errors.New("too many")

// Follow keeps who wants to be told until they are; a second time it changes the place.
// It returns ErrNotFound where OpenQuestion does, and for a dismissed question.
func (s *Store) Follow(ctx context.Context, access corpus.Access, id string, f Follower) error {
	return s.db.Write(ctx, access.Guild(), func(tx *sql.Tx) error {
		q, err := readSeenOpen(ctx, tx, access, id)
		if err == nil && !q.Dismissed.IsZero() {
			err = missing("open question", id)
		}
		if err != nil {
			return err
		}
		var again int // whether the member waits already
		err = tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM open_follower WHERE guild = $1 AND question = $2 AND member = $3`,
			access.Guild(), id, f.Member).Scan(&again)
		if err != nil {
			return err
		}
		if again == 0 && q.Followers >= maxFollowers {
			return fmt.Errorf("%w: %d members wait to be told of this question already", ErrTooMany, maxFollowers)
		}
		asked, err := json.Marshal(append([]string{}, f.Asked...))
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO open_follower (guild, question, member, place, text, since, outcome, curated, reason, asked_in)
			VALUES ($1, $2, $3, $4, $5, $6, '', '', '', $7)
			ON CONFLICT (guild, question, member) DO UPDATE SET place = excluded.place, text = excluded.text, asked_in = excluded.asked_in`,
			access.Guild(), id, f.Member, f.Place, cutLine(f.Text, maxAsked), s.now().UnixMilli(), string(asked))
		return err
	})
}

// Unfollow forgets that a member wants to be told; one who doesn't is passed over.
func (s *Store) Unfollow(ctx context.Context, guild, id, member string) error {
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `DELETE FROM open_follower WHERE guild = $1 AND question = $2 AND member = $3`, guild, id, member)
		return unlessNone(done, err)
	})
}

// unlessNone returns ErrUnchanged for a statement that found no row.
func unlessNone(done sql.Result, err error) error {
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err == nil && n == 0 {
		return database.ErrUnchanged
	}
	return nil
}

// A Notice is what a follower is to be told.
type Notice struct {
	Follower
	Question string // ID of what was the open question
	Since    time.Time
	Outcome  FollowOutcome
	Curated  string // ID of the answer, "" where it was dismissed
	Reason   string // why it was dismissed, may be ""
}

// Notices returns up to so many notices of a guild that wait to be delivered, the oldest
// wish first. The answer that one names is to be read with the member's own access: where
// that does not show it, or it is gone, the member is not told of it. Each is to be
// given to Delivered then, also where it could not be delivered for good.
//
// It takes no Access: a notice holds nothing but the member's own words and the reason
// that a moderator wrote for them.
func (s *Store) Notices(ctx context.Context, guild string, most int) ([]Notice, error) {
	var notices []Notice
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		notices = nil
		return each(ctx, tx, func(scan func(...any) error) error {
			var n Notice
			var since int64
			var asked string
			err := scan(&n.Question, &n.Member, &n.Place, &n.Text, &since, &n.Outcome, &n.Curated, &n.Reason, &asked)
			if err == nil {
				err = database.Decode(asked, &n.Asked)
			}
			n.Since = timeOf(since)
			notices = append(notices, n)
			return err
		}, `SELECT question, member, place, text, since, outcome, curated, reason, asked_in FROM open_follower
			WHERE guild = $1 AND outcome <> '' ORDER BY since, question, member LIMIT $2`, guild, most)
	})
	return notices, err
}

// Delivered forgets a notice and who it was for.
func (s *Store) Delivered(ctx context.Context, guild string, n Notice) error {
	return s.Unfollow(ctx, guild, n.Question, n.Member)
}
