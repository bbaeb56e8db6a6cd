package extract

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxText is the size of the largest source text that a format with markup may give, so
// that a small file can't become an endless text.
const maxText = 64 << 20

// A writer writes the source text of a format with markup: blocks parted by an empty
// line, white space as a reader sees it, calls of notes taken out. The body of a note
// stands behind the block that calls it, so that a label may come again in another
// chapter.
type writer struct {
	text   Text
	out    []byte
	block  []byte   // being written
	exact  bool     // white space of the block is kept
	cell   bool     // the block is a row of a table: its parts stay together
	lines  bool     // blocks are lines, parted by an empty line where the format has an empty block
	prefix string   // of the next block that has words
	called []Call   // in block
	paged  []Page   // in block
	over   bool     // there was more than maxText
	noted  []func() // write the notes that the block calls
	inNote bool
}

// words adds words to the block. Runs of white space become one space unless the block
// is exact.
func (w *writer) words(s string) {
	if len(w.out)+len(w.block)+len(s) > maxText {
		w.over = true
		return
	}
	if w.exact {
		w.block = append(w.block, clean(s)...)
		return
	}
	for _, r := range clean(s) {
		if r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' {
			if n := len(w.block); n == 0 || w.block[n-1] == ' ' || w.block[n-1] == '\n' {
				continue
			}
			r = ' '
		}
		w.block = utf8.AppendRune(w.block, r)
	}
}

// clean returns s as valid UTF-8 without characters that no text has and that not every
// database takes.
func clean(s string) string {
	s = strings.ToValidUTF8(s, "\uFFFD")
	if !strings.ContainsFunc(s, unprintable) {
		return s
	}
	return strings.Map(func(r rune) rune {
		if unprintable(r) {
			return -1
		}
		return r
	}, s)
}

func unprintable(r rune) bool {
	return unicode.IsControl(r) && r != '\n' && r != '\t' && r != '\r' || r == '\uFEFF' || r == '\u200B' || r >= 0xFFFE && r <= 0xFFFF
}

// lineBreak ends a line within the block.
func (w *writer) lineBreak() {
	if w.cell {
		w.words(" ")
		return
	}
	w.block = append(bytes.TrimRight(w.block, " "), '\n')
}

// call notes that a note is called here.
func (w *writer) call(label string) {
	w.block = bytes.TrimRight(w.block, " ")
	w.called = append(w.called, Call{Range: Range{len(w.block), len(w.block)}, Label: label, Note: -1})
}

// page notes that a page begins here. An empty label is none.
func (w *writer) page(p Page) {
	if p.Label = strings.Join(strings.Fields(clean(p.Label)), " "); p.Label == "" || len(p.Label) > maxPageLabel {
		return
	}
	p.At = len(w.block)
	w.paged = append(w.paged, p)
}

const maxPageLabel = 16

// end ends the block and returns where it stands in the source text; the range is empty
// if it has no words. Its pages and calls become marks.
func (w *writer) end() Range {
	block := bytes.TrimRightFunc(w.block, unicode.IsSpace)
	lead := 0
	if !w.exact {
		lead = len(block) - len(bytes.TrimLeftFunc(block, unicode.IsSpace))
	}
	start := len(w.out)
	if len(block) > lead {
		w.out = append(w.out, w.prefix...)
		w.prefix = ""
	}
	w.writePieces(block, lead)
	r := Range{start, len(w.out)}
	switch {
	case w.lines && (r.Len() > 0 || len(w.out) > 0 && !bytes.HasSuffix(w.out, []byte("\n\n"))):
		w.out = append(w.out, '\n')
	case r.Len() > 0:
		w.out = append(w.out, "\n\n"...)
	}
	w.block, w.called, w.paged = w.block[:0], nil, nil
	w.writeNotes()
	return r
}

