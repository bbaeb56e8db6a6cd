package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"verbatim/config/database"
)

// A Cited is by what a document is cited.
type Cited struct {
	Title, Author string
}

// MaxCited is how many characters a title or an author that somebody gives may have.
const MaxCited = 300

// Retitle corrects how a document is cited, and returns how it was before. That stands in the
// place of what its file says until the file says the same: from then on the file is followed again.
// An empty title stands for what the file says, an empty author for none. It returns ErrNotFound if there is no such document, and
// ErrName for what can't be cited.
func (s *Store) Retitle(ctx context.Context, guild, id string, now Cited) (before Cited, err error) {
	for _, part := range []*string{&now.Title, &now.Author} {
		*part = strings.Join(strings.Fields(*part), " ")
		if !utf8.ValidString(*part) || utf8.RuneCountInString(*part) > MaxCited {
			return before, fmt.Errorf("%.80q: %w: it has more than %d characters, or is not text", *part, ErrName, MaxCited)
		}
	}
	err = s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		act := database.Act{Kind: "document", Action: "retitled", Subject: id}
		var own string
		err := tx.QueryRowContext(ctx, `SELECT name, course, title, author, file_title FROM document WHERE guild = $1 AND document = $2`, guild, id).
			Scan(&act.Name, &act.Course, &before.Title, &before.Author, &own)
		to := Cited{cmp.Or(now.Title, own), now.Author}
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return ErrNotFound
		case err != nil:
			return err
		case before == to:
			return database.ErrUnchanged
		}
		_, err = tx.ExecContext(ctx, `UPDATE document SET title = $3, author = $4, changed = $5 WHERE guild = $1 AND document = $2`, guild, id, to.Title, to.Author, revision)
		if err != nil {
			return err
		}
		act.Detail = to.Title
		if to.Author != "" {
			act.Detail += " – " + to.Author
		}
		return database.Note(ctx, tx, guild, act)
	})
	return before, err
}
