package corpus

import (
	"context"
	"database/sql"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Locate returns where the words of a quote stand in the text of a document as it is now,
// nil where they don't: once each part between two […], in their order. It reads as a reader
// does, over page numbers, notes and hyphens at line ends, so that a quote of one format of
// a text is found in another; white space and the shapes of apostrophes, quotation marks,
// dashes and ligatures don't count. Of the reference only the document does. It returns
// ErrNotFound when there is no such document any more, or not for this access.
func (s *Store) Locate(ctx context.Context, access Access, ref Reference, quote string) ([]Range, error) {
	var found []Range
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = nil
		var d Document
		err := queryDocuments(ctx, tx, access, `AND document = $2 AND removed = 0`, func(one Document) { d = one }, ref.Document)
		switch {
		case err != nil:
			return err
		case d.ID == "":
			return ErrNotFound
		}
		draft, _, err := readDraft(ctx, tx, access.Guild(), d.Name)
		if err == nil {
			found = draft.locate(quote)
		}
		return err
	})
	return found, err
}

// locate looks for a quote in the body of the text, then in each note.
func (d Draft) locate(quote string) []Range {
	whole := Range{Start: 0, End: len(d.Source)}
	if found := fold(read(d.Source, whole, disjoint(d.Quiet))).locate(quote); found != nil {
		return found
	}
	for _, p := range d.Passages {
		if p.Note == "" {
			continue
		}
		var inside []Range
		for _, q := range d.Quiet {
			if q.Start > p.Start() || q.End < p.End() { // the note itself is quiet in the body
				inside = append(inside, q)
			}
		}
		if found := fold(read(d.Source, Range{Start: p.Start(), End: p.End()}, disjoint(inside))).locate(quote); found != nil {
			return found
		}
	}
	return nil
}

// A folded reading is a reading without what does not count for a quote.
type folded struct {
	reading
	text string
	at   []int // where each byte of text stands in the reading, and the end
}

func fold(r reading) folded {
	var out strings.Builder
	var at []int
	for i, c := range r.text {
		plain := foldRune(c)
		out.WriteString(plain)
		for range len(plain) {
			at = append(at, i)
		}
	}
	return folded{r, out.String(), append(at, len(r.text))}
}

// foldRune returns the plain form of a character, "" for one that does not count.
func foldRune(c rune) string {
	switch c {
	case '\u00AD', '\uFEFF', '\u200B':
		return ""
	case '’', '‘', 'ʼ', '′', '`':
		return "'"
	case '“', '”', '„', '«', '»', '″':
		return `"`
	case '–', '—', '‐', '‑', '−':
		return "-"
	case '…':
		return "..."
	}
	if unicode.IsSpace(c) {
		return ""
	}
	if i := strings.IndexRune("ﬀﬁﬂﬃﬄ", c); i >= 0 {
		return [...]string{"ff", "fi", "fl", "ffi", "ffl"}[i/len("ﬀ")]
	}
	return string(c)
}

func (f folded) locate(quote string) []Range {
	if whole := f.parts([]string{quote}); whole != nil { // the text itself may have the sign
		return whole
	}
	return f.parts(strings.Split(quote, strings.TrimSpace(ellipsis)))
}

// parts returns where parts stand one after the other, nil if they don't.
func (f folded) parts(parts []string) []Range {
	var ranges []Range
	from := 0
	for _, part := range parts {
		part = fold(reading{text: part}).text
		if part == "" {
			return nil
		}
		start := f.index(part, from)
		if start < 0 {
			return nil
		}
		from = start + len(part)
		last := f.at[from-1]
		_, size := utf8.DecodeRuneInString(f.reading.text[last:])
		ranges = append(ranges, f.span(Range{Start: f.at[start], End: last + size})...)
	}
	return ranges
}

// index returns where a part begins from an offset on that stands at the edges of words, -1
// if it doesn't.
func (f folded) index(part string, from int) int {
	for {
		i := strings.Index(f.text[from:], part)
		if i < 0 {
			return -1
		}
		start := from + i
		last := f.at[start+len(part)-1]
		_, size := utf8.DecodeRuneInString(f.reading.text[last:])
		if !insideWord(f.reading.text, f.at[start]) && !insideWord(f.reading.text, last+size) {
			return start
		}
		_, size = utf8.DecodeRuneInString(f.text[start:])
		from = start + size
	}
}

// SameWords reports whether two quotes are the same but for what does not count for Locate.
func SameWords(a, b string) bool {
	plain := func(s string) string { return fold(reading{text: s}).text }
	return plain(a) == plain(b)
}
