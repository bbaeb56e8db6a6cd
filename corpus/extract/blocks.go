package extract

import (
	"slices"
	"strings"
)

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
	page  pageNumber // what it says if it may be the number of a page
	lines int
	tight bool     // no empty line parts it from the block before
	glued Range    // a page number at its head, with the space behind it; empty for none
	ends  openness // how surely its text is not over at its end
	joins bool     // its last sentence goes on in another block of the body
}

// cutBlocks returns the blocks of a text; what markup marked are blocks of their own.
func cutBlocks(t *Text) []block {
	var marked []block
	for _, s := range t.Skipped {
		marked = append(marked, block{Range: s, kind: idle})
	}
	for _, h := range t.Headings {
		marked = append(marked, block{Range: h.Range, kind: heading})
	}
	for _, n := range t.Notes {
		marked = append(marked, block{Range: n.Range, kind: note})
	}
	slices.SortFunc(marked, func(a, b block) int { return a.Start - b.Start })
	var blocks []block
	at := 0
	for _, m := range marked {
		blocks = appendLines(blocks, t.Source, Range{at, m.Start})
		blocks = append(blocks, m)
		at = m.End
	}
	return appendLines(blocks, t.Source, Range{at, len(t.Source)})
}

// appendLines appends the blocks of a range: runs of lines that are not empty. A line
// that holds only a number, or begins with the label of a note, begins a block also
// where no empty line parts it; a form feed is a block.
func appendLines(blocks []block, source string, r Range) []block {
	open, alone := false, false // the last block may go on; it stands apart
	for at := r.Start; at < r.End; {
		end := at + lineLength(source[at:r.End])
		line := trim(source, Range{at, end})
		text := source[line.Start:line.End]
		page := pageNumberOf(text)
		apart := page.value > 0 || isLabelLine(text)
		switch {
		case source[at] == '\f':
			blocks = append(blocks, block{Range: Range{at, end}, kind: feed})
			open = false
		case text == "":
			open = false
		case open && !apart && !alone:
			last := &blocks[len(blocks)-1]
			last.End = line.End
			last.lines++
		default:
			blocks = append(blocks, block{Range: line, page: page, lines: 1, tight: open})
			open, alone = true, page.value > 0
		}
		at = end
	}
	return blocks
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

// isLabelLine reports whether a line surely begins with the label of a note.
func isLabelLine(line string) bool { return markedLabel.MatchString(line) }

// mendBlocks joins lines that hold only a number, and turned out to be no page number,
// with the lines that touch them.
func (l *looker) mendBlocks() {
	var mended []block
	moved := make([]int, len(l.blocks)) // where each block went
	for i, b := range l.blocks {
		if n := len(mended); n > 0 && b.tight && b.kind == body && mended[n-1].kind == body && l.wasParted(i) {
			mended[n-1].End = b.End
			mended[n-1].lines += b.lines
			mended[n-1].page = pageNumber{}
		} else {
			mended = append(mended, b)
		}
		moved[i] = len(mended) - 1
	}
	for n := range l.anchors {
		l.anchors[n].block = moved[l.anchors[n].block]
	}
	l.blocks = mended
}

// wasParted reports whether only a number parted a block from the one before it.
func (l *looker) wasParted(i int) bool {
	return l.blocks[i].page.value > 0 || l.blocks[i-1].page.value > 0 && !isLabelLine(l.text(i))
}

func (l *looker) text(i int) string {
	b := &l.blocks[i]
	return l.source[b.Start:b.End]
}

// words returns the text of a block without a page number at its head.
func (l *looker) words(i int) string {
	b := &l.blocks[i]
	return l.source[max(b.Start, b.glued.End):b.End]
}

// next returns the first block from i on that is not idle, a number or a form feed;
// len(l.blocks) for none.
func (l *looker) next(i int) int {
	for i < len(l.blocks) && l.blocks[i].isSilent() {
		i++
	}
	return i
}

// previous returns the last block up to i that is not idle, a number or a form feed; -1
// for none.
func (l *looker) previous(i int) int {
	for i >= 0 && l.blocks[i].isSilent() {
		i--
	}
	return i
}

// isSilent reports whether a block says nothing.
func (b *block) isSilent() bool { return b.kind == number || b.kind == feed || b.kind == idle }
