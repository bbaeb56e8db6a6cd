package answers

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A Store keeps the curated answers of all guilds in SQL. Functions that read take an
// Access; functions that change take a guild and raise its revision. Each change makes
// a revision of the answer; none is ever overwritten.
type Store struct {
	db     *database.DB
	corpus *corpus.Store
	now    func() time.Time
}

// NewStore returns a store in db. Sources are checked against texts, which is in the
// same database. Now tells the time of changes.
func NewStore(db *database.DB, texts *corpus.Store, now func() time.Time) *Store {
	return &Store{db: db, corpus: texts, now: now}
}

// An Action is the kind of a change to a curated answer.
type Action string

// The actions.
const (
	Added    Action = "added"
	Edited   Action = "edited"
	Removed  Action = "removed"
	Restored Action = "restored"
	Reverted Action = "reverted"
)

// ErrOutdated is wrapped by the OutdatedError.
var ErrOutdated = errors.New("someone else changed the answer in between")

// An OutdatedError is returned to who changes a revision that is not the current one.
type OutdatedError struct {
	Base    int     // the revision that was to be changed
	Current Curated // as it is now
}

func (e *OutdatedError) Error() string {
	return fmt.Sprintf("revision %d of %s: %v: %s made revision %d; look at it and change that one",
		e.Base, e.Current.ID, ErrOutdated, e.Current.Editor, e.Current.Revision)
}

func (e *OutdatedError) Unwrap() error { return ErrOutdated }

// ErrRemoved is returned for a change to a removed answer that needs one which is not,
// or the reverse.
var (
	ErrRemoved    = errors.New("the answer is removed: restore it first")
	ErrNotRemoved = errors.New("the answer is not removed")
)

// Add stores a curated answer and returns it. Its quotes are read from the texts and
// checked: see [Store.Edit].
func (s *Store) Add(ctx context.Context, guild, author string, c Content) (Curated, error) {
	c, err := s.prepare(ctx, corpus.Everything(guild), c, nil)
	if err != nil {
		return Curated{}, err
	}
	var added Curated
	err = s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) (err error) {
		added, err = s.insert(ctx, tx, guild, newID(guild, revision, 0), revision, author, c)
		return err
	})
	return added, err
}

// insert stores a new curated answer of a content that was prepared.
func (s *Store) insert(ctx context.Context, tx *sql.Tx, guild, id string, revision int64, author string, c Content) (Curated, error) {
	_, err := tx.ExecContext(ctx, `INSERT INTO curated (guild, curated, revision, uses, used, changed)
		VALUES ($1, $2, 1, 0, 0, $3)`, guild, id, revision)
	if err != nil {
		return Curated{}, err
	}
	if err := s.insertRevision(ctx, tx, guild, id, 1, Added, author, c); err != nil {
		return Curated{}, err
	}
	return readCurated(ctx, tx, guild, id)
}

// newID returns the identifier of the nth thing that is made at a revision of a guild.
// Things of other guilds have others, so that none is ever taken for one of this.
func newID(guild string, revision int64, n int) string {
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%d %d", guild, revision, n))
	return hex.EncodeToString(sum[:5])
}

// randomID returns an identifier for what makes no revision of its guild.
func randomID() string {
	var id [5]byte
	rand.Read(id[:]) // never fails
	return hex.EncodeToString(id[:])
}

// Edit gives a curated answer another content and returns it. Base is the revision that
// the author has seen, 0 for whichever is the current one; if it is not the current one
// any more, Edit returns an OutdatedError and changes nothing. A content that is the
// same makes no revision.
//
// A quote that the answer did not have before must stand in its document, word for word
// and as Quote of package corpus shows it; else Edit returns ErrContent. One that it had
// is kept as it is, also when its document changed since.
func (s *Store) Edit(ctx context.Context, guild, id string, base int, author string, c Content) (Curated, error) {
	var old Curated
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		old, err = readCurated(ctx, tx, guild, id)
		return err
	})
	if err != nil {
		return Curated{}, err
	}
	c, err = s.prepare(ctx, corpus.Everything(guild), c, old.Sources)
	if err != nil {
		return Curated{}, err
	}
	return s.change(ctx, guild, id, base, author, Edited, editTo(c))
}

// editTo returns what gives an answer a content, unless the answer is removed.
func editTo(c Content) func(*sql.Tx, Curated) (Content, error) {
	return func(_ *sql.Tx, now Curated) (Content, error) {
		if !now.Removed.IsZero() {
			return c, ErrRemoved
		}
		return c, nil
	}
}

