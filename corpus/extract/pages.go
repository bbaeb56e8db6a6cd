package extract

import (
	"slices"
	"sort"
	"strconv"
)

// A paginator makes pages of the numbers that were found. Between two numbers there
// are as many ends of pages as the numbers are apart; they are sought where sentences
// are cut, and at notes. Where there are more places than ends, or fewer, a page
// begins somewhere in a range.
type paginator struct {
	*looker
	breaks []int // offsets at which pages seem to begin, ascending
	style  style
	page   int // bytes of text on a page, about
}

// A style says where on its page a number stands.
type style int

const (
	anywhere style = iota
	atTop
	atFoot
)

func (l *looker) paginate() {
	if len(l.anchors) == 0 {
		l.countFeeds()
		return
	}
	p := paginator{looker: l, breaks: l.pageBreaks(), page: l.pageBytes()}
	p.style = p.numberStyle()
	p.firstPages()
	for n := 1; n < len(l.anchors); n++ {
		a, b := l.anchors[n-1], l.anchors[n]
		if p.style == atFoot && a.roman != b.roman {
			at := p.startFrom(a.block + 1)
			p.add(Range{at, at}, a, 1)
		}
		starts := p.between(a, b)
		for i, r := range starts {
			p.add(r, b, i+1-len(starts))
		}
	}
	p.lastPages()
}

// add adds the page that is so many pages further on than that of an anchor.
func (p *paginator) add(start Range, a anchor, further int) {
	p.t.Pages = append(p.t.Pages, Page{At: start.Start, Sure: start.End, Label: a.label(further)})
}

// countFeeds makes a page of what stands between form feeds, where no numbers are
// printed: a reader counts so too.
func (l *looker) countFeeds() {
	var starts []int
	start := l.bodyStart()
	at := len(l.source) // where the text goes on behind a block
	for i, b := range slices.Backward(l.blocks) {
		switch {
		case b.kind == feed:
			starts = append(starts, max(at, start))
		case !l.blocks[i].isSilent():
			at = b.Start
		}
	}
	if len(starts) == 0 {
		return
	}
	l.t.Pages = append(l.t.Pages, Page{At: start, Sure: start, Label: "1"})
	slices.Reverse(starts)
	for n, at := range starts {
		l.t.Pages = append(l.t.Pages, Page{At: at, Sure: at, Label: strconv.Itoa(n + 2)})
	}
}

// numberStyle finds out whether page numbers head their pages or stand at their feet:
// there is a page's text before the first number or behind the last, and no page ends
// away from a number.
func (p *paginator) numberStyle() style {
	first, last := p.anchors[0], p.anchors[len(p.anchors)-1]
	if slices.ContainsFunc(p.anchors, func(a anchor) bool { return a.glued > 0 }) {
		return anywhere
	}
	for n := 1; n < len(p.anchors); n++ {
		a, b := p.anchors[n-1], p.anchors[n]
		if pagesBetween(a, b) == 1 && len(p.breaksWithin(p.startFrom(a.block)+1, p.blocks[b.block].Start)) > 0 {
			return anywhere
		}
	}
	before := p.blocks[first.block].Start - p.bodyStart()
	after := p.bodyEnd() - p.blocks[last.block].End
	switch {
	case before*8 < p.page && after*8 >= p.page:
		return atTop
	case after*8 < p.page && before*8 >= p.page:
		return atFoot
	}
	return anywhere
}

func (l *looker) bodyStart() int { return l.startFrom(0) }

func (l *looker) bodyEnd() int {
	if i := l.previous(len(l.blocks) - 1); i >= 0 {
		return l.blocks[i].End
	}
	return len(l.source)
}

// startFrom returns where the text goes on from a block on.
func (l *looker) startFrom(i int) int {
	if j := l.next(i); j < len(l.blocks) {
		return l.blocks[j].Start
	}
	return len(l.source)
}

// pageBreaks returns the offsets at which pages seem to begin: where a sentence is cut,
// where notes part the body; if there are form feeds, only there.
func (l *looker) pageBreaks() []int {
	var found []int
	last := -1 // block of the body
	notes, feeds := false, false
	fed := slices.ContainsFunc(l.blocks, func(b block) bool { return b.kind == feed })
	for i := range l.blocks {
		switch l.blocks[i].kind {
		case note:
			notes = true
		case feed:
			feeds = true
		case body, heading:
			if last >= 0 && (feeds || !fed && (notes || l.blocks[last].joins)) {
				found = append(found, l.blocks[i].Start)
			}
			last, notes, feeds = i, false, false
		}
	}
	return found
}

