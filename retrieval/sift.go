package retrieval

import (
	"cmp"
	"context"
	"slices"
)

// A contender is a passage that may be among the best.
type contender struct {
	passage uint32 // of its segment
	segment uint32
	atMost  int32 // what it scores at most, in units
}

// sift finds the passages with tallies that may be among the best, once it is known which of the
// terms they hold that are not tallied.
func (e *evaluation) sift(ctx context.Context) error {
	e.heaviest = e.heaviest[:0]
	for i := range e.ofClues {
		if e.ofClues[i].rest > 0 {
			e.heaviest = append(e.heaviest, i)
		}
	}
	slices.SortStableFunc(e.heaviest, func(x, y int) int { return cmp.Compare(e.ofClues[y].rest, e.ofClues[x].rest) })
	e.contenders = e.contenders[:0]
	rest, needed := e.restOfAll(), e.unitsOf(e.least())
	for i := range e.view.segments {
		touched, tallies := e.touched[i], e.talliesOf(i)
		from, n := len(e.contenders), 0
		e.contenders = slices.Grow(e.contenders, len(touched))
		all := e.contenders[from : from+len(touched)]
		for _, passage := range touched {
			now := contender{passage, uint32(i), int32(tallies[passage]) + rest}
			all[n] = now
			if now.atMost >= needed {
				n++
			}
		}
		all = all[:n]
		for _, clue := range e.heaviest {
			if err := ctx.Err(); err != nil {
				return err
			}
			all = e.siftBy(&e.ofClues[clue], e.listsOf(i), all, needed)
		}
		e.contenders = e.contenders[:from+len(all)]
	}
	return nil
}

// scoreContenders scores the contenders that may be among the best, those first that promise
// most, about.
func (e *evaluation) scoreContenders(ctx context.Context) error {
	const classes = tallyClasses
	var ends [classes + 1]int // where each class begins in the end, that before it ends
	class := func(c contender) int { return max(0, classes-1-int(c.atMost/classes)) }
	for _, c := range e.contenders {
		ends[class(c)+1]++
	}
	for i := range classes {
		ends[i+1] += ends[i]
	}
	e.ordered = grown(e.ordered, len(e.contenders))
	for _, c := range e.contenders {
		e.ordered[ends[class(c)]] = c
		ends[class(c)]++
	}
	needed := e.unitsOf(e.least())
	for i, c := range e.ordered {
		if i%1024 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if c.atMost >= needed {
			e.score(int(c.segment), c.passage)
			needed = e.unitsOf(e.least())
		}
	}
	return nil
}

// siftBy keeps the contenders that may be among the best, once it is known what a clue adds to
// them by terms that are not tallied: the first of these that they hold.
func (w *workspace) siftBy(c *ofClue, lists []inSegment, all []contender, needed int32) []contender {
	left := w.left[:0]
	for i := c.from; i < c.to; i++ {
		if l := &lists[i]; !w.terms[i].tallied && l.n > 0 {
			left = append(left, l)
		}
	}
	w.left = left
	if len(left) == 1 && left[0].isDense() {
		return w.siftByOne(c.rest, left[0], all, needed)
	}
	n := 0
	for _, now := range all {
		now.atMost -= c.rest
		number, bit := now.passage/blockSize, now.passage%blockSize
		for _, l := range left {
			block, found := int(number), true
			if !l.isDense() {
				block, found = l.blockOf(number)
			}
			if found && l.blocks[block]>>bit&1 == 1 {
				now.atMost += w.upTo(l.in(block))
				break
			}
		}
		all[n] = now
		if now.atMost >= needed {
			n++
		}
	}
	return all[:n]
}

// siftByOne is siftBy for one dense list.
func (w *workspace) siftByOne(rest int32, l *inSegment, all []contender, needed int32) []contender {
	n := 0
	adds := w.upTo(l.weight)
	for _, now := range all {
		number := now.passage / blockSize
		if l.most != nil {
			adds = w.upTo(l.weight * l.most[number])
		}
		now.atMost += adds&-int32(l.blocks[number]>>(now.passage%blockSize)&1) - rest
		all[n] = now
		if now.atMost >= needed {
			n++
		}
	}
	return all[:n]
}
