package corpus

import (
	"context"
	"database/sql"
	"errors"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus/extract"
)

// A Reference names bytes of a document's source text as it was at a revision.
type Reference struct {
	Document string // ID
	Revision string
	Ranges   []Range // ascending, disjoint
}

// Errors of Quote.
var (
	ErrStale     = errors.New("the document has changed since")
	ErrReference = errors.New("not a reference to whole words of the document")
)

// ellipsis stands for what a quote jumps over.
const ellipsis = " […] "

// Quote reads the bytes of a reference from the store as they are shown to people:
// runs of white space as one space, and […] where text between two ranges is left
// out. It returns ErrNotFound when there is no such document any more, or not for
// this access, and ErrStale when its text has changed.
func (s *Store) Quote(ctx context.Context, access Access, ref Reference) (string, error) {
	var quote string
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		var d Document
		err := queryDocuments(ctx, tx, access, `AND document = $2 AND removed = 0`, func(found Document) { d = found }, ref.Document)
		switch {
		case err != nil:
			return err
		case d.ID == "":
			return ErrNotFound
		case d.Revision != ref.Revision:
			return ErrStale
		case !valid(ref.Ranges, d.Bytes):
			return ErrReference
		}
		around := Range{Start: max(0, ref.Ranges[0].Start-utf8.UTFMax), End: min(d.Bytes, ref.Ranges[len(ref.Ranges)-1].End+utf8.UTFMax)}
		text, err := readText(ctx, tx, access.Guild(), d, around)
		if err != nil {
			return err
		}
		if cutsWord(text, around.Start, ref.Ranges) {
			return ErrReference
		}
		quote = show(text, around.Start, ref.Ranges)
		return nil
	})
	return quote, err
}

// cutsWord reports whether the ranges begin or end inside a word or a character.
// Text is the source text from offset on, a character more than the ranges on both
// sides.
func cutsWord(text string, offset int, ranges []Range) bool {
	start, end := ranges[0].Start-offset, ranges[len(ranges)-1].End-offset
	return insideWord(text, start) || insideWord(text, end)
}

// insideWord reports whether a word or a character goes on across an offset.
func insideWord(text string, at int) bool {
	if at == 0 || at == len(text) {
		return false
	}
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return !utf8.RuneStart(text[at]) || isWord(before) && isWord(after)
}

func valid(ranges []Range, length int) bool {
	at := 0
	for _, r := range ranges {
		if r.Start < at || r.End <= r.Start || r.End > length {
			return false
		}
		at = r.End
	}
	return len(ranges) > 0
}

// show returns the bytes of the ranges as people see them. Text is the source text
// from offset on.
func show(text string, offset int, ranges []Range) string {
	var out strings.Builder
	for i, r := range ranges {
		if i > 0 {
			out.WriteString(joint(text[ranges[i-1].End-offset : r.Start-offset]))
		}
		writeSpaced(&out, text[r.Start-offset:r.End-offset])
	}
	return out.String()
}

// joint returns what is shown for a gap: […] where it holds a word that is not part of
// a page mark, else a space where it holds white space.
func joint(gap string) string {
	switch {
	case strings.ContainsFunc(extract.WithoutPageMarks(gap), isLetterOrDigit):
		return ellipsis
	case strings.ContainsFunc(gap, unicode.IsSpace):
		return " "
	}
	return ""
}

// isWord reports whether r can be part of a word: a letter, a digit or a mark on one.
func isWord(r rune) bool { return isLetterOrDigit(r) || unicode.IsMark(r) }

func isLetterOrDigit(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }

// writeSpaced writes s with each run of white space as one space; a single
// no-break space stays what it is.
func writeSpaced(out *strings.Builder, s string) {
	for s != "" {
		i := strings.IndexFunc(s, unicode.IsSpace)
		if i < 0 {
			out.WriteString(s)
			return
		}
		out.WriteString(s[:i])
		rest := strings.TrimLeftFunc(s[i:], unicode.IsSpace)
		if run := s[i : len(s)-len(rest)]; run == "\u00A0" || run == "\u202F" {
			out.WriteString(run)
		} else {
			out.WriteByte(' ')
		}
		s = rest
	}
}
