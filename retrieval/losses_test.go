package retrieval

import (
	"math/rand/v2"
	"testing"
)

// TestLosses: a passage is held to be promising if it loses no more than can be borne, and only
// then, whatever the others lose. Who is in a list does not lose the weaker ones of its clue.
func TestLosses(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	for range 5000 {
		var of losses
		lists := make([]bounded, 1+random.IntN(12))
		most := float32(0)
		for i := range lists {
			lists[i] = bounded{list: &list{blocks: []uint64{random.Uint64() & random.Uint64()}}, weight: random.Float32()}
			now := loss{bounded: &lists[i], blocks: lists[i].blocks}
			if i > 0 && random.IntN(3) == 0 { // of the same clue as the one before
				now.stronger = of.of[i-1].stronger | 1<<(i-1)
			}
			of.of = append(of.of, now)
			of.dense |= 1 << i
			most += lists[i].weight
		}
		e := evaluation{ranking: &ranking{view: &view{segments: []segment{{}}}}, workspace: &workspace{most: []float32{most}, present: []uint64{0}, losses: []losses{of}}}
		e.losing.perUnit = lossUnits / most
		needed := float64(most) * random.Float64()
		some := random.Uint64()
		got := e.promising(0, 0, some, needed)
		for bit := range blockSize {
			score := float64(most)
			for i, l := range of.of {
				in := lists[i].blocks[0]>>bit&1 == 1
				for j := range i {
					in = in || l.stronger>>j&1 == 1 && lists[j].blocks[0]>>bit&1 == 1
				}
				if !in {
					score -= float64(l.weight)
				}
			}
			if some>>bit&1 == 0 {
				score = -1
			}
			if kept := got>>bit&1 == 1; !kept && score > needed || kept && score < needed-2e-4*float64(most) {
				t.Fatalf("of %d lists a passage that can score %.5f where %.5f is needed is promising: %v", len(lists), score, needed, kept)
			}
		}
	}
}

// TestLossesOfWords: of several words that a clue may be meant for, only the last can be lost,
// also where something else stands for them.
func TestLossesOfWords(t *testing.T) {
	none := &list{}
	lists := []bounded{
		{list: none, role: asWord, weight: 1}, {list: none, role: asWord, weight: .9}, {list: none, role: asBeginning, weight: .5},
		{list: none, clue: 1, weight: 1},
	}
	for i, want := range []float32{0, .4, .5, 1} {
		l := lossOf(lists, i)
		if got := max(0, l.weight-l.without); got < want-1e-6 || got > want+1e-6 {
			t.Errorf("a passage that is in no list up to number %d loses %v by it, want %v", i, got, want)
		}
	}
}
