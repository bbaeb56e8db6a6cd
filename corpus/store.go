package corpus

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"path/filepath"
	"sort"
	"time"

	"verbatim/config/database"
)

// ErrNotFound is returned for a document or passage that is not there, or that the
// asker's access does not show; the two can't be told apart.
var ErrNotFound = errors.New("no such document")

// A Store keeps the documents of all guilds in SQL. Functions that read take an
// Access; functions that change take a guild and raise its revision.
type Store struct {
	db  *database.DB
	now func() time.Time
}

// NewStore returns a store in db. Now tells the time of changes.
func NewStore(db *database.DB, now func() time.Time) *Store {
	return &Store{db: db, now: now}
}

// An Outcome says what became of a draft that was put into the store.
type Outcome int

// The outcomes of Put.
const (
	Unchanged Outcome = iota // the same file was read before, and its text is stored as it was
	Added
	Replaced // a document of that name got a new text or new metadata, or its text was damaged
	LeftOut  // the document of that name was removed by a moderator, and stays removed
	Renamed  // a document got another name, and perhaps a new text
)

// Put stores drafts in one transaction, each as the document of its name, and
// returns what became of each. A document that is replaced keeps its ID. With
// restore, removed documents come back instead of being left out.
func (s *Store) Put(ctx context.Context, guild string, drafts []Draft, restore bool) ([]Outcome, error) {
	return s.putEach(ctx, guild, drafts, restore, func(*sql.Tx, bool, Draft) error { return nil })
}

// putEach is Put that calls look before each draft, and says whether it is the first.
func (s *Store) putEach(ctx context.Context, guild string, drafts []Draft, restore bool, look func(tx *sql.Tx, first bool, d Draft) error) ([]Outcome, error) {
	outcomes := make([]Outcome, len(drafts))
	sketches := make([]sketch, len(drafts))
	for i, d := range drafts { // before anybody has to wait for the transaction
		sketches[i] = d.sketch()
	}
	err := s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		changed := false
		for i, d := range drafts {
			p := put{tx: tx, guild: guild, revision: revision, now: s.now().UnixMilli(), number: i, draft: d, sketch: sketches[i]}
			err := look(tx, i == 0, d)
			if err == nil {
				outcomes[i], err = p.do(ctx, restore)
			}
			if err != nil {
				return fmt.Errorf("store %s: %w", d.Name, err)
			}
			changed = changed || outcomes[i] != Unchanged && outcomes[i] != LeftOut
		}
		if !changed {
			return database.ErrUnchanged
		}
		return nil
	})
	return outcomes, err
}

// A put is the storing of one draft.
type put struct {
	tx       *sql.Tx
	guild    string
	revision int64
	now      int64
	number   int // of the draft in the transaction
	draft    Draft
	sketch   sketch
}

func (p *put) do(ctx context.Context, restore bool) (Outcome, error) {
	now, err := p.find(ctx)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		id := fmt.Sprintf("%x-%x", p.revision, p.number)
		now.id = id
		now.course, _ = p.courses(now)
		if err := p.note(ctx, now, "added", ""); err != nil {
			return 0, err
		}
		return Added, p.insert(ctx, id)
	case err != nil:
		return 0, err
	case now.removed != 0 && now.missing == 0 && !restore:
		return LeftOut, nil
	}
	if err := p.keepName(ctx, now); err != nil {
		return 0, err
	}
	was := p.draft.Name
	if was == now.name && now.removed == 0 && now.content == p.draft.Content && !p.draft.moved && !(now.instead != "" && filepath.IsAbs(p.draft.Origin)) {
		if sound, err := p.isSound(ctx, now); sound || err != nil {
			return Unchanged, err
		}
	}
	if was != now.name {
		p.draft.Name = now.name
		if err := p.note(ctx, now, "renamed", was); err != nil {
			return 0, err
		}
		p.draft.Name = was
		return Renamed, p.replace(ctx, now)
	}
	if err := p.note(ctx, now, "replaced", ""); err != nil {
		return 0, err
	}
	return Replaced, p.replace(ctx, now)
}

// isSound reports whether the text that is stored is that of the draft, which was made from the
// same. Where it is damaged, to give the file once more mends it.
func (p *put) isSound(ctx context.Context, now standing) (bool, error) {
	d := changedDocument{Document: Document{ID: now.id, Name: now.name, Bytes: len(p.draft.Source), Passages: len(p.draft.Passages), Revision: p.draft.Revision}}
	_, err := d.texts(ctx, p.tx, p.guild)
	if errors.Is(err, database.ErrStored) {
		return false, nil
	}
	return err == nil, err
}

// A standing is what stands in the store where a draft is to be put.
type standing struct {
	id, name         string
	content          string // "" if its text is incomplete
	course, stated   string
	removed, missing int64
	origin, file     string
	revision         string // of its text
	instead          string // revision of its file's text, where a moderator gave it another
	heading, own     Cited  // as it is cited, and as its file says
}

