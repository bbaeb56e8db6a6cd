package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"verbatim/config/database"
)

// An Undo is what it takes to undo the storing of one draft.
type Undo struct {
	Name    string // of the document
	Before  Draft  // what stood there, the zero Draft for nothing
	content string // of what was stored instead
	removed bool   // what stood there was removed
	course  string // that it was sorted into
	stated  string // the one that its file stated
	own     Cited  // how its file says that it is cited
}

// PutUndoably is Put with restore. It returns besides what TakeBack needs, for each draft
// that was not there unchanged.
func (s *Store) PutUndoably(ctx context.Context, guild string, drafts []Draft) (outcomes []Outcome, undo []Undo, err error) {
	outcomes, err = s.putEach(ctx, guild, drafts, true, func(tx *sql.Tx, first bool, d Draft) error {
		if first { // the transaction can begin anew
			undo = nil
		}
		before, removed, err := readDraft(ctx, tx, guild, d.Name)
		if err != nil || !removed && before.Content == d.Content {
			return err
		}
		u := Undo{Name: d.Name, Before: before, content: d.Content, removed: removed}
		err = tx.QueryRowContext(ctx, `SELECT course, stated, file_title, file_author FROM document WHERE guild = $1 AND name = $2`, guild, d.Name).
			Scan(&u.course, &u.stated, &u.own.Title, &u.own.Author)
		if errors.Is(err, sql.ErrNoRows) {
			err = nil
		}
		undo = append(undo, u)
		return err
	})
	return outcomes, undo, err
}

// TakeBack undoes what PutUndoably did, in one transaction, and returns how many documents
// are again as they were: those that somebody has changed since stay as they are.
func (s *Store) TakeBack(ctx context.Context, guild string, undo []Undo) (n int, err error) {
	err = s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		n = 0
		for i := len(undo) - 1; i >= 0; i-- { // the same name may have been stored twice
			done, err := s.takeBack(ctx, tx, guild, revision, i, undo[i])
			if err != nil {
				return fmt.Errorf("take %s back: %w", undo[i].Name, err)
			}
			if done {
				n++
			}
		}
		if n == 0 {
			return database.ErrUnchanged
		}
		return nil
	})
	return n, err
}

func (s *Store) takeBack(ctx context.Context, tx *sql.Tx, guild string, revision int64, number int, u Undo) (bool, error) {
	now, removed, err := readDraft(ctx, tx, guild, u.Name)
	if err != nil || removed || now.Content != u.content {
		return false, err
	}
	if u.Before.Name != "" {
		p := put{tx: tx, guild: guild, revision: revision, now: s.now().UnixMilli(), number: number, draft: u.Before, sketch: u.Before.sketch()}
		if _, err := p.do(ctx, true); err != nil {
			return false, err
		}
		_, err := tx.ExecContext(ctx, `UPDATE document SET course = $3, stated = $4, file_title = $5, file_author = $6 WHERE guild = $1 AND name = $2`,
			guild, u.Name, u.course, u.stated, u.own.Title, u.own.Author)
		if err != nil {
			return false, err
		}
	}
	if u.Before.Name != "" && !u.removed {
		return true, nil
	}
	var id string
	if err := tx.QueryRowContext(ctx, `SELECT document FROM document WHERE guild = $1 AND name = $2`, guild, u.Name).Scan(&id); err != nil {
		return false, err
	}
	return true, setRemoved(ctx, tx, guild, revision, id, s.now().UnixMilli())
}

// readDraft reads the draft of which a document was made, and whether the document is
// removed; the zero Draft for no document.
func readDraft(ctx context.Context, tx *sql.Tx, guild, name string) (d Draft, removed bool, err error) {
	var of Document
	err = queryDocuments(ctx, tx, Everything(guild), `AND name = $2`, func(found Document) { of = found }, name)
	if err != nil || of.ID == "" {
		return d, false, err
	}
	d = Draft{Name: of.Name, Origin: of.Origin, Revision: of.Revision, Metadata: of.Metadata}
	if err := tx.QueryRowContext(ctx, `SELECT content, file, instead FROM document WHERE guild = $1 AND document = $2`, guild, of.ID).Scan(&d.Content, &d.File, &d.instead); err != nil {
		return d, false, err
	}
	text, err := readChunks(ctx, tx, guild, of.ID, Range{Start: 0, End: of.Bytes})
	if err != nil {
		return d, false, err
	}
	d.Source, d.Quiet = text.text, text.quiet
	rows, err := tx.QueryContext(ctx, `SELECT passage, structure FROM passage WHERE guild = $1 AND document = $2 ORDER BY passage`, guild, of.ID)
	if err != nil {
		return d, false, err
	}
	defer rows.Close()
	for rows.Next() {
		var ordinal int
		var stored string
		if err := rows.Scan(&ordinal, &stored); err != nil {
			return d, false, err
		}
		p, err := readStructure(stored, ordinal, of.Bytes)
		if err != nil {
			return d, false, fmt.Errorf("%s: %w", of.ID, err)
		}
		d.Passages = append(d.Passages, p)
	}
	return d, !of.Removed.IsZero(), rows.Err()
}
