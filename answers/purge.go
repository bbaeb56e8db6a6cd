package answers

import (
	"context"
	"database/sql"
	"time"

	"verbatim/config/database"
)

// Purged says how much a purge removed.
type Purged struct {
	Wordings  int // of open questions
	Followers int
	Replies   int // with their votes
	Proposals int // that were settled
	Logged    int // entries of the log
}

// Purge removes what of a guild is older than a time that it is kept: how questions were
// asked, and open questions of which nothing is left; who wanted to be told of one;
// replies on which nobody voted since, with their votes; proposals that were settled;
// entries of the log.
// Curated answers and pending proposals stay, and with a proposal that its member wants to
// be told of it.
func (s *Store) Purge(ctx context.Context, guild string, keep time.Duration) (Purged, error) {
	var purged Purged
	before := s.now().Add(-keep).UnixMilli()
	err := s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		purged = Purged{}
		questions, err := questionsAskedBefore(ctx, tx, guild, before)
		if err != nil {
			return err
		}
		for _, step := range []struct {
			count     *int
			statement string
		}{
			{&purged.Wordings, `DELETE FROM open_wording WHERE guild = $1 AND asked < $2`},
			{nil, `DELETE FROM reply_vote WHERE guild = $1 AND reply IN (SELECT reply FROM voted_reply WHERE guild = $1 AND voted < $2)`},
			{&purged.Replies, `DELETE FROM voted_reply WHERE guild = $1 AND voted < $2`},
			{&purged.Proposals, `DELETE FROM proposal WHERE guild = $1 AND settled > 0 AND settled < $2`},
			{&purged.Followers, `DELETE FROM open_follower WHERE guild = $1 AND since < $2
				AND question NOT IN (SELECT proposal FROM proposal WHERE guild = $1)`},
			{&purged.Logged, `DELETE FROM moderation_log WHERE guild = $1 AND made < $2`},
		} {
			done, err := tx.ExecContext(ctx, step.statement, guild, before)
			if err != nil {
				return err
			}
			if n, err := done.RowsAffected(); err == nil && step.count != nil {
				*step.count = int(n)
			}
		}
		for _, id := range questions {
			if err := tidyOpen(ctx, tx, guild, id); err != nil {
				return err
			}
		}
		if purged == (Purged{}) {
			return database.ErrUnchanged
		}
		return nil
	})
	return purged, err
}

func questionsAskedBefore(ctx context.Context, tx *sql.Tx, guild string, before int64) ([]string, error) {
	var ids []string
	err := each(ctx, tx, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT DISTINCT question FROM open_wording WHERE guild = $1 AND asked < $2`, guild, before)
	return ids, err
}
