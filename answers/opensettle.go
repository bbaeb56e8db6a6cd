package answers

import (
	"context"
	"database/sql"
	"slices"

	"verbatim/corpus"
)

// AnswerOpen makes a curated answer of an open question, which is closed: it is gone
// from all lists, and who follows it gets a notice. The content is as for Add;
// [OpenQuestion.Content] is a beginning. It returns ErrNotFound where OpenQuestion does.
func (s *Store) AnswerOpen(ctx context.Context, access corpus.Access, id, author string, c Content) (Curated, error) {
	c, err := s.prepare(ctx, corpus.Everything(access.Guild()), c, nil)
	if err != nil {
		return Curated{}, err
	}
	var added Curated
	err = s.db.Change(ctx, access.Guild(), func(tx *sql.Tx, revision int64) error {
		q, err := readSeenOpen(ctx, tx, access, id)
		if err != nil {
			return err
		}
		added, err = s.insert(ctx, tx, access.Guild(), newID(access.Guild(), revision, 0), revision, author, c)
		if err != nil {
			return err
		}
		if err := noteQuestion(ctx, tx, "answered", q, c); err != nil {
			return err
		}
		return s.settle(ctx, tx, access.Guild(), id, FollowAnswered, added.ID, "")
	})
	return s.shown(ctx, access, added, err)
}

// AnswerOpenWith closes an open question whose answer is there already: the question
// and its most frequent wordings become wordings of that answer, so that it is found by
// them; of the wordings those for which there is room. It returns ErrNotFound where
// OpenQuestion or Curated do, and ErrContent where there is no room for the question.
func (s *Store) AnswerOpenWith(ctx context.Context, access corpus.Access, id, curated, author string) (Curated, error) {
	guild := access.Guild()
	var changed Curated
	err := s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		q, err := readSeenOpen(ctx, tx, access, id)
		if err != nil {
			return err
		}
		if _, err := readSeen(ctx, tx, access, curated); err != nil {
			return err
		}
		changed, _, err = s.revise(ctx, tx, guild, curated, revision, 0, author, Edited, func(tx *sql.Tx, now Curated) (Content, error) {
			c, err := now.alsoAsked(q.Content().wordings()).tidy()
			if err != nil {
				return c, err
			}
			return editTo(c)(tx, now)
		})
		if err != nil {
			return err
		}
		if err := noteQuestion(ctx, tx, "answered", q, changed.Content); err != nil {
			return err
		}
		return s.settle(ctx, tx, guild, id, FollowAnswered, curated, "")
	})
	return s.shown(ctx, access, changed, err)
}

// alsoAsked returns a content with more wordings: the first in any case, of the others
// as many as there is room for.
func (c Content) alsoAsked(wordings []string) Content {
	c.Wordings = slices.Clone(c.Wordings)
	for i, w := range wordings {
		if w != c.Question && !slices.Contains(c.Wordings, w) && (i == 0 || len(c.Wordings) < maxWordings) {
			c.Wordings = append(c.Wordings, w)
		}
	}
	return c
}

// settle closes an answered question, and tells who follows it.
func (s *Store) settle(ctx context.Context, tx *sql.Tx, guild, id string, outcome FollowOutcome, curated, reason string) error {
	_, err := tx.ExecContext(ctx, `UPDATE open_follower SET outcome = $3, curated = $4, reason = $5
		WHERE guild = $1 AND question = $2 AND outcome = ''`, guild, id, string(outcome), curated, reason)
	if err != nil || outcome != FollowAnswered {
		return err
	}
	return closeOpen(ctx, tx, guild, id)
}

// Dismiss takes an open question out of the list without an answer. What is asked alike
// later does not open it again; who follows it gets a notice with the reason, which may
// be "". A dismissed question is not dismissed again, but gets the new reason.
func (s *Store) Dismiss(ctx context.Context, access corpus.Access, id, reason string) error {
	reason = cutLine(reason, maxReason)
	return s.db.Write(ctx, access.Guild(), func(tx *sql.Tx) error {
		q, err := readSeenOpen(ctx, tx, access, id)
		if err != nil {
			return err
		}
		if err := noteQuestion(ctx, tx, "dismissed", q, Content{}); err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE open_question SET dismissed = $3, reason = $4 WHERE guild = $1 AND question = $2`,
			access.Guild(), id, s.now().UnixMilli(), reason)
		if err != nil {
			return err
		}
		return s.settle(ctx, tx, access.Guild(), id, FollowDismissed, "", reason)
	})
}

// Reopen brings a dismissed question back; one that is open stays so. Who follows it and
// was not told yet that it was dismissed waits again.
func (s *Store) Reopen(ctx context.Context, access corpus.Access, id string) error {
	return s.db.Write(ctx, access.Guild(), func(tx *sql.Tx) error {
		q, err := readSeenOpen(ctx, tx, access, id)
		if err != nil {
			return err
		}
		if !q.Dismissed.IsZero() {
			if err := noteQuestion(ctx, tx, "reopened", q, Content{}); err != nil {
				return err
			}
		}
		_, err = tx.ExecContext(ctx, `UPDATE open_question SET dismissed = 0, reason = '' WHERE guild = $1 AND question = $2`,
			access.Guild(), id)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE open_follower SET outcome = '', reason = '' WHERE guild = $1 AND question = $2 AND outcome = $3`,
			access.Guild(), id, string(FollowDismissed))
		return err
	})
}

// maxReason is the length of the longest reason, in code points.
const maxReason = 500