// Remove takes a curated answer out of all replies and lists; base as for Edit.
func (s *Store) Remove(ctx context.Context, guild, id string, base int, author string) (Curated, error) {
	return s.change(ctx, guild, id, base, author, Removed, func(_ *sql.Tx, now Curated) (Content, error) {
		if !now.Removed.IsZero() {
			return now.Content, ErrRemoved
		}
		return now.Content, nil
	})
}

// Restore brings a removed answer back; base as for Edit.
func (s *Store) Restore(ctx context.Context, guild, id string, base int, author string) (Curated, error) {
	return s.change(ctx, guild, id, base, author, Restored, func(_ *sql.Tx, now Curated) (Content, error) {
		if now.Removed.IsZero() {
			return now.Content, ErrNotRemoved
		}
		return now.Content, nil
	})
}

// Revert gives a curated answer the content of an earlier revision, also of a removed
// answer, which thereby comes back; base as for Edit. Quotes are not checked again.
func (s *Store) Revert(ctx context.Context, guild, id string, base, to int, author string) (Curated, error) {
	return s.change(ctx, guild, id, base, author, Reverted, func(tx *sql.Tx, now Curated) (Content, error) {
		var stored string
		err := tx.QueryRowContext(ctx, `SELECT content FROM curated_revision WHERE guild = $1 AND curated = $2 AND revision = $3`,
			guild, id, to).Scan(&stored)
		if errors.Is(err, sql.ErrNoRows) {
			return Content{}, fmt.Errorf("revision %d of %w", to, notFound(id))
		}
		if err != nil {
			return Content{}, err
		}
		return decodeContent(stored)
	})
}

// change makes a revision of an answer with the content that next returns for the
// answer as it is.
func (s *Store) change(ctx context.Context, guild, id string, base int, author string, action Action,
	next func(*sql.Tx, Curated) (Content, error)) (Curated, error) {
	var changed Curated
	err := s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		var differs bool
		var err error
		changed, differs, err = s.revise(ctx, tx, guild, id, revision, base, author, action, next)
		if err == nil && !differs {
			err = database.ErrUnchanged
		}
		return err
	})
	if err != nil {
		return Curated{}, err
	}
	return changed, nil
}

// revise makes a revision of an answer in a transaction, unless it says the same as the
// one before, and returns the answer and whether it was made.
func (s *Store) revise(ctx context.Context, tx *sql.Tx, guild, id string, revision int64, base int, author string, action Action,
	next func(*sql.Tx, Curated) (Content, error)) (changed Curated, differs bool, err error) {
	now, err := readCurated(ctx, tx, guild, id)
	if err != nil {
		return now, false, err
	}
	if base != 0 && base != now.Revision {
		return now, false, &OutdatedError{base, now}
	}
	content, err := next(tx, now)
	if err != nil {
		return now, false, err
	}
	if now.Removed.IsZero() && (action == Edited || action == Reverted) && same(now.Content, content) {
		return now, false, nil
	}
	if err := s.insertRevision(ctx, tx, guild, id, now.Revision+1, action, author, content); err != nil {
		return now, false, err
	}
	_, err = tx.ExecContext(ctx, `UPDATE curated SET revision = $3, changed = $4 WHERE guild = $1 AND curated = $2`,
		guild, id, now.Revision+1, revision)
	if err != nil {
		return now, false, err
	}
	changed, err = readCurated(ctx, tx, guild, id)
	return changed, true, err
}

func (s *Store) insertRevision(ctx context.Context, tx *sql.Tx, guild, id string, n int, action Action, author string, c Content) error {
	content, err := c.encode()
	if err != nil {
		return err
	}
	_, err = tx.ExecContext(ctx, `INSERT INTO curated_revision (guild, curated, revision, action, author, made, content)
		VALUES ($1, $2, $3, $4, $5, $6, $7)`, guild, id, n, string(action), author, s.now().UnixMilli(), content)
	if err != nil {
		return err
	}
	return noteAnswer(ctx, tx, guild, id, action, c)
}

// same reports whether two contents are stored alike.
func same(a, b Content) bool {
	x, errX := a.encode()
	y, errY := b.encode()
	return errX == nil && errY == nil && x == y
}

// Used counts that a curated answer was a reply. One that is not there any more is
// passed over. It makes no revision of the guild, for no index holds the count.
func (s *Store) Used(ctx context.Context, guild, id string) error {
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		done, err := tx.ExecContext(ctx, `UPDATE curated SET uses = uses + 1, used = $3 WHERE guild = $1 AND curated = $2`,
			guild, id, s.now().UnixMilli())
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err == nil && n == 0 {
			return database.ErrUnchanged
		}
		return nil
	})
}
