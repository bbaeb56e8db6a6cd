package retrieval

import (
	"slices"
	"testing"

	"pgregory.net/rapid"
)

// TestPacked: what is packed is unpacked as it was, and what a passage of some sentences
// holds is packed small.
func TestPacked(t *testing.T) {
	for _, test := range []struct {
		positions []uint16
		most      uint64 // the number, 0 where it does not fit
	}{
		{[]uint16{0}, 1 << 6},
		{[]uint16{bodyPosition}, 1 << 13},
		{[]uint16{bodyPosition + 900}, 1 << 13}, // with the bit that Bleve adds, two bytes
		{[]uint16{2, bodyPosition + 1}, 1 << 20},
		{[]uint16{bodyPosition + 3, bodyPosition + 60}, 1 << 20},
		{[]uint16{bodyPosition + 3, bodyPosition + 3}, 1 << 20}, // two forms of a word
		{[]uint16{bodyPosition + 5, bodyPosition + 30, bodyPosition + 62}, 1 << 27},
		{[]uint16{packedBody - 1}, 1 << 13},
		{[]uint16{packedBody}, 0},
		{[]uint16{1, bodyPosition + 2000}, 0},
		{[]uint16{65535}, 1 << 20},
		{make([]uint16, 16), 1 << 60},
		{make([]uint16, 20), 0},
	} {
		number, ok := pack(test.positions, true)
		if ok != (test.most > 0) || ok && number >= test.most {
			t.Errorf("pack(%v) = %d, %v, want less than %d", test.positions, number, ok, test.most)
		}
	}
	rapid.Check(t, func(r *rapid.T) {
		position := rapid.OneOf(rapid.Uint16Range(0, 70), rapid.Uint16Range(bodyPosition, bodyPosition+200), rapid.Uint16())
		positions := rapid.SliceOfN(position, 1, 20).Draw(r, "positions")
		slices.Sort(positions)
		word := rapid.Bool().Draw(r, "word")
		number, ok := pack(positions, word)
		if !ok {
			return
		}
		got, gotWord := unpack(number, nil)
		if number == 0 || number >= 1<<packedBits || !slices.Equal(got, positions) || gotWord != word {
			r.Fatalf("unpack(pack(%v, %v)) = unpack(%d) = %v, %v", positions, word, number, got, gotWord)
		}
	})
}
