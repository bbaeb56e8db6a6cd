package answers

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A Group is terms of a guild's glossary that are equal: a question in one of them finds
// texts that hold another.
type Group struct {
	ID       string // made by the store, unique in the guild
	Revision int    // how often it was made or changed, from 1
	Terms    []string
	Editor   string // who changed it last
	Edited   time.Time
}

// Limits of a glossary.
const (
	maxGroups    = 1000
	maxTerms     = 20 // in a group
	maxTerm      = 100
	maxTermWords = 8
)

// Errors of the glossary. The text of ErrTerms names what to change.
var (
	ErrTerms   = errors.New("not stored")
	ErrNoGroup = errors.New("no such group of terms")
)

// An OutdatedGroupError is returned to who changes a group that is not any more as they
// saw it. It wraps ErrOutdated.
type OutdatedGroupError struct {
	Base    int // the revision that was to be changed
	Current Group
}

func (e *OutdatedGroupError) Error() string {
	return fmt.Sprintf("revision %d of group %s: %s changed it in between to %s; look at it and change that one",
		e.Base, e.Current.ID, e.Current.Editor, strings.Join(e.Current.Terms, ", "))
}

func (e *OutdatedGroupError) Unwrap() error { return ErrOutdated }

// Glossary returns the groups of a guild, in the order of their first terms. They belong
// to no course, and are shown like what has none.
func (s *Store) Glossary(ctx context.Context, access corpus.Access) ([]Group, error) {
	if !access.Sees("") {
		return nil, nil
	}
	return s.groups(ctx, access.Guild())
}

func (s *Store) groups(ctx context.Context, guild string) ([]Group, error) {
	var groups []Group
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		groups, err = readGroups(ctx, tx, guild)
		return err
	})
	slices.SortFunc(groups, func(x, y Group) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Terms[0]), strings.ToLower(y.Terms[0])), strings.Compare(x.ID, y.ID))
	})
	return groups, err
}

// readGroups returns the groups of a guild, in no order.
func readGroups(ctx context.Context, tx *sql.Tx, guild string) ([]Group, error) {
	rows, err := tx.QueryContext(ctx, `SELECT entry, revision, terms, author, edited FROM glossary WHERE guild = $1`, guild)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var groups []Group
	for rows.Next() {
		var g Group
		var terms string
		var edited int64
		if err := rows.Scan(&g.ID, &g.Revision, &terms, &g.Editor, &edited); err != nil {
			return nil, err
		}
		if err := database.Decode(terms, &g.Terms); err != nil {
			return nil, fmt.Errorf("group %s: %w", g.ID, err)
		}
		g.Edited = timeOf(edited)
		groups = append(groups, g)
	}
	return groups, rows.Err()
}

// AddGroup stores a group of at least two terms and returns it. It returns ErrTerms if a
// term of it stands in another group.
func (s *Store) AddGroup(ctx context.Context, guild, author string, terms []string) (Group, error) {
	return s.oneGroup(ctx, guild, author, GroupChange{Terms: terms})
}

// EditGroup gives a group other terms and returns it. Base is the revision that the
// author has seen, 0 for whichever is the current one; if it is not the current one any
// more, EditGroup returns an OutdatedGroupError. The same terms again change nothing.
func (s *Store) EditGroup(ctx context.Context, guild, id string, base int, author string, terms []string) (Group, error) {
	return s.oneGroup(ctx, guild, author, GroupChange{ID: id, Base: base, Terms: terms})
}

// RemoveGroup removes a group for good; base as for EditGroup.
func (s *Store) RemoveGroup(ctx context.Context, guild, id string, base int) error {
	_, err := s.oneGroup(ctx, guild, "", GroupChange{ID: id, Base: base, Remove: true})
	return err
}

