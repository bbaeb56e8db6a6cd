package retrieval

import (
	"iter"
	"math/bits"
	"sort"
)

// blockSize is how many passages of a segment, one after the other, are a block.
const blockSize = 64

// A block says which passages of one block of a segment are in a list.
type block struct {
	passages uint64 // a bit each, the lowest for the first
	number   uint32 // of the block in the segment
	first    uint32 // the place in the list of the first that is in it
}

// at returns the place in the list of the passage of a bit, if that is in it.
func (b block) at(bit int) int { return int(b.first) + bits.OnesCount64(b.passages&(1<<bit-1)) }

// add adds a passage behind all that are in the list.
func (l *list) add(passage uint32) {
	number, bit := passage/blockSize, passage%blockSize
	if last := len(l.blocks) - 1; last >= 0 && l.blocks[last].number == number {
		l.blocks[last].passages |= 1 << bit
	} else {
		l.blocks = append(l.blocks, block{1 << bit, number, uint32(l.n)})
	}
	l.n++
}

// blockOf returns the place in l.blocks of the block of a number.
func (l *list) blockOf(number uint32) (at int, found bool) {
	if int(number) < len(l.blocks) && l.blocks[number].number == number { // no block before it is missing
		return int(number), true
	}
	n := min(int(number), len(l.blocks))
	at = sort.Search(n, func(i int) bool { return l.blocks[i].number >= number })
	return at, at < n && l.blocks[at].number == number
}

// find returns the place of a passage in the list.
func (l *list) find(passage uint32) (at int, found bool) {
	i, found := l.blockOf(passage / blockSize)
	if !found {
		return 0, false
	}
	bit := int(passage % blockSize)
	return l.blocks[i].at(bit), l.blocks[i].passages>>bit&1 == 1
}

// all yields the passages of the list, ascending, with their places.
func (l *list) all() iter.Seq2[int, uint32] {
	return func(yield func(int, uint32) bool) {
		at := 0
		for _, b := range l.blocks {
			for rest := b.passages; rest != 0; rest &= rest - 1 {
				if !yield(at, b.number*blockSize+uint32(bits.TrailingZeros64(rest))) {
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
}

// stale is by how much the average length may be off before bounds are made anew. Until then
// they are stretched by it.
const stale = 1.02

// boundsFor returns bounds of the list's blocks that hold for an average length once they are
// multiplied by a factor. Lengths are those of the segment's passages.
func (l *list) boundsFor(average float64, lengths *list) (most []float32, factor float64) {
	known := l.bounds.Load()
	if known == nil || known.k1 != k1 || known.b != b || average > stale*known.average || known.average > stale*average {
		known = l.bound(average, lengths)
		l.bounds.Store(known)
	}
	// A posting counts for no more than in proportion to the average.
	return known.most, max(1, average/known.average)
}

// bound makes bounds from the lengths of the segment's passages.
func (l *list) bound(average float64, lengths *list) *bounds {
	now := &bounds{average, k1, b, make([]float32, len(l.blocks))}
	for i, block := range l.blocks {
		most, posting := 0.0, int(block.first)
		for rest := block.passages; rest != 0; rest &= rest - 1 {
			length := lengths.lengthOf(block.number*blockSize + uint32(bits.TrailingZeros64(rest)))
			most = max(most, saturate(l.frequency(posting), length/average))
			posting++
		}
		now.most[i] = float32(most * slack)
	}
	return now
}

// lengthOf returns the length of a passage in tokens, from the list of lengthTerm.
func (l *list) lengthOf(passage uint32) float64 {
	at, _ := l.find(passage)
	return float64(l.codes[at])
}
