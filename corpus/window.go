package corpus

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"sort"
)

// A Window is a part of a document with what stands where in it, as who reads on in the
// text needs it.
type Window struct {
	Document Document
	Range              // of the source text
	Text     string    // its bytes
	Passages []Passage // that have bytes in it: those of the body in order, then those of notes
	Quiet    []Range   // page numbers, calls of notes and the like, by starts; some lie in others
}

// MaxWindow is how many bytes a Window has at most.
const MaxWindow = 128 << 10

// maxWindowPassages bounds what a window of very short passages costs.
const maxWindowPassages = 4000

// Window reads a part of a document's text. The range is cut to the text and to MaxWindow;
// it may cut characters. What it costs does not depend on how long the document is. It
// returns ErrNotFound when there is no such document any more, or not for this access.
func (s *Store) Window(ctx context.Context, access Access, document string, r Range) (Window, error) {
	var found Window
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = Window{}
		var d Document
		err := queryDocuments(ctx, tx, access, `AND document = $2 AND removed = 0`, func(one Document) { d = one }, document)
		if err != nil {
			return err
		}
		if d.ID == "" {
			return fmt.Errorf("%s: %w", document, ErrNotFound)
		}
		start := min(max(r.Start, 0), d.Bytes)
		w := Window{Document: d, Range: Range{Start: start, End: min(max(r.End, start), d.Bytes, start+MaxWindow)}}
		x, err := readText(ctx, tx, access.Guild(), d, w.Range)
		if err != nil {
			return err
		}
		w.Text = x.text
		for _, q := range x.quiet {
			if q.Start < w.End && q.End > w.Start {
				w.Quiet = append(w.Quiet, q)
			}
		}
		w.Passages, err = shelf{ctx, tx, access.Guild(), d}.within(w.Range)
		found = w
		return err
	})
	if err != nil {
		return Window{}, err
	}
	return found, nil
}

// Cut returns the part of w that lies in a range.
func (w Window) Cut(r Range) Window {
	r.Start, r.End = min(max(r.Start, w.Start), w.End), max(min(r.End, w.End), w.Start)
	r.End = max(r.Start, r.End)
	cut := Window{Document: w.Document, Range: r, Text: w.Text[r.Start-w.Start : r.End-w.Start]}
	for _, p := range w.Passages {
		if p.Start() < r.End && p.End() > r.Start {
			cut.Passages = append(cut.Passages, p)
		}
	}
	for _, q := range w.Quiet {
		if q.Start < r.End && q.End > r.Start {
			cut.Quiet = append(cut.Quiet, q)
		}
	}
	return cut
}

// A shelf is the stored passages of a document: those of the body by where they stand, then
// those of notes, likewise.
type shelf struct {
	ctx      context.Context
	tx       *sql.Tx
	guild    string
	document Document
}

// within returns the passages that have bytes in a range.
func (s shelf) within(r Range) ([]Passage, error) {
	n := s.document.Passages
	notes, err := s.search(0, n, func(p Passage) bool { return p.Note != "" })
	if err != nil {
		return nil, err
	}
	var all []Passage
	for _, part := range [][2]int{{0, notes}, {notes, n}} {
		first, err := s.search(part[0], part[1], func(p Passage) bool { return p.End() > r.Start })
		if err != nil {
			return nil, err
		}
		found, err := s.read(first, part[1], r.End)
		if err != nil {
			return nil, err
		}
		all = append(all, found...)
	}
	return all, nil
}

// search returns the first ordinal from start on, below end, from which on a condition is
// true, or end.
func (s shelf) search(start, end int, is func(Passage) bool) (int, error) {
	var failed error
	n := sort.Search(end-start, func(i int) bool {
		if failed != nil {
			return true
		}
		var stored string
		err := s.tx.QueryRowContext(s.ctx, `SELECT structure FROM passage WHERE guild = $1 AND document = $2 AND passage = $3`,
			s.guild, s.document.ID, start+i).Scan(&stored)
		if failed = err; failed != nil {
			return true
		}
		var p Passage
		if p, failed = readStructure(stored, start+i, s.document.Bytes); failed != nil {
			return true
		}
		return is(p)
	})
	return start + n, failed
}

// read returns the passages from an ordinal up to another that begin before an offset.
func (s shelf) read(first, end, before int) ([]Passage, error) {
	rows, err := s.tx.QueryContext(s.ctx, `SELECT passage, structure FROM passage
		WHERE guild = $1 AND document = $2 AND passage >= $3 AND passage < $4 ORDER BY passage`,
		s.guild, s.document.ID, first, min(end, first+maxWindowPassages))
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var found []Passage
	for rows.Next() {
		var ordinal int
		var stored string
		if err := rows.Scan(&ordinal, &stored); err != nil {
			return nil, err
		}
		p, err := readStructure(stored, ordinal, s.document.Bytes)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", s.document.ID, err)
		}
		if p.Start() >= before {
			break
		}
		found = append(found, p)
	}
	return slices.Clip(found), rows.Err()
}
