package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"
)

// Most passages that hold a word of the question are not scored. For each list there is a
// bound to what it can add to a score. The lists are gone through from the one that can add
// most: it is short, so that good passages are found soon. Once there are enough, a passage
// is passed over as soon as the bounds of what is not known of it yet do not bring it to the
// last of these; and when all lists that are left do not together, they are not read at all
// (after MaxScore, Turtle and Flood 1995). The ranking is the same as if all were scored.

// slack is how much rounding may take off a bound.
const slack = 1 + 1e-9

// A cursor stands at a posting of a list of a clue.
type cursor struct {
	*list
	idf   float64
	clue  int
	role  role
	at    int
	now   uint32  // the passage there, if the one that was asked for is in the list, else noPassage
	most  float64 // what the list adds to a score at most
	below float64 // what it and those before it in the order of most add together
}

// A role is what the postings of a cursor are to its clue.
type role int

const (
	asWord role = iota
	asBeginning
	asWhole
	asPart
)

const noPassage = math.MaxUint32

// isIn goes on to a passage, if it is in the list, and reports whether it is. The passages
// asked for must ascend.
func (c *cursor) isIn(passage uint32) (found bool) {
	if c.at, found = c.find(c.at, passage); found {
		c.now = passage
	} else {
		c.now = noPassage
	}
	return found
}

// weighs is the idf of the posting.
func (c *cursor) weighs() float64 {
	if c.idfs != nil {
		return c.idfs[c.at]
	}
	return c.idf
}

// An evaluation scores the passages of one segment.
type evaluation struct {
	*ranking
	code    string
	weight  float64   // of the language
	average float64   // length
	word    []float64 // idf of each clue's word
	cursors []cursor  // in the order of the clues
	byMost  []*cursor // those that have postings, by what they add at most
	seen    numbers   // the passages of the lists that were gone through
}

// language scores the passages of a language, which has a weight for the question.
func (r *ranking) language(ctx context.Context, code string, q question, weight float64, s selection) error {
	clues, err := r.clues(ctx, code, q)
	if err != nil {
		return err
	}
	sum := r.state.Languages[code]
	for i, in := range r.view.segments {
		e := evaluation{ranking: r, code: code, weight: weight, average: float64(sum.Tokens) / float64(sum.Passages)}
		e.open(clues, i)
		if err := e.run(ctx, in, s); err != nil {
			return err
		}
	}
	return nil
}

// open puts a cursor on each list of the clues in a segment.
func (e *evaluation) open(clues []*clue, segment int) {
	for i, c := range clues {
		e.word = append(e.word, c.word.idf)
		e.add(c.word, segment, i, asWord)
		e.add(c.beginning, segment, i, asBeginning)
		e.add(c.whole, segment, i, asWhole)
		for _, p := range c.parts {
			e.add(p, segment, i, asPart)
		}
	}
	for i := range e.cursors {
		c := &e.cursors[i]
		c.most = e.weight * slack * e.most(c)
		e.byMost = append(e.byMost, c)
	}
	slices.SortFunc(e.byMost, func(x, y *cursor) int { return cmp.Compare(x.most, y.most) })
	together := 0.0
	ofClue := make([]float64, len(clues)) // what it adds at most: its word, or what stands for it
	for _, c := range e.byMost {
		more := max(ofClue[c.clue], c.most)
		if c.role == asPart {
			more = ofClue[c.clue] + c.most
		}
		together += more - ofClue[c.clue]
		ofClue[c.clue] = more
		c.below = together * slack
	}
}

func (e *evaluation) add(l lists, segment, clue int, as role) {
	if l.of != nil && len(l.of[segment].passages) > 0 {
		e.cursors = append(e.cursors, cursor{list: l.of[segment], idf: l.idf, clue: clue, role: as})
	}
}

// most is what a cursor's list adds to a score at most, before it is weighed.
func (e *evaluation) most(c *cursor) float64 {
	switch c.role {
	case asWord:
		return c.idf * c.list.most(e.average)
	case asBeginning:
		return weightBeginning * c.idf
	}
	return weightBeginning * min(e.word[c.clue], c.idf)
}

// run offers the passages of a segment to the ranking that may be among the best.
func (e *evaluation) run(ctx context.Context, in segment, s selection) error {
	needed := e.least()
	e.seen = make(numbers, in.Segment().Count()/64+1)
	for i := len(e.byMost) - 1; i >= 0 && e.byMost[i].below >= needed; i-- {
		for j := range e.cursors {
			e.cursors[j].at = 0
		}
		c := e.byMost[i]
		for n, passage := range c.passages {
			if n%4096 == 0 && ctx.Err() != nil {
				return ctx.Err()
			}
			c.at, c.now = n, passage
			reaches := e.reaches(passage, i, needed)
			e.seen.set(uint64(passage))
			if reaches && in.sees(passage, s) {
				e.offer(scored{number: in.first + uint64(passage), language: e.code, parts: e.parts(passage)})
				needed = e.least()
			}
		}
	}
	return nil
}

// reaches reports whether the score of a passage that a cursor stands at may be one of the
// best, and the passage is in no list that was gone through before. If so, all cursors know
// whether it is in theirs.
func (e *evaluation) reaches(passage uint32, at int, needed float64) bool {
	found := e.adds(e.byMost[at])
	if at > 0 && found+e.byMost[at-1].below < needed {
		return false
	}
	if e.seen.has(uint64(passage)) {
		return false
	}
	for i := at - 1; i >= 0; i-- {
		c := e.byMost[i]
		if found+c.below < needed {
			return false
		}
		if c.isIn(passage) {
			found += e.adds(c)
		}
	}
	return found >= needed
}

// adds is what the posting of a cursor adds to a score at most.
func (e *evaluation) adds(c *cursor) float64 {
	if c.role != asWord {
		return c.most
	}
	return e.weight * slack * c.weighs() * e.saturated(c)
}

func (e *evaluation) saturated(c *cursor) float64 {
	n := c.counts[c.at]
	return saturate(float64(n.frequency), float64(n.length)/e.average)
}

// parts scores a passage, of which all cursors know whether it is in their lists.
func (e *evaluation) parts(passage uint32) Explanation {
	parts := Explanation{Weight: e.weight}
	for i := 0; i < len(e.cursors); {
		of := e.cursors[i].clue
		from := i
		for i < len(e.cursors) && e.cursors[i].clue == of {
			i++
		}
		if c := &e.cursors[from]; c.role == asWord && c.now == passage {
			parts.Words += c.weighs() * e.saturated(c)
		} else {
			parts.Beginnings += weak(e.cursors[from:i], passage, e.word[of])
		}
	}
	return parts
}

// weak is the weight of what stands for a term in a passage that lacks it: a word with the
// same beginning, a compound that it is a part of, or its parts.
func weak(cursors []cursor, passage uint32, word float64) float64 {
	weight, parts := 0.0, 0.0
	for i := range cursors {
		c := &cursors[i]
		if c.now != passage {
			continue
		}
		switch c.role {
		case asBeginning:
			weight = max(weight, c.idf)
		case asWhole:
			weight = max(weight, min(word, c.weighs()))
		case asPart:
			parts += c.idf
		}
	}
	return weightBeginning * max(weight, min(word, parts))
}
