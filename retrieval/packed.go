package retrieval

import "math/bits"

// Where a term stands in a passage is packed into one small number, which Bleve keeps as its
// frequency: two bytes for most postings, where Bleve's own form of positions takes six bytes
// for each. The frequency itself is how many positions there are. What does not fit keeps
// Bleve's form; it is rare.
//
// A number, less one, is from its lowest bit on: whether the term is itself a word of the
// passage, see wordField; then 0 and the only position; or 1, a bit 1 for each position after
// the second and then a 0, in three bits how many bits each position has beyond two, the first
// position, and how far each other one is from the one before.
//
// Positions in the title and the headings come first, those in the text follow from
// packedBody on.

const (
	packedBits  = 60 // Bleve puts a bit below, and its own type has a sign
	packedBody  = 64
	packedWidth = 2 // the least bits of a position
)

// pack packs positions, which ascend, and whether the term is itself a word of the passage;
// ok is false where they do not fit.
func pack(positions []uint16, word bool) (number uint64, ok bool) {
	if word {
		number = 1
	}
	least, ok := packedPosition(positions[0])
	n := len(positions)
	if n == 1 {
		return number | least<<2 + 1, ok
	}
	last, widest := least, least
	for _, p := range positions[1:] {
		at, fits := packedPosition(p)
		ok = ok && fits
		widest, last = max(widest, at-last), at
	}
	width := max(bits.Len64(widest), packedWidth)
	if !ok || width > packedWidth+7 || n+4+n*width > packedBits {
		return 0, false
	}
	number |= (1<<(n-1) - 1) << 1
	used := n + 1
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
func unpack(number uint64, positions []uint16) (all []uint16, word bool) {
	number--
	word = number&1 == 1
	number >>= 1
	if number&1 == 0 {
		return append(positions, unpackedPosition(number>>1)), word
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
	return positions, word
}

func unpackedPosition(packed uint64) uint16 {
	if packed >= packedBody {
		return uint16(packed - packedBody + bodyPosition)
	}
	return uint16(packed)
}
