package corpus

import (
	"context"
	"database/sql"
	"errors"

	"verbatim/config/database"
	"verbatim/corpus/extract"
)

// Why a file is not read, for who says it in another language.
var (
	ErrFormat    = extract.ErrFormat    // its name has no extension that is read
	ErrOther     = extract.ErrOther     // its content is not what its name says
	ErrBinary    = extract.ErrBinary    // it is no text
	ErrEncoding  = extract.ErrEncoding  // its encoding is not known
	ErrEmpty     = extract.ErrEmpty     // it holds no text
	ErrProtected = extract.ErrProtected // by a password
	ErrScan      = extract.ErrScan      // its pages are images
	ErrImage     = extract.ErrImage     // it is an image
	ErrOldOffice = extract.ErrOldOffice // of a format before DOCX, or protected
	ErrRTF       = extract.ErrRTF
	ErrArchive   = extract.ErrArchive // it holds other files
	ErrDamaged   = extract.ErrDamaged
	ErrTooMuch   = extract.ErrTooMuch // it unpacks to more than is read
	ErrTooDeep   = extract.ErrTooDeep // it is nested more deeply than any text
)

// Refusal returns why no file of this name is read, nil where its content decides.
func Refusal(name string) error { return extract.Refusal(name) }

// Reason returns the code of the reason why a file is not read, such as "scan" or
// "protected" (unread.go of package extract has them all), "" for other errors.
func Reason(err error) string { return extract.Reason(err) }

// SetCourse sorts a document into a course, "" for none, until its file is read again and
// states another. It returns ErrNotFound if there is no such document, and ErrLimits for
// what is no name of a course.
func (s *Store) SetCourse(ctx context.Context, guild, id, course string) error {
	if err := CheckCourse(course); err != nil {
		return err
	}
	return s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		var was, name string
		err := tx.QueryRowContext(ctx, `SELECT course, name FROM document WHERE guild = $1 AND document = $2`, guild, id).Scan(&was, &name)
		switch {
		case errors.Is(err, sql.ErrNoRows):
			return ErrNotFound
		case err != nil:
			return err
		case was == course:
			return database.ErrUnchanged
		}
		_, err = tx.ExecContext(ctx, `UPDATE document SET course = $3, changed = $4 WHERE guild = $1 AND document = $2`, guild, id, course, revision)
		if err != nil {
			return err
		}
		told, err := closer(ctx, tx, guild, was, course)
		if err != nil {
			return err
		}
		return database.Note(ctx, tx, guild, database.Act{Kind: "document", Action: "sorted", Subject: id, Name: name, Detail: course, Course: told})
	})
}
