package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"verbatim/config/database"
)

// Why a document does not get a name.
var (
	ErrName  = errors.New("no name of a document")
	ErrTaken = errors.New("another document has that name")
)

// Rename gives a document another name. Its file may keep the old one: it is known by that.
// It returns ErrNotFound if there is no such document, ErrName for what is no name, and
// ErrTaken if another document has it, perhaps a removed one.
func (s *Store) Rename(ctx context.Context, guild, id, name string) error {
	if err := CheckName(name); err != nil {
		return err
	}
	return s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		act := database.Act{Kind: "document", Action: "renamed", Subject: id, Detail: name}
		err := tx.QueryRowContext(ctx, `SELECT name, course FROM document WHERE guild = $1 AND document = $2`, guild, id).Scan(&act.Name, &act.Course)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return ErrNotFound
		case err != nil:
			return err
		case act.Name == name:
			return database.ErrUnchanged
		}
		if taken, err := nameTaken(ctx, tx, guild, name); err != nil || taken {
			return errors.Join(err, fmt.Errorf("%s: %w", name, ErrTaken))
		}
		if _, err := tx.ExecContext(ctx, `UPDATE document SET name = $3, changed = $4 WHERE guild = $1 AND document = $2`, guild, id, name, revision); err != nil {
			return err
		}
		return database.Note(ctx, tx, guild, act)
	})
}

// CheckName returns ErrName for what can't be the name that somebody gives a document.
func CheckName(name string) error {
	err := checkName(name)
	if err == nil && (strings.TrimSpace(name) != name || name == "") {
		err = errors.New("it is empty, or begins or ends in a space")
	}
	if err != nil {
		return fmt.Errorf("%.80q: %w: %w", name, ErrName, err)
	}
	return nil
}

// CheckCourse returns ErrLimits for what can't be the name of a course.
func CheckCourse(course string) error {
	if err := checkLimits(course, &Limits{}); err != nil {
		return fmt.Errorf("%w: %w", ErrLimits, err)
	}
	return nil
}

func nameTaken(ctx context.Context, tx *sql.Tx, guild, name string) (bool, error) {
	var n int
	err := tx.QueryRowContext(ctx, `SELECT COUNT(*) FROM document WHERE guild = $1 AND name = $2`, guild, name).Scan(&n)
	return n > 0, err
}
