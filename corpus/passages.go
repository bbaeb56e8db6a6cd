package corpus

import (
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/extract"
)

// Sizes of passages in bytes of the source text. A passage follows paragraphs: it
// ends with the first one that brings it to enoughBytes. Only a paragraph of more
// than maxBytes is divided, into parts of like size.
const (
	enoughBytes = 500
	maxBytes    = 1200
)

// cutPassages cuts a text in a language into passages: those of the body in order,
// then those of the notes.
func cutPassages(text extract.Text, language string) []Passage {
	c := cutter{text: text, language: language, notes: map[int]int{}}
	c.block.note = -1
	for _, b := range blocks(text) {
		c.add(b)
	}
	c.close()
	c.callNotes()
	return c.passages
}

// A cutter gathers sentences into passages.
type cutter struct {
	text     extract.Text
	language string
	passages []Passage
	notes    map[int]int // ordinal of the first passage of each note
	block    block       // the last one, whose section and note the gathered sentences share
	gathered []Span
	bytes    int // in gathered
}

func (c *cutter) add(b block) {
	if b.alone || b.note >= 0 || b.note != c.block.note || b.section != c.block.section {
		c.close()
	}
	c.block = b
	text := b.text()
	sentences := cutLong(text, splitSentences(text, c.language))
	if c.bytes > 0 && c.bytes+b.Len() > maxBytes {
		c.close()
	}
	parts := 1 + b.Len()/maxBytes
	for _, s := range sentences {
		span := b.reading.span(Range{Start: b.Start + s.Start, End: b.Start + s.End})
		c.gathered = append(c.gathered, span)
		c.bytes += s.Len()
		if parts > 1 && c.bytes >= b.Len()/parts {
			c.close()
		}
	}
	if c.bytes >= enoughBytes || b.alone {
		c.close()
	}
}

// close makes a passage of what is gathered. A small rest of a divided paragraph
// becomes a passage of its own; ranking copes with it, and joining it would make
// passages of two sizes.
func (c *cutter) close() {
	if len(c.gathered) == 0 {
		return
	}
	p := Passage{Ordinal: len(c.passages), Sentences: c.gathered}
	if c.block.section != nil {
		p.Section = c.block.section.path
	}
	if n := c.block.note; n >= 0 {
		p.Note = c.text.Notes[n].Label
		if _, found := c.notes[n]; !found {
			c.notes[n] = p.Ordinal
		}
		p.Pages = pagesOf(c.text.Pages, c.block.call, c.block.call+1)
		for i := range p.Pages {
			p.Pages[i].At, p.Pages[i].Sure = p.Start(), p.Start()
		}
		if len(p.Pages) > 1 { // it may stand on any of them
			p.Pages[len(p.Pages)-1].Sure = p.End()
		}
	} else {
		p.Pages = pagesOf(c.text.Pages, p.Start(), p.End())
	}
	p.Calls = callsIn(c.text.Calls, p.Sentences)
	p.Language = c.foreign(p)
	c.passages = append(c.passages, p)
	c.gathered, c.bytes = nil, 0
}

// foreign returns the language of a passage that is in another than its document, else
// "".
func (c *cutter) foreign(p Passage) string {
	text := read(c.text.Source, Range{Start: p.Start(), End: p.End()}, c.between(p)).text
	if found := PassageLanguage(text, c.language); found != c.language {
		return found
	}
	return ""
}

// between returns what stands between the ranges of a passage.
func (c *cutter) between(p Passage) []Range {
	var gaps []Range
	at := p.Start()
	for _, s := range p.Sentences {
		for _, r := range s {
			if r.Start > at {
				gaps = append(gaps, Range{Start: at, End: r.Start})
			}
			at = r.End
		}
	}
	return gaps
}

// callNotes puts the ordinals of passages into calls, which have had the indexes of
// notes.
func (c *cutter) callNotes() {
	for i := range c.passages {
		calls := c.passages[i].Calls
		for j := range calls {
			ordinal, found := c.notes[calls[j].Note]
			if !found {
				ordinal = -1
			}
			calls[j].Note = ordinal
		}
	}
}

// pagesOf returns the pages that hold bytes from start to end, or may hold some.
func pagesOf(pages []extract.Page, start, end int) []PageStart {
	first := sort.Search(len(pages), func(i int) bool { return pages[i].Sure > start })
	if first > 0 {
		first--
	}
	var found []PageStart
	for _, page := range pages[first:] {
		if page.At >= end {
			break
		}
		found = append(found, PageStart{max(page.At, start), max(page.Sure, start), page.Label, page.File})
	}
	if len(found) > 0 && pages[first].At > start {
		found[0].At = pages[first].At // what stands before the first page has no number
	}
	return found
}

// callsIn returns the calls that stand in the sentences or at their ends.
func callsIn(calls []extract.Call, sentences []Span) []Call {
	var found []Call
	for _, s := range sentences {
		first := sort.Search(len(calls), func(i int) bool { return calls[i].Start >= s.Start() })
		for _, c := range calls[first:] {
			if c.Start > s.End()+maxCallGap {
				break
			}
			if n := len(found); n == 0 || found[n-1].At < c.Start {
				found = append(found, Call{c.Start, c.Label, c.Note})
			}
		}
	}
	return found
}

// maxCallGap is how many bytes may stand between the end of a sentence and the call
// that belongs to it: a space.
const maxCallGap = 1

// cutLong divides sentences of more than maxBytes at white space, or where there
// is none, between words, or else between characters.
func cutLong(text string, sentences []Range) []Range {
	var out []Range
	for _, s := range sentences {
		for s.Len() > maxBytes {
			end := cutAt(text, s)
			out = append(out, trimSpace(text, Range{Start: s.Start, End: end}))
			s = trimSpace(text, Range{Start: end, End: s.End})
		}
		if s.Len() > 0 {
			out = append(out, s)
		}
	}
	return out
}

// cutAt returns where to end the first part of a range that is longer than
// maxBytes: behind its last white space, or else at the edge of a word, or else
// between two characters. A part that ends inside a word can't be quoted.
func cutAt(text string, s Range) int {
	limit := s.Start + maxBytes
	if i := strings.LastIndexFunc(text[s.Start:limit], unicode.IsSpace); i > maxBytes/2 {
		return s.Start + i
	}
	for _, inside := range []func(string, int) bool{insideWord, insideMarked, insideRune} {
		for at := limit; at > limit-maxBytes/2; at-- {
			if !inside(text, at) {
				return at
			}
		}
	}
	return limit // not reached, a rune has four bytes at most
}

// insideMarked reports whether an offset lies between a letter and a mark on it.
func insideMarked(text string, at int) bool {
	r, _ := utf8.DecodeRuneInString(text[at:])
	return insideRune(text, at) || unicode.IsMark(r)
}

func insideRune(text string, at int) bool { return !utf8.RuneStart(text[at]) }
