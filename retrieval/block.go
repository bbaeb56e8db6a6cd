package retrieval

import (
	"iter"
	"math/bits"
	"slices"
)

// blockSize is how many passages of a segment, one after the other, are a block.
const blockSize = 64

// add adds a passage behind all that are in the list.
func (l *list) add(passage uint32) {
	number, bit := passage/blockSize, passage%blockSize
	if last := len(l.numbers) - 1; last >= 0 && l.numbers[last] == number {
		l.blocks[last] |= 1 << bit
	} else {
		l.blocks, l.numbers, l.firsts = append(l.blocks, 1<<bit), append(l.numbers, number), append(l.firsts, uint32(l.n))
	}
	l.n++
}

// spread gives a list that holds some of most blocks all of them, so that the block of a
// number need not be looked for. A list without codes needs no places of passages.
func (l *list) spread(blocks int) *list {
	if l.codes == nil {
		l.firsts = nil
	}
	if 2*len(l.blocks) <= blocks {
		l.blocks, l.numbers, l.firsts = slices.Clone(l.blocks), slices.Clone(l.numbers), slices.Clone(l.firsts)
		return l
	}
	some, numbers, firsts := l.blocks, l.numbers, l.firsts
	l.blocks, l.numbers = make([]uint64, blocks), nil
	if firsts != nil {
		l.firsts = make([]uint32, blocks)
	}
	for i, number := range numbers {
		l.blocks[number] = some[i]
		if firsts != nil {
			l.firsts[number] = firsts[i]
		}
	}
	return l
}

// isDense reports whether the list has all blocks of its segment. An empty list is taken for
// dense too: blockOf finds nothing in it, to go through it is to do nothing, and evaluations
// leave it out.
func (l *list) isDense() bool { return l.numbers == nil }

// number returns the number in the segment of a block.
func (l *list) number(block int) uint32 {
	if l.isDense() {
		return uint32(block)
	}
	return l.numbers[block]
}

// blockOf returns the place in l.blocks of the block of a number.
func (l *list) blockOf(number uint32) (block int, found bool) {
	if l.isDense() || int(number) < len(l.blocks) && l.numbers[number] == number { // no block before it is missing
		return int(number), int(number) < len(l.blocks)
	}
	n := min(int(number)+1, len(l.numbers))
	for n > 1 { // halves without branches, as which half it is can't be guessed
		half := n / 2
		if l.numbers[block+half] <= number {
			block += half
		}
		n -= half
	}
	return block, l.numbers[block] == number
}

// at returns the place in the list, which has codes, of the passage of a bit in a block.
func (l *list) at(block, bit int) int {
	return int(l.firsts[block]) + bits.OnesCount64(l.blocks[block]&(1<<bit-1))
}

// blockWith returns the place in l.blocks of the block that holds a passage.
func (l *list) blockWith(passage uint32) (block int, found bool) {
	block, found = l.blockOf(passage / blockSize)
	return block, found && l.blocks[block]>>(passage%blockSize)&1 == 1
}

// holds reports whether a passage is in the list.
func (l *list) holds(passage uint32) bool {
	_, found := l.blockWith(passage)
	return found
}

// find returns the place of a passage in the list, which has codes.
func (l *list) find(passage uint32) (at int, found bool) {
	block, found := l.blockWith(passage)
	if !found {
		return 0, false
	}
	return l.at(block, int(passage%blockSize)), true
}

// all yields the passages of the list, ascending, with their places.
func (l *list) all() iter.Seq2[int, uint32] {
	return func(yield func(int, uint32) bool) {
		at := 0
		for i, passages := range l.blocks {
			for first := l.number(i) * blockSize; passages != 0; passages &= passages - 1 {
				if !yield(at, first+uint32(bits.TrailingZeros64(passages))) {
					return
				}
				at++
			}
		}
	}
}

// bounds say what the postings of each block of a list count at most, without their idf,
// for passages of an average length.
type bounds struct {
	average, k1, b float64
	most           []float32
	highest        float32 // of most
}

// stale is by how much the average length may be off before bounds are made anew. Until then
// they are stretched by it.
const stale = 1.02

// boundsFor returns bounds of the list's blocks that hold for an average length once they are
// multiplied by a factor. Lengths are those of the segment's passages.
func (l *list) boundsFor(average float64, lengths *list) (known *bounds, factor float64) {
	known = l.bounds.Load()
	if known == nil || known.k1 != k1 || known.b != b || average > stale*known.average || known.average > stale*average {
		known = l.bound(average, lengths)
		l.bounds.Store(known)
	}
	// A posting counts for no more than in proportion to the average.
	return known, max(1, average/known.average)
}

// bound makes bounds from the lengths of the segment's passages.
func (l *list) bound(average float64, lengths *list) *bounds {
	now := &bounds{average: average, k1: k1, b: b, most: make([]float32, len(l.blocks))}
	posting := 0
	for i, passages := range l.blocks {
		most := 0.0
		for first := l.number(i) * blockSize; passages != 0; passages &= passages - 1 {
			length := lengths.lengthOf(first + uint32(bits.TrailingZeros64(passages)))
			most = max(most, saturate(l.frequency(posting), length/average))
			posting++
		}
		now.most[i] = float32(most * slack)
		now.highest = max(now.highest, now.most[i])
	}
	return now
}

// lengthOf returns the length of a passage in tokens, from the list of lengthTerm; 0 if it has
// none there.
func (l *list) lengthOf(passage uint32) float64 {
	at, found := l.find(passage)
	if !found {
		return 0
	}
	return float64(l.codes[at])
}
