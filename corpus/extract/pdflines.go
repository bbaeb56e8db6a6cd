package extract

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"github.com/klippa-app/go-pdfium/responses"
)

// A pdfLine is a line of a page, or the part of one that stands in a column. Lengths are
// points, counted from the lower left corner of the page.
type pdfLine struct {
	left, right, base, size float64
	bold                    bool
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
	wordGap   = 0.19 // of the size, between words where the file has no space
	digitGap  = 0.4  // of the size, between numbers
	columnGap = 1.6  // of the size, between what stands in two columns
)

// pdfLines groups the characters of a page into lines, in the order of the file. What a
// file says about spaces and line ends is a guess of its reader: the places tell.
func pdfLines(chars []*responses.GetPageTextStructuredChar) []*pdfLine {
	var lines []*pdfLine
	var line *pdfLine
	space := false
	for _, c := range chars {
		text := strings.ReplaceAll(c.Text, "\x02", "-")
		if strings.TrimFunc(clean(text), func(r rune) bool { return unicode.IsSpace(r) || unicode.IsControl(r) }) == "" {
			space = true
			continue
		}
		b, f := c.PointPosition, c.FontInformation
		size := math.Max(f.RenderedSize, 1)
		if !isFinite(b.Left, b.Right, b.Bottom, b.Top, size) {
			continue
		}
		if line == nil || !line.takes(b, size) {
			line = &pdfLine{left: b.Left, right: b.Right, base: b.Bottom, size: size, bold: true}
			lines = append(lines, line)
			space = false
		}
		raised := size < 0.85*line.size && b.Bottom > line.base+0.12*line.size && isCallText(text)
		if space || b.Left-line.right > line.gapBefore(text)*line.size && !raised {
			line.add(" ", false)
		}
		if size > 1.1*line.size { // what stood before was raised
			for i := range line.pieces {
				line.pieces[i].raised = line.base > b.Bottom+0.12*size && isCallText(line.pieces[i].text)
			}
			line.size, line.base = size, b.Bottom
		} else if size > 0.9*line.size && b.Bottom < line.base && unicode.IsLetter(firstRune(text)) && !strings.ContainsAny(text, "gjpqyçQJ") {
			line.base = b.Bottom
		}
		line.add(text, raised)
		line.right = math.Max(line.right, b.Right)
		line.bold = line.bold && (strings.Contains(f.Name, "Bold") || strings.Contains(f.Name, "bold") || f.Weight >= 600)
		space = false
	}
	return lines
}

func isFinite(values ...float64) bool {
	return !slices.ContainsFunc(values, func(v float64) bool { return math.IsNaN(v) || math.IsInf(v, 0) })
}

func isCallText(s string) bool {
	return strings.Trim(s, "0123456789*†‡ ") == ""
}

// gapBefore returns how far from the last character another word begins, in sizes. Digits
// all have the room of the widest.
func (l *pdfLine) gapBefore(text string) float64 {
	last := l.pieces
	if len(last) > 0 && unicode.IsDigit(lastRune(last[len(last)-1].text)) && unicode.IsDigit(firstRune(text)) {
		return digitGap
	}
	return wordGap
}

// takes reports whether a character stands on the line, behind what is on it.
func (l *pdfLine) takes(b responses.CharPosition, size float64) bool {
	most := math.Max(size, l.size)
	middle := (b.Bottom + b.Top) / 2
	return middle > l.base-0.35*l.size && middle < l.base+1.15*most &&
		b.Left > l.right-most && b.Left-l.right < columnGap*most
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
	if len(lines) < 2*enough {
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
