package answers

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// Curated returns a curated answer by its ID, also a removed one, or ErrNotFound. As in
// all functions that read them, it has no quotes of documents that can't be seen; who
// edits one needs to see them all.
func (s *Store) Curated(ctx context.Context, access corpus.Access, id string) (Curated, error) {
	var found Curated
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		found, err = readSeen(ctx, tx, access, id)
		return err
	})
	if err == nil {
		found.Sources, err = s.seenSources(ctx, access, found.Sources)
	}
	return found, err
}

// shown returns what a change returned to who has an access: without the quotes that it
// does not show, which the answer keeps.
func (s *Store) shown(ctx context.Context, access corpus.Access, c Curated, err error) (Curated, error) {
	if err != nil {
		return Curated{}, err
	}
	c.Sources, err = s.seenSources(ctx, access, c.Sources)
	return c, err
}

// readSeen is readCurated for who has an access.
func readSeen(ctx context.Context, tx *sql.Tx, access corpus.Access, id string) (Curated, error) {
	c, err := readCurated(ctx, tx, access.Guild(), id)
	if err == nil && !access.Sees(c.Course) {
		return Curated{}, notFound(id)
	}
	return c, err
}

// seenSources returns the sources without the quotes of documents that can't be seen.
func (s *Store) seenSources(ctx context.Context, access corpus.Access, sources []Source) ([]Source, error) {
	if access.SeesAll() {
		return sources, nil
	}
	var seen []Source
	for _, source := range sources {
		if source.IsQuote() {
			_, err := s.corpus.Document(ctx, access, source.Reference.Document)
			if errors.Is(err, corpus.ErrNotFound) {
				continue
			}
			if err != nil {
				return nil, err
			}
		}
		seen = append(seen, source)
	}
	return seen, nil
}

// List returns the curated answers that can be seen, removed ones among them only if
// asked for, in the order of their questions.
func (s *Store) List(ctx context.Context, access corpus.Access, removed bool) ([]Curated, error) {
	var found []Curated
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = nil
		return queryCurated(ctx, tx, access.Guild(), ``, func(c Curated, _ int64) error {
			if access.Sees(c.Course) && (removed || c.Removed.IsZero()) {
				found = append(found, c)
			}
			return nil
		})
	})
	for i := range found {
		if err == nil {
			found[i].Sources, err = s.seenSources(ctx, access, found[i].Sources)
		}
	}
	slices.SortFunc(found, func(x, y Curated) int {
		return cmp.Or(strings.Compare(strings.ToLower(x.Question), strings.ToLower(y.Question)), strings.Compare(x.ID, y.ID))
	})
	return found, err
}

// Search returns the curated answers that hold every word of a text, in whatever form,
// in their wordings, their answer or their sources: those with more of the words in a
// wording first. Removed ones are left out.
func (s *Store) Search(ctx context.Context, access corpus.Access, text string) ([]Curated, error) {
	all, err := s.List(ctx, access, false)
	if err != nil {
		return nil, err
	}
	asked := map[string]int{} // how many of the words stand in a wording
	var found []Curated
	for _, c := range all {
		wanted := termsOf(c.Language, text)
		inWordings := termsOf(c.Language, c.wordings()...)
		others := []string{c.Answer}
		for _, source := range c.Sources {
			others = append(others, source.Text, source.Quote)
		}
		inOthers := termsOf(c.Language, others...)
		missing := 0
		for term := range wanted {
			switch {
			case inWordings[term]:
				asked[c.ID]++
			case !inOthers[term]:
				missing++
			}
		}
		if len(wanted) > 0 && missing == 0 {
			found = append(found, c)
		}
	}
	slices.SortStableFunc(found, func(x, y Curated) int { return cmp.Compare(asked[y.ID], asked[x.ID]) })
	return found, nil
}

func termsOf(language string, texts ...string) map[string]bool {
	terms := map[string]bool{}
	for _, text := range texts {
		for _, t := range retrieval.Analyze(language, text) {
			terms[t.Term] = true
		}
	}
	return terms
}

// A Revision is a curated answer as someone made it.
type Revision struct {
	Number int // from 1
	Action Action
	Author string
	Made   time.Time
	Content
}

// History returns the revisions of a curated answer, the first one first. Those of a
// course that can't be seen are left out. It returns ErrNotFound where Curated does.
func (s *Store) History(ctx context.Context, access corpus.Access, id string) ([]Revision, error) {
	var history []Revision
	ctx = database.Uncopied(ctx) // a copy holds the first and the current one
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		history = nil
		if _, err := readSeen(ctx, tx, access, id); err != nil {
			return err
		}
		rows, err := tx.QueryContext(ctx, `SELECT revision, action, author, made, content FROM curated_revision
			WHERE guild = $1 AND curated = $2 ORDER BY revision`, access.Guild(), id)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var r Revision
			var made int64
			var content string
			if err := rows.Scan(&r.Number, &r.Action, &r.Author, &made, &content); err != nil {
				return err
			}
			r.Made = timeOf(made)
			if r.Content, err = decodeContent(content); err != nil {
				return fmt.Errorf("revision %d of curated answer %s: %w", r.Number, id, err)
			}
			if access.Sees(r.Course) {
				history = append(history, r)
			}
		}
		return rows.Err()
	})
	for i := range history {
		if err == nil {
			history[i].Sources, err = s.seenSources(ctx, access, history[i].Sources)
		}
	}
	return history, err
}

// Changed names the parts of the content that differ in a revision and the one before,
// in the words of the command line.
func (r Revision) Changed(before Revision) []string {
	var parts []string
	add := func(part string, differs bool) {
		if differs {
			parts = append(parts, part)
		}
	}
	add("question", r.Question != before.Question)
	add("wordings", !slices.Equal(r.Wordings, before.Wordings))
	add("answer", r.Answer != before.Answer)
	add("sources", !same(Content{Sources: r.Sources}, Content{Sources: before.Sources}))
	add("course", r.Course != before.Course)
	add("language", r.Language != before.Language)
	return parts
}

// Head returns where the guild's data stand.
func (s *Store) Head(ctx context.Context, guild string) (database.Head, error) {
	return s.db.Head(ctx, guild)
}

// Stamp returns the stamp of the change that led a guild to a revision, "" when it is
// not known.
func (s *Store) Stamp(ctx context.Context, guild string, revision int64) (string, error) {
	return s.db.Stamp(ctx, guild, revision)
}

// changesAtOnce is about how many curated answers one call of Changes returns.
const changesAtOnce = 1000

// Changes returns curated answers of a guild that changed after a revision, those that
// changed first at the head: each as one text of all its wordings, a removed one without
// text. It gives whole revisions; none means there are no more. An index follows it and
// must be shown everything, so it takes no Access.
func (s *Store) Changes(ctx context.Context, guild string, since int64) ([]database.Change, error) {
	var changes []database.Change
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		changes = nil
		err := queryCurated(ctx, tx, guild, `AND c.changed > $2 ORDER BY c.changed`, func(c Curated, changed int64) error {
			if len(changes) >= changesAtOnce && changes[len(changes)-1].Revision != changed {
				return errEnough
			}
			change := database.Change{Revision: changed, ID: c.ID, Name: c.Question, Course: c.Course, Author: c.Author, Title: c.Question}
			if c.Removed.IsZero() {
				change.Texts = []database.Text{{Body: strings.Join(c.wordings(), "\n"), Language: c.Language}}
			}
			changes = append(changes, change)
			return nil
		}, since)
		if err == errEnough {
			return nil
		}
		return err
	})
	return changes, err
}

// errEnough ends a query before its last row.
var errEnough = errors.New("enough")
