package retrieval

import (
	"context"
	"math"
	"math/bits"
	"slices"
)

// Terms with at most so many postings are always tallied, and those with at most so many for each
// block of passages: it costs less than to look them up.
const (
	cheapPostings = 1000
	cheapPerBlock = 1.5
)

func (e *evaluation) isCheap(t *bounded) bool {
	return t.postings <= max(e.cheap, int(cheapPerBlock*float64(e.view.blocks)))
}

// tally adds to the tallies of the passages that can be seen what a term adds to their scores at
// most.
func (e *evaluation) tally(term int) {
	t := &e.terms[term]
	t.tallied = true
	e.leave(&e.ofClues[t.clue])
	enough := e.unitsOf(e.least()) - e.restOfAll()
	for i := range e.view.segments {
		e.tallyIn(i, &e.listsOf(i)[term], t.beyond, enough)
	}
}

// tallyIn tallies a list of a segment. A passage that has no tally yet gets none if it would be
// less than enough: nothing that is tallied later lifts it among the best.
func (e *evaluation) tallyIn(segment int, l *inSegment, beyond float32, enough int32) {
	in, tallies := e.view.segments[segment], e.talliesOf(segment)
	n := len(e.touched[segment])
	touched := slices.Grow(e.touched[segment], l.n)[:n+l.n]
	for i, passages := range l.blocks {
		first := l.number(i) * blockSize
		if !e.seen.all {
			passages &= e.seen.block(in.first + uint64(first))
		}
		adds := uint16(max(0, l.in(i)-beyond)*e.perScore) + 1
		of := (*[blockSize]uint16)(tallies[first:])
		if int32(adds) < enough {
			if len(e.touched[segment]) == 0 { // none has a tally that matters
				continue
			}
			for ; passages != 0; passages &= passages - 1 {
				if bit := bits.TrailingZeros64(passages) % blockSize; of[bit] != 0 {
					of[bit] += adds
				}
			}
			continue
		}
		for ; passages != 0; passages &= passages - 1 {
			bit := bits.TrailingZeros64(passages) % blockSize
			before := of[bit]
			of[bit] = before + adds
			touched[n] = first + uint32(bit)
			if before == 0 {
				n++
			}
		}
	}
	e.touched[segment] = touched[:n]
}

// upTo returns a bound in units.
func (w *workspace) upTo(bound float32) int32 { return int32(bound*w.perScore) + 1 }

// unitsOf returns how many units the bound of a passage that has a score comes to at least.
func (w *workspace) unitsOf(score float64) int32 {
	return int32(min(max(0, score*float64(w.perScore)/slack), math.MaxInt32))
}

// leave bounds what a clue adds by the terms that are not tallied.
func (w *workspace) leave(c *ofClue) {
	c.rest = 0
	for _, t := range w.terms[c.from:c.to] {
		if !t.tallied {
			c.rest = max(c.rest, w.upTo(t.atMost))
		}
	}
}

// restOfAll is what all terms that are not tallied add at most, in units.
func (w *workspace) restOfAll() (rest int32) {
	for i := range w.ofClues {
		rest += w.ofClues[i].rest
	}
	return rest
}

// next returns the term that is tallied next, -1 if all are: that which makes what the others add
// less by most, for the number of its postings.
func (w *workspace) next() int {
	best, most := -1, float32(0)
	for _, c := range w.ofClues {
		heaviest, second := -1, float32(0)
		for i := c.from; i < c.to; i++ {
			switch t := &w.terms[i]; {
			case t.tallied:
			case heaviest < 0:
				heaviest = i
			case t.atMost > w.terms[heaviest].atMost:
				heaviest, second = i, w.terms[heaviest].atMost
			default:
				second = max(second, t.atMost)
			}
		}
		if heaviest < 0 {
			continue
		}
		t := &w.terms[heaviest]
		if less := (t.atMost - second + math.SmallestNonzeroFloat32) / float32(t.postings); less >= most {
			best, most = heaviest, less
		}
	}
	return best
}

// scoreBlocks scores the passages of a term in the blocks where it adds most, as many blocks as
// there are best passages: if nothing else adds to scores, in no other block is a better one.
func (e *evaluation) scoreBlocks(term int) {
	var counts [tallyClasses]int
	t := &e.terms[term]
	perClass := float32(0)
	if t.atMost > 0 {
		perClass = (tallyClasses - 1) / (slack * t.atMost)
	}
	each := func(do func(segment int, l *inSegment, block, class int)) {
		for i := range e.view.segments {
			l := &e.listsOf(i)[term]
			for block, passages := range l.blocks {
				if passages != 0 {
					do(i, l, block, int(l.in(block)*perClass))
				}
			}
		}
	}
	each(func(_ int, _ *inSegment, _, class int) { counts[class]++ })
	class, room := tallyClasses-1, e.limit
	for ; class > 0 && counts[class] < room; class-- {
		room -= counts[class]
	}
	each(func(segment int, l *inSegment, block, of int) {
		if of < class || of == class && room <= 0 {
			return
		}
		if of == class {
			room--
		}
		first := l.number(block) * blockSize
		for passages := l.blocks[block]; passages != 0; passages &= passages - 1 {
			passage := first + uint32(bits.TrailingZeros64(passages))
			if tallies := e.talliesOf(segment); tallies[passage] == 0 && e.seen.sees(e.view.segments[segment].first+uint64(passage)) {
				tallies[passage] = 1 // so that it is not taken for one that is not scored
				e.scored[segment] = append(e.scored[segment], passage)
				e.score(segment, passage)
			}
		}
	})
}

// tallyClasses are classes of passages by their bounds, which have that many units each.
const tallyClasses = 256

// scoreBest scores so many passages with the highest tallies, so that good ones are found soon.
func (e *evaluation) scoreBest(ctx context.Context, room int) error {
	var counts [tallyClasses]int
	for i := range e.view.segments {
		tallies := e.talliesOf(i)
		for _, passage := range e.touched[i] {
			counts[tallies[passage]/tallyClasses]++
		}
	}
	class := tallyClasses - 1
	for ; class > 0 && counts[class] < room; class-- {
		room -= counts[class]
	}
	for i := range e.view.segments {
		if err := ctx.Err(); err != nil {
			return err
		}
		tallies, kept := e.talliesOf(i), e.touched[i][:0]
		for _, passage := range e.touched[i] {
			now := int(tallies[passage] / tallyClasses)
			if now < class || now == class && room <= 0 {
				kept = append(kept, passage)
				continue
			}
			if now == class {
				room--
			}
			e.scored[i] = append(e.scored[i], passage)
			e.score(i, passage)
		}
		e.touched[i] = kept
	}
	return nil
}
