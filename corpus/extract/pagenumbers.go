package extract

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// A pageNumber is a number as pages bear it; its value is 0 for none.
type pageNumber struct {
	value int
	roman bool
	upper bool // in roman capitals
	named bool // what stands beside it says that it is a page's: "Page 3", "3/12"
}

// label returns the number that is so many pages further on, as it is printed.
func (n pageNumber) label(further int) string {
	switch {
	case !n.roman:
		return strconv.Itoa(n.value + further)
	case n.upper:
		return strings.ToUpper(romanOf(n.value + further))
	}
	return romanOf(n.value + further)
}

// An anchor is the printed number of a page somewhere on that page.
type anchor struct {
	pageNumber
	block   int
	glued   int  // length of the number at the head of a paragraph, 0 if it has its own line
	running bool // in a line with other words, "48 THE CONGRESS"
	section bool // in a line that may as well name a section, "Article 12"
}

var (
	numberLine = regexp.MustCompile(`^[-–—\[({|•·~]?\s*((?i:page|página|pagina|seite|pág\.?|pag\.?|pg\.?)\s*|(?:p|s|S)\.\s*|p\s+)?(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})(?:\s*(?:/|of|de|sur|von|di)\s*(\d{1,4}))?\s*[-–—\])}|•·~]?$`)
	gluedHead  = regexp.MustCompile(`^(\d{1,4})[ \t]+[\p{L}«"“(—–]`)
	runningRow = regexp.MustCompile(`^(?:(\d{1,4})\s+(\D.*)|(.*\D)\s+(\d{1,4}))$`)
)

// longestRow is the length in bytes of the longest running line.
const longestRow = 100

// pageNumberOf reads a line that holds nothing but the number of a page.
func pageNumberOf(line string) pageNumber {
	if len(line) > 24 {
		return pageNumber{}
	}
	m := numberLine.FindStringSubmatch(line)
	if m == nil {
		return pageNumber{}
	}
	total := decimal(m[3])
	n := pageNumber{value: decimal(m[2]), named: m[1] != "" || total > 0}
	if n.value == 0 {
		n.value, n.roman, n.upper = romanValue(m[2]), true, unicode.IsUpper(firstRune(m[2]))
	}
	if m[3] != "" && total < n.value {
		return pageNumber{}
	}
	return n
}

// findPageNumbers finds the numbers of pages: the longest rising chain of numbers
// at plausible distances, if something else speaks for pages too.
func (l *looker) findPageNumbers() {
	chain := l.longestChain(l.pageCandidates())
	arabic := slices.IndexFunc(chain, func(a anchor) bool { return !a.roman })
	if arabic < 0 {
		arabic = len(chain)
	}
	for _, part := range [][]anchor{chain[:arabic], chain[arabic:]} {
		if l.areNumberings(part) {
			l.anchors = append(l.anchors, part...)
		}
	}
	for _, a := range l.anchors {
		b := &l.blocks[a.block]
		if a.glued > 0 {
			b.glued = Range{b.Start, trim(l.source, Range{b.Start + a.glued, b.End}).Start}
		} else {
			b.kind = number
		}
	}
	if len(l.anchors) > 0 || slices.ContainsFunc(l.blocks, func(b block) bool { return b.kind == feed }) {
		l.findRunningLines()
	}
}

// pageCandidates returns the numbers that may be those of pages, in order.
func (l *looker) pageCandidates() []anchor {
	rows := l.countRows()
	var found []anchor
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body {
			continue
		}
		s := l.text(i)
		if b.lines == 1 {
			if b.page.value > 0 {
				found = append(found, anchor{pageNumber: b.page, block: i})
				continue
			}
			if value, key := runningNumber(s); value > 0 && rows[key] >= 2 {
				words := strings.Fields(s)
				found = append(found, anchor{pageNumber: pageNumber{value: value}, block: i, running: true,
					section: len(words) == 2 && unicode.IsLetter(firstRune(s))})
				continue
			}
		}
		if m := gluedHead.FindStringSubmatch(s); m != nil && b.Len() > 150 && !looksCited(s) {
			found = append(found, anchor{pageNumber: pageNumber{value: decimal(m[1])}, block: i, glued: len(m[1])})
		}
	}
	return found
}

// runningNumber reads a line with a page number at an end of it, as "48 THE CONGRESS";
// key is what recurs on other pages.
func runningNumber(s string) (value int, key string) {
	if len(s) > longestRow || strings.ContainsRune(".!?;,", lastRune(s)) {
		return 0, ""
	}
	m := runningRow.FindStringSubmatch(s)
	if m == nil {
		return 0, ""
	}
	return decimal(m[1] + m[4]), keyOf(m[2] + m[3])
}

// countRows counts the lines that may be running ones by what recurs of them.
func (l *looker) countRows() map[string]int {
	counts := map[string]int{}
	for i := range l.blocks {
		if b := &l.blocks[i]; b.kind == body && b.lines == 1 && b.Len() <= longestRow {
			if n, key := runningNumber(l.text(i)); n > 0 && len(key) >= 3 {
				counts[key]++
			}
		}
	}
	return counts
}

// findRunningLines skips the lines that recur at the edges of pages.
func (l *looker) findRunningLines() {
	rows := map[string][]int{}
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body || b.lines != 1 || b.Len() > longestRow || !l.atPageEdge(i) {
			continue
		}
		if key := keyOf(l.text(i)); len(key) >= 3 {
			rows[key] = append(rows[key], i)
		}
	}
	for _, blocks := range rows {
		if len(blocks) < 3 {
			continue
		}
		for _, i := range blocks {
			l.blocks[i].kind = number
		}
	}
}

// atPageEdge reports whether a block stands beside a page number or a form feed.
func (l *looker) atPageEdge(i int) bool {
	isEdge := func(j int) bool {
		return j >= 0 && j < len(l.blocks) && (l.blocks[j].kind == number || l.blocks[j].kind == feed)
	}
	return isEdge(i-1) || isEdge(i+1)
}