func (p *put) find(ctx context.Context) (standing, error) {
	column, value := "name", p.draft.Name
	if p.draft.document != "" {
		column, value = "document", p.draft.document
	}
	var x standing
	err := p.tx.QueryRowContext(ctx, `SELECT document, name, `+contentColumn+`, course, stated, removed, missing, origin, file, revision, instead, title, author, file_title, file_author FROM document
		WHERE guild = $1 AND `+column+` = $2`, p.guild, value).
		Scan(&x.id, &x.name, &x.content, &x.course, &x.stated, &x.removed, &x.missing, &x.origin, &x.file, &x.revision, &x.instead,
			&x.heading.Title, &x.heading.Author, &x.own.Title, &x.own.Author)
	return x, err
}

// keepName gives the draft the name that its document has, unless the draft is to give it
// another that no document has.
func (p *put) keepName(ctx context.Context, now standing) error {
	if p.draft.renames && p.draft.Name != now.name {
		taken, err := nameTaken(ctx, p.tx, p.guild, p.draft.Name)
		if err != nil || !taken {
			return err
		}
	}
	p.draft.Name = now.name
	return nil
}

// keepFile leaves a document to the folder of its file when a moderator gives it another
// text, so that the file is not taken for a new one.
func (p *put) keepFile(now standing) {
	if !filepath.IsAbs(now.origin) || now.file == "" || filepath.IsAbs(p.draft.Origin) {
		return
	}
	p.draft.Origin, p.draft.File, p.draft.instead = now.origin, now.file, cmp.Or(now.instead, now.revision)
	if p.draft.instead == p.draft.Revision {
		p.draft.instead = "" // it has its file's text again
	}
}

// courses returns the course that a document has with a new text, and the one that is noted as
// what its file states: the course that a moderator chose counts until the file states another
// than it did last. The zero standing stands for no document.
func (p *put) courses(now standing) (course, stated string) {
	stated = p.draft.Course
	switch {
	case p.draft.Chosen != nil:
		course, stated = *p.draft.Chosen, cmp.Or(stated, now.stated)
		if course == stated {
			stated = "" // it stays chosen when the file states none any more
		}
		return course, stated
	case now.course == now.stated || stated != "" && stated != now.stated:
		return stated, stated
	}
	return now.course, cmp.Or(stated, now.stated)
}

// note notes what becomes of the document in the log, where who may see its course reads it.
func (p *put) note(ctx context.Context, now standing, action, detail string) error {
	course, _ := p.courses(now)
	course, err := closer(ctx, p.tx, p.guild, now.course, course)
	if err != nil {
		return err
	}
	return database.Note(ctx, p.tx, p.guild, database.Act{Kind: "document", Action: action, Subject: now.id, Name: p.draft.Name, Detail: detail, Course: course})
}

// closer returns under which course the log tells of a document that goes from one into
// another: the new one, unless that is open to everybody and the old one is not.
func closer(ctx context.Context, tx *sql.Tx, guild, was, is string) (string, error) {
	if courseKey(was) == courseKey(is) {
		return is, nil
	}
	limits, err := readLimits(ctx, tx, guild)
	_, wasLimited := limits[courseKey(was)]
	if _, limited := limits[courseKey(is)]; wasLimited && !limited {
		return was, err
	}
	return is, err
}

func (p *put) insert(ctx context.Context, id string) error {
	d := p.draft
	course, stated := p.courses(standing{})
	_, err := p.tx.ExecContext(ctx, `INSERT INTO document (guild, document, name, origin, content, revision,
		title, author, date, language, course, licence, link, bytes, passages, added, replaced, removed, changed, file, stated, missing, file_title, file_author)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, 0, 0, $17, $18, $19, 0, $7, $8)`,
		p.guild, id, d.Name, d.Origin, d.Content, d.Revision, d.Title, d.Author, d.Date, d.Language, course,
		d.Licence, d.Link, len(d.Source), len(d.Passages), p.now, p.revision, d.File, stated)
	if err != nil {
		return err
	}
	return p.insertText(ctx, id)
}

