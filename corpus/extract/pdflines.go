package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"
)

// A pdfLine is a line of a page, or the part of one that stands in a column. Lengths are
// points, counted from the lower left corner of the page.
type pdfLine struct {
	left, right, base, size float64
	share                   float64 // of its column's width up to its right end
	bold                    bool
	noLabel                 bool // a number at its head labels no note
	chars                   []pdfChar
	pieces                  []pdfPiece
}

// A pdfPiece is a run of characters of a line that are raised, or are not.
type pdfPiece struct {
	text   string
	raised bool
}

func (l *pdfLine) text() string {
	var out strings.Builder
	for _, p := range l.pieces {
		out.WriteString(p.text)
	}
	return strings.TrimSpace(out.String())
}

const (
	wordGap   = 0.15 // of the size, between words where the file has no space
	inkGap    = 0.19 // the same between the ink of two letters
	digitGap  = 0.4  // the same between the ink of digits, which all have the room of the widest
	columnGap = 1.6  // of the size, between what stands in two columns
)

// pdfLines groups the characters of a page into lines, in the order of the file. What a
// file says about line ends is a guess of its reader: the places tell. Text that is
// turned, as beside a figure, comes behind what stands as most on the page does, or is
// left out if it stands aslant, as what is stamped over a page.
func pdfLines(chars []pdfChar) []*pdfLine {
	var turns [4]int
	for _, c := range chars {
		if c.turn >= 0 && !isBlank(c.text) {
			turns[c.turn]++
		}
	}
	order := []int{0, 1, 2, 3}
	slices.SortStableFunc(order, func(a, b int) int { return turns[b] - turns[a] })
	var lines []*pdfLine
	for _, turn := range order {
		if turns[turn] > 0 {
			lines = append(lines, pdfLinesOf(chars, turn)...)
		}
	}
	return lines
}

// pdfLinesOf groups the characters that are turned so.
func pdfLinesOf(chars []pdfChar, turn int) []*pdfLine {
	var lines []*pdfLine
	var line *pdfLine
	space := false
	for _, c := range chars {
		if isBlank(c.text) {
			space = true
			continue
		}
		if c.turn != turn || !isFinite(c.left, c.right, c.base, c.size) {
			continue
		}
		c.size = max(c.size, 1)
		if line == nil || !line.takes(c) {
			line = &pdfLine{left: c.left, right: c.right, base: c.base, size: c.size}
			lines = append(lines, line)
			space = false
		}
		c.spaced = space
		if c.size > 1.1*line.size { // what stood before was raised, or is smaller
			line.size, line.base = c.size, c.base
		}
		line.chars = append(line.chars, c)
		line.right = max(line.right, c.right)
		space = false
	}
	lines = attachRaised(lines)
	for _, l := range lines {
		l.compose()
	}
	return lines
}

func isFinite(values ...float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
}

func isCallText(s string) bool {
	return strings.Trim(s, "0123456789*†‡ ") == ""
}

// takes reports whether a character stands on the line, behind what is on it.
func (l *pdfLine) takes(c pdfChar) bool {
	most := max(c.size, l.size)
	low, high := 0.35, 0.65
	if c.size > 1.1*l.size { // the line so far may be raised
		low = 0.6
	}
	return c.base > l.base-low*most && c.base < l.base+high*most && c.left > l.right-most && c.left-l.right < columnGap*most
}

// attachRaised puts the calls of notes into the lines above which they are raised, where
// the file has them apart. None goes into another call, which
// itself goes into a line.
func attachRaised(lines []*pdfLine) []*pdfLine {
	if len(lines) > maxPageLines {
		return lines
	}
	calls := map[*pdfLine]bool{} // raised above any line
	for _, l := range lines {
		calls[l] = l.isCall() && slices.ContainsFunc(lines, l.isRaisedAbove)
	}
	return slices.DeleteFunc(slices.Clone(lines), func(l *pdfLine) bool {
		if !calls[l] {
			return false
		}
		var host *pdfLine
		for _, o := range lines {
			if !calls[o] && l.isRaisedAbove(o) && (host == nil || o.base > host.base) {
				host = o
			}
		}
		if host == nil {
			return false
		}
		at := slices.IndexFunc(host.chars, func(c pdfChar) bool { return c.left > l.left })
		if at < 0 {
			at = len(host.chars)
		}
		l.chars[0].spaced = false
		host.chars = slices.Insert(host.chars, at, l.chars...)
		host.left, host.right = min(host.left, l.left), max(host.right, l.right)
		return true
	})
}

