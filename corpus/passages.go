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

// cutPassages cuts a text in a language into passages.
func cutPassages(text extract.Text, language string) []Passage {
	c := cutter{text: text, language: language}
	for _, b := range blocks(text) {
		c.add(b)
	}
	c.close()
	return c.passages
}

// A cutter gathers sentences into passages.
type cutter struct {
	text     extract.Text
	language string
	passages []Passage
	block    block // the last one, whose section and note the gathered sentences share
	gathered []Span
	bytes    int // in gathered
}

func (c *cutter) add(b block) {
	if b.alone || b.note != "" || b.note != c.block.note || b.section != c.block.section {
		c.close()
	}
	c.block = b
	sentences := cutLong(c.text.Source, c.sentences(b.Range))
	if c.bytes > 0 && c.bytes+b.Len() > maxBytes {
		c.close()
	}
	parts := 1 + b.Len()/maxBytes
	for _, s := range sentences {
		c.gathered = append(c.gathered, Span{s})
		c.bytes += s.Len()
		if parts > 1 && c.bytes >= b.Len()/parts {
			c.close()
		}
	}
	if c.bytes >= enoughBytes || b.alone {
		c.close()
	}
}

// sentences returns the sentences of a paragraph.
func (c *cutter) sentences(r Range) []Range {
	found := splitSentences(c.text.Source[r.Start:r.End], c.language)
	for i := range found {
		found[i].Start += r.Start
		found[i].End += r.Start
	}
	return found
}

// close makes a passage of what is gathered. A small rest of a divided paragraph
// becomes a passage of its own; ranking copes with it, and joining it would make
// passages of two sizes.
func (c *cutter) close() {
	if len(c.gathered) == 0 {
		return
	}
	p := Passage{
		Ordinal:   len(c.passages),
		Sentences: c.gathered,
		Note:      c.block.note,
	}
	if c.block.section != nil {
		p.Section = c.block.section.path
	}
	p.Calls = callsIn(c.text.Calls, p.Start(), p.End())
	if p.Note != "" {
		p.Pages = pagesOf(c.text.Pages, c.block.call, c.block.call+1)
		for i := range p.Pages {
			p.Pages[i].At = p.Start()
		}
	} else {
		p.Pages = pagesOf(c.text.Pages, p.Start(), p.End())
	}
	c.passages = append(c.passages, p)
	c.gathered, c.bytes = nil, 0
}

// pagesOf returns the pages that hold bytes from start to end.
func pagesOf(pages []extract.Page, start, end int) []PageStart {
	first := sort.Search(len(pages), func(i int) bool { return pages[i].At > start })
	var found []PageStart
	if first > 0 {
		found = append(found, PageStart{start, pages[first-1].Label})
	}
	for _, page := range pages[first:] {
		if page.At >= end {
			break
		}
		found = append(found, PageStart(page))
	}
	return found
}

func callsIn(calls []extract.Call, start, end int) []Call {
	first := sort.Search(len(calls), func(i int) bool { return calls[i].Start >= start })
	var found []Call
	for _, c := range calls[first:] {
		if c.Start > end {
			break
		}
		found = append(found, Call{c.Start, c.Label})
	}
	return found
}

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
