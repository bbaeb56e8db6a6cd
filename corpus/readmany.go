package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"

	"verbatim/config/database"
)

// What is read to answer a question is read in few queries, however many passages it is: each
// query costs more than a row that it finds.

// atOnce is how many passages or texts one query reads at most. Lists are filled up to one of
// fillTo with their last row, so that there are few different queries, which connections keep.
const atOnce = 10

var fillTo = []int{1, 4, atOnce}

// wantedRows returns the rows of a list of values of SQL types, and the arguments of a query in
// which $1 is the guild.
func wantedRows(guild string, types []string, rows [][]any) (list string, args []any) {
	size := fillTo[slices.IndexFunc(fillTo, func(n int) bool { return n >= len(rows) })]
	args = []any{guild}
	var out strings.Builder
	for i := range size {
		for j, value := range rows[min(i, len(rows)-1)] {
			args = append(args, value)
			fmt.Fprintf(&out, "%sCAST($%d AS %s)", separator(i, j), len(args), types[j])
		}
	}
	return out.String() + ")", args
}

func separator(row, column int) string {
	switch {
	case column > 0:
		return ", "
	case row > 0:
		return "), ("
	}
	return "("
}

// readPassages reads passages, at most atOnce, in the order asked for. Those that are not there,
// removed, or not shown by the access are left out.
func readPassages(ctx context.Context, tx *sql.Tx, access Access, ids []PassageID) ([]Found, error) {
	rows := make([][]any, len(ids))
	for i, id := range ids {
		rows[i] = []any{id.Document, id.Ordinal}
	}
	list, args := wantedRows(access.Guild(), []string{"TEXT", "BIGINT"}, rows)
	read, err := tx.QueryContext(ctx, `WITH wanted (id, ordinal) AS (VALUES `+list+`)
		SELECT `+documentColumns+`, passage, structure FROM wanted CROSS JOIN document JOIN passage USING (guild, document)
		WHERE guild = $1 AND document = id AND removed = 0 AND passage = ordinal`, args...)
	if err != nil {
		return nil, err
	}
	defer read.Close()
	known := map[PassageID]Found{}
	for read.Next() {
		var ordinal int
		var stored string
		d, err := scanDocument(read, &ordinal, &stored)
		if err != nil {
			return nil, err
		}
		if !access.Sees(d.Course) {
			continue
		}
		p, err := readStructure(stored, ordinal, d.Bytes)
		if err != nil {
			return nil, fmt.Errorf("passage %d of %s: %w", ordinal, d.ID, err)
		}
		known[PassageID{d.ID, ordinal}] = Found{Document: d, Passage: p}
	}
	if err := read.Err(); err != nil {
		return nil, err
	}
	var found []Found
	var texts []textOf
	for _, id := range ids {
		if f, is := known[id]; is {
			found = append(found, f)
			texts = append(texts, textOf{f.Document, Range{Start: f.Start(), End: f.End()}})
		}
	}
	stretches, err := readTexts(ctx, tx, access.Guild(), texts)
	for i, x := range stretches {
		found[i].take(x)
	}
	return found, err
}

// take gives a passage its text.
func (f *Found) take(x stretch) {
	f.Source = x.text
	for _, q := range x.quiet {
		if q.Start < f.End() && q.End > f.Start() {
			f.quiet = append(f.quiet, q)
		}
	}
	f.Texts = make([]string, len(f.Sentences))
	for i, sentence := range f.Sentences {
		f.Texts[i] = x.show(sentence)
	}
}

// A textOf is a range of a document's text.
type textOf struct {
	Document
	Range
}

// readText reads a range of a document's text from the chunks that hold it.
func readText(ctx context.Context, tx *sql.Tx, guild string, d Document, r Range) (stretch, error) {
	x, err := readTexts(ctx, tx, guild, []textOf{{d, r}})
	if err != nil {
		return stretch{}, err
	}
	return x[0], nil
}

// readTexts reads ranges of documents' texts, at most atOnce, from the chunks that hold them.
func readTexts(ctx context.Context, tx *sql.Tx, guild string, wanted []textOf) ([]stretch, error) {
	found := make([]stretch, len(wanted))
	var rows [][]any
	for i, w := range wanted {
		found[i].start = w.Start
		if w.Len() > 0 {
			rows = append(rows, []any{i, w.ID, w.Start - w.Start%chunkBytes, w.Start, w.End})
		}
	}
	if rows == nil {
		return found, nil
	}
	list, args := wantedRows(guild, []string{"BIGINT", "TEXT", "BIGINT", "BIGINT", "BIGINT"}, rows)
	read, err := tx.QueryContext(ctx, `WITH wanted (number, id, chunk, begins, ends) AS (VALUES `+list+`)
		SELECT number, start, quiet, CASE WHEN start < begins
			THEN SUBSTR(body, CAST(begins - start + 1 AS INTEGER), CAST(ends - begins AS INTEGER))
			ELSE SUBSTR(body, 1, CAST(ends - start AS INTEGER)) END
		FROM wanted CROSS JOIN document_text
		WHERE guild = $1 AND document = id AND start >= chunk AND start < ends ORDER BY number, start`, args...)
	if err != nil {
		return nil, err
	}
	defer read.Close()
	texts := make([][]byte, len(wanted))
	for read.Next() {
		var number, start int
		var quiet string
		var piece []byte
		if err := read.Scan(&number, &start, &quiet, &piece); err != nil {
			return nil, err
		}
		x := &found[number]
		if end := x.start + len(texts[number]); max(start, x.start) != end || end == wanted[number].End {
			continue // one before is missing, or the row was asked for more than once
		}
		texts[number] = append(texts[number], piece...)
		if x.quiet, err = appendQuiet(x.quiet, quiet); err != nil {
			return nil, fmt.Errorf("chunk %d of %s: %w", start, wanted[number].ID, err)
		}
	}
	if err := read.Err(); err != nil {
		return nil, err
	}
	for i, w := range wanted {
		if len(texts[i]) < w.Len() {
			return nil, incomplete(w.Name)
		}
		found[i].text = string(texts[i])
	}
	return found, nil
}

// incomplete is the error about a document of whose text a part is missing. It is a
// database.ErrStored that the next import mends.
type incomplete string

func (name incomplete) Error() string {
	return fmt.Sprintf("the stored text of %s is incomplete: index its file again", string(name))
}

func (incomplete) Is(target error) bool { return target == database.ErrStored }
