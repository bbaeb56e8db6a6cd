package retrieval

import (
	"cmp"
	"context"
	"math/bits"
	"slices"
)

// Most passages that hold a word of the question are not scored. For each block of passages
// there is a bound to what one in it can score: the sum over the question's terms of the most
// that one of their lists says of the block. Blocks are gone through from the most promising
// one on, so that good passages are found soon; those whose bounds do not bring them to the
// last of the best so far are passed over, and so are passages of other blocks by the terms
// that they hold (after block-max pruning, Mallia, Suel and Tonellotto 2024). The ranking is
// the same as if all were scored.

// slack is more than rounding takes off a bound.
const slack = 1 + 1e-4

// An evaluation scores the passages of a language.
type evaluation struct {
	*ranking
	*workspace
	code    string
	weight  float64   // of the language
	average float64   // length
	lengths lists     // of the passages
	word    []float64 // idf of each clue's word
}

// language scores the passages of a language, which has a weight for the question.
func (r *ranking) language(ctx context.Context, code string, q question, weight float64, s selection) error {
	clues, err := r.clues(ctx, code, q)
	if err != nil {
		return err
	}
	sum := r.state.Languages[code]
	e := evaluation{ranking: r, code: code, weight: weight, average: float64(sum.Tokens) / float64(sum.Passages)}
	if e.lengths, err = r.view.lengths(); err != nil {
		return err
	}
	e.workspace = workspaces.Get().(*workspace)
	defer workspaces.Put(e.workspace)
	e.reset(r.view)
	for _, c := range clues {
		e.word = append(e.word, c.idf)
	}
	e.sum = slices.Grow(e.sum[:0], len(clues))[:len(clues)]
	heaviest := make([]int, len(clues))
	for i := range heaviest {
		heaviest[i] = i
	}
	slices.SortStableFunc(heaviest, func(x, y int) int { return cmp.Compare(e.word[y], e.word[x]) })
	for _, i := range heaviest {
		e.open(i, clues[i])
	}
	e.promise()
	return e.run(ctx, s)
}

// run offers the passages to the ranking that may be among the best.
func (e *evaluation) run(ctx context.Context, s selection) error {
	first, last := e.order()
	if err := e.through(ctx, first, s); err != nil {
		return err
	}
	return e.through(ctx, e.later(last, e.least()), s)
}

// through goes through blocks.
func (e *evaluation) through(ctx context.Context, numbers []uint32, s selection) error {
	at, needed := 0, e.least()
	for n, number := range numbers {
		if n%64 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		if float64(e.most[number]) < needed {
			continue
		}
		if at = e.view.segmentOfBlock(number, at); e.block(at, number, needed, s) {
			needed = e.least()
		}
	}
	return nil
}

// block offers the passages of a block that may score as much as is needed, and reports whether
// there are any.
func (e *evaluation) block(at int, number uint32, needed float64, s selection) bool {
	in := &e.view.segments[at]
	inSegment := number - in.firstBlock
	some := e.promising(at, number, s.block(in.first+uint64(inSegment)*blockSize), needed)
	if some == 0 {
		return false
	}
	deleted := in.Deleted()
	for rest := some & e.hold(at, inSegment); rest != 0; rest &= rest - 1 {
		bit := bits.TrailingZeros64(rest)
		passage := inSegment*blockSize + uint32(bit)
		if deleted != nil && deleted.Contains(passage) {
			continue
		}
		e.offer(in.first+uint64(passage), e.code, e.parts(bit, e.lengths.of[at].lengthOf(passage)))
	}
	return true
}

// hold looks up which passages of a block the lists of a segment hold, and returns all of
// these.
func (e *evaluation) hold(segment int, number uint32) (some uint64) {
	e.here = e.here[:0]
	lists := e.bounded[segment]
	for i := range lists {
		l := &lists[i]
		if block, found := l.blockAt(number); found {
			e.here = append(e.here, here{l, l.blocks[block], block})
			some |= l.blocks[block]
		}
	}
	return some
}

// parts scores a passage of the block that is held, which has a length in tokens.
func (e *evaluation) parts(bit int, length float64) Explanation {
	clear(e.sum)
	for from := 0; from < len(e.here); {
		clue, to := e.here[from].clue, from+1
		for to < len(e.here) && e.here[to].clue == clue {
			to++
		}
		if h := typed(e.here[from:to], bit); h != nil {
			e.sum[clue].word = h.idf * saturate(h.occurs(bit), length/e.average)
		} else {
			e.sum[clue].weak = weak(e.here[from:to], bit, e.word[clue])
		}
		from = to
	}
	parts := Explanation{Weight: e.weight}
	for _, c := range e.sum { // in the order of the question: another gives another sum in the last bit
		parts.Words += c.word
		parts.Beginnings += c.weak
	}
	return parts
}

// typed returns the first list of a clue's word that holds a passage, nil if none does.
func typed(lists []here, bit int) *here {
	for i := range lists {
		if h := &lists[i]; h.role == asWord && h.has(bit) {
			return h
		}
	}
	return nil
}

// weak is the weight of what stands for a term in a passage that lacks it: a word with the
// same beginning, a compound that it is a part of, or its parts.
func weak(lists []here, bit int, word float64) float64 {
	weight, parts := 0.0, 0.0
	for i := range lists {
		h := &lists[i]
		if !h.has(bit) {
			continue
		}
		switch h.role {
		case asBeginning:
			weight = max(weight, h.idf)
		case asWhole:
			weight = max(weight, min(word, h.idf))
		case asPart:
			parts += h.idf
		}
	}
	return weightBeginning * max(weight, min(word, parts))
}
