package extract

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
)

// An anchor is the printed number of a page somewhere on that page.
type anchor struct {
	block  int
	number pageNumber
	glued  bool // to the head of a paragraph
	named  bool // in a running line, or with dashes or a word around it
}

// A pageNumber is a number as pages bear it; its value is 0 for none.
type pageNumber struct {
	value int
	roman bool
	bare  bool // nothing stands around it
}

// label returns the number that is so many pages further on, as it is printed.
func (n pageNumber) label(further int, upper bool) string {
	if !n.roman {
		return strconv.Itoa(n.value + further)
	}
	if s := romanOf(n.value + further); upper {
		return strings.ToUpper(s)
	} else {
		return s
	}
}

var (
	numberLine = regexp.MustCompile(`^([-–—\[(•·~|]\s*|(?i:p|pg|pag|page|pág|página|pagina|seite|s)\.?\s+)?(\d{1,4}|[ivxlc]{1,7}|[IVXLC]{1,7})(\s*[-–—\])•·~|]|\s*(?:/|of|de|sur|von|di)\s*\d{1,4})?$`)
	gluedHead  = regexp.MustCompile(`^(\d{1,4})[ \t]+[\p{L}«"“(—–]`)
	runningRow = regexp.MustCompile(`^(?:(\d{1,4})\s+(\D.*)|(.*\D)\s+(\d{1,4}))$`)
)

// pageNumberOf reads a line that holds nothing but the number of a page.
func pageNumberOf(line string) pageNumber {
	if len(line) > 24 {
		return pageNumber{}
	}
	m := numberLine.FindStringSubmatch(line)
	if m == nil {
		return pageNumber{}
	}
	bare := m[1] == "" && m[3] == ""
	if v := decimal(m[2]); v > 0 {
		return pageNumber{v, false, bare}
	}
	return pageNumber{romanValue(m[2]), true, bare}
}

// Plausible text on a page, in bytes. Pages in between may be missing.
const (
	leastPage = 350 // on average
	leastStep = 60  // from one number to the next, which may stand anywhere on their pages
	mostPage  = 9000
	mostGap   = 16 // pages from one number to the next
)

// findPageNumbers finds the numbers of pages: the longest rising chain of numbers
// at plausible distances, if something else speaks for pages too.
func (l *looker) findPageNumbers() {
	candidates := l.pageCandidates()
	chain := l.longestChain(candidates)
	if len(chain) < 3 || !l.areNumberings(chain) {
		l.anchors = nil
		return
	}
	l.anchors = chain
	for _, a := range chain {
		b := &l.blocks[a.block]
		if a.glued {
			length := len(strconv.Itoa(a.number.value))
			b.after = Range{b.Start, trim(l.source, Range{b.Start + length, b.End}).Start}
		} else {
			b.kind = number
		}
	}
	l.findRunningLines()
}

// pageCandidates returns the numbers that may be those of pages, in order.
func (l *looker) pageCandidates() []anchor {
	rows := l.rowCounts()
	var found []anchor
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body {
			continue
		}
		s := l.text(i)
		if b.lines == 1 {
			if n := pageNumberOf(s); n.value > 0 {
				found = append(found, anchor{block: i, number: n, named: !n.bare})
				continue
			}
			if n, key := runningNumber(s); n > 0 && rows[key] >= 2 {
				found = append(found, anchor{block: i, number: pageNumber{value: n}, named: true})
				continue
			}
		}
		if m := gluedHead.FindStringSubmatch(s); m != nil && b.Len() > 150 && !looksCited(s) {
			found = append(found, anchor{block: i, number: pageNumber{value: decimal(m[1])}, glued: true})
		}
	}
	return found
}

// runningNumber reads a line with a page number at an end of it, as "48 THE CONGRESS";
// key is what recurs on other pages.
func runningNumber(s string) (value int, key string) {
	if len(s) > 100 || strings.ContainsAny(lastRuneString(s), ".!?;,") {
		return 0, ""
	}
	m := runningRow.FindStringSubmatch(s)
	if m == nil {
		return 0, ""
	}
	return decimal(m[1] + m[4]), keyOf(m[2] + m[3])
}

func lastRuneString(s string) string { return string(lastRune(s)) }

// keyOf returns the letters of a line in lower case.
func keyOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// rowCounts counts the lines that may be running ones by what recurs of them.
func (l *looker) rowCounts() map[string]int {
	counts := map[string]int{}
	for i := range l.blocks {
		if b := &l.blocks[i]; b.kind == body && b.lines == 1 && b.Len() <= 100 {
			if n, key := runningNumber(l.text(i)); n > 0 && len(key) >= 3 {
				counts[key]++
			}
		}
	}
	return counts
}

