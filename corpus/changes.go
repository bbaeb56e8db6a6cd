package corpus

import (
	"cmp"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"strings"

	"verbatim/config/database"
)

// changesBytes is about how much text one call of Changes returns.
const changesBytes = 8 << 20

// A changedDocument is a document and the guild's revision at its last change.
type changedDocument struct {
	Document
	changed int64
}

// changedDocuments returns the next changed documents after a revision: whole
// revisions, until they hold changesBytes.
func changedDocuments(ctx context.Context, tx *sql.Tx, guild string, since int64) ([]changedDocument, error) {
	rows, err := tx.QueryContext(ctx, `SELECT document, name, title, author, date, course, language, bytes, passages, revision, removed, changed
		FROM document WHERE guild = $1 AND changed > $2 ORDER BY changed`, guild, since)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []changedDocument
	bytes := 0
	for rows.Next() {
		var d changedDocument
		var removed int64
		if err := rows.Scan(&d.ID, &d.Name, &d.Title, &d.Author, &d.Date, &d.Course, &d.Language, &d.Bytes, &d.Passages, &d.Revision, &removed, &d.changed); err != nil {
			return nil, err
		}
		if bytes >= changesBytes && d.changed != found[len(found)-1].changed {
			break
		}
		d.Removed = timeOf(removed)
		bytes += d.Bytes
		found = append(found, d)
	}
	return found, rows.Err()
}

// change returns the document in the form that an index follows. One that is damaged has no
// texts there, so that all others are found.
func (d changedDocument) change(ctx context.Context, tx *sql.Tx, guild string) (database.Change, error) {
	c := database.Change{Revision: d.changed, ID: d.ID, Name: d.Name, Course: d.Course, Author: d.Author, Title: d.Title, Date: d.Date}
	if !d.Removed.IsZero() {
		return c, nil
	}
	texts, err := d.texts(ctx, tx, guild)
	if errors.Is(err, database.ErrStored) {
		c.Damaged = fmt.Errorf("read %s: %w", d.Name, err)
		return c, nil
	}
	c.Texts = texts
	return c, err
}

// texts returns the passages of a document, or database.ErrStored where its text or one of
// them is not what was stored.
func (d changedDocument) texts(ctx context.Context, tx *sql.Tx, guild string) ([]database.Text, error) {
	text, err := readText(ctx, tx, guild, d.Document, Range{Start: 0, End: d.Bytes})
	if err != nil {
		return nil, err
	}
	if sum := sha256.Sum256([]byte(text.text)); hex.EncodeToString(sum[:]) != d.Revision {
		return nil, database.ErrStored
	}
	rows, err := tx.QueryContext(ctx, `SELECT passage, structure FROM passage WHERE guild = $1 AND document = $2 ORDER BY passage`, guild, d.ID)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var texts []database.Text
	for rows.Next() {
		var ordinal int
		var stored string
		if err := rows.Scan(&ordinal, &stored); err != nil {
			return nil, err
		}
		p, err := readStructure(stored, ordinal, d.Bytes)
		if err != nil {
			return nil, err
		}
		texts = append(texts, d.text(text, p))
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	if len(texts) != d.Passages {
		return nil, fmt.Errorf("%d passages of %d: %w", len(texts), d.Passages, database.ErrStored)
	}
	return texts, nil
}

func (d changedDocument) text(x stretch, p Passage) database.Text {
	var body []string
	for _, sentence := range p.Sentences {
		body = append(body, x.show(sentence))
	}
	return database.Text{
		Ordinal:  p.Ordinal,
		Body:     strings.Join(body, " "),
		Context:  append([]string{d.Title}, p.Section...),
		Language: cmp.Or(p.Language, d.Language),
	}
}

func sortByName(documents []Document) {
	slices.SortFunc(documents, func(a, b Document) int { return strings.Compare(a.Name, b.Name) })
}