func (s *Store) oneGroup(ctx context.Context, guild, author string, c GroupChange) (Group, error) {
	groups, err := s.ChangeGroups(ctx, guild, author, []GroupChange{c}, false)
	if failed, ok := errors.AsType[ItemErrors](err); ok {
		err = failed[0].Err
	}
	if err != nil {
		return Group{}, err
	}
	return groups[0], nil
}

// A GroupChange adds, edits or removes a group.
type GroupChange struct {
	ID     string // "" to add one
	Base   int    // as for EditGroup
	Terms  []string
	Remove bool
}

// ChangeGroups is ChangeAnswers for groups. That no term stands in two of them is asked of
// how they are in the end.
func (s *Store) ChangeGroups(ctx context.Context, guild, author string, changes []GroupChange, dry bool) ([]Group, error) {
	var failed ItemErrors
	tidied := make([]GroupChange, len(changes))
	for i, c := range changes {
		tidied[i] = c
		if c.Remove {
			continue
		}
		var err error
		if tidied[i].Terms, err = tidyTerms(c.Terms); err != nil {
			failed.add(i, err)
		}
	}
	if failed != nil {
		return nil, failed
	}
	var made []Group
	err := s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		groups, err := readGroups(ctx, tx, guild)
		if err != nil {
			return err
		}
		book := newGlossaryBook(groups)
		made = make([]Group, len(changes))
		failed = nil
		for i, c := range tidied {
			next := Group{ID: newID(guild, revision, i), Revision: 1, Terms: c.Terms, Editor: author, Edited: timeOf(s.now().UnixMilli())}
			if made[i], err = book.change(c, next); err != nil {
				failed.add(i, err)
			}
		}
		sound := failed == nil
		for i, g := range made {
			if err := book.checkTerms(g); err != nil && sound && !tidied[i].Remove {
				failed.add(i, err)
			}
		}
		switch n := len(book.groups); {
		case failed != nil:
			return failed
		case n > maxGroups:
			return fmt.Errorf("%w: the glossary would have %d groups, and can have %d: remove some", ErrTerms, n, maxGroups)
		case dry || !book.changed:
			return database.ErrUnchanged
		}
		return writeGroups(ctx, tx, guild, tidied, made)
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

func newGlossaryBook(groups []Group) *glossaryBook {
	book := &glossaryBook{groups: map[string]Group{}, fresh: map[string]bool{}}
	for _, g := range groups {
		book.groups[g.ID] = g
	}
	return book
}

// A glossaryBook is the glossary of a guild while it is being changed.
type glossaryBook struct {
	groups  map[string]Group // by ID
	fresh   map[string]bool  // those that are not stored yet
	changed bool
}

// change makes a change. Next is the group as it would be if it were new.
func (b *glossaryBook) change(c GroupChange, next Group) (Group, error) {
	now, found := b.groups[c.ID]
	switch {
	case c.ID == "":
		b.groups[next.ID], b.fresh[next.ID], b.changed = next, true, true
		return next, nil
	case !found:
		return now, fmt.Errorf("%.100q: %w", c.ID, ErrNoGroup)
	case c.Base != 0 && c.Base != now.Revision:
		return now, &OutdatedGroupError{c.Base, now}
	case c.Remove:
		delete(b.groups, c.ID)
		b.changed = true
		return now, nil
	case slices.Equal(now.Terms, c.Terms):
		return now, nil
	}
	next.ID, next.Revision = now.ID, now.Revision+1
	b.groups[c.ID], b.changed = next, true
	return next, nil
}

// A TakenTermError is the ErrTerms for a term that stands in another group.
type TakenTermError struct {
	Term  string // as it stands there
	Group Group
	name  string
}

func (e *TakenTermError) Error() string {
	return fmt.Sprintf("%v: %q stands in the %s (%s) already: add the other terms to that one", ErrTerms, e.Term, e.name, strings.Join(e.Group.Terms, ", "))
}

func (e *TakenTermError) Unwrap() error { return ErrTerms }

// checkTerms returns a TakenTermError if a term of a group stands in another.
func (b *glossaryBook) checkTerms(g Group) error {
	taken := map[string]bool{}
	for _, term := range g.Terms {
		taken[TermKey(term)] = true
	}
	for _, other := range b.groups {
		for _, term := range other.Terms {
			if other.ID != g.ID && taken[TermKey(term)] {
				name := "group " + other.ID
				if b.fresh[other.ID] {
					name = "new group" // which gets its ID when it is stored
				}
				return &TakenTermError{Term: term, Group: other, name: name}
			}
		}
	}
	return nil
}

// writeGroups stores those of the groups that were changed.
func writeGroups(ctx context.Context, tx *sql.Tx, guild string, changes []GroupChange, groups []Group) error {
	for i, g := range groups {
		if changes[i].Remove {
			if _, err := tx.ExecContext(ctx, `DELETE FROM glossary WHERE guild = $1 AND entry = $2`, guild, g.ID); err != nil {
				return err
			}
			if err := noteGroup(ctx, tx, guild, "removed", g.ID, strings.Join(g.Terms, " = ")); err != nil {
				return err
			}
			continue
		}
		var before int
		err := tx.QueryRowContext(ctx, `SELECT revision FROM glossary WHERE guild = $1 AND entry = $2`, guild, g.ID).Scan(&before)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if before == g.Revision {
			continue
		}
		action := "edited"
		if before == 0 {
			action = "added"
		}
		if err := noteGroup(ctx, tx, guild, action, g.ID, strings.Join(g.Terms, " = ")); err != nil {
			return err
		}
		terms, err := json.Marshal(g.Terms)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO glossary (guild, entry, revision, terms, author, edited) VALUES ($1, $2, $3, $4, $5, $6)
			ON CONFLICT (guild, entry) DO UPDATE SET revision = excluded.revision, terms = excluded.terms,
			author = excluded.author, edited = excluded.edited`, guild, g.ID, g.Revision, string(terms), g.Editor, g.Edited.UnixMilli())
		if err != nil {
			return err
		}
	}
	return nil
}

// TermKey is what tells one term from another: its words, but for case and accents.
func TermKey(term string) string {
	var words []string
	for _, t := range retrieval.Analyze("", term) {
		words = append(words, t.Term)
	}
	return strings.Join(words, " ")
}

// tidyTerms brings terms into the form in which they are stored: one line each, each
// once. It returns ErrTerms for terms that can't be stored.
func tidyTerms(terms []string) ([]string, error) {
	var tidied []string
	seen := map[string]bool{}
	for _, term := range terms {
		term = line(term)
		key := TermKey(term)
		switch n := utf8.RuneCountInString(term); {
		case term == "":
			continue
		case !utf8.ValidString(term) || strings.ContainsFunc(term, isForbidden):
			return nil, fmt.Errorf("%w: the term %.40q holds a character that is not text: take it out", ErrTerms, term)
		case n > maxTerm:
			return nil, fmt.Errorf("%w: the term %.40q has %d characters, and can have %d: shorten it", ErrTerms, term, n, maxTerm)
		case key == "":
			return nil, fmt.Errorf("%w: the term %.40q has no letter and no digit: take it out", ErrTerms, term)
		case len(strings.Fields(term)) > maxTermWords:
			return nil, fmt.Errorf("%w: the term %.40q has more than %d words: a term is a name or a notion, not a sentence", ErrTerms, term, maxTermWords)
		}
		if !seen[key] {
			seen[key] = true
			tidied = append(tidied, term)
		}
	}
	switch {
	case len(tidied) < 2:
		return nil, fmt.Errorf("%w: a group has at least two terms that differ: add another way to say the same", ErrTerms)
	case len(tidied) > maxTerms:
		return nil, fmt.Errorf("%w: %d terms, and a group can have %d: take some out", ErrTerms, len(tidied), maxTerms)
	}
	return tidied, nil
}
