package retrieval

import (
	"math/rand/v2"
	"testing"
)

// TestLosses: a passage that loses no more than can be borne is never taken for lost, and one
// that loses a quarter more is, whatever the others lose.
func TestLosses(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 3000 {
		most := 0.1 + 20*random.Float64()
		l := bearing(most)
		var sum [blockSize]float64
		for range 1 + random.IntN(8) {
			passages, loss := random.Uint64(), float32(most*random.Float64()*random.Float64()*1.2)
			l.add(passages, loss)
			for i := range sum {
				sum[i] += float64(passages>>i&1) * float64(loss)
			}
		}
		for i, sum := range sum {
			if lost := l.lost>>i&1 == 1; lost && sum <= most*(1-1e-6) || !lost && sum > 1.3*most {
				t.Fatalf("a passage that loses %.4f where %.4f can be borne: lost is %v", sum, most, lost)
			}
		}
	}
	if l := bearing(0); true {
		l.add(1, 0.001)
		if l.lost != 1 {
			t.Error("nothing can be borne, and a loss is")
		}
	}
}
