package retrieval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
)

// A long sentence is quoted by its parts: of a list that fills half a page, a reader wants the
// item that is asked about, and what is too long would not be quoted at all. Parts that stand
// side by side are quoted as they stand.

const (
	longRunes   = 300 // a longer sentence is divided at semicolons
	longerRunes = 600 // a longer part, at colons and commas too
	partRunes   = 100 // no part is shorter, with the space before it
)

const (
	semicolons = ";"
	anyMarks   = ";:,"
)

// partsOf divides a sentence if it is long, outside of parentheses.
func (c *candidate) partsOf(s corpus.Span, text string) []corpus.Span {
	if isShort(text, longRunes) {
		return []corpus.Span{s}
	}
	var parts []corpus.Span
	for _, part := range c.divide(s, semicolons) {
		if isShort(c.Show(part), longerRunes) {
			parts = append(parts, part)
		} else {
			parts = append(parts, c.divide(part, anyMarks)...)
		}
	}
	return parts
}

func isShort(text string, runes int) bool {
	return len(text) <= runes || utf8.RuneCountInString(text) <= runes
}

// divide divides a span behind marks that white space follows.
func (c *candidate) divide(s corpus.Span, marks string) []corpus.Span {
	var parts []corpus.Span
	var part corpus.Span
	parentheses, read, left := 0, 0, 0 // left are the space and what follows
	for _, r := range s {
		left += utf8.RuneCountInString(c.bytes(r))
	}
	for _, r := range s {
		text := c.bytes(r)
		start, ended := 0, false // of the part in r; it has ended here
		for i, now := range text {
			if ended && !unicode.IsSpace(now) {
				start, ended = i, false
			}
			read, left = read+1, left-1
			switch {
			case now == '(':
				parentheses++
			case now == ')':
				parentheses = max(0, parentheses-1)
			case parentheses == 0 && read >= partRunes && left >= partRunes && strings.ContainsRune(marks, now) && spaceFollows(text, i):
				part = append(part, corpus.Range{Start: r.Start + start, End: r.Start + i + 1})
				parts = append(parts, part)
				part, read, ended = nil, 0, true
			}
		}
		if !ended {
			part = append(part, corpus.Range{Start: r.Start + start, End: r.End})
		}
	}
	if part != nil {
		parts = append(parts, part)
	}
	return parts
}

// bytes are those of the source text in a range of the passage.
func (c *candidate) bytes(r corpus.Range) string {
	return c.Source[r.Start-c.Start() : r.End-c.Start()]
}

// spaceFollows reports whether white space stands behind a mark, which is ASCII.
func spaceFollows(text string, mark int) bool {
	next, size := utf8.DecodeRuneInString(text[mark+1:])
	return size > 0 && unicode.IsSpace(next)
}