func (p *put) replace(ctx context.Context, now standing) error {
	p.keepFile(now)
	d := p.draft
	course, stated := p.courses(now)
	cited := d.cited(now)
	_, err := p.tx.ExecContext(ctx, `UPDATE document SET origin = $3, content = $4, revision = $5, title = $6,
		author = $7, date = $8, language = $9, course = $10, licence = $11, link = $12, bytes = $13, passages = $14,
		replaced = $15, removed = 0, changed = $16, name = $17, file = $18, stated = $19, missing = 0, instead = $20, file_title = $21, file_author = $22 WHERE guild = $1 AND document = $2`,
		p.guild, now.id, d.Origin, d.Content, d.Revision, cited.Title, cited.Author, d.Date, d.Language, course,
		d.Licence, d.Link, len(d.Source), len(d.Passages), p.now, p.revision, d.Name, d.File, stated, d.instead, d.Title, d.Author)
	if err != nil {
		return err
	}
	for _, table := range []string{"document_text", "passage", "document_sketch"} {
		if _, err := p.tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE guild = $1 AND document = $2`, p.guild, now.id); err != nil {
			return err
		}
	}
	return p.insertText(ctx, now.id)
}

// cited returns how a document is cited with a new text: what a moderator gave it stays.
func (d Draft) cited(now standing) Cited {
	cited := Cited{d.Title, d.Author}
	if now.heading.Title != now.own.Title {
		cited.Title = now.heading.Title
	}
	if now.heading.Author != now.own.Author {
		cited.Author = now.heading.Author
	}
	return cited
}

// chunkBytes is the length of the pieces in which source texts are stored, so that
// a quote is read without reading the whole text.
const chunkBytes = 32 << 10

// contentColumn gives the hash of what a document was made from, or nothing where
// chunks of its text are missing, so that its file is read again.
var contentColumn = fmt.Sprintf(`CASE WHEN (bytes + %d) / %d = (SELECT COUNT(*) FROM document_text
	WHERE document_text.guild = document.guild AND document_text.document = document.document) THEN content ELSE '' END`,
	chunkBytes-1, chunkBytes)

func (p *put) insertText(ctx context.Context, id string) error {
	text, err := p.tx.PrepareContext(ctx, `INSERT INTO document_text (guild, document, start, body, quiet) VALUES ($1, $2, $3, $4, $5)`)
	if err != nil {
		return err
	}
	defer text.Close()
	quiet := p.draft.Quiet
	for at := 0; at < len(p.draft.Source); at += chunkBytes {
		chunk := p.draft.Source[at:min(at+chunkBytes, len(p.draft.Source))]
		n := sort.Search(len(quiet), func(i int) bool { return quiet[i].Start >= at+len(chunk) })
		stored := quietColumn(quiet[:n])
		quiet = quiet[n:]
		if _, err := text.ExecContext(ctx, p.guild, id, at, []byte(chunk), stored); err != nil {
			return err
		}
	}
	passage, err := p.tx.PrepareContext(ctx, `INSERT INTO passage (guild, document, passage, structure) VALUES ($1, $2, $3, $4)`)
	if err != nil {
		return err
	}
	defer passage.Close()
	for _, x := range p.draft.Passages {
		structure, err := json.Marshal(structureOf(x))
		if err != nil {
			return err
		}
		if _, err := passage.ExecContext(ctx, p.guild, id, x.Ordinal, string(structure)); err != nil {
			return err
		}
	}
	_, err = p.tx.ExecContext(ctx, `INSERT INTO document_sketch (guild, document, sketch) VALUES ($1, $2, $3)`, p.guild, id, p.sketch.bytes())
	return err
}

// Remove takes a document out of all answers; Restore brings it back. Both return
// ErrNotFound if there is no such document, and change nothing if it already is as
// wanted.
func (s *Store) Remove(ctx context.Context, guild, id string) error {
	return s.setRemoved(ctx, guild, id, s.now().UnixMilli())
}

// Restore brings a removed document back. Where it was removed because its file was gone
// from a folder that is followed, it no longer belongs to that.
func (s *Store) Restore(ctx context.Context, guild, id string) error {
	return s.setRemoved(ctx, guild, id, 0)
}

func (s *Store) setRemoved(ctx context.Context, guild, id string, removed int64) error {
	return s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		return setRemoved(ctx, tx, guild, revision, id, removed)
	})
}

func setRemoved(ctx context.Context, tx *sql.Tx, guild string, revision int64, id string, removed int64) error {
	var was, missing int64
	a := database.Act{Kind: "document", Action: "restored", Subject: id}
	err := tx.QueryRowContext(ctx, `SELECT removed, missing, name, course FROM document WHERE guild = $1 AND document = $2`, guild, id).Scan(&was, &missing, &a.Name, &a.Course)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return ErrNotFound
	case err != nil:
		return err
	case (was != 0) == (removed != 0):
		return database.ErrUnchanged
	}
	_, err = tx.ExecContext(ctx, `UPDATE document SET removed = $3, changed = $4, missing = 0 WHERE guild = $1 AND document = $2`,
		guild, id, removed, revision)
	if err == nil && removed == 0 && missing != 0 {
		_, err = tx.ExecContext(ctx, `UPDATE document SET origin = '', file = '' WHERE guild = $1 AND document = $2`, guild, id)
	}
	if err != nil {
		return err
	}
	if removed != 0 {
		a.Action = "removed"
	}
	return database.Note(ctx, tx, guild, a)
}
