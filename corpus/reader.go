package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"time"

	"verbatim/config/database"
)

const documentColumns = `document, name, origin, revision, title, author, date, language, course, licence, link,
	bytes, passages, added, replaced, removed`

// Documents returns the documents that can be seen, removed ones among them only
// if asked for, in the order of their names.
func (s *Store) Documents(ctx context.Context, access Access, removed bool) ([]Document, error) {
	var found []Document
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = nil
		return queryDocuments(ctx, tx, access, ``, func(d Document) {
			if d.Removed.IsZero() || removed {
				found = append(found, d)
			}
		})
	})
	sortByName(found)
	return found, err
}

// Document returns a document by its ID, also a removed one.
func (s *Store) Document(ctx context.Context, access Access, id string) (Document, error) {
	return s.document(ctx, access, `AND document = $2`, id)
}

// DocumentNamed returns a document by its name, also a removed one.
func (s *Store) DocumentNamed(ctx context.Context, access Access, name string) (Document, error) {
	return s.document(ctx, access, `AND name = $2`, name)
}

func (s *Store) document(ctx context.Context, access Access, condition, value string) (Document, error) {
	var found Document
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = Document{}
		return queryDocuments(ctx, tx, access, condition, func(d Document) { found = d }, value)
	})
	if err == nil && found.ID == "" {
		err = fmt.Errorf("%s: %w", value, ErrNotFound)
	}
	return found, err
}

// queryDocuments calls yield for each document of the guild that can be seen and
// fulfils the condition, in no order.
func queryDocuments(ctx context.Context, tx *sql.Tx, access Access, condition string, yield func(Document), args ...any) error {
	rows, err := tx.QueryContext(ctx, `SELECT `+documentColumns+` FROM document WHERE guild = $1 `+condition,
		append([]any{access.Guild()}, args...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		d, err := scanDocument(rows)
		if err != nil {
			return err
		}
		if access.Sees(d.Course) {
			yield(d)
		}
	}
	return rows.Err()
}

// scanDocument reads the documentColumns of a row, and those behind them into more.
func scanDocument(row interface{ Scan(...any) error }, more ...any) (Document, error) {
	var d Document
	var added, replaced, removed int64
	err := row.Scan(append([]any{&d.ID, &d.Name, &d.Origin, &d.Revision, &d.Title, &d.Author, &d.Date, &d.Language,
		&d.Course, &d.Licence, &d.Link, &d.Bytes, &d.Passages, &added, &replaced, &removed}, more...)...)
	d.Added, d.Replaced, d.Removed = timeOf(added), timeOf(replaced), timeOf(removed)
	return d, err
}

// timeOf returns the time of a column; 0 is the zero time.
func timeOf(milliseconds int64) time.Time {
	if milliseconds == 0 {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds)
}

// A Found is a passage with its document and the text of its sentences.
type Found struct {
	Document Document
	Passage
	Source string   // the source text from Start to End of the passage
	Texts  []string // of each sentence, as Quote shows it
	quiet  []Range
}

// A PassageID names a passage: a document's ID and an ordinal in it.
type PassageID struct {
	Document string
	Ordinal  int
}

// Passages returns passages in one state of the store, in the order asked for.
// Those that are not there, removed, or not shown by the access are left out.
func (s *Store) Passages(ctx context.Context, access Access, ids []PassageID) ([]Found, error) {
	found, _, err := s.PassagesAt(ctx, access, ids)
	return found, err
}

// PassagesAt is Passages for who keeps them: it also returns where the guild's data stood when
// they were so, the zero Head where none of them is there.
func (s *Store) PassagesAt(ctx context.Context, access Access, ids []PassageID) ([]Found, database.Head, error) {
	var found []Found
	var head database.Head
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		found, head = nil, database.Head{}
		for some := range slices.Chunk(ids, atOnce) {
			more, err := readPassages(ctx, tx, access, some)
			if err != nil {
				return err
			}
			found = append(found, more...)
		}
		if found != nil {
			head, err = database.HeadIn(ctx, tx, access.Guild())
		}
		return err
	})
	return found, head, err
}

