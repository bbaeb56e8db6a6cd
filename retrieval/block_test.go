package retrieval

import (
	"math/rand/v2"
	"testing"
)

// TestBoundsHold: no posting counts for more than the bound of its block, however the
// average length of the texts changes, and none for much less than the one that counts most.
func TestBoundsHold(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	l, lengths := &list{}, &list{}
	for passage := range uint32(2000) {
		lengths.codes = append(lengths.codes, uint16(1+random.IntN(300)))
		lengths.add(passage)
		if random.IntN(3) == 0 {
			l.put(make([]uint16, 1+random.IntN(9)), false)
			l.add(passage)
		}
	}
	average := 60.0
	for range 2000 {
		switch random.IntN(10) {
		case 0:
			average = 2 + 200*random.Float64()
		default: // as when some texts come or go
			average *= 0.99 + 0.02*random.Float64()
		}
		bounds, factor := l.boundsFor(average, lengths)
		highest := make([]float64, len(bounds.most))
		for at, passage := range l.all() {
			in, _ := l.blockOf(passage / blockSize)
			highest[in] = max(highest[in], saturate(l.frequency(at), lengths.lengthOf(passage)/average))
		}
		for i, bound := range bounds.most {
			if bound := float64(bound) * factor; bound < highest[i] || bound > 1.05*highest[i] {
				t.Fatalf("the bound of block %d at an average of %.2f is %.5f, and a posting counts %.5f", i, average, bound, highest[i])
			}
		}
	}
}
