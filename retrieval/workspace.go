package retrieval

import (
	"cmp"
	"math"
	"slices"
	"sync"
)

// A workspace is what an evaluation needs room for. It is used again and again.
type workspace struct {
	ofClues    []ofClue     // in the order of the question
	terms      []bounded    // those of a clue side by side: its words, then what adds most first
	inSegments []inSegment  // the lists of the terms, those of a segment side by side
	perScore   float32      // units of a bound in a score of 1
	tallies    [][]uint16   // of each segment: of each of its passages, what the tallied terms add to its score at most, in units; 0 between evaluations
	touched    [][]uint32   // of each segment: its passages with a tally that are not scored
	scored     [][]uint32   // likewise, that are
	heaviest   []int        // clues, those first of which most is not tallied
	left       []*inSegment // of a clue in a segment, what is not tallied
	contenders []contender
	ordered    []contender // those first that promise most
}

// ofClue is the terms of a clue.
type ofClue struct {
	idf      float64 // of its word
	from, to int     // its terms
	rest     int32   // what those add at most that are not tallied, in units
}

// A role is what the postings of a term are to its clue.
type role int

const (
	asWord role = iota
	asBeginning
	asWhole
	asPart
)

// A bounded term is one of a clue's, with bounds to what its postings add to a score.
type bounded struct {
	lists
	clue     int
	role     role
	postings int     // of all segments
	weight   float32 // what a posting that counts 1 adds
	atMost   float32 // what a posting adds at most
	beyond   float32 // of this, what another term of the clue adds to all its passages too
	tallied  bool
}

// inSegment is a term's list of a segment.
type inSegment struct {
	*list
	weight float32   // what a posting that counts 1 adds at most
	most   []float32 // what the postings of each block count at most; nil: all count 1
}

// in returns what a posting in a block adds to a score at most.
func (l *inSegment) in(block int) float32 {
	if l.most == nil {
		return l.weight
	}
	return l.weight * l.most[block]
}

var workspaces = sync.Pool{New: func() any { return &workspace{} }}

// reset makes room for the passages of a view.
func (w *workspace) reset(v *view) {
	for len(w.tallies) < len(v.segments) {
		w.tallies, w.touched, w.scored = append(w.tallies, nil), append(w.touched, nil), append(w.scored, nil)
	}
	for i, in := range v.segments {
		w.tallies[i] = slices.Grow(w.tallies[i], in.blocks()*blockSize)
	}
}

// talliesOf returns the tallies of a segment.
func (e *evaluation) talliesOf(segment int) []uint16 {
	return e.tallies[segment][:e.view.segments[segment].blocks()*blockSize]
}

// listsOf returns the lists of a segment, one of each term.
func (w *workspace) listsOf(segment int) []inSegment {
	return w.inSegments[segment*len(w.terms):][:len(w.terms)]
}

// open adds the terms of a clue.
func (e *evaluation) open(c *clue) {
	now := ofClue{idf: c.idf, from: len(e.terms)}
	for _, l := range c.words {
		e.add(l, asWord, e.weight*l.idf)
	}
	words := len(e.terms)
	e.add(c.beginning, asBeginning, e.weakly(c.beginning.idf))
	if c.own && now.from < words && words < len(e.terms) { // who has the word has its beginning
		e.terms[now.from].beyond = e.terms[words].weight
	}
	for _, l := range c.wholes {
		e.add(l, asWhole, e.weakly(min(c.idf, l.idf)))
	}
	for _, l := range c.parts {
		e.add(l, asPart, e.weakly(c.idf)) // all together
	}
	slices.SortStableFunc(e.terms[words:], func(x, y bounded) int { return cmp.Compare(y.weight, x.weight) })
	now.to = len(e.terms)
	e.ofClues = append(e.ofClues, now)
}

// weakly is what a word adds at most that stands for one of the question.
func (e *evaluation) weakly(idf float64) float64 { return slack * e.weight * weightBeginning * idf }

// add adds a term, if there are any postings of it.
func (e *evaluation) add(l lists, as role, weight float64) {
	n := 0
	for _, in := range l.of {
		n += in.n
	}
	if n > 0 {
		e.terms = append(e.terms, bounded{lists: l, clue: len(e.ofClues), role: as, postings: n, weight: float32(weight)})
	}
}

// bound bounds what the terms add to a score.
func (e *evaluation) bound() {
	for i := range e.view.segments {
		for k := range e.terms {
			t := &e.terms[k]
			now, highest := inSegment{list: t.of[i], weight: t.weight}, float32(1)
			if t.role == asWord && now.n > 0 {
				bounds, factor := now.boundsFor(e.average, e.lengths.of[i])
				now.most, highest = bounds.most, bounds.highest
				now.weight *= float32(factor)
			}
			t.atMost = max(t.atMost, now.weight*highest)
			e.inSegments = append(e.inSegments, now)
		}
	}
	sum := float32(0)
	for i := range e.terms {
		sum += e.terms[i].atMost
	}
	e.perScore = 1
	if sum > 0 {
		e.perScore = float32(max(1, math.MaxUint16-len(e.terms)-1)) / (slack * sum)
	}
	for i := range e.ofClues {
		e.leave(&e.ofClues[i])
	}
}
