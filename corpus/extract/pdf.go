package extract

import (
	"fmt"
	"math"
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// Limits of a PDF.
const (
	maxFilePages = 20_000
	maxPageChars = 200_000
	maxPageLines = 2_000 // whose places are compared with each other
)

// A pdfPage is a page of a PDF.
type pdfPage struct {
	lines []*pdfLine
	label string
	rows  map[*pdfLine]bool // running heads and page numbers

	body, notes []*pdfLine // for the writer
}

// pdf reads a PDF. Pages are those of the file, with the labels that it gives them or
// that are printed on them; lines that recur at the edges of pages are skipped; notes are
// told by their smaller letters below the text, their calls by raised numbers, headings
// by larger or bold letters.
func (r *Reader) pdf(data []byte) (Text, error) {
	if err := r.Prepare(); err != nil {
		return Text{}, err
	}
	d, err := r.engine.open(data)
	if err != nil {
		return Text{}, err
	}
	defer d.close()
	pages, err := readPages(d)
	if err != nil {
		return Text{}, err
	}
	findRows(pages)
	labelPages(pages)
	stated := Metadata{Title: sensibleTitle(d.property("Title")), Author: d.property("Author")}
	w := pdfWriter{pages: pages, author: stated.Author}
	w.measure()
	text := w.write()
	text.Metadata = stated
	return text, nil
}

func readPages(d *pdfDocument) ([]*pdfPage, error) {
	if d.pages > maxFilePages {
		return nil, ErrTooMuch
	}
	var pages []*pdfPage
	letters, size := 0, 0
	for i := range d.pages {
		chars, err := d.chars(i)
		if err != nil {
			return nil, err
		}
		if size += len(chars); size > maxText/2 {
			return nil, ErrTooMuch
		}
		page := &pdfPage{lines: inColumns(pdfLines(chars)), label: value(d.label(i)), rows: map[*pdfLine]bool{}}
		for _, l := range page.lines {
			letters += strings.Count(l.text(), "") - 1
		}
		pages = append(pages, page)
	}
	if d.failed != nil { // with the label of the last page
		return nil, ErrDamaged
	}
	const scanned = 3 // characters a page, as stamps leave on a scan
	if letters == 0 || len(pages) > 3 && letters < scanned*len(pages) {
		return nil, ErrScan
	}
	return pages, nil
}

var madeTitle = regexp.MustCompile(`(?i)\.(docx?|odt|rtf|tex|dvi|ps|pdf|indd|qxd|pages)$|^microsoft |^untitled|^sans titre|^document ?\d*$`)

// sensibleTitle returns a title unless a program made it up.
func sensibleTitle(s string) string {
	if madeTitle.MatchString(s) {
		return ""
	}
	return s
}

// edgeLines is how many lines at the head and at the foot of a page may be running ones.
const edgeLines = 2

// edges returns the lines at the head and the foot of a page, from outside to inside, as
// they stand on the page.
func (p *pdfPage) edges() (head, foot []*pdfLine) {
	lines := slices.Clone(p.lines)
	slices.SortStableFunc(lines, func(a, b *pdfLine) int { return int(math.Round(b.base - a.base)) })
	for _, l := range lines {
		if len(head) < edgeLines+1 && (len(head) < edgeLines || math.Abs(l.base-head[len(head)-1].base) < l.size/2) {
			head = append(head, l)
		}
	}
	slices.Reverse(lines)
	for _, l := range lines {
		if len(foot) < edgeLines {
			foot = append(foot, l)
		}
	}
	return head, foot
}

// rowKey is what is the same in a running line from page to page.
func rowKey(l *pdfLine) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(l.text()), func(r rune) bool { return !unicode.IsLetter(r) }), " ")
}

// findRows finds running lines: at the edge of a page, what recurs there, a number that
// counts on with the pages or is the label that the file gives the page, and what stands
// beside one of these or, apart from the text, where they stand on other pages.
func findRows(pages []*pdfPage) {
	count := map[string]int{} // of words at an edge
	steps := map[int]int{}    // of printed numbers that are so much more than the file's
	near := nearRows(pages)
	size := letterSize(pages)
	key := func(l *pdfLine) string {
		if isLarger(l, size) { // "Chapter 3" is no running head for standing where "Chapter 2" did
			return strings.ToLower(l.text())
		}
		return rowKey(l)
	}
	eachEdge(pages, func(i int, _ *pdfPage, l *pdfLine, edge string) {
		if rowKey(l) != "" && len(l.text()) <= longestRow {
			count[edge+key(l)]++
		}
		if n := pageNumberOf(l.text()); n.value > 0 && !n.roman {
			steps[n.value-i]++
		}
	})
	enough := max(2, min(3, len(pages)))
	eachEdge(pages, func(i int, p *pdfPage, l *pdfLine, edge string) {
		n := pageNumberOf(l.text())
		times := count[edge+key(l)]
		if near[l] && len(pages) > 3 ||
			rowKey(l) != "" && times >= enough && len(l.text()) <= longestRow && 4*times >= len(pages) ||
			n.value > 0 && !n.roman && steps[n.value-i] >= 2 ||
			l.text() != "" && l.text() == p.label {
			p.rows[l] = true
		}
	})
	for _, p := range pages {
		p.addNeighbours()
	}
	addAtHeight(pages)
}

// rowDistance is within how many pages a running line comes again, which on left and
// right pages may be another.
const rowDistance = 4

