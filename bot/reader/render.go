package reader

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
)

// A paragraph is some lines of the text.
type paragraph struct {
	ID      string // of a note
	Label   string // of a note, where the text has none before it
	Heading bool
	Note    bool
	Lines   bool // their ends count, as in verse
	Pieces  []piece
}

// A piece is text that is shown in one way.
type piece struct {
	Kind  pieceKind
	Text  string
	ID    string // for links to it
	Link  string // of a call: where its note stands
	Here  bool   // it is of the quote that was asked for
	First bool   // which begins with it
}

type pieceKind string

const (
	plainPiece  pieceKind = "text"
	quotedPiece pieceKind = "quoted"
	quietPiece  pieceKind = "quiet" // page numbers, running lines and the like
	callPiece   pieceKind = "call"
	pagePiece   pieceKind = "page" // a page begins
)

// What is known of a byte of a window.
const (
	inBody byte = 1 << iota
	inNote
	isQuiet
	isQuoted
	isHere // of the quote that was asked for
)

// A drawing is a window while it becomes paragraphs.
type drawing struct {
	corpus.Window
	*opening
	known  []byte              // of each byte
	calls  map[int]corpus.Call // by where they begin
	ends   map[int]int         // of what is quiet and short at an offset, as signs of calls are
	notes  []corpus.Passage
	begins map[int]int        // which quote begins at an offset, from 1
	pages  []corpus.PageStart // still to be shown
}

// render returns the paragraphs of a window.
func (o *opening) render(w corpus.Window) []paragraph {
	d := &drawing{Window: w, opening: o, known: make([]byte, len(w.Text)),
		calls: map[int]corpus.Call{}, ends: map[int]int{}, begins: map[int]int{}}
	d.learn()
	var all []paragraph
	var lines []corpus.Range // of the paragraph that is gathered
	flush := func() {
		if p, ok := d.paragraph(lines); ok {
			all = append(all, p)
		}
		lines = nil
	}
	for at := w.Start; at < w.End; {
		line := corpus.Range{Start: at, End: w.End}
		if i := strings.IndexByte(w.Text[at-w.Start:], '\n'); i >= 0 {
			line.End = at + i + 1
		}
		at = line.End
		_, begins := d.noteIn(line)
		if strings.TrimSpace(d.of(line)) == "" || begins || lines != nil && d.isHeading(line) != d.isHeading(lines[0]) {
			flush()
		}
		if strings.TrimSpace(d.of(line)) != "" {
			lines = append(lines, line)
		}
	}
	flush()
	return all
}

func (d *drawing) of(r corpus.Range) string { return d.Text[r.Start-d.Start : r.End-d.Start] }

// learn notes what is known of the bytes.
func (d *drawing) learn() {
	set := func(r corpus.Range, what byte) {
		for i := max(r.Start, d.Start); i < min(r.End, d.End); i++ {
			d.known[i-d.Start] |= what
		}
	}
	label := ""
	for _, p := range d.Passages {
		what := inBody
		if p.Note != "" {
			what = inNote
			d.notes = append(d.notes, p)
		} else {
			for _, page := range p.Pages {
				if page.Label != label {
					label = page.Label
					d.pages = append(d.pages, page)
				}
			}
		}
		for _, s := range p.Sentences {
			for _, r := range s {
				set(r, what)
			}
		}
		for _, c := range p.Calls {
			d.calls[c.At] = c
		}
	}
	for _, q := range d.Quiet {
		for at := q.Start; at < q.End && q.Len() <= longestCall; at++ { // space before it may be part of it
			if end, known := d.ends[at]; !known || q.End < end {
				d.ends[at] = q.End
			}
		}
		if d.isNote(q) {
			continue // the body of a note is quiet where it is jumped over, and read here
		}
		set(q, isQuiet)
	}
	for n, quote := range d.link.quotes {
		for _, r := range quote {
			set(r, isQuoted)
			if n+1 == d.hit {
				set(r, isHere)
			}
		}
		if len(quote) > 0 {
			d.begins[max(quote[0].Start, d.Start)] = n + 1
		}
	}
}

// longestCall is how many bytes the sign of a call has at most.
const longestCall = 40

// isNote reports whether a range is the body of a note.
func (d *drawing) isNote(r corpus.Range) bool {
	for i := max(r.Start, d.Start); i < min(r.End, d.End); i++ {
		if d.known[i-d.Start]&inNote != 0 {
			return true
		}
	}
	return false
}

