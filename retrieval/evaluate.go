package retrieval

import (
	"cmp"
	"context"
	"math"
	"math/bits"
	"slices"
)

// Most passages that hold a word of the question are not scored. What rare terms add to a score
// is summed up for each of their passages, in its tally; the others add no more than so much to
// any. Once that is less than the last of the best so far has, a passage without a tally can't be
// among the best. Of those with one it is looked up, one term after the other, whether they hold
// the others too, and those that then may still be among the best are scored (after MaxScore,
// Turtle and Flood 1995; with bounds for blocks of passages, Ding and Suel 2011). The ranking is
// the same as if all were scored.

// slack is more than rounding takes off a bound.
const slack = 1 + 1e-4

// An evaluation scores the passages of a language.
type evaluation struct {
	*ranking
	*workspace
	code    string
	weight  float64 // of the language
	average float64 // length
	lengths lists   // of the passages
	seen    selection
	reach   int // how many phrases a passage that is not scored may hold
}

// language scores the passages of a language, which has a weight for the question.
func (r *ranking) language(ctx context.Context, code string, q question, weight float64, s selection) error {
	e, err := r.evaluation(ctx, code, q, weight, s)
	if err != nil {
		return err
	}
	err = e.run(ctx)
	e.close() // unless run panics: then it may have left tallies
	return err
}

// evaluation bounds what the terms of a question add to scores. It is closed when it is done.
func (r *ranking) evaluation(ctx context.Context, code string, q question, weight float64, s selection) (*evaluation, error) {
	clues, err := r.clues(ctx, code, q)
	if err != nil {
		return nil, err
	}
	lengths, err := r.view.lengths()
	if err != nil {
		return nil, err
	}
	sum := r.state.Languages[code]
	e := &evaluation{ranking: r, workspace: workspaces.Get().(*workspace), code: code, weight: weight, average: float64(sum.Tokens) / float64(sum.Passages), lengths: lengths, seen: s}
	e.reset(r.view)
	for i := range clues {
		e.open(&clues[i])
	}
	e.bound()
	return e, nil
}

// close gives the workspace back, all tallies of which are 0 again and which holds no lists.
func (e *evaluation) close() {
	for i := range e.view.segments {
		tallies := e.talliesOf(i)
		for _, passage := range e.touched[i] {
			tallies[passage] = 0
		}
		for _, passage := range e.scored[i] {
			tallies[passage] = 0
		}
		e.touched[i], e.scored[i] = e.touched[i][:0], e.scored[i][:0]
	}
	clear(e.terms)
	clear(e.inSegments)
	clear(e.left[:cap(e.left)])
	e.ofClues, e.terms, e.inSegments = e.ofClues[:0], e.terms[:0], e.inSegments[:0]
	workspaces.Put(e.workspace)
}

// run offers the passages to the ranking that may be among the best.
func (e *evaluation) run(ctx context.Context) error {
	if few, ok := e.few(); ok {
		return e.scoreEach(ctx, few)
	}
	if err := e.scoreHolders(ctx); err != nil {
		return err
	}
	if math.IsInf(e.least(), 1) {
		return nil
	}
	for i := range e.terms {
		if e.isCheap(&e.terms[i]) {
			e.tally(i)
		}
	}
	if err := e.scoreBest(ctx, 3*e.limit/2); err != nil {
		return err
	}
	more := false
	for next := e.next(); next >= 0 && e.unitsOf(e.least()) <= e.restOfAll(); next = e.next() {
		if err := ctx.Err(); err != nil {
			return err
		}
		if len(e.ofClues) == 1 && len(e.merits) < e.limit {
			e.scoreBlocks(next)
		}
		e.tally(next)
		if more = true; len(e.merits) < e.limit {
			if err := e.scoreBest(ctx, 2*e.limit); err != nil {
				return err
			}
		}
	}
	if more { // better ones may have been found than before
		if err := e.scoreBest(ctx, e.limit); err != nil {
			return err
		}
	}
	if err := e.sift(ctx); err != nil {
		return err
	}
	return e.scoreContenders(ctx)
}