// longestChain returns the candidates that make the longest rising chain, of arabic or
// of roman numbers, with plausible amounts of text between them. Of two as long the
// one with the fewer numbers left out is taken.
func (l *looker) longestChain(candidates []anchor) []anchor {
	const reach = 200 // candidates looked back at
	type link struct {
		score float64
		from  int
	}
	links := make([]link, len(candidates))
	best := -1
	for i, c := range candidates {
		links[i] = link{1, -1}
		for j := max(0, i-reach); j < i; j++ {
			d := candidates[j]
			steps := c.number.value - d.number.value
			if steps < 1 || steps > mostGap || c.number.roman != d.number.roman {
				continue
			}
			bytes := l.bytesBetween(d.block, c.block) / steps
			if bytes < leastStep || bytes > mostPage {
				continue
			}
			if score := links[j].score + 1 - 0.05*float64(steps-1); score > links[i].score {
				links[i] = link{score, j}
			}
		}
		if best < 0 || links[i].score > links[best].score {
			best = i
		}
	}
	var chain []anchor
	for i := best; i >= 0; i = links[i].from {
		chain = append(chain, candidates[i])
	}
	slices.Reverse(chain)
	return chain
}

func (l *looker) bytesBetween(i, j int) int { return l.blocks[j].Start - l.blocks[i].Start }

// areNumberings reports whether the numbers of a chain are those of pages and not of
// chapters, paragraphs or years: sentences are cut where pages end, the numbers are
// marked as such, or they come at even distances.
func (l *looker) areNumberings(chain []anchor) bool {
	signs, glued, years := 0, 0, 0
	for n, a := range chain {
		switch {
		case a.named, l.touchesFeed(a.block):
			signs++
		case l.cutAt(a.block):
			signs++
		case n > 0 && l.cutsBetween(chain[n-1].block, a.block):
			signs++
		}
		if a.glued {
			glued++
		}
		if a.number.value >= 1000 && a.number.value <= 2100 {
			years++
		}
	}
	first, last := chain[0], chain[len(chain)-1]
	switch {
	case l.bytesBetween(first.block, last.block) < leastPage*(last.number.value-first.number.value):
		return false
	case years == len(chain) && signs*2 < len(chain):
		return false
	case glued == len(chain) && (last.block-first.block+1) < 2*len(chain):
		return false // numbered paragraphs
	case signs*4 >= len(chain):
		return true
	}
	return len(chain) >= 5 && glued == 0 && l.even(chain)
}

// touchesFeed reports whether a form feed stands beside a block.
func (l *looker) touchesFeed(i int) bool {
	return i > 0 && l.blocks[i-1].kind == feed || i+1 < len(l.blocks) && l.blocks[i+1].kind == feed
}

// cutAt reports whether a sentence is cut at a block that is no part of the text.
func (l *looker) cutAt(i int) bool {
	left, right := i-1, i+1
	for left >= 0 && l.blocks[left].kind != body {
		left--
	}
	for right < len(l.blocks) && l.blocks[right].kind != body {
		right++
	}
	return left >= 0 && right < len(l.blocks) && l.goesOn(left, right, true)
}

// cutsBetween reports whether a sentence is cut between two blocks.
func (l *looker) cutsBetween(i, j int) bool {
	for ; i < j; i++ {
		if l.continuation(i) >= 0 {
			return true
		}
	}
	return false
}

// even reports whether the numbers of a chain come at even distances.
func (l *looker) even(chain []anchor) bool {
	sum, squares, n := 0.0, 0.0, 0.0
	for i, a := range chain[1:] {
		steps := float64(a.number.value - chain[i].number.value)
		d := float64(l.bytesBetween(chain[i].block, a.block)) / steps
		sum, squares, n = sum+d, squares+d*d, n+1
	}
	mean := sum / n
	return mean > 800 && math.Sqrt(max(0, squares/n-mean*mean)) < 0.3*mean
}

// findRunningLines skips the lines that recur at the edges of pages.
func (l *looker) findRunningLines() {
	keys := map[string][]int{}
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body || b.lines != 1 || b.Len() > 100 || !l.atPageEdge(i) {
			continue
		}
		if key := keyOf(l.text(i)); len(key) >= 3 {
			keys[key] = append(keys[key], i)
		}
	}
	for _, blocks := range keys {
		if len(blocks) < 3 {
			continue
		}
		for _, i := range blocks {
			l.blocks[i].kind = number
		}
	}
}

