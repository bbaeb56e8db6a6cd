package corpus

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"sort"
	"strings"
	"unicode"
	"unicode/utf8"
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
// out. Nothing shows where they only jump over what is quiet: a page number, a running
// line, a note or its call, a broken entity, a hyphen at a line end. It returns ErrNotFound when there is no such document any more, or not for
// this access, and ErrStale when its text has changed.
func (s *Store) Quote(ctx context.Context, access Access, ref Reference) (string, error) {
	quoted, err := s.Quotes(ctx, access, []Reference{ref})
	if err != nil {
		return "", err
	}
	return quoted[0].Text, quoted[0].Err
}

// A Quoted is what Quote returns for one of several references.
type Quoted struct {
	Text string
	Err  error // ErrNotFound, ErrStale or ErrReference
}

// Quotes is Quote for several references, in one state of the store.
func (s *Store) Quotes(ctx context.Context, access Access, refs []Reference) ([]Quoted, error) {
	var quoted []Quoted
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		quoted = nil
		for some := range slices.Chunk(refs, atOnce) {
			more, err := readQuotes(ctx, tx, access, some)
			if err != nil {
				return err
			}
			quoted = append(quoted, more...)
		}
		return nil
	})
	return quoted, err
}

// readQuotes reads quotes of at most atOnce references.
func readQuotes(ctx context.Context, tx *sql.Tx, access Access, refs []Reference) ([]Quoted, error) {
	documents, err := readDocuments(ctx, tx, access, refs)
	if err != nil {
		return nil, err
	}
	quoted := make([]Quoted, len(refs))
	var wanted []textOf
	var of []int // the reference of each one wanted
	for i, ref := range refs {
		d, found := documents[ref.Document]
		switch {
		case !found:
			quoted[i].Err = ErrNotFound
		case d.Revision != ref.Revision:
			quoted[i].Err = ErrStale
		case !valid(ref.Ranges, d.Bytes):
			quoted[i].Err = ErrReference
		default:
			around := Range{Start: max(0, ref.Ranges[0].Start-utf8.UTFMax), End: min(d.Bytes, ref.Ranges[len(ref.Ranges)-1].End+utf8.UTFMax)}
			wanted, of = append(wanted, textOf{d, around}), append(of, i)
		}
	}
	texts, err := readTexts(ctx, tx, access.Guild(), wanted)
	if err != nil {
		return nil, err
	}
	for n, x := range texts {
		if ref := refs[of[n]]; cutsWord(x.text, x.start, ref.Ranges) {
			quoted[of[n]].Err = ErrReference
		} else {
			quoted[of[n]].Text = x.show(ref.Ranges)
		}
	}
	return quoted, nil
}

// readDocuments reads the documents of at most atOnce references, by their IDs: those that are
// there, can be seen and are not removed.
func readDocuments(ctx context.Context, tx *sql.Tx, access Access, refs []Reference) (map[string]Document, error) {
	rows := make([][]any, len(refs))
	for i, ref := range refs {
		rows[i] = []any{ref.Document}
	}
	list, args := wantedRows(access.Guild(), []string{"TEXT"}, rows)
	read, err := tx.QueryContext(ctx, `WITH wanted (id) AS (VALUES `+list+`)
		SELECT `+documentColumns+` FROM wanted CROSS JOIN document WHERE guild = $1 AND document = id AND removed = 0`, args...)
	if err != nil {
		return nil, err
	}
	defer read.Close()
	found := map[string]Document{}
	for read.Next() {
		d, err := scanDocument(read)
		if err != nil {
			return nil, err
		}
		if access.Sees(d.Course) {
			found[d.ID] = d
		}
	}
	return found, read.Err()
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

// A stretch is a part of a source text, with what is quiet in it: ranges that a quote
// may jump over without a sign, by their starts; some lie in others.
type stretch struct {
	text  string
	start int // offset of text in the source text
	quiet []Range
}

// show returns the bytes of the ranges as people see them.
func (x stretch) show(ranges []Range) string {
	var out strings.Builder
	for i, r := range ranges {
		piece := x.text[r.Start-x.start : r.End-x.start]
		if i > 0 {
			joint := x.joint(Range{Start: ranges[i-1].End, End: r.Start})
			if endsInSpace(&out) {
				joint = strings.TrimLeft(joint, " ")
			}
			out.WriteString(joint)
			if endsInSpace(&out) {
				piece = strings.TrimLeftFunc(piece, unicode.IsSpace)
			}
		}
		writeSpaced(&out, piece)
	}
	return out.String()
}

func endsInSpace(out *strings.Builder) bool {
	last, _ := utf8.DecodeLastRuneInString(out.String())
	return unicode.IsSpace(last)
}

// joint returns what is shown for a gap: […] where it holds a word that is not quiet,
// else what joins the text on both sides. A quiet range counts only if all of it lies
// in the gap: to jump inside a note is to leave out text.
func (x stretch) joint(gap Range) string {
	at := gap.Start
	first := sort.Search(len(x.quiet), func(i int) bool { return x.quiet[i].Start >= gap.Start })
	for _, q := range x.quiet[first:] {
		if q.Start >= gap.End {
			break
		}
		if q.End > gap.End {
			continue
		}
		if q.Start > at && holdsWord(x.text[at-x.start:q.Start-x.start]) {
			return ellipsis
		}
		at = max(at, q.End)
	}
	if holdsWord(x.text[at-x.start : gap.End-x.start]) {
		return ellipsis
	}
	return silentJoint(x.text[:gap.Start-x.start], x.text[gap.Start-x.start:gap.End-x.start], x.text[gap.End-x.start:])
}

// silentJoint returns what joins the text before and after a gap that shows no sign:
// nothing where a word goes on over a line end, before a comma or a full stop, and
// where there is a space already; else a space if the gap holds white space.
func silentJoint(before, gap, after string) string {
	last, _ := utf8.DecodeLastRuneInString(before)
	first, _ := utf8.DecodeRuneInString(gap)
	next, _ := utf8.DecodeRuneInString(after)
	switch {
	case strings.ContainsRune(hyphens, first) && unicode.IsLetter(last),
		strings.ContainsRune(hyphens, last) && strings.ContainsRune(gap, '\n'),
		unicode.IsSpace(last), unicode.IsSpace(next), strings.ContainsRune(".,", next):
		return ""
	case strings.ContainsFunc(gap, unicode.IsSpace):
		return " "
	}
	return ""
}

// hyphens part a word at a line end.
const hyphens = "-\u00AD‐¬"

func holdsWord(s string) bool { return strings.ContainsFunc(s, isLetterOrDigit) }

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