// isCall reports whether a line is nothing but what may call a note.
func (l *pdfLine) isCall() bool {
	const most = 4 // characters
	return len(l.chars) <= most && !slices.ContainsFunc(l.chars, func(c pdfChar) bool { return !isCallText(c.text) })
}

// isRaisedAbove reports whether a line of small letters stands raised above another.
func (l *pdfLine) isRaisedAbove(o *pdfLine) bool {
	return o != l && l.size < 0.85*o.size && l.base > o.base+0.12*o.size && l.base < o.base+0.7*o.size &&
		l.left > o.left-o.size && l.left < o.right+o.size/2
}

// compose makes the pieces of a line of its characters.
func (l *pdfLine) compose() {
	l.bold = true
	for i, c := range l.chars {
		raised := l.isRaised(c)
		if i > 0 && (c.spaced || !raised && l.gapBefore(i)) && !(l.isRaised(l.chars[i-1]) && strings.ContainsAny(c.text, ".,)")) {
			l.add(" ", false)
		}
		l.add(c.text, raised)
		l.bold = l.bold && (c.bold || raised)
	}
}

func (l *pdfLine) isRaised(c pdfChar) bool {
	return c.size < 0.85*l.size && c.base > l.base+0.12*l.size && isCallText(c.text)
}

// gapBefore reports whether another word begins with a character, by its distance from
// the one before.
func (l *pdfLine) gapBefore(i int) bool {
	a, b := l.chars[i-1], l.chars[i]
	least := wordGap
	switch {
	case a.exact && b.exact:
	case unicode.IsDigit(lastRune(a.text)) && unicode.IsDigit(firstRune(b.text)):
		least = digitGap
	default:
		least = inkGap
	}
	return b.left-a.right > least*l.size
}

func (l *pdfLine) add(text string, raised bool) {
	if n := len(l.pieces); n > 0 && l.pieces[n-1].raised == raised {
		l.pieces[n-1].text += text
		return
	}
	l.pieces = append(l.pieces, pdfPiece{text, raised})
}

// inColumns brings lines into the order in which they are read where the file has those
// of two columns side by side. Most files have them in order.
func inColumns(lines []*pdfLine) []*pdfLine {
	middle, found := gutter(lines)
	if !found {
		return lines
	}
	side := func(l *pdfLine) int {
		switch {
		case l.right <= middle:
			return 1
		case l.left >= middle:
			return 2
		}
		return 0
	}
	changes, last := 0, 0
	for _, l := range lines {
		if s := side(l); s != 0 {
			if last != 0 && s != last {
				changes++
			}
			last = s
		}
	}
	const inOrder = 4 // changes of sides, as of a heading or two across the columns
	if changes <= inOrder {
		return lines
	}
	for from := 0; from < len(lines); {
		to := from
		for to < len(lines) && side(lines[to]) != 0 {
			to++
		}
		slices.SortStableFunc(lines[from:to], func(a, b *pdfLine) int { return cmp.Compare(side(a), side(b)) })
		from = to + 1
	}
	return lines
}

// gutter finds the place between two columns, which few lines cross and beside which many
// stand.
func gutter(lines []*pdfLine) (float64, bool) {
	const enough = 5
	if len(lines) < 2*enough || len(lines) > maxPageLines {
		return 0, false
	}
	for _, l := range lines {
		at := l.left - 1
		left, right, across := 0, 0, 0
		for _, o := range lines {
			switch {
			case o.right <= at:
				left++
			case o.left >= at:
				right++
			default:
				across++
			}
		}
		if left >= enough && right >= enough && 5*across <= len(lines) && math.Abs(float64(left-right)) < 0.6*float64(len(lines)) {
			return at, true
		}
	}
	return 0, false
}