// breaksWithin returns the breaks from an offset on, before another.
func (p *paginator) breaksWithin(from, to int) []int {
	first, last := sort.SearchInts(p.breaks, from), sort.SearchInts(p.breaks, to)
	return p.breaks[first:max(first, last)]
}

// between returns for each page behind that of number a, up to that of number b, the
// range in which it begins.
func (p *paginator) between(a, b anchor) []Range {
	low, high := p.startFrom(a.block+1), p.startFrom(b.block+1)
	var starts []int
	switch {
	case a.roman != b.roman && p.style != atTop:
		high = max(low, p.blocks[max(0, p.previous(b.block-1))].Start)
		if h := p.headingWithin(low, high); h >= 0 {
			starts = []int{h}
		}
	case p.style == atFoot:
		starts = append([]int{low}, p.breaksWithin(low+1, high)...)
	case p.style == atTop:
		starts = append(slices.Clone(p.breaksWithin(low+1, high)), high)
	default:
		low, high = max(p.blocks[a.block].glued.End, low), p.startFrom(b.block)
		if b.glued > 0 {
			high = p.blocks[b.block].Start
		}
		if a.glued > 0 {
			low = p.blocks[a.block].glued.End
		}
		starts = p.breaksWithin(p.blocks[a.block].Start+1, p.blocks[b.block].Start+1)
	}
	return spread(starts, pagesBetween(a, b), low, high)
}

// headingWithin returns the start of the first heading between two offsets, -1 for none.
func (p *paginator) headingWithin(from, to int) int {
	for _, h := range p.t.Headings {
		if h.Start >= from && h.Start <= to {
			return h.Start
		}
	}
	return -1
}

// spread returns the ranges in which n pages begin that lie between two offsets, where
// so many places are known at which one may begin.
func spread(starts []int, n, low, high int) []Range {
	out := make([]Range, n)
	k := len(starts)
	for i := range out {
		out[i] = Range{low, max(low, high)}
		if j := i - max(0, n-k); j >= 0 && j < k {
			out[i].Start = starts[j]
		}
		if j := i + max(0, k-n); j < k {
			out[i].End = starts[j]
		}
	}
	return out
}

// firstPages adds the page of the first number, which may begin before it.
func (p *paginator) firstPages() {
	a := p.anchors[0]
	start, at := p.bodyStart(), p.blocks[a.block].Start
	before := at - start
	switch {
	case p.style == atTop:
		if before > 0 && before < 2*p.page && a.value > 1 {
			p.add(Range{start, start}, a, -1)
		}
		at = p.startFrom(a.block + 1)
		p.add(Range{at, at}, a, 0)
	case before < 3*p.page/2 || a.value == 1:
		p.add(Range{start, start}, a, 0)
	default:
		from := at
		if near := p.breaksWithin(at-2*p.page, at+1); len(near) > 0 {
			from = near[len(near)-1]
		}
		p.add(Range{from, at}, a, 0)
	}
}

// lastPages adds the pages behind the last number, so far as the text shows them.
func (p *paginator) lastPages() {
	last := p.anchors[len(p.anchors)-1]
	end := p.blocks[last.block].Start + 1
	if p.style == atFoot {
		if at := p.startFrom(last.block + 1); p.bodyEnd()-p.blocks[last.block].End > p.page/8 {
			p.add(Range{at, at}, last, 1)
		}
		return
	}
	if p.style == atTop {
		end = p.startFrom(last.block+1) + 1
	}
	for n, at := range p.breaksWithin(end, len(p.source)) {
		p.add(Range{at, at}, last, n+1)
	}
}

// pageBytes is about how much text a page holds: the median over the numbers.
func (l *looker) pageBytes() int {
	var sizes []int
	for n := 1; n < len(l.anchors); n++ {
		a, b := l.anchors[n-1], l.anchors[n]
		sizes = append(sizes, l.bytesBetween(a.block, b.block)/pagesBetween(a, b))
	}
	slices.Sort(sizes)
	return sizes[len(sizes)/2]
}
