package answers

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
)

// locate returns where the words of a quote stand in a source text: a range for each
// part between two […], the first place from the offset near on, or before it if there
// is none. It returns nil if they don't. Runs of white space count as one space.
func locate(source, quote string, near int) []corpus.Range {
	flat := flatten(source)
	for _, parts := range [][]string{{quote}, strings.Split(quote, "[…]")} { // the source itself may have the sign
		for _, near := range []int{near, 0} {
			if ranges := flat.locate(parts, near); ranges != nil {
				return ranges
			}
		}
	}
	return nil
}

// A flat text is a text with each run of white space as one space.
type flat struct {
	text string
	at   []int // where each byte of it stands in the text, and the end
}

func flatten(text string) flat {
	var out strings.Builder
	var at []int
	space := false
	for i, r := range text {
		if unicode.IsSpace(r) {
			if !space {
				out.WriteByte(' ')
				at = append(at, i)
			}
			space = true
			continue
		}
		space = false
		size := utf8.RuneLen(r)
		if r == utf8.RuneError {
			_, size = utf8.DecodeRuneInString(text[i:])
		}
		out.WriteString(text[i : i+size])
		for j := range size {
			at = append(at, i+j)
		}
	}
	return flat{out.String(), append(at, len(text))}
}

func (f flat) locate(parts []string, near int) []corpus.Range {
	from := 0
	for from < len(f.text) && f.at[from] < near {
		from++
	}
	var ranges []corpus.Range
	for _, part := range parts {
		part = strings.TrimSpace(flatten(part).text)
		if part == "" {
			return nil
		}
		start := f.index(part, from)
		if start < 0 {
			return nil
		}
		from = start + len(part)
		ranges = append(ranges, corpus.Range{Start: f.at[start], End: f.at[from-1] + 1})
	}
	return ranges
}

// index returns where a part begins that stands at the edges of words, -1 if it
// doesn't.
func (f flat) index(part string, from int) int {
	for {
		i := strings.Index(f.text[from:], part)
		if i < 0 {
			return -1
		}
		start, end := from+i, from+i+len(part)
		if !insideWord(f.text, start) && !insideWord(f.text, end) {
			return start
		}
		_, size := utf8.DecodeRuneInString(f.text[start:])
		from = start + size
	}
}

func insideWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return isLetterOrDigit(before) && isLetterOrDigit(after)
}

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