// writeNotes writes the bodies of the notes that the block called.
func (w *writer) writeNotes() {
	if w.inNote || len(w.noted) == 0 {
		return
	}
	noted, exact, cell := w.noted, w.exact, w.cell
	w.noted, w.inNote, w.exact, w.cell = nil, true, false, false
	for _, write := range noted {
		write()
	}
	w.inNote, w.exact, w.cell = false, exact, cell
}

// writePieces writes the block piece by piece between its marks, each in normalisation
// form C. A mark that would part a letter from its accent moves to the end of the block.
func (w *writer) writePieces(block []byte, lead int) {
	start := len(w.out)
	ends := w.markOffsets()
	places := map[int]int{} // offsets in the block, and in the source text
	at := lead
	for _, end := range append(ends, len(block)) {
		end = max(at, min(end, len(block)))
		w.out = append(w.out, norm.NFC.Bytes(block[at:end])...)
		places[end] = len(w.out)
		at = end
	}
	if !norm.NFC.IsNormal(w.out[start:]) {
		w.out = append(w.out[:start], norm.NFC.Bytes(w.out[start:])...)
		for end := range places {
			places[end] = len(w.out)
		}
	}
	place := func(at int) int {
		if p, found := places[max(lead, min(at, len(block)))]; found {
			return p
		}
		return start
	}
	for _, c := range w.called {
		p := place(c.Start)
		w.text.Calls = append(w.text.Calls, Call{Range: Range{p, p}, Label: c.Label, Note: -1})
	}
	for _, p := range w.paged {
		p.At = place(p.At)
		p.Sure = p.At
		w.addPage(p)
	}
}

// addPage adds a page; where one begins at the same place, that one was empty.
func (w *writer) addPage(p Page) {
	if n := len(w.text.Pages); n > 0 && w.text.Pages[n-1].At == p.At {
		w.text.Pages[n-1] = p
		return
	}
	w.text.Pages = append(w.text.Pages, p)
}

// markOffsets returns the offsets of the marks in the block, ascending.
func (w *writer) markOffsets() []int {
	var ends []int
	c, p := 0, 0
	for c < len(w.called) || p < len(w.paged) {
		if p == len(w.paged) || c < len(w.called) && w.called[c].Start < w.paged[p].At {
			ends = append(ends, w.called[c].Start)
			c++
		} else {
			ends = append(ends, w.paged[p].At)
			p++
		}
	}
	return ends
}

// endHeading ends the block, which is a heading.
func (w *writer) endHeading(level int) {
	if r := w.end(); r.Len() > 0 {
		w.text.Headings = append(w.text.Headings, Heading{r, max(1, level)})
	}
}

// note calls a note here, whose body a function writes. In a note it is only called:
// none has a note of its own.
func (w *writer) note(label string, body func()) {
	if label = value(label); label == "" {
		return
	}
	w.call(label)
	if !w.inNote {
		w.noted = append(w.noted, func() { w.noteBody(label, body) })
	}
}

// noteBody writes the body of a note. Its blocks belong together, and none of them is a
// heading or has a page of its own.
func (w *writer) noteBody(label string, body func()) {
	headings, pages, start := len(w.text.Headings), len(w.text.Pages), len(w.out)
	prefix := w.prefix
	w.prefix = ""
	body()
	w.end()
	w.prefix = prefix
	w.text.Headings, w.text.Pages = w.text.Headings[:headings], w.text.Pages[:pages]
	if end := len(bytes.TrimRightFunc(w.out, unicode.IsSpace)); end > start {
		w.text.Notes = append(w.text.Notes, Note{Range{start, end}, label})
	}
}

// finish returns the text with its marks.
func (w *writer) finish() (Text, error) {
	w.end()
	if w.over {
		return Text{}, ErrTooMuch
	}
	w.text.Source = string(w.out)
	w.text.joinCalls()
	return w.text, nil
}

// value returns a value of metadata that every database can hold, "" for none.
func value(s string) string {
	s = norm.NFC.String(strings.Join(strings.Fields(clean(s)), " "))
	if CheckValue(s) != nil {
		return ""
	}
	return s
}