// atPageEdge reports whether a block stands beside a page number or a form feed, or
// cuts a sentence.
func (l *looker) atPageEdge(i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j >= 0 && j < len(l.blocks) && (l.blocks[j].kind == number || l.blocks[j].kind == feed) {
			return true
		}
	}
	return l.cutAt(i)
}

// A break is where one page may end and the next begin.
type pageBreak struct {
	block int // the first of the next page
	at    int // offset from which on the text stands on the next page
	from  int // offset up to which it stands on the page before
}

// paginate makes pages of the numbers that were found. Between two numbers there are
// as many breaks as they are apart; they are sought where sentences are cut, and at
// notes. Where there are more places than breaks, or fewer, a page begins somewhere
// in a range.
func (l *looker) paginate() {
	if len(l.anchors) == 0 {
		l.countFeeds()
		return
	}
	breaks := l.pageBreaks()
	style := l.numberStyle(breaks)
	first := l.anchors[0]
	upper := unicode.IsUpper(firstRune(strings.TrimLeft(l.text(first.block), "-–—[(•·~| ")))
	add := func(at, sure int, a anchor, further int) {
		l.t.Pages = append(l.t.Pages, Page{at, sure, a.number.label(further, upper)})
	}
	l.firstPages(first, breaks, style, add)
	for n := 1; n < len(l.anchors); n++ {
		a, b := l.anchors[n-1], l.anchors[n]
		need := b.number.value - a.number.value
		for i, r := range l.place(a, b, need, breaks, style) {
			add(r.Start, r.End, a, i+1)
		}
	}
	l.lastPages(breaks, style, add)
}

// countFeeds makes a page of what stands between form feeds, where no numbers are
// printed: a reader counts so too.
func (l *looker) countFeeds() {
	n := 0
	for i := range l.blocks {
		if l.blocks[i].kind != feed {
			continue
		}
		if n++; n == 1 {
			start := l.bodyStart()
			l.t.Pages = append(l.t.Pages, Page{start, start, "1"})
		}
		at := l.blocks[i].End
		l.t.Pages = append(l.t.Pages, Page{at, at, strconv.Itoa(n + 1)})
	}
}

// A style says where on its page a number stands.
type style int

const (
	anywhere style = iota
	atTop
	atFoot
)

// numberStyle finds out whether page numbers head their pages or stand at their feet.
func (l *looker) numberStyle(breaks []pageBreak) style {
	first, last := l.anchors[0], l.anchors[len(l.anchors)-1]
	if first.glued || last.glued {
		return anywhere
	}
	for n := 1; n < len(l.anchors); n++ { // a break between two numbers, away from both
		for _, b := range breaks {
			if b.block > l.anchors[n-1].block+1 && b.block < l.anchors[n].block {
				return anywhere
			}
		}
	}
	bytes := l.bytesBetween(first.block, last.block) / (last.number.value - first.number.value)
	before := first.bytes(l).Start - l.bodyStart()
	after := l.bodyEnd() - last.bytes(l).End
	switch {
	case before*8 < bytes && after*8 >= bytes:
		return atTop
	case after*8 < bytes && before*8 >= bytes:
		return atFoot
	}
	return anywhere
}

func (a anchor) bytes(l *looker) Range { return l.blocks[a.block].Range }

func (l *looker) bodyStart() int {
	for i := range l.blocks {
		if k := l.blocks[i].kind; k == body || k == heading {
			return l.blocks[i].Start
		}
	}
	return 0
}

func (l *looker) bodyEnd() int {
	for i := len(l.blocks) - 1; i >= 0; i-- {
		if k := l.blocks[i].kind; k == body || k == heading {
			return l.blocks[i].End
		}
	}
	return len(l.source)
}

// pageBreaks returns the places where pages seem to end, in order: where a sentence is
// cut, where notes part the body, at form feeds.
func (l *looker) pageBreaks() []pageBreak {
	var found []pageBreak
	add := func(from, to int) {
		b := pageBreak{block: to, at: l.blocks[to].Start, from: l.blocks[from].End}
		if n := len(found); n == 0 || found[n-1].block < to {
			found = append(found, b)
		}
	}
	lastBody := -1
	notes, feeds := false, false
	fed := slices.ContainsFunc(l.blocks, func(b block) bool { return b.kind == feed }) // then only they part pages
	for i := range l.blocks {
		switch l.blocks[i].kind {
		case note:
			notes = true
		case feed:
			feeds = true
		case body, heading:
			if lastBody >= 0 && (feeds || !fed && (notes || l.blocks[lastBody].joins)) {
				add(lastBody, i)
			}
			lastBody, notes, feeds = i, false, false
		}
	}
	return found
}

