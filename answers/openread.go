package answers

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/corpus"
)

// OpenQuestions returns the open questions that can be seen, the most frequent first,
// of these the ones asked last; or with dismissed those that moderators dismissed.
func (s *Store) OpenQuestions(ctx context.Context, access corpus.Access, dismissed bool) ([]OpenQuestion, error) {
	var found []OpenQuestion
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		all, err := readAllOpen(ctx, tx, access.Guild())
		found = nil
		for _, q := range all {
			if access.Covers(q.Asked) && q.Dismissed.IsZero() != dismissed {
				found = append(found, q)
			}
		}
		return err
	})
	sortByWorth(found)
	return found, err
}

// OpenQuestion returns an open question by its ID, also a dismissed one, or ErrNotFound.
func (s *Store) OpenQuestion(ctx context.Context, access corpus.Access, id string) (OpenQuestion, error) {
	var found OpenQuestion
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		found, err = readSeenOpen(ctx, tx, access, id)
		return err
	})
	return found, err
}

// sortByWorth puts what a moderator should see first at the head: dismissed questions
// last, frequent ones before rare ones, new ones before old ones.
func sortByWorth(all []OpenQuestion) {
	slices.SortFunc(all, func(x, y OpenQuestion) int {
		if x.Dismissed.IsZero() != y.Dismissed.IsZero() {
			if x.Dismissed.IsZero() {
				return -1
			}
			return 1
		}
		return cmp.Or(cmp.Compare(y.Times, x.Times), y.Last.Compare(x.Last), strings.Compare(x.ID, y.ID))
	})
}

// readSeenOpen is readOpen for who has an access.
func readSeenOpen(ctx context.Context, tx *sql.Tx, access corpus.Access, id string) (OpenQuestion, error) {
	q, err := readOpen(ctx, tx, access.Guild(), id)
	if err == nil && !access.Covers(q.Asked) {
		return OpenQuestion{}, missing("open question", id)
	}
	return q, err
}

// readOpen returns an open question of a guild, whatever its scope, or ErrNotFound.
func readOpen(ctx context.Context, tx *sql.Tx, guild, id string) (OpenQuestion, error) {
	found, err := queryOpen(ctx, tx, guild, id)
	if err == nil && len(found) == 0 {
		err = missing("open question", id)
	}
	if err != nil {
		return OpenQuestion{}, err
	}
	return found[0], nil
}

func readAllOpen(ctx context.Context, tx *sql.Tx, guild string) ([]OpenQuestion, error) {
	return queryOpen(ctx, tx, guild, "")
}

// queryOpen returns the open questions of a guild, or the one with an ID, in no order.
func queryOpen(ctx context.Context, tx *sql.Tx, guild, id string) ([]OpenQuestion, error) {
	const one = ` WHERE guild = $1 AND ($2 = '' OR question = $2)`
	var found []OpenQuestion
	err := each(ctx, tx, func(scan func(...any) error) error {
		var q OpenQuestion
		var first, dismissed int64
		var stored string
		if err := scan(&q.ID, &stored, &q.Language, &q.Text, &first, &dismissed, &q.Why, &q.Followers); err != nil {
			return err
		}
		asked, err := accessOf(guild, stored)
		if err != nil {
			return fmt.Errorf("open question %s: %w", q.ID, err)
		}
		q.Asked, q.First, q.Dismissed = asked, timeOf(first), timeOf(dismissed)
		found = append(found, q)
		return nil
	}, `SELECT question, scope, language, text, first, dismissed, reason, (SELECT COUNT(*) FROM open_follower f
		WHERE f.guild = open_question.guild AND f.question = open_question.question AND f.outcome = '') FROM open_question`+one, guild, id)
	if err != nil {
		return nil, err
	}
	at := map[string]int{}
	for i, q := range found {
		at[q.ID] = i
	}
	err = each(ctx, tx, func(scan func(...any) error) error {
		var question string
		var w Wording
		var asked int64
		if err := scan(&question, &w.Text, &w.Reason, &w.Times, &asked); err != nil {
			return err
		}
		i, there := at[question]
		if !there {
			return nil // of a question that is gone
		}
		w.Last = timeOf(asked)
		q := &found[i]
		q.Wordings = append(q.Wordings, w)
		q.Times += w.Times
		if w.Last.After(q.Last) {
			q.Last = w.Last
		}
		return nil
	}, `SELECT question, text, reason, times, asked FROM open_wording`+one+` ORDER BY times DESC, asked DESC, wording`, guild, id)
	return found, err
}

// each calls yield for each row of a query, with what reads its columns.
func each(ctx context.Context, tx *sql.Tx, yield func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := yield(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

// A missingError is an ErrNotFound that says what there is none of.
type missingError struct{ kind, id string }

func missing(kind, id string) error { return missingError{kind, id} }

func (e missingError) Error() string        { return fmt.Sprintf("%.100q: no such %s", e.id, e.kind) }
func (e missingError) Is(target error) bool { return target == ErrNotFound }

func isMissing(err error) bool { return errors.Is(err, ErrNotFound) }
