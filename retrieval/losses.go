package retrieval

import (
	"cmp"
	"math"
	"math/bits"
	"slices"
)

// What a passage can score is what one of its block does at most, less what it loses by the
// lists that it is not in. A loss is one of these lists.
type loss struct {
	*bounded
	blocks   []uint64 // of the list
	without  float32  // what a passage still has at most of the clue that is in none of its lists up to this one
	usual    float32  // what is lost, about
	stronger uint64   // the losses of the clue before this one, a bit each: who is in their lists does not lose this
}

// maxLosses is how many lists of a segment can be lost. Where there are more, passages are taken
// to be in the others.
const maxLosses = 64

// losses are the lists of a segment, those first by which most is lost, but of a clue its words
// before what stands for them.
type losses struct {
	of    []loss
	dense uint64 // those whose lists have all blocks, a bit each
}

// lose prepares the losses of a segment, and notes which of them there are in each block.
func (e *evaluation) lose(segment int) {
	l, lists := &e.losses[segment], e.bounded[segment]
	l.of, l.dense = l.of[:0], 0
	for i := range lists {
		l.of = append(l.of, lossOf(lists, i))
		if i > 0 && lists[i-1].clue == lists[i].clue {
			l.of[i].usual = min(l.of[i].usual, l.of[i-1].usual)
		}
	}
	slices.SortStableFunc(l.of, func(x, y loss) int { return cmp.Compare(y.usual, x.usual) })
	l.of = l.of[:min(len(l.of), maxLosses)]
	in := &e.view.segments[segment]
	present := e.present[in.firstBlock:][:in.blocks()]
	for i := range l.of {
		now := &l.of[i]
		for j := range l.of[:i] {
			if l.of[j].clue == now.clue {
				now.stronger |= 1 << j
			}
		}
		if now.isDense() {
			l.dense |= 1 << i
		}
		for _, number := range now.numbers {
			present[number] |= 1 << i
		}
	}
}

// lossOf returns the loss of one of the lists of a segment. Of several words of a clue only the
// last can be lost: a passage may hold the others of them.
func lossOf(lists []bounded, i int) loss {
	now := loss{bounded: &lists[i], blocks: lists[i].blocks, usual: lists[i].weight}
	switch next := i + 1; {
	case next == len(lists) || lists[next].clue != lists[i].clue:
	case lists[next].role == asWord:
		now.without = math.MaxFloat32
	default:
		now.without = lists[next].weight
		now.usual -= now.without
	}
	return now
}

// A losing block is one of which the passages are looked at that lose too much. What is lost is
// counted in whole numbers, so that the processor need not guess.
type losing struct {
	losses   *losses
	number   uint32            // in its segment
	perUnit  float32           // units in a score of 1
	present  uint64            // losses that there are, a bit each
	known    uint64            // of these, those that were looked up
	passages [maxLosses]uint64 // that do not lose it
	lost     [maxLosses]int32
}

// lossUnits is how many units the most that a passage of the index can score has.
const lossUnits = 1 << 24

// promising returns the passages of a block, out of some, that may score as much as is needed.
func (e *evaluation) promising(segment int, number uint32, some uint64, needed float64) uint64 {
	w := &e.losing
	most := (float64(e.most[number])*slack - needed) * float64(w.perUnit)
	if most > lossUnits {
		return some
	}
	w.losses, w.number = &e.losses[segment], number-e.view.segments[segment].firstBlock
	w.present, w.known = e.present[number]|w.losses.dense, 0
	bearable := int32(most)
	if some = w.within(some, bearable); bits.OnesCount64(some) > many {
		some = w.count(some, bearable)
	}
	for each := some; each != 0; each &= each - 1 {
		if bit := bits.TrailingZeros64(each); w.loses(bit, bearable) {
			some &^= 1 << bit
		}
	}
	return some
}

// within returns the passages, out of some, that are in one of the first few lists at least, by
// all of which together too much is lost.
func (w *losing) within(some uint64, bearable int32) uint64 {
	held, lost := uint64(0), int32(0)
	for rest := w.present; lost <= bearable; rest &= rest - 1 {
		if rest == 0 {
			return some
		}
		i := bits.TrailingZeros64(rest)
		w.lookUp(i)
		held |= w.passages[i]
		lost += w.lost[i]
	}
	return some & held
}

// many is from how many passages on their losses are counted for all at once first.
const many = 4

// count returns the passages, out of some, that are not found to lose too much by counting for
// all at once. They are counted in parts of the loss that can be borne, each rounded down: a
// number of the plane i has a bit for each passage, that of 2^i in its count. Counts begin so
// that they overflow when a passage loses too much.
func (w *losing) count(some uint64, bearable int32) uint64 {
	const planes, parts = 6, 32
	var counts [planes]uint64
	for i := range counts {
		counts[i] = -uint64((1<<planes - 1 - parts) >> i & 1)
	}
	perUnit := parts / float32(max(1, bearable))
	for rest := w.present; rest != 0 && some != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		if w.known>>i&1 == 0 {
			w.lookUp(i)
		}
		losing := some &^ w.passages[i]
		if w.lost[i] > bearable {
			some &^= losing
			continue
		}
		lost := int32(float32(w.lost[i]) * perUnit)
		carry := uint64(0)
		for plane := range counts {
			adds, was := losing&-uint64(lost>>plane&1), counts[plane]
			counts[plane] = was ^ adds ^ carry
			carry = was&adds | (was^adds)&carry
		}
		some &^= carry
	}
	return some
}

// loses reports whether a passage, by its bit, loses more than can be borne.
func (w *losing) loses(bit int, bearable int32) bool {
	lost := int32(0)
	for rest := w.present; rest != 0; rest &= rest - 1 {
		i := bits.TrailingZeros64(rest)
		if w.known>>i&1 == 0 {
			w.lookUp(i)
		}
		if lost += w.lost[i] & (int32(w.passages[i]>>bit&1) - 1); lost > bearable {
			return true
		}
	}
	return false
}

// lookUp looks up a loss of the block. All before it are known.
func (w *losing) lookUp(i int) {
	l := &w.losses.of[i]
	block := w.number
	if l.places != nil {
		block = l.places[block]
	}
	adds := l.weight
	if l.most != nil {
		adds *= l.most[block]
	}
	passages := l.blocks[block]
	if stronger := w.present & l.stronger; stronger != 0 {
		passages |= w.passages[63-bits.LeadingZeros64(stronger)]
	}
	lost := int32(0)
	if adds > l.without {
		lost = int32((adds - l.without) * w.perUnit)
	}
	w.known |= 1 << i
	w.passages[i], w.lost[i] = passages, lost
}