// Show returns the bytes of ranges within the passage as Quote shows them.
func (f Found) Show(ranges []Range) string {
	return stretch{f.Source, f.Start(), f.quiet}.show(ranges)
}

// Text returns bytes of the source text of a document, also of a removed one. The
// range is cut to the text, and a reversed one is empty.
func (s *Store) Text(ctx context.Context, access Access, document string, r Range) (string, error) {
	var text string
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		var d Document
		err := queryDocuments(ctx, tx, access, `AND document = $2`, func(found Document) { d = found }, document)
		if err != nil {
			return err
		}
		if d.ID == "" {
			return fmt.Errorf("%s: %w", document, ErrNotFound)
		}
		start := min(max(r.Start, 0), d.Bytes)
		end := min(max(r.End, start), d.Bytes)
		x, err := readText(ctx, tx, access.Guild(), d, Range{Start: start, End: end})
		text = x.text
		return err
	})
	return text, err
}

// readChunks reads the chunks that begin in a range, up to the first that is missing.
func readChunks(ctx context.Context, tx *sql.Tx, guild, document string, r Range) (stretch, error) {
	x := stretch{start: r.Start}
	rows, err := tx.QueryContext(ctx, `SELECT start, body, quiet FROM document_text
		WHERE guild = $1 AND document = $2 AND start >= $3 AND start < $4 ORDER BY start`,
		guild, document, r.Start, r.End)
	if err != nil {
		return x, err
	}
	defer rows.Close()
	var text []byte
	for rows.Next() {
		var start int
		var body []byte
		var quiet string
		if err := rows.Scan(&start, &body, &quiet); err != nil {
			return x, err
		}
		if start != r.Start+len(text) {
			break
		}
		text = append(text, body...)
		if x.quiet, err = appendQuiet(x.quiet, quiet); err != nil {
			return x, fmt.Errorf("chunk %d of %s: %w", start, document, err)
		}
	}
	x.text = string(text)
	return x, rows.Err()
}

// A known document is what an import has to know of a document in the store.
type known struct {
	id, name, origin, file string
	content                string // "" if its text is incomplete
	revision               string
	instead                string    // revision of its file's text, where a moderator gave it another
	stored                 time.Time // when its text was
	removed, missing       time.Time
}

// contents returns what is known of the documents of a guild.
func (s *Store) contents(ctx context.Context, guild string) ([]*known, error) {
	var found []*known
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = nil
		rows, err := tx.QueryContext(ctx, `SELECT document, name, origin, file, `+contentColumn+`, revision, instead, added, replaced, removed, missing
			FROM document WHERE guild = $1`, guild)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var k known
			var added, replaced, removed, missing int64
			if err := rows.Scan(&k.id, &k.name, &k.origin, &k.file, &k.content, &k.revision, &k.instead, &added, &replaced, &removed, &missing); err != nil {
				return err
			}
			k.stored, k.removed, k.missing = timeOf(max(added, replaced)), timeOf(removed), timeOf(missing)
			found = append(found, &k)
		}
		return rows.Err()
	})
	return found, err
}

// Head returns where the guild's data stand.
func (s *Store) Head(ctx context.Context, guild string) (database.Head, error) {
	return s.db.Head(ctx, guild)
}

// Changes returns documents of a guild that changed after a revision, those that
// changed first at the head, each as its passages. It gives whole revisions, as
// many as fit a few megabytes and at least one; none means there are no more. A
// document that is damaged is among them without its passages. An index follows it and must be shown everything, so it takes no Access.
func (s *Store) Changes(ctx context.Context, guild string, since int64) ([]database.Change, error) {
	var changes []database.Change
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		documents, err := changedDocuments(ctx, tx, guild, since)
		if err != nil {
			return err
		}
		changes = changes[:0]
		for _, d := range documents {
			change, err := d.change(ctx, tx, guild)
			if err != nil {
				return fmt.Errorf("read %s: %w", d.Name, err)
			}
			changes = append(changes, change)
		}
		return nil
	})
	return changes, err
}