// few returns the passages that can be seen, where there are so few of them that it costs less to
// score each than to go through the postings.
func (e *evaluation) few() (seen numbers, ok bool) {
	if e.seen.all {
		return nil, false
	}
	n := e.seen.seen.count()
	return e.seen.seen, n < 4*e.limit && e.worth(n)
}

// worth reports whether to score so many passages costs less than to go through the postings.
func (e *evaluation) worth(passages int) bool {
	postings := 0
	for i := range e.terms {
		postings += e.terms[i].postings
	}
	return passages*len(e.terms) < postings
}

// scoreHolders scores the passages that hold phrases, unless they are too many. They come before
// all others, so that as long as these may be among them no score is enough to leave one out.
func (e *evaluation) scoreHolders(ctx context.Context) error {
	var holders numbers
	e.reach = 0
	for _, passages := range e.holding {
		if len(passages) > 0 {
			holders = slices.Clone(passages).or(holders)
			e.reach++
		}
	}
	if e.reach == 0 || !e.worth(holders.count()) {
		return nil
	}
	e.reach = 0
	return e.scoreEach(ctx, holders)
}

// least is the score that a passage which is not scored must have to be among the best.
func (e *evaluation) least() float64 {
	if len(e.merits) < e.limit {
		return math.Inf(-1)
	}
	switch last := e.merits[e.limit-1]; cmp.Compare(last.phrases, e.reach) {
	case -1: // others may hold more
		return math.Inf(-1)
	case 1:
		return math.Inf(1)
	default:
		return last.score
	}
}

// scoreEach scores those of the passages that hold a term.
func (e *evaluation) scoreEach(ctx context.Context, passages numbers) error {
	i := 0
	for at, some := range passages {
		if at%16 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		for ; some != 0; some &= some - 1 {
			number := uint64(at*64 + bits.TrailingZeros64(some))
			for i+1 < len(e.view.segments) && e.view.segments[i+1].first <= number {
				i++
			}
			passage := uint32(number - e.view.segments[i].first)
			if slices.ContainsFunc(e.listsOf(i), func(l inSegment) bool { return l.holds(passage) }) {
				e.talliesOf(i)[passage] = 1 // so that it is not taken for one that is not scored
				e.scored[i] = append(e.scored[i], passage)
				e.score(i, passage)
			}
		}
	}
	return nil
}

// score offers a passage of a segment, unless it is deleted.
func (e *evaluation) score(segment int, passage uint32) {
	in := &e.view.segments[segment]
	if deleted := in.Deleted(); deleted == nil || !deleted.Contains(passage) {
		e.offer(in.first+uint64(passage), e.code, e.parts(segment, passage))
	}
}

// parts scores a passage of a segment.
func (e *evaluation) parts(segment int, passage uint32) Explanation {
	length := e.lengths.of[segment].lengthOf(passage) / e.average
	parts, lists := Explanation{Weight: e.weight}, e.listsOf(segment)
	for _, c := range e.ofClues { // in the order of the question: another gives another sum in the last bit
		word, weak := e.clue(c, lists, passage, length)
		parts.Words += word
		parts.Beginnings += weak
	}
	return parts
}

// clue is what a clue adds to the score of a passage of so many times the average length: by the
// first of its words that the passage holds, or else by what stands for them.
func (e *evaluation) clue(c ofClue, lists []inSegment, passage uint32, length float64) (word, weak float64) {
	parts := 0.0
	for i := c.from; i < c.to; i++ {
		l, t := &lists[i], &e.terms[i]
		switch block, found := l.blockWith(passage); {
		case !found:
		case t.role == asWord:
			return t.idf * saturate(l.frequency(l.at(block, int(passage%blockSize))), length), 0
		case t.role == asBeginning:
			weak = max(weak, t.idf)
		case t.role == asWhole:
			weak = max(weak, min(c.idf, t.idf))
		default:
			parts += t.idf
		}
	}
	return 0, weightBeginning * max(weak, min(c.idf, parts))
}

// grown returns a slice of so many elements, which may be those of some.
func grown[T any](some []T, n int) []T { return slices.Grow(some[:0], n)[:n] }
