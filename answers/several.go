package answers

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A Change adds a curated answer or gives one another content.
type Change struct {
	ID   string // "" to add one
	Base int    // as for Edit
	Content
}

// An ItemError says which of several changes can't be made, and why.
type ItemError struct {
	Item int // from 0
	Err  error
}

func (e ItemError) Error() string { return fmt.Sprintf("change %d: %v", e.Item+1, e.Err) }

func (e ItemError) Unwrap() error { return e.Err }

// ItemErrors are why several changes were not made, in the order of the changes.
type ItemErrors []ItemError

func (e ItemErrors) Error() string {
	var lines []string
	for _, item := range e {
		lines = append(lines, item.Error())
	}
	return strings.Join(lines, "\n")
}

func (e ItemErrors) Unwrap() []error {
	var all []error
	for _, item := range e {
		all = append(all, item)
	}
	return all
}

// add takes the error of a change that can't be made; one that no change is to blame for
// it returns.
func (e *ItemErrors) add(item int, err error) error {
	for _, blame := range []error{ErrContent, ErrNotFound, ErrOutdated, ErrRemoved, ErrTerms, ErrNoGroup} {
		if errors.Is(err, blame) {
			*e = append(*e, ItemError{item, err})
			return nil
		}
	}
	return err
}

// err returns the errors, nil if there are none.
func (e ItemErrors) err() error {
	if len(e) == 0 {
		return nil
	}
	return e
}

// ChangeAnswers makes all of several changes, or none where some can't be made, all of
// which its ItemErrors name. It returns the answers as they are after their changes. With
// dry nothing is changed, and what is returned is what would be.
func (s *Store) ChangeAnswers(ctx context.Context, guild, author string, changes []Change, dry bool) ([]Curated, error) {
	prepared := make([]Content, len(changes))
	var failed ItemErrors
	for i, c := range changes {
		var err error
		if prepared[i], err = s.prepareChange(ctx, guild, c); err != nil {
			if err := failed.add(i, err); err != nil {
				return nil, err
			}
		}
	}
	if failed != nil {
		return nil, failed
	}
	var made []Curated
	err := s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		made, failed = make([]Curated, len(changes)), nil
		changed := false
		for i, c := range changes {
			var err error
			differs := true
			if c.ID == "" {
				made[i], err = s.insert(ctx, tx, guild, newID(guild, revision, i), revision, author, prepared[i])
			} else {
				made[i], differs, err = s.revise(ctx, tx, guild, c.ID, revision, c.Base, author, Edited, editTo(prepared[i]))
			}
			if err != nil {
				if err := failed.add(i, err); err != nil {
					return err
				}
			}
			changed = changed || differs
		}
		if failed == nil && (dry || !changed) {
			return database.ErrUnchanged
		}
		return failed.err()
	})
	if err != nil {
		return nil, err
	}
	return made, nil
}

// prepareChange prepares the content of a change. Quotes that the answer has are kept.
func (s *Store) prepareChange(ctx context.Context, guild string, c Change) (Content, error) {
	var old Curated
	if c.ID != "" {
		err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
			old, err = readCurated(ctx, tx, guild, c.ID)
			return err
		})
		if err != nil {
			return Content{}, err
		}
	}
	return s.prepare(ctx, corpus.Everything(guild), c.Content, old.Sources)
}