// nearRows finds lines that come again soon at the same height, with the same words and
// numbers but for those that count the pages. Larger letters than those of the text are
// more often a heading's: such a line has to come a third time, with all numbers the same.
func nearRows(pages []*pdfPage) map[*pdfLine]bool {
	type chain struct {
		last  int // index of its last page
		lines []*pdfLine
	}
	size := letterSize(pages)
	chains := map[string]*chain{} // by edge, height and words
	near := map[*pdfLine]bool{}
	eachEdge(pages, func(i int, _ *pdfPage, l *pdfLine, edge string) {
		key := rowKey(l)
		if key == "" || len(l.text()) > longestRow {
			return
		}
		at := fmt.Sprintf("%s %.0f %s", edge, l.base/2, key)
		c := chains[at]
		least, step := 2, 0
		if isLarger(l, size) {
			least = 3
		} else if c != nil {
			step = i - c.last
		}
		if c == nil || i <= c.last || i-c.last > rowDistance || !countsOn(c.lines[len(c.lines)-1], l, step) {
			c = &chain{}
			chains[at] = c
		}
		c.last, c.lines = i, append(c.lines, l)
		if n := len(c.lines); n >= least {
			for _, row := range c.lines[n-least:] {
				near[row] = true
			}
		}
	})
	return near
}

var digits = regexp.MustCompile(`\d+`)

// countsOn reports whether each number in a line is the same as in another line, or more by
// a step.
func countsOn(before, l *pdfLine, step int) bool {
	a, b := digits.FindAllString(before.text(), -1), digits.FindAllString(l.text(), -1)
	return slices.EqualFunc(a, b, func(a, b string) bool { return a == b || decimal(b)-decimal(a) == step })
}

// eachEdge calls do for each line at the edges of the pages.
func eachEdge(pages []*pdfPage, do func(page int, p *pdfPage, l *pdfLine, edge string)) {
	for i, p := range pages {
		head, foot := p.edges()
		for _, l := range head {
			do(i, p, l, "head")
		}
		for _, l := range foot {
			do(i, p, l, "foot")
		}
	}
}

// addNeighbours adds what stands beside a running line.
func (p *pdfPage) addNeighbours() {
	var beside []*pdfLine
	for row := range p.rows {
		for _, l := range p.lines {
			if !p.rows[l] && math.Abs(l.base-row.base) < l.size/4 && len(l.text()) <= longestRow {
				beside = append(beside, l)
			}
		}
	}
	for _, l := range beside {
		p.rows[l] = true
	}
}

// addAtHeight adds lines that stand apart from the text where at least a quarter of the
// pages have a running line.
func addAtHeight(pages []*pdfPage) {
	height := func(l *pdfLine, edge string) string { return fmt.Sprintf("%s %.0f %.0f", edge, l.base/2, l.size) }
	pagesAt := map[string]map[int]bool{}
	eachEdge(pages, func(i int, p *pdfPage, l *pdfLine, edge string) {
		if p.rows[l] {
			if pagesAt[height(l, edge)] == nil {
				pagesAt[height(l, edge)] = map[int]bool{}
			}
			pagesAt[height(l, edge)][i] = true
		}
	})
	eachEdge(pages, func(_ int, p *pdfPage, l *pdfLine, edge string) {
		n := len(pagesAt[height(l, edge)])
		if n >= 3 && 4*n >= len(pages) && len(l.text()) <= longestRow && p.isApart(l) {
			p.rows[l] = true
		}
	})
}

// isApart reports whether there is no line of the page close to a line, above or below.
func (p *pdfPage) isApart(l *pdfLine) bool {
	return !slices.ContainsFunc(p.lines, func(o *pdfLine) bool {
		distance := math.Abs(o.base - l.base)
		return !p.rows[o] && distance > l.size/4 && distance < 1.6*max(l.size, o.size)
	})
}

// labelPages gives pages that the file does not label the numbers printed on them, where
// these count on, or else those of the file.
func labelPages(pages []*pdfPage) {
	labelled := slices.ContainsFunc(pages, func(p *pdfPage) bool { return p.label != "" })
	plain := true // labels that only count the pages of the file say nothing
	for i, p := range pages {
		plain = plain && p.label == romanless(i+1)
	}
	if labelled && !plain {
		for i, p := range pages {
			if p.label == "" || len(p.label) > maxPageLabel {
				p.label = romanless(i + 1)
			}
		}
		return
	}
	step, found := printedStep(pages)
	for i, p := range pages {
		if p.label = romanless(i + 1); found && i+step > 0 {
			p.label = romanless(i + step)
		}
	}
}

func romanless(n int) string { return pageNumber{value: n}.label(0) }

var anyNumber = regexp.MustCompile(`^\d{1,4}\b|\b\d{1,4}$`)

// printedStep returns how much more than the index of a page its printed number is, if at
// least two pages and most that have a number agree.
func printedStep(pages []*pdfPage) (int, bool) {
	steps := map[int]int{}
	numbered := 0
	for i, p := range pages {
		seen := map[int]bool{}
		for l := range p.rows {
			for _, s := range anyNumber.FindAllString(l.text(), -1) {
				seen[decimal(s)-i] = true
			}
		}
		if len(seen) > 0 {
			numbered++
		}
		for s := range seen {
			steps[s]++
		}
	}
	best := 0
	for s, n := range steps {
		if n > steps[best] || n == steps[best] && s < best {
			best = s
		}
	}
	return best, steps[best] >= 2 && 2*steps[best] > numbered
}
