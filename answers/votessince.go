package answers

import (
	"context"
	"database/sql"
	"time"

	"verbatim/corpus"
)

// VotesSince returns how many votes have said since a time that a reply was helpful, and how
// many that it was not. Who does not see all of a guild gets none.
func (s *Store) VotesSince(ctx context.Context, access corpus.Access, since time.Time) (helpful, unhelpful int, err error) {
	if !access.SeesAll() {
		return 0, 0, nil
	}
	err = s.db.Read(ctx, func(tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, `SELECT COALESCE(SUM(helpful), 0), COALESCE(SUM(1 - helpful), 0) FROM reply_vote
			WHERE guild = $1 AND voted >= $2`, access.Guild(), since.UnixMilli()).Scan(&helpful, &unhelpful)
	})
	return helpful, unhelpful, err
}
