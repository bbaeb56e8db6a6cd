package retrieval

import (
	"math/rand/v2"
	"testing"
)

// TestSift: a contender is kept if what it may score is enough, and only then: the tally it has,
// and what the first of a clue's other lists adds that holds it.
func TestSift(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 1))
	const blocks = 20
	for range 3000 {
		w := &workspace{perScore: 1000}
		c := ofClue{to: 1 + random.IntN(4)}
		var lists []inSegment
		for range c.to {
			l := inSegment{list: &list{}, weight: random.Float32()}
			frequent := random.Float64()
			for passage := range uint32(blocks * blockSize) {
				if random.Float64() < frequent*frequent {
					l.add(passage)
				}
			}
			l.list = l.spread(blocks)
			if random.IntN(2) == 0 {
				for range l.blocks {
					l.most = append(l.most, random.Float32())
				}
			}
			lists = append(lists, l)
			w.terms = append(w.terms, bounded{tallied: random.IntN(3) == 0, atMost: l.weight})
		}
		w.leave(&c)
		needed := int32(random.IntN(1000))
		var all []contender
		want := map[contender]bool{}
		for passage := range uint32(blocks * blockSize) {
			now := contender{passage: passage, atMost: int32(random.IntN(1000)) + c.rest}
			all = append(all, now)
			now.atMost -= c.rest
			for i, l := range lists {
				if block, found := l.blockWith(passage); found && !w.terms[i].tallied {
					now.atMost += w.upTo(l.in(block))
					break
				}
			}
			if now.atMost >= needed {
				want[now] = true
			}
		}
		got := w.siftBy(&c, lists, all, needed)
		for _, now := range got {
			if !want[now] {
				t.Fatalf("of %d lists %+v is a contender, where %d is needed", len(lists), now, needed)
			}
		}
		if len(got) != len(want) {
			t.Fatalf("of %d lists there are %d contenders, want %d", len(lists), len(got), len(want))
		}
	}
}
