package retrieval

import "math/bits"

// Where a term stands in a passage is packed into one small number, which Bleve keeps as its
// frequency: two bytes for most postings, where Bleve's own form of positions takes six bytes
// for each. The frequency itself is how many positions there are. What does not fit keeps
// Bleve's form; it is rare.
//
// A number, less one, is from its lowest bit on: 0 and the only position; or 1, a bit 1 for
// each position after the second and then a 0, in three bits how many bits each position has
// beyond two, the first position, and how far each other one is from the one before.
//
// Positions in the title and the headings come first, those in the text follow from
// packedBody on.

const (
	packedBits  = 60 // Bleve puts a bit below, and its own type has a sign
	packedBody  = 64
	packedWidth = 2 // the least bits of a position
)

// pack packs positions, which ascend; ok is false where they do not fit.
func pack(positions []uint16) (number uint64, ok bool) {
	least, _ := packedPosition(positions[0])
	last, ok := least, true
	widest := least
	for _, p := range positions {
		at, fits := packedPosition(p)
		ok = ok && fits
		widest, last = max(widest, at-last), at
	}
	n := len(positions)
	if n == 1 {
		return least<<1 + 1, ok
	}
	width := max(bits.Len64(widest), packedWidth)
	if !ok || width > packedWidth+7 || 1+n-1+3+n*width > packedBits {
		return 0, false
	}
	number = 1<<(n-1) - 1 // 1, and n-2 ones
	used := n
	number |= uint64(width-packedWidth) << used
	used += 3
	last = 0
	for _, p := range positions {
		at, _ := packedPosition(p)
		number |= (at - last) << used
		used, last = used+width, at
	}
	return number + 1, true
}

// packedPosition returns a position as it is packed.
func packedPosition(position uint16) (packed uint64, ok bool) {
	if position >= bodyPosition {
		return uint64(position) - bodyPosition + packedBody, true
	}
	return uint64(position), position < packedBody
}

// unpack appends the positions of a packed number.
func unpack(number uint64, positions []uint16) []uint16 {
	number--
	if number&1 == 0 {
		return append(positions, unpackedPosition(number>>1))
	}
	n := bits.TrailingZeros64(^number) + 1
	width := int(number>>n&7) + packedWidth
	number >>= n + 3
	at := uint64(0)
	for range n {
		at += number & (1<<width - 1)
		number >>= width
		positions = append(positions, unpackedPosition(at))
	}
	return positions
}

func unpackedPosition(packed uint64) uint16 {
	if packed >= packedBody {
		return uint16(packed - packedBody + bodyPosition)
	}
	return uint16(packed)
}