// noteIn returns the note that begins in a line.
func (d *drawing) noteIn(line corpus.Range) (note corpus.Passage, begins bool) {
	for _, n := range d.notes {
		if n.Start() >= line.Start && n.Start() < line.End {
			return n, true
		}
	}
	return corpus.Passage{}, false
}

// isHeading reports whether a line holds words that are in no sentence, and none that are.
func (d *drawing) isHeading(line corpus.Range) bool {
	words := false
	for at, r := range d.of(line) {
		known := d.known[line.Start+at-d.Start]
		if known&(inBody|inNote) != 0 {
			return false
		}
		words = words || known&isQuiet == 0 && !unicode.IsSpace(r)
	}
	return words
}

// shortLine is how many characters lines have on average whose ends count: others were
// broken for a page.
const shortLine = 45

// paragraph draws lines. It reports false where nothing of them is to be seen.
func (d *drawing) paragraph(lines []corpus.Range) (paragraph, bool) {
	if lines == nil {
		return paragraph{}, false
	}
	all := corpus.Range{Start: lines[0].Start, End: lines[len(lines)-1].End}
	p := paragraph{Heading: d.isHeading(lines[0]), Lines: len(lines) > 1 && utf8.RuneCountInString(d.of(all)) < shortLine*len(lines)}
	if n, begins := d.noteIn(lines[0]); begins {
		p.ID, p.Note = noteID(n.Ordinal), true
		if before := d.of(corpus.Range{Start: lines[0].Start, End: n.Start()}); strings.TrimSpace(before) == "" {
			p.Label = n.Note
		}
	} else {
		p.Note = d.known[all.Start-d.Start]&inNote != 0
	}
	seen, pages := false, d.pages
	for at := all.Start; at < all.End; {
		for len(d.pages) > 0 && d.pages[0].Sure <= at {
			p.Pieces = append(p.Pieces, piece{Kind: pagePiece, Text: d.words.page(d.pages[0].Label)})
			d.pages = d.pages[1:]
		}
		one, end := d.pieceAt(at, all.End)
		if one.Text != "" {
			seen = seen || strings.TrimSpace(one.Text) != ""
			p.Pieces = append(p.Pieces, one)
		}
		at = end
	}
	if !seen { // they are shown with the next one
		d.pages = pages
	}
	return p, seen
}

// pieceAt returns the piece that begins at an offset, and where it ends: there, where a note
// is called by a sign that the source text does not hold.
func (d *drawing) pieceAt(at, most int) (piece, int) {
	if c, isCall := d.calls[at]; isCall {
		delete(d.calls, at)
		one := piece{Kind: callPiece, Text: c.Label, ID: "call-" + strconv.Itoa(at)}
		if c.Note >= 0 {
			one.Link = "#" + noteID(c.Note)
		}
		return one, min(max(at, d.ends[at]), most)
	}
	known := d.known[at-d.Start] & (isQuiet | isQuoted | isHere)
	end := at + 1
	for end < most && d.known[end-d.Start]&(isQuiet|isQuoted|isHere) == known && !d.breaks(end) {
		end++
	}
	text := d.of(corpus.Range{Start: at, End: end})
	one := piece{Kind: plainPiece, Text: text}
	switch {
	case known&isQuiet != 0:
		one.Kind = quietPiece
		if !isWorded(text) {
			one.Text = ""
		}
	case known&isQuoted != 0:
		one.Kind = quotedPiece
		if n := d.begins[at]; n > 0 {
			one.ID, one.First = "quote-"+strconv.Itoa(n), n == d.hit
		}
		one.Here = known&isHere != 0
	}
	return one, end
}

// breaks reports whether something begins at an offset that a piece may not run over.
func (d *drawing) breaks(at int) bool {
	_, isCall := d.calls[at]
	return isCall || d.begins[at] > 0 || len(d.pages) > 0 && d.pages[0].Sure == at
}

// isWorded reports whether what people skip says something, as a page number does, and is
// no mark-up.
func isWorded(quiet string) bool {
	text := strings.TrimSpace(quiet)
	return strings.ContainsFunc(text, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }) &&
		!strings.HasPrefix(text, "<!--") && !strings.HasPrefix(text, "---")
}

func noteID(ordinal int) string { return "note-" + strconv.Itoa(ordinal) }
