package corpus

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"verbatim/corpus/extract"
)

// A block is a paragraph: text between empty lines, headings, notes and what is
// skipped.
type block struct {
	Range
	section *section // it stands in, nil before the first heading
	note    string   // label of the note it is part of, "" for the body
	call    int      // where that note is called, or if nowhere, where it stands
	alone   bool     // a heading that is a passage of its own
}

// blocks returns the blocks of a text in order.
func blocks(text extract.Text) []block {
	b := blocker{text: text, sections: sections(text), calls: map[string]int{}}
	for _, c := range slices.Backward(text.Calls) {
		b.calls[c.Label] = c.Start
	}
	at := 0
	for _, cut := range b.cuts() {
		b.body(Range{Start: at, End: cut.Start})
		b.cut(cut)
		at = cut.End
	}
	b.body(Range{Start: at, End: len(text.Source)})
	return b.found
}

type blocker struct {
	text     extract.Text
	sections []*section
	calls    map[string]int // first call of each label
	found    []block
}

// A cut is a range that parts the body: a heading, a note or something skipped.
type cut struct {
	Range
	note  *extract.Note
	alone bool // a heading whose words would otherwise be found nowhere
}

// cuts returns what parts the body, in order.
func (b *blocker) cuts() []cut {
	var cuts []cut
	for _, r := range b.text.Skipped {
		cuts = append(cuts, cut{Range: r})
	}
	for i, h := range b.text.Headings {
		end, deeper := len(b.text.Source), false
		if i+1 < len(b.text.Headings) {
			next := b.text.Headings[i+1]
			end, deeper = next.Start, next.Level > h.Level
		}
		empty := !deeper && b.isEmpty(Range{Start: h.End, End: end})
		cuts = append(cuts, cut{Range: h.Range, alone: empty || isLong(headingText(b.text, h))})
	}
	for i := range b.text.Notes {
		cuts = append(cuts, cut{Range: b.text.Notes[i].Range, note: &b.text.Notes[i]})
	}
	slices.SortFunc(cuts, func(x, y cut) int { return x.Start - y.Start })
	return cuts
}

// isEmpty reports whether a range holds nothing but white space and notes, which
// stand under the headings of their calls.
func (b *blocker) isEmpty(r Range) bool {
	source, notes := b.text.Source, b.text.Notes
	first := sort.Search(len(notes), func(i int) bool { return notes[i].Start >= r.Start })
	for _, n := range notes[first:] {
		if n.Start >= r.End || trimSpace(source, Range{Start: r.Start, End: n.Start}).Len() > 0 {
			break
		}
		r.Start = n.End
	}
	return trimSpace(source, r).Len() == 0
}

// cut adds the blocks of what parts the body. A heading with nothing under it, or
// that is shown shortened, is a block too, or its words would be found nowhere.
func (b *blocker) cut(c cut) {
	switch {
	case c.note != nil:
		call, found := b.calls[c.note.Label]
		if !found {
			call = c.Start
		}
		for _, r := range paragraphs(b.text.Source, c.Range) {
			b.found = append(b.found, block{Range: r, section: b.sectionAt(call), note: c.note.Label, call: call})
		}
	case c.alone:
		b.found = append(b.found, block{Range: c.Range, section: b.sectionAt(c.Start - 1), alone: true})
	}
}

func (b *blocker) body(r Range) {
	for _, p := range paragraphs(b.text.Source, r) {
		b.found = append(b.found, block{Range: p, section: b.sectionAt(p.Start)})
	}
}

// A section is what stands between two headings.
type section struct {
	at   int
	path []string // headings it stands under, outermost first
}

// sections returns the section that each heading begins.
func sections(text extract.Text) []*section {
	var found []*section
	var levels []int
	var path []string
	for _, h := range text.Headings {
		for len(levels) > 0 && levels[len(levels)-1] >= h.Level {
			levels, path = levels[:len(levels)-1], path[:len(path)-1]
		}
		levels, path = append(levels, h.Level), append(slices.Clone(path), shorten(headingText(text, h)))
		found = append(found, &section{h.Start, path})
	}
	return found
}

// maxHeading is how many characters of a heading are kept as the name of a section,
// which each passage below it bears.
const maxHeading = 200

// headingText returns a heading on one line.
func headingText(text extract.Text, h extract.Heading) string {
	return strings.Join(strings.Fields(text.Source[h.Start:h.End]), " ")
}

func isLong(heading string) bool { return utf8.RuneCountInString(heading) > maxHeading }

// shorten returns a heading, cut behind a word if it is long.
func shorten(heading string) string {
	if !isLong(heading) {
		return heading
	}
	short := string([]rune(heading)[:maxHeading])
	if i := strings.LastIndexByte(short, ' '); i > len(short)/2 {
		short = short[:i]
	}
	return short + "…"
}

// sectionAt returns the section in which an offset lies, nil for none.
func (b *blocker) sectionAt(offset int) *section {
	i := sort.Search(len(b.sections), func(i int) bool { return b.sections[i].at > offset })
	if i == 0 {
		return nil
	}
	return b.sections[i-1]
}

// paragraphs returns the runs of lines in r that are not empty.
func paragraphs(text string, r Range) []Range {
	var found []Range
	start := -1
	for at := r.Start; at < r.End; {
		end := r.End
		if i := strings.IndexByte(text[at:r.End], '\n'); i >= 0 {
			end = at + i + 1
		}
		if trimSpace(text, Range{Start: at, End: end}).Len() == 0 {
			if start >= 0 {
				found = append(found, Range{Start: start, End: at})
			}
			start = -1
		} else if start < 0 {
			start = at
		}
		at = end
	}
	if start >= 0 {
		found = append(found, Range{Start: start, End: r.End})
	}
	return found
}
