// Package corpus holds the documents of guilds: it reads files into documents,
// cuts them into passages, stores both, and gives them back by reference.
//
// A document's source text is stored once, unchanged, and every offset is a byte
// offset in it. What the package understands of a text (sections, pages, notes,
// sentences, language) is kept beside it, never put into it:
//
//	source text   Le parti est né en 1928.¹ Il adhère à\n\n48\n\nl'IC.\n\n1. Cf. p. 3
//	sentences     [----------------------]  [-------]      [---]
//	passage       [-------------------------------------------]
//
// A passage is some sentences of one section, or of one note. A sentence may be cut in
// two by the foot of a page. The sentences of all passages, the headings and what
// extract skipped or found to be calls of notes cover every byte of the text that is
// not white space.
//
// The package neither ranks nor searches; what it offers to an index is a feed of
// changes.
package corpus

import (
	"time"

	"verbatim/corpus/extract"
)

// A Range is the bytes of a source text from Start up to, not including, End.
type Range = extract.Range

// Metadata is what a document says about itself; absent fields are empty.
type Metadata = extract.Metadata

// A Document is one text of a guild, without the text itself.
type Document struct {
	ID       string // made by the store, the same as long as the document lives
	Name     string // path below the folder it was read from, with slashes
	Origin   string // the folder it was read from
	Revision string // hexadecimal SHA-256 of the source text
	Metadata
	Bytes    int // length of the source text
	Passages int
	Added    time.Time
	Replaced time.Time // zero if it never was
	Removed  time.Time // zero unless it is removed and can be restored
}

// A Passage is the unit that is indexed and ranked: some sentences of one section
// or of one note.
type Passage struct {
	Ordinal   int // position in the document, from 0
	Sentences []Span
	Section   []string    // headings it stands under, outermost first
	Pages     []PageStart // pages it stands on, in order; empty without page numbers
	Note      string      // label of the note whose body it is, "" for none
	Calls     []Call      // notes that its sentences call
	Language  string      // ISO 639-1, of a passage in another language than its document, else ""
}

// A Span is the ranges of a source text that read as one piece, such as a sentence
// that is cut in two by the foot of a page: ascending, disjoint, not empty.
type Span []Range

// Start returns the offset of the first byte of s.
func (s Span) Start() int { return s[0].Start }

// End returns the offset behind the last byte of s.
func (s Span) End() int { return s[len(s)-1].End }

// Len returns the number of bytes in s.
func (s Span) Len() int {
	n := 0
	for _, r := range s {
		n += r.Len()
	}
	return n
}

// A PageStart says that text from Sure on stands on the page with this label, and that
// text from At on may. Where the page is known to begin they are the same.
// File is the number of the page in the file, 0 in formats without pages of their own.
type PageStart struct {
	At, Sure int
	Label    string
	File     int
}

// A Call is a place in the text that refers to a note.
type Call struct {
	At    int
	Label string
	Note  int // ordinal of the note's first passage, -1 if it has none
}

// Start returns the offset of the first byte of p.
func (p Passage) Start() int { return p.Sentences[0].Start() }

// End returns the offset behind the last byte of p.
func (p Passage) End() int { return p.Sentences[len(p.Sentences)-1].End() }

// PagesOf returns the labels of the pages on which bytes of the ranges stand or may
// stand, in order; none if they begin before the first page that has a label. The
// ranges lie within p.
func (p Passage) PagesOf(ranges []Range) []string {
	var labels []string
	for _, page := range p.startsOf(ranges) {
		labels = append(labels, page.Label)
	}
	return labels
}

// FilePagesOf returns the numbers in the file of the pages that PagesOf returns, none if
// the file has no pages of its own.
func (p Passage) FilePagesOf(ranges []Range) []int {
	var numbers []int
	for _, page := range p.startsOf(ranges) {
		if page.File > 0 {
			numbers = append(numbers, page.File)
		}
	}
	return numbers
}

func (p Passage) startsOf(ranges []Range) []PageStart {
	var found []PageStart
	if len(p.Pages) == 0 || ranges[0].Start < p.Pages[0].At {
		return nil
	}
	for i, page := range p.Pages {
		end := p.End()
		if i+1 < len(p.Pages) {
			end = p.Pages[i+1].Sure
		}
		for _, r := range ranges {
			if r.Start < end && r.End > page.At {
				found = append(found, page)
				break
			}
		}
	}
	return found
}

// CallsIn returns the notes that are called in the ranges or at their ends.
func (p Passage) CallsIn(ranges []Range) []Call {
	var calls []Call
	for _, c := range p.Calls {
		for _, r := range ranges {
			if c.At >= r.Start && c.At <= r.End+maxCallGap {
				calls = append(calls, c)
				break
			}
		}
	}
	return calls
}
