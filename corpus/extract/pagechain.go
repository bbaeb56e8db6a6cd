package extract

import (
	"math"
	"slices"
)

// Plausible text on a page, in bytes. Pages in between may be missing.
const (
	leastPage = 350 // on average
	leastStep = 60  // from one number to the next, which may stand anywhere on their pages
	mostPage  = 9000
	mostGap   = 16 // pages from one number to the next
)

// longestChain returns the candidates that make the longest rising chain with plausible
// amounts of text between them: of roman numbers, of arabic ones, or of roman ones and
// then arabic ones that begin anew. Of two as long the one with the fewer numbers left
// out is taken.
func (l *looker) longestChain(candidates []anchor) []anchor {
	const reach = 200 // candidates looked back at
	const leftOut = 0.05
	type link struct {
		score float64
		from  int
	}
	links := make([]link, len(candidates))
	best := -1
	for i, c := range candidates {
		links[i] = link{1, -1}
		for j := max(0, i-reach); j < i; j++ {
			steps := pagesBetween(candidates[j], c)
			if steps < 1 || steps > mostGap {
				continue
			}
			bytes := l.bytesBetween(candidates[j].block, c.block) / steps
			if bytes < leastStep || bytes > mostPage {
				continue
			}
			if score := links[j].score + 1 - leftOut*float64(steps-1); score > links[i].score {
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

// pagesBetween returns how many pages further on number b stands than a, so far as they
// tell; less than 1 if b can't stand behind a.
func pagesBetween(a, b anchor) int {
	switch {
	case a.roman == b.roman:
		return b.value - a.value
	case a.roman:
		return b.value // the last roman page, then those from 1 on
	}
	return 0
}

func (l *looker) bytesBetween(i, j int) int { return l.blocks[j].Start - l.blocks[i].Start }

// areNumberings reports whether the numbers of a chain are those of pages and not of
// chapters, paragraphs or years: sentences are cut where pages end, the numbers are
// marked as such, or they come at even distances.
func (l *looker) areNumberings(chain []anchor) bool {
	if len(chain) < 3 {
		return false
	}
	first, last := chain[0], chain[len(chain)-1]
	s := l.signsOf(chain)
	switch {
	case s.named == len(chain):
		return true
	case l.bytesBetween(first.block, last.block) < leastPage*(last.value-first.value):
		return false
	case s.years == len(chain) && s.strong*2 < len(chain):
		return false
	case s.glued == len(chain) && last.block-first.block+1 < 2*len(chain):
		return false // numbered paragraphs
	case s.sections*2 > len(chain) && s.cut*2 < len(chain):
		return false // "Article 1"
	case s.strong < 2 && first.value <= 2:
		// chapters, which begin with 1, in a scan that cuts sentences
	case s.strong+s.weak >= 2 && (s.strong+s.weak)*4 >= len(chain):
		return true
	}
	return s.glued == 0 && s.running == 0 && l.even(chain)
}

// signs counts what speaks for and against the numbers of a chain being those of pages.
type signs struct {
	strong int // numbers that are named as such, or stand at a form feed or in a cut sentence
	weak   int // numbers before which a sentence is cut somewhere on the page
	cut    int // numbers that stand in a cut sentence

	named, glued, running, sections, years int
}

func (l *looker) signsOf(chain []anchor) signs {
	var s signs
	count := func(n *int, holds bool) {
		if holds {
			*n++
		}
	}
	for n, a := range chain {
		cut := l.cutAt(a.block)
		strong := a.named || cut || l.touchesFeed(a.block)
		count(&s.cut, cut)
		count(&s.strong, strong)
		count(&s.weak, !strong && n > 0 && l.cutsBetween(chain[n-1].block, a.block))
		count(&s.named, a.named)
		count(&s.glued, a.glued > 0)
		count(&s.running, a.running)
		count(&s.sections, a.section)
		count(&s.years, a.value >= 1000 && a.value <= 2100)
	}
	return s
}

// touchesFeed reports whether a form feed stands beside a block.
func (l *looker) touchesFeed(i int) bool {
	return i > 0 && l.blocks[i-1].kind == feed || i+1 < len(l.blocks) && l.blocks[i+1].kind == feed
}

// cutAt reports whether a sentence is cut at a block that is no part of the text; notes
// may stand beside it.
func (l *looker) cutAt(i int) bool {
	left, right := l.previousBody(i-1), l.nextBody(i+1)
	if left < 0 || right == len(l.blocks) {
		return false
	}
	return l.goesOn(left, right, true) || l.continuation(left) > i
}

// farthest is how many blocks without text are passed to reach a block of the body.
const farthest = 8

func (l *looker) previousBody(i int) int {
	for n := 0; i >= 0 && l.blocks[i].kind != body; i-- {
		if n++; n > farthest {
			return -1
		}
	}
	return i
}

func (l *looker) nextBody(i int) int {
	for n := 0; i < len(l.blocks) && l.blocks[i].kind != body; i++ {
		if n++; n > farthest {
			return len(l.blocks)
		}
	}
	return i
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

// Numbers that come as evenly as pages, with nothing else to tell them: so many of
// them, and more if they begin where chapters do too.
const (
	evenPages    = 5
	evenFromOne  = 10
	evenDistance = 800 // bytes
	evenSpread   = 0.3 // standard deviation over mean
)

// even reports whether the numbers of a chain come at even distances.
func (l *looker) even(chain []anchor) bool {
	if len(chain) < evenPages || chain[0].value <= 2 && len(chain) < evenFromOne {
		return false
	}
	sum, squares, n := 0.0, 0.0, 0.0
	for i, a := range chain[1:] {
		d := float64(l.bytesBetween(chain[i].block, a.block)) / float64(a.value-chain[i].value)
		sum, squares, n = sum+d, squares+d*d, n+1
	}
	mean := sum / n
	return mean > evenDistance && math.Sqrt(max(0, squares/n-mean*mean)) < evenSpread*mean
}