// place returns where the pages behind number a begin, up to that of number b: for each
// the range within which it does.
func (l *looker) place(a, b anchor, need int, breaks []pageBreak, s style) []Range {
	from, to := l.blocks[a.block].End, l.blocks[b.block].Start
	if a.glued {
		from = l.blocks[a.block].after.End
	}
	var inside []Range
	for _, x := range breaks {
		if x.from >= from && x.at <= to || x.block > a.block && x.block <= b.block && x.at <= to+1 {
			inside = append(inside, Range{x.at, x.at})
		}
	}
	start := Range{l.startAfter(a.block), l.startAfter(a.block)}
	end := Range{l.startAfter(b.block - 1), l.startAfter(b.block - 1)}
	if b.glued {
		end = Range{to, to}
	}
	switch s {
	case atFoot:
		inside = prepend(inside, start)
	case atTop:
		inside = append(inside, end)
	}
	inside = slices.CompactFunc(inside, func(x, y Range) bool { return x == y })
	k := len(inside)
	out := make([]Range, need)
	for i := range need {
		switch {
		case k >= need:
			out[i] = Range{inside[i].Start, inside[k-need+i].End}
		default:
			out[i] = Range{start.Start, end.Start}
			if missing := need - k; i >= missing {
				out[i].Start = inside[i-missing].Start
			}
			if i < k {
				out[i].End = inside[i].End
			}
		}
	}
	return out
}

func prepend(ranges []Range, r Range) []Range { return append([]Range{r}, ranges...) }

// startAfter returns where the text goes on behind a block.
func (l *looker) startAfter(i int) int {
	if j := l.next(i + 1); j < len(l.blocks) {
		return l.blocks[j].Start
	}
	return len(l.source)
}

// firstPages adds the page of the first number, which may begin before it.
func (l *looker) firstPages(a anchor, breaks []pageBreak, s style, add func(at, sure int, a anchor, further int)) {
	start := l.bodyStart()
	before := l.blocks[a.block].Start - start
	page := l.pageBytes()
	switch {
	case s == atTop:
		at := l.startAfter(a.block)
		if before > 0 && before < 2*page && a.number.value > 1 {
			add(start, start, a, -1)
		}
		add(at, at, a, 0)
	case before < 3*page/2 || a.number.value == 1:
		add(start, start, a, 0)
	default:
		at := l.blocks[a.block].Start
		for _, b := range slices.Backward(breaks) {
			if b.at <= at && at-b.at < 2*page {
				at = b.at
				break
			}
		}
		add(at, l.blocks[a.block].Start, a, 0)
	}
}

// lastPages adds the pages behind the last number, so far as the text shows them.
func (l *looker) lastPages(breaks []pageBreak, s style, add func(at, sure int, a anchor, further int)) {
	last := l.anchors[len(l.anchors)-1]
	end := l.blocks[last.block].End
	if s == atFoot {
		if l.bodyEnd()-end > l.pageBytes()/8 {
			at := l.startAfter(last.block)
			add(at, at, last, 1)
		}
		return
	}
	n := 0
	for _, b := range breaks {
		if b.from >= end || b.block > last.block && b.at > end {
			n++
			add(b.at, b.at, last, n)
		}
	}
}

// pageBytes is about how much text a page holds: the median over the numbers.
func (l *looker) pageBytes() int {
	var sizes []int
	for n := 1; n < len(l.anchors); n++ {
		a, b := l.anchors[n-1], l.anchors[n]
		sizes = append(sizes, l.bytesBetween(a.block, b.block)/(b.number.value-a.number.value))
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}

// romanValue reads a roman number in capitals or small letters; 0 for none. What is
// not the usual spelling of a number is none.
func romanValue(s string) int {
	digits := map[byte]int{'i': 1, 'v': 5, 'x': 10, 'l': 50, 'c': 100}
	low := strings.ToLower(s)
	value := 0
	for i := range len(low) {
		d := digits[low[i]]
		if i+1 < len(low) && d < digits[low[i+1]] {
			d = -d
		}
		value += d
	}
	if value <= 0 || romanOf(value) != low {
		return 0
	}
	return value
}

// romanOf writes a number from 1 to 399 in small roman digits.
func romanOf(n int) string {
	var out strings.Builder
	for _, d := range []struct {
		value int
		text  string
	}{{100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"}, {10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"}} {
		for n >= d.value && n > 0 {
			out.WriteString(d.text)
			n -= d.value
		}
	}
	return out.String()
}
