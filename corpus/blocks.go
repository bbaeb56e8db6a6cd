package corpus

import (
	"slices"
	"sort"
	"strings"
	"unicode/utf8"

	"verbatim/corpus/extract"
)

// A block is a paragraph: text between empty lines and headings.
type block struct {
	Range            // in the text of reading
	reading *reading // it is a part of
	section *section // it stands in, nil before the first heading
	note    int      // index of the note it is part of, -1 for the body
	call    int      // where that note is called, or if nowhere, where it stands
	alone   bool     // a heading that is a passage of its own
}

func (b block) text() string { return b.reading.text[b.Start:b.End] }

// start returns the offset of the block in the source text.
func (b block) start() int { return b.reading.span(b.Range).Start() }

// blocks returns the blocks of a text: those of the body in order, then those of the
// notes.
func blocks(text extract.Text) []block {
	b := blocker{text: text, sections: sections(text)}
	b.body()
	b.notes()
	return b.found
}

type blocker struct {
	text     extract.Text
	sections []*section
	found    []block
}

// body adds the blocks of the body. A heading with nothing under it, or that is shown
// shortened, is a block too, or its words would be found nowhere.
func (b *blocker) body() {
	quiet := disjoint(quietRanges(b.text))
	at := 0
	for i, h := range b.text.Headings {
		b.add(Range{Start: at, End: h.Start}, quiet, block{note: -1})
		at = h.End
		end, deeper := len(b.text.Source), false
		if i+1 < len(b.text.Headings) {
			next := b.text.Headings[i+1]
			end, deeper = next.Start, next.Level > h.Level
		}
		empty := !deeper && isEmpty(read(b.text.Source, Range{Start: h.End, End: end}, quiet).text)
		if empty || isLong(headingText(b.text, h)) {
			b.add(h.Range, quiet, block{note: -1, alone: true})
		}
	}
	b.add(Range{Start: at, End: len(b.text.Source)}, quiet, block{note: -1})
}

// notes adds the blocks of the notes, each in the section from which it is called.
func (b *blocker) notes() {
	quiet := append(callRanges(b.text), b.text.Skipped...)
	slices.SortFunc(quiet, func(a, b Range) int { return a.Start - b.Start })
	quiet = disjoint(quiet)
	calls := map[int]int{}
	for _, c := range slices.Backward(b.text.Calls) {
		calls[c.Note] = c.Start
	}
	for i, n := range b.text.Notes {
		call, found := calls[i]
		if !found {
			call = n.Start
		}
		b.add(n.Range, quiet, block{note: i, call: call})
	}
}

// add adds the blocks of a range, like the one given.
func (b *blocker) add(r Range, quiet []Range, like block) {
	x := read(b.text.Source, r, quiet)
	for _, p := range paragraphs(x.text, like.alone) {
		like.Range, like.reading = p, &x
		switch {
		case like.note >= 0:
			like.section = b.sectionAt(like.call)
		case like.alone:
			like.section = b.sectionAt(r.Start - 1)
		default:
			like.section = b.sectionAt(like.start())
		}
		b.found = append(b.found, like)
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

// headingText returns a heading on one line, without calls of notes; capitals that are
// spaced out stand together, as in RÉSUMÉ.
func headingText(text extract.Text, h extract.Heading) string {
	words := strings.Fields(read(text.Source, h.Range, callRanges(text)).text)
	if !spacedOut(words) {
		return strings.Join(words, " ")
	}
	return strings.Join(words, "")
}

// callRanges returns the bytes that calls of notes take up, with the space before one
// that stands before a comma or a full stop.
func callRanges(text extract.Text) []Range {
	var ranges []Range
	for _, c := range text.Calls {
		r := c.Range
		if r.Len() == 0 {
			continue
		}
		if next, _ := utf8.DecodeRuneInString(text.Source[r.End:]); strings.ContainsRune(".,;:", next) {
			r.Start = len(strings.TrimRight(text.Source[:r.Start], " \u00A0"))
		}
		ranges = append(ranges, r)
	}
	return ranges
}

// spacedOut reports whether each word is a letter, of three or more.
func spacedOut(words []string) bool {
	for _, w := range words {
		if utf8.RuneCountInString(w) != 1 {
			return false
		}
	}
	return len(words) > 2
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

// paragraphs returns the runs of lines that are not empty; of one piece all of them.
func paragraphs(text string, one bool) []Range {
	var found []Range
	if whole := trimSpace(text, Range{Start: 0, End: len(text)}); one && whole.Len() > 0 {
		return []Range{whole}
	}
	start := -1
	for at := 0; at < len(text); {
		end := len(text)
		if i := strings.IndexByte(text[at:], '\n'); i >= 0 {
			end = at + i + 1
		}
		if isEmpty(text[at:end]) {
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
		found = append(found, Range{Start: start, End: len(text)})
	}
	return found
}

func isEmpty(s string) bool { return strings.TrimFunc(s, isBlank) == "" }
