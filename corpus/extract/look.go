package extract

import (
	"slices"
	"sort"
)

// look infers from the look of a text what its format does not mark. What markup has
// marked stays: a text with headings is given no others, one with page marks no other
// pages, one with notes no other notes.
//
// The order matters: page numbers are known before sentences are sought over the ends
// of pages, headings before the notes below a heading such as "Notes".
func (t *Text) look() {
	l := &looker{t: t, source: t.Source, blocks: cutBlocks(t)}
	l.measureEnds()
	if len(t.Pages) == 0 {
		l.findPageNumbers()
	}
	l.mendBlocks()
	l.measureEnds()
	l.findLeftovers()
	if len(t.Headings) == 0 {
		l.findFront()
		l.findHeadings()
	}
	l.findEntities()
	if len(t.Notes) == 0 {
		l.findNotes()
	}
	l.joinCut()
	if len(t.Pages) == 0 {
		l.paginate()
	}
	l.joinHyphens()
	l.finish()
}

// A looker gathers what is found out about a text.
type looker struct {
	t         *Text
	source    string
	blocks    []block
	sentences bool // the text is written in sentences with full stops
	anchors   []anchor
	front     int     // blocks before it are the title and what stands with it
	skipped   []Range // found by looking
	calls     []Call
}

// skip marks a block as no part of the text.
func (l *looker) skip(i int) {
	l.blocks[i].kind = idle
	l.skipped = append(l.skipped, l.blocks[i].Range)
}

// finish turns what was found into marks.
func (l *looker) finish() {
	t := l.t
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind == number || b.kind == label {
			l.skipped = append(l.skipped, b.Range)
		}
		l.skipped = append(l.skipped, b.glued)
	}
	t.Skipped = union(append(t.Skipped, l.skipped...))
	t.Calls = append(t.Calls, l.calls...)
	slices.SortFunc(t.Calls, func(a, b Call) int { return a.Start - b.Start })
	t.joinCalls()
}

// joinCalls joins each call to its note: the next one of its label behind it, or else
// the last one before it.
func (t *Text) joinCalls() {
	notes := map[string][]int{} // by label, ascending
	for n, note := range t.Notes {
		for _, name := range note.names() {
			notes[name] = append(notes[name], n)
		}
	}
	for i := range t.Calls {
		c := &t.Calls[i]
		c.Note = -1
		named := notes[c.Label]
		if len(named) == 0 {
			continue
		}
		behind := sort.Search(len(named), func(k int) bool { return t.Notes[named[k]].Start >= c.End })
		c.Note = named[min(behind, len(named)-1)]
	}
}
