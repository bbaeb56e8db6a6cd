package extract

import (
	"bytes"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A pdfWriter writes the lines of pages as paragraphs, headings and notes.
type pdfWriter struct {
	pages   []*pdfPage
	size    float64   // of most letters
	leading float64   // from line to line of them
	gapped  bool      // paragraphs are parted by gaps: what ends early within one is a line of its own
	sizes   []float64 // of headings, the largest first
	out     []byte
	text    Text
	called  []Call
	author  string // as the properties of the file state
}

// measure finds out how large the letters of the text are and how far its lines stand
// apart.
func (w *pdfWriter) measure() {
	w.size = letterSize(w.pages)
	gaps := map[float64]int{}
	headings := map[float64]bool{}
	for _, p := range w.pages {
		for i, l := range p.lines {
			if i > 0 && half(l.size) == w.size && half(p.lines[i-1].size) == w.size && p.lines[i-1].base > l.base {
				gaps[half(p.lines[i-1].base-l.base)]++
			}
			if w.isLarge(l) && !p.rows[l] {
				headings[half(l.size)] = true
			}
		}
	}
	if w.leading = mostOften(gaps); w.leading == 0 {
		w.leading = 1.2 * w.size
	}
	w.gapped = w.areGapped()
	for size := range headings {
		w.sizes = append(w.sizes, size)
	}
	slices.Sort(w.sizes)
	slices.Reverse(w.sizes)
}

// letterSize returns the size of most letters.
func letterSize(pages []*pdfPage) float64 {
	letters := map[float64]int{}
	for _, p := range pages {
		for _, l := range p.lines {
			letters[half(l.size)] += len(l.text())
		}
	}
	return mostOften(letters)
}

// isLarger reports whether a line is clearly larger than a text of this size.
func isLarger(l *pdfLine, size float64) bool { return l.size > 1.12*size }

// shortShare is the share of the column's width below which a line has ended early.
const shortShare = 0.85

// areGapped reports whether there are gaps behind most lines that end early with a
// sentence.
func (w *pdfWriter) areGapped() bool {
	gaps, short := 0, 0
	for _, p := range w.pages {
		p.measureShares()
		for i, a := range p.lines[:max(0, len(p.lines)-1)] {
			b := p.lines[i+1]
			if a.share >= shortShare || half(a.size) != w.size || half(b.size) != w.size || a.base < b.base || !endsSentence(a.text()) {
				continue
			}
			if short++; a.base-b.base > 1.3*max(w.leading, a.size) {
				gaps++
			}
		}
	}
	return 2*gaps > short
}

func half(x float64) float64 { return math.Round(2*x) / 2 }

func mostOften(counts map[float64]int) float64 {
	best := 0.0
	for x, n := range counts {
		if n > counts[best] || n == counts[best] && x < best {
			best = x
		}
	}
	return best
}

func (w *pdfWriter) isLarge(l *pdfLine) bool { return isLarger(l, w.size) }
func (w *pdfWriter) isSmall(l *pdfLine) bool { return l.size < 0.94*w.size }

// write writes all pages.
func (w *pdfWriter) write() Text {
	for _, p := range w.pages {
		w.part(p)
	}
	for i, p := range w.pages {
		if i > 0 {
			w.out = append(w.out, '\f', '\n')
		}
		if n := len(w.text.Pages); n == 0 || w.text.Pages[n-1].File != i+1 { // else a note began it
			w.beginPage(i)
		}
		w.page(p)
		w.goOn(i)
	}
	w.text.Source = string(w.out)
	w.dropFront()
	notes := map[string]bool{}
	for _, n := range w.text.Notes {
		notes[n.Label] = true
	}
	for _, c := range w.called {
		if notes[c.Label] {
			w.text.Calls = append(w.text.Calls, c)
		}
	}
	w.text.joinCalls()
	return w.text
}

// dropFront takes the marks from headings among the lines below the title, such as an
// author's name in large letters: what follows them is neither a heading nor the text.
func (w *pdfWriter) dropFront() {
	const long = 80 // bytes of a paragraph
	at := 0
	var short []int // where short blocks begin
	for block := range strings.SplitAfterSeq(w.text.Source, "\n\n") {
		if len(strings.TrimSpace(block)) >= long {
			break
		}
		short = append(short, at)
		at += len(block)
	}
	isHeading := func(at int) bool {
		return slices.ContainsFunc(w.text.Headings, func(h Heading) bool { return h.Start == at })
	}
	drop := map[int]bool{}
	for i := 1; i+1 < len(short); i++ {
		drop[short[i]] = isHeading(short[i]) && !isHeading(short[i+1])
	}
	w.text.Headings = slices.DeleteFunc(w.text.Headings, func(h Heading) bool {
		isAuthor := w.author != "" && h.Start < at && strings.Join(strings.Fields(w.text.Source[h.Start:h.End]), " ") == w.author
		return drop[h.Start] || isAuthor
	})
}

func (w *pdfWriter) beginPage(i int) {
	w.text.Pages = append(w.text.Pages, Page{At: len(w.out), Sure: len(w.out), Label: w.pages[i].label, File: i + 1})
}

// part parts a page into body and notes.
func (w *pdfWriter) part(p *pdfPage) {
	lowest := math.Inf(1)
	for _, l := range p.lines {
		if !w.isSmall(l) && !p.rows[l] {
			lowest = math.Min(lowest, l.base)
		}
	}
	for _, l := range p.lines {
		if !p.rows[l] && w.isSmall(l) && l.base < lowest {
			p.notes = append(p.notes, l)
		} else {
			p.body = append(p.body, l)
		}
	}
	markLabels(p.notes)
}

// goOn writes what the next pages begin their notes with behind the last note of a page,
// which goes on there. Each next page begins with it, and begins again where its text does
// if the note goes on over more pages.
func (w *pdfWriter) goOn(i int) {
	notes := w.pages[i].notes
	if len(notes) == 0 || len(w.text.Notes) == 0 {
		return
	}
	last := notes[len(notes)-1]
	for i++; i < len(w.pages); i++ {
		next := w.pages[i]
		n := slices.IndexFunc(next.notes, func(l *pdfLine) bool { return noteLabel(l) != "" })
		all := n < 0
		if all {
			n = len(next.notes)
		}
		if n == 0 || all && endsSentence(last.text()) {
			return
		}
		w.out = append(bytes.TrimRight(w.out, "\n"), '\n')
		w.beginPage(i)
		for k, l := range next.notes[:n] {
			if k > 0 {
				w.out = append(w.out, '\n')
			}
			w.line(l, false)
		}
		w.text.Notes[len(w.text.Notes)-1].End = len(w.out)
		w.out = append(w.out, "\n\n"...)
		last, next.notes = next.notes[n-1], next.notes[n:]
		if !all {
			return
		}
	}
}

// page writes a page: what recurs on all is skipped, the notes come last.
func (w *pdfWriter) page(p *pdfPage) {
	body, notes := p.body, p.notes
	if !slices.ContainsFunc(notes, func(l *pdfLine) bool { return noteLabel(l) != "" }) {
		body, notes, p.notes = append(body, notes...), nil, nil
	}
	var kept []*pdfLine
	for _, l := range body {
		if !p.rows[l] {
			kept = append(kept, l)
			continue
		}
		start := len(w.out)
		w.line(l, false)
		w.text.Skipped = append(w.text.Skipped, Range{start, len(w.out)})
		w.out = append(w.out, "\n\n"...)
	}
	for body = kept; len(body) > 0; {
		n := w.paragraph(body)
		w.block(body[:n])
		body = body[n:]
	}
	for len(notes) > 0 {
		n := 1
		for n < len(notes) && noteLabel(notes[n]) == "" {
			n++
		}
		w.note(notes[:n])
		notes = notes[n:]
	}
}

// paragraph returns how many of the lines are the first paragraph. One ends before a
// larger gap, other letters, or an indented line; behind a sentence that ends before the
// column does; and behind a short first line before a long one, as of a heading.
func (w *pdfWriter) paragraph(lines []*pdfLine) int {
	left := lines[0].left
	for n := 1; n < len(lines); n++ {
		a, b := lines[n-1], lines[n]
		gap := a.base - b.base
		ends := endsSentence(a.text())
		switch {
		case math.Abs(a.size-b.size) > 0.08*w.size, a.bold != b.bold && (w.isHeading(lines[:n]) || b.bold):
			return n
		case gap < -a.size/2 && !ends && a.share > shortShare: // a sentence that goes on in the next column
			left = b.left
			continue
		case gap > 1.3*math.Max(w.leading*a.size/w.size, a.size), gap < -a.size/2:
			return n
		case ends && b.left-left > 0.8*b.size && b.left-a.left > 0.8*b.size, ends && a.share < shortShare && !w.gapped:
			return n
		case n == 1 && a.share < 0.5 && b.share > 0.8 && !ends && !beginsSmall(b.text()):
			return n
		}
		left = math.Min(left, b.left)
	}
	return len(lines)
}

// measureShares finds out how much of the width of its column each line of a page has.
func (p *pdfPage) measureShares() {
	if len(p.lines) > maxPageLines {
		for _, l := range p.lines {
			l.share = 1
		}
		return
	}
	for _, l := range p.lines {
		left, right := l.left, l.right
		for _, o := range p.lines {
			if o.left < l.right && o.right > l.left && math.Abs(o.left-l.left) < 3*l.size && !p.rows[o] {
				left, right = min(left, o.left), max(right, o.right)
			}
		}
		l.share = (l.right - left) / max(right-left, 1)
	}
}

func beginsSmall(s string) bool { return unicode.IsLower(firstRune(s)) }

func endsSentence(s string) bool {
	return strings.ContainsRune(".!?…:;»”\")", lastRune(strings.TrimRight(s, superscriptDigits+"0123456789")))
}

// isHeading reports whether lines that stand by themselves are a heading: of larger
// letters, or bold ones.
func (w *pdfWriter) isHeading(lines []*pdfLine) bool {
	size, letters := 0, false
	for _, l := range lines {
		if !w.isLarge(l) && !l.bold {
			return false
		}
		letters = letters || strings.ContainsFunc(l.text(), unicode.IsLetter)
		size += len(l.text())
	}
	last := lines[len(lines)-1].text()
	return size <= longestTitle && len(lines) <= headingLines && letters &&
		!strings.HasSuffix(last, ".") && !strings.HasSuffix(last, ",")
}

// block writes a paragraph or a heading.
func (w *pdfWriter) block(lines []*pdfLine) {
	start := len(w.out)
	for i, l := range lines {
		if i > 0 {
			w.out = append(w.out, '\n')
		}
		w.line(l, true)
	}
	if w.isHeading(lines) && len(w.out) > start {
		level := len(w.sizes) + 1
		if i := slices.Index(w.sizes, half(lines[0].size)); i >= 0 {
			level = i + 1
		}
		w.text.Headings = append(w.text.Headings, Heading{Range{start, len(w.out)}, level})
	}
	w.out = append(w.out, "\n\n"...)
}

// line writes a line; raised numbers in it may call notes.
func (w *pdfWriter) line(l *pdfLine, calls bool) {
	start := len(w.out)
	for i, p := range l.pieces {
		text := norm.NFC.String(clean(p.text))
		if i == 0 {
			text = strings.TrimLeft(text, " ")
		}
		if i == len(l.pieces)-1 {
			text = strings.TrimRight(text, " ")
		}
		if !p.raised {
			w.out = append(w.out, text...)
			continue
		}
		if label := strings.TrimSpace(text); label != "" && len(w.out) > start && calls {
			at := len(w.out)
			w.out = append(w.out, raisedDigits.Replace(label)...)
			w.called = append(w.called, Call{Range: Range{at, len(w.out)}, Label: label, Note: -1})
			if strings.HasSuffix(text, " ") {
				w.out = append(w.out, ' ')
			}
			continue
		}
		w.out = append(w.out, raisedDigits.Replace(text)...)
	}
	w.out = append(w.out[:start], norm.NFC.Bytes(w.out[start:])...)
}

var labelAtHead = regexp.MustCompile(`^(?:[\[(]?(\d{1,3})[\])]?[.)]?|(\*{1,3}|[†‡]))\s*`)

// noteLabel returns the label with which a line begins, "" for none.
func noteLabel(l *pdfLine) string {
	if l.noLabel {
		return ""
	}
	s := l.text()
	m := labelAtHead.FindStringSubmatchIndex(s)
	switch {
	case m == nil:
		return ""
	case m[2] < 0:
		return s[m[4]:m[5]]
	case unicode.IsDigit(firstRune(s[m[3]:])), // a year
		!l.pieces[0].raised && strings.HasPrefix(s[m[3]:], ","): // "12, 15 and 18", in a list of pages
		return ""
	}
	return s[m[2]:m[3]]
}

// markLabels tells labels from other numbers at the heads of lines: where some are raised
// only those are labels, and others count on.
func markLabels(notes []*pdfLine) {
	raised := slices.ContainsFunc(notes, func(l *pdfLine) bool { return l.pieces[0].raised && noteLabel(l) != "" })
	last := 0
	for _, l := range notes {
		n := decimal(noteLabel(l))
		if raised {
			l.noLabel = !l.pieces[0].raised
		} else if n > 0 {
			l.noLabel = last > 0 && n != last+1 && n != 1
		}
		if n > 0 && !l.noLabel {
			last = n
		}
	}
}

// note writes a note; its label is skipped. One without a label goes on with the note
// that ended the page before.
func (w *pdfWriter) note(lines []*pdfLine) {
	label, start := noteLabel(lines[0]), len(w.out)
	if label == "" && len(w.text.Notes) > 0 {
		label = w.text.Notes[len(w.text.Notes)-1].Label
	}
	for i, l := range lines {
		if i > 0 {
			w.out = append(w.out, '\n')
		}
		w.line(l, false)
	}
	if noteLabel(lines[0]) != "" {
		head := labelAtHead.FindStringIndex(plainDigits(string(w.out[start:])))
		if head != nil {
			at := start + len(w.headOf(string(w.out[start:]), head[1]))
			w.text.Skipped = append(w.text.Skipped, Range{start, at})
			start = at
		}
	}
	if label != "" && len(w.out) > start {
		w.text.Notes = append(w.text.Notes, Note{Range{start, len(w.out)}, label})
	}
	w.out = append(w.out, "\n\n"...)
}

// headOf returns as many characters of s as its plain spelling has bytes: the head is in
// ASCII but for its raised digits.
func (w *pdfWriter) headOf(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}
