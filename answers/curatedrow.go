package answers

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A stored content is the JSON of a revision:
//
//	{"question": "…", "wordings": ["…"], "answer": "…", "course": "…", "language": "fr",
//	 "sources": [{"document": "…", "revision": "…", "ranges": [[0, 12]], "passage": 3, "quote": "…"}, {"text": "…"}]}
type (
	storedContent struct {
		Question string         `json:"question"`
		Wordings []string       `json:"wordings,omitempty"`
		Answer   string         `json:"answer"`
		Course   string         `json:"course,omitempty"`
		Language string         `json:"language,omitempty"`
		Sources  []storedSource `json:"sources,omitempty"`
	}
	storedSource struct {
		Document string   `json:"document,omitempty"`
		Revision string   `json:"revision,omitempty"`
		Ranges   [][2]int `json:"ranges,omitempty"`
		Passage  int      `json:"passage,omitempty"`
		Quote    string   `json:"quote,omitempty"`
		Text     string   `json:"text,omitempty"`
	}
)

func (c Content) encode() (string, error) {
	s := storedContent{c.Question, c.Wordings, c.Answer, c.Course, c.Language, nil}
	for _, x := range c.Sources {
		stored := storedReference(x.Reference)
		stored.Passage, stored.Quote, stored.Text = x.passage, x.Quote, x.Text
		s.Sources = append(s.Sources, stored)
	}
	data, err := json.Marshal(s)
	return string(data), err
}

func decodeContent(stored string) (Content, error) {
	var s storedContent
	if err := database.Decode(stored, &s); err != nil {
		return Content{}, err
	}
	c := Content{s.Question, s.Wordings, s.Answer, nil, s.Course, s.Language}
	for _, x := range s.Sources {
		c.Sources = append(c.Sources, Source{Reference: x.reference(), Quote: x.Quote, Text: x.Text, passage: x.Passage})
	}
	return c, nil
}

func storedReference(r corpus.Reference) storedSource {
	stored := storedSource{Document: r.Document, Revision: r.Revision}
	for _, x := range r.Ranges {
		stored.Ranges = append(stored.Ranges, [2]int{x.Start, x.End})
	}
	return stored
}

func (s storedSource) reference() corpus.Reference {
	r := corpus.Reference{Document: s.Document, Revision: s.Revision}
	for _, x := range s.Ranges {
		r.Ranges = append(r.Ranges, corpus.Range{Start: x[0], End: x[1]})
	}
	return r
}

// selectCurated reads curated answers with their current and their first revision.
const selectCurated = `SELECT c.curated, c.revision, c.uses, c.used, c.changed,
	now.action, now.author, now.made, now.content, first.author, first.made
	FROM curated c
	JOIN curated_revision now ON now.guild = c.guild AND now.curated = c.curated AND now.revision = c.revision
	JOIN curated_revision first ON first.guild = c.guild AND first.curated = c.curated AND first.revision = 1
	WHERE c.guild = $1 `

// queryCurated calls yield for the curated answers of a guild that fulfil a condition.
// Changed is the guild's revision at the last change of each.
func queryCurated(ctx context.Context, tx *sql.Tx, guild, condition string, yield func(c Curated, changed int64) error, args ...any) error {
	rows, err := tx.QueryContext(ctx, selectCurated+condition, append([]any{guild}, args...)...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		var c Curated
		var used, changed, edited, added int64
		var action, content string
		err := rows.Scan(&c.ID, &c.Revision, &c.Uses, &used, &changed, &action, &c.Editor, &edited, &content, &c.Author, &added)
		if err != nil {
			return err
		}
		if c.Content, err = decodeContent(content); err != nil {
			return fmt.Errorf("curated answer %s: %w", c.ID, err)
		}
		c.Added, c.Edited, c.Used = timeOf(added), timeOf(edited), timeOf(used)
		if action == string(Removed) {
			c.Removed = c.Edited
		}
		if err := yield(c, changed); err != nil {
			return err
		}
	}
	return rows.Err()
}

// readCurated returns a curated answer of a guild, whatever its course, or ErrNotFound.
func readCurated(ctx context.Context, tx *sql.Tx, guild, id string) (Curated, error) {
	var found Curated
	err := queryCurated(ctx, tx, guild, `AND c.curated = $2`, func(c Curated, _ int64) error {
		found = c
		return nil
	}, id)
	if err == nil && found.ID == "" {
		err = notFound(id)
	}
	return found, err
}

func notFound(id string) error { return fmt.Errorf("%.100q: %w", id, ErrNotFound) }

// ErrNotFound is returned for a curated answer, or a revision of one, that is not
// there or that the asker's access does not show; the two can't be told apart.
var ErrNotFound = errors.New("no such curated answer")

// timeOf returns the time of a column; 0 is the zero time.
func timeOf(milliseconds int64) time.Time {
	if milliseconds == 0 {
		return time.Time{}
	}
	return time.UnixMilli(milliseconds)
}
