package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
)

// look infers from the look of a text what its format does not mark. What markup has
// marked stays: a text with headings is given no others, one with page marks no other
// pages, one with notes no other notes.
func (t *Text) look() {
	l := newLook(t)
	if len(t.Pages) == 0 {
		l.findPageNumbers()
	}
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
	l.paginate()
	l.joinHyphens()
	l.finish()
}

// A kind says what a block is.
type kind int

const (
	body    kind = iota
	number       // a page number, a running line
	feed         // a form feed
	heading      // marked or found
	note         // the body of a note, or a part of it
	label        // labels of notes that stand apart from their bodies
	idle         // skipped: leftovers of a web page, tables of contents, garbled repetitions
)

// A block is a run of lines that belong together: a paragraph, a heading, a note, the
// number of a page. Its Range has no white space at its ends.
type block struct {
	Range
	kind  kind
	lines int
	after Range  // a page number that is glued to its head; empty for none
	label string // of a note, or of the page that its number names
	joins bool   // what it says goes on in the next block of the body
}

// A looker gathers what is found out about a text.
type looker struct {
	t       *Text
	source  string
	blocks  []block
	skipped []Range // found by looking
	anchors []anchor
	front   int // blocks before it are the title and what stands with it, no headings
	entity  []Range
	calls   []Call
}

func newLook(t *Text) *looker {
	l := &looker{t: t, source: t.Source}
	var marked []block
	for _, s := range t.Skipped {
		marked = append(marked, block{Range: s, kind: idle})
	}
	for _, h := range t.Headings {
		marked = append(marked, block{Range: h.Range, kind: heading})
	}
	for _, n := range t.Notes {
		marked = append(marked, block{Range: n.Range, kind: note, label: n.Label})
	}
	slices.SortFunc(marked, func(a, b block) int { return a.Start - b.Start })
	at := 0
	for _, m := range marked {
		l.cutBlocks(Range{at, m.Start})
		l.blocks = append(l.blocks, m)
		at = m.End
	}
	l.cutBlocks(Range{at, len(l.source)})
	return l
}

// cutBlocks adds the blocks of a range: runs of lines that are not empty. A line that
// holds only a number, or begins with the label of a note, begins a block also where
// no empty line parts it; a form feed is a block.
func (l *looker) cutBlocks(r Range) {
	open := false // the last block may go on
	for at := r.Start; at < r.End; {
		end := at + lineLength(l.source[at:r.End])
		line := trim(l.source, Range{at, end})
		text := l.source[line.Start:line.End]
		switch {
		case l.source[at] == '\f':
			l.blocks = append(l.blocks, block{Range: Range{at, end}, kind: feed})
			open = false
		case text == "":
			open = false
		case open && !standsApart(text) && !standsApart(l.text(len(l.blocks)-1)):
			last := &l.blocks[len(l.blocks)-1]
			last.End = line.End
			last.lines++
		default:
			l.blocks = append(l.blocks, block{Range: line, lines: 1})
			open = true
		}
		at = end
	}
}

// lineLength returns the length of the first line of s with its end. A form feed is a
// line of its own.
func lineLength(s string) int {
	if s[0] == '\f' {
		return 1
	}
	i := strings.IndexAny(s, "\n\f")
	if i < 0 {
		return len(s)
	}
	if s[i] == '\n' {
		i++
	}
	return i
}

// standsApart reports whether a line is a block though lines around it touch it.
func standsApart(line string) bool {
	return pageNumberOf(line).value > 0 && !isSuperscript(firstRune(line)) ||
		isSuperscript(firstRune(line)) || markedLabel.MatchString(line)
}

func (l *looker) text(i int) string {
	b := &l.blocks[i]
	return l.source[b.Start:b.End]
}

// words returns the text of a block without a page number at its head.
func (l *looker) words(i int) string {
	b := &l.blocks[i]
	return l.source[max(b.Start, b.after.End):b.End]
}

// next returns the first block from i on that is not idle, a number or a form feed;
// len(l.blocks) for none.
func (l *looker) next(i int) int {
	for ; i < len(l.blocks); i++ {
		switch l.blocks[i].kind {
		case idle, number, feed:
		default:
			return i
		}
	}
	return i
}

// finish turns what was found into marks.
func (l *looker) finish() {
	t := l.t
	for i := range l.blocks {
		b := &l.blocks[i]
		switch b.kind {
		case number, label:
			l.skipped = append(l.skipped, b.Range)
		}
		if b.after.Len() > 0 {
			l.skipped = append(l.skipped, b.after)
		}
	}
	l.skipped = append(l.skipped, l.entity...)
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
		for _, name := range note.numbers() {
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

// union returns the bytes of all ranges as ascending, disjoint ranges that are not
// empty.
func union(ranges []Range) []Range {
	slices.SortFunc(ranges, func(a, b Range) int { return a.Start - b.Start })
	var out []Range
	for _, r := range ranges {
		switch {
		case r.Len() <= 0:
		case len(out) > 0 && r.Start <= out[len(out)-1].End:
			out[len(out)-1].End = max(out[len(out)-1].End, r.End)
		default:
			out = append(out, r)
		}
	}
	return out
}

// minus returns the parts of r that lie in none of the ranges, which ascend and are
// disjoint.
func minus(r Range, ranges []Range) []Range {
	var out []Range
	for _, x := range ranges {
		if x.End <= r.Start || x.Start >= r.End {
			continue
		}
		if x.Start > r.Start {
			out = append(out, Range{r.Start, x.Start})
		}
		r.Start = min(x.End, r.End)
	}
	if r.Len() > 0 {
		out = append(out, r)
	}
	return out
}

// trim returns r without white space and byte-order marks at its ends.
func trim(source string, r Range) Range {
	isSpace := func(c rune) bool { return unicode.IsSpace(c) || c == '\uFEFF' }
	s := source[r.Start:r.End]
	left := strings.TrimLeftFunc(s, isSpace)
	r.Start += len(s) - len(left)
	r.End = r.Start + len(strings.TrimRightFunc(left, isSpace))
	return r
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// decimal returns the value of a string of digits, 0 for anything else.
func decimal(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 99_999 {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}
