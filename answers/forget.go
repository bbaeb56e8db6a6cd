package answers

import (
	"context"
	"database/sql"
	"slices"

	"verbatim/config/database"
)

// FormerMember stands for the author of a curated answer who is forgotten. Where an
// author is shown, it is shown in words.
const FormerMember = "former member"

// A UserColumn is a column that holds the ID of a member.
type UserColumn struct {
	Table, Column string
	Keeps         bool // the row stays without the ID; else it goes with the member
}

// UserColumns returns all columns in which IDs of members are.
func UserColumns() []UserColumn {
	return []UserColumn{
		{"curated_revision", "author", true},
		{"glossary", "author", true},
		{"proposal", "moderator", true},
		{"moderation_log", "actor", true},
		{"proposal", "member", false},
		{"open_follower", "member", false},
		{"reply_vote", "member", false},
		{"asker", "member", false}, // see package bot
	}
}

// Forgotten says how many rows of each table held a member who is forgotten.
type Forgotten map[string]int

// Rows returns how many they are.
func (f Forgotten) Rows() int {
	sum := 0
	for _, n := range f {
		sum += n
	}
	return sum
}

// Forget removes a member from all that is stored of a guild: their votes and what came
// of them, their proposals, and that they wanted to be told of something. Curated
// answers stay, as those of [FormerMember].
//
// What questions were asked is stored without whose they are, and goes with time. A
// backup from before does not bring the member back when it is restored.
func (s *Store) Forget(ctx context.Context, guild, member string) (Forgotten, error) {
	var forgotten Forgotten
	err := s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		forgotten = Forgotten{}
		if member == "" || member == FormerMember {
			return database.ErrUnchanged
		}
		voted, err := repliesOf(ctx, tx, guild, member)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `UPDATE curated SET changed = $3 WHERE guild = $1 AND curated IN
			(SELECT curated FROM curated_revision WHERE guild = $1 AND author = $2)`, guild, member, revision)
		if err != nil {
			return err
		}
		for _, c := range UserColumns() {
			n, err := c.forget(ctx, tx, guild, member)
			if err != nil {
				return err
			}
			if n > 0 {
				forgotten[c.Table] += n
			}
		}
		for _, r := range voted {
			if err := r.settle(ctx, tx, guild, nil); err != nil {
				return err
			}
		}
		if len(forgotten) == 0 {
			return database.ErrUnchanged
		}
		return database.NoteForgotten(ctx, tx, guild, member)
	})
	if err == nil && len(forgotten) == 0 && member != "" && member != FormerMember {
		err = s.noteForgotten(ctx, guild, member)
	}
	return forgotten, err
}

// ForgetListed forgets the members of a guild who are on a list, as after a backup was
// restored in which they still were. It returns how many they were.
func (s *Store) ForgetListed(ctx context.Context, guild string, list database.Forgotten) (int, error) {
	var members []string
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		members = nil
		for _, c := range UserColumns() {
			err := each(ctx, tx, func(scan func(...any) error) error {
				var member string
				err := scan(&member)
				members = append(members, member)
				return err
			}, `SELECT DISTINCT `+c.Column+` FROM `+c.Table+` WHERE guild = $1`, guild)
			if err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	slices.Sort(members)
	listed := list.Among(guild, slices.Compact(members))
	for _, member := range listed {
		if _, err := s.Forget(ctx, guild, member); err != nil {
			return 0, err
		}
	}
	return len(listed), nil
}

// noteForgotten notes that a member is forgotten of whom nothing is stored: backups may
// hold more.
func (s *Store) noteForgotten(ctx context.Context, guild, member string) error {
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error { return database.NoteForgotten(ctx, tx, guild, member) })
}

// forget takes a member out of a column, and returns out of how many rows.
func (c UserColumn) forget(ctx context.Context, tx *sql.Tx, guild, member string) (int, error) {
	statement, args := `DELETE FROM `+c.Table+` WHERE guild = $1 AND `+c.Column+` = $2`, []any{guild, member}
	if c.Keeps {
		statement = `UPDATE ` + c.Table + ` SET ` + c.Column + ` = $3 WHERE guild = $1 AND ` + c.Column + ` = $2`
		args = append(args, FormerMember)
	}
	done, err := tx.ExecContext(ctx, statement, args...)
	if err != nil {
		return 0, err
	}
	n, err := done.RowsAffected()
	return int(n), err
}

// repliesOf returns the replies on which a member voted.
func repliesOf(ctx context.Context, tx *sql.Tx, guild, member string) ([]votedReply, error) {
	var ids []string
	err := each(ctx, tx, func(scan func(...any) error) error {
		var id string
		err := scan(&id)
		ids = append(ids, id)
		return err
	}, `SELECT reply FROM reply_vote WHERE guild = $1 AND member = $2`, guild, member)
	var replies []votedReply
	for _, id := range ids {
		r, err := readReply(ctx, tx, guild, id)
		if err != nil {
			return nil, err
		}
		replies = append(replies, r)
	}
	return replies, err
}
