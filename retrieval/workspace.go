package retrieval

import (
	"cmp"
	"slices"
	"sync"
)

// A workspace is what an evaluation needs room for. It is used again and again.
type workspace struct {
	most    []float32   // of each block of the view, what one of its passages scores at most
	highest []float32   // likewise, of one clue
	ordered []uint32    // numbers of blocks
	bounded [][]bounded // the lists of each segment, those of a clue side by side: of its words, then what adds most first
	places  []uint32    // for those of bounded
	present []uint64    // for each block, so many numbers as stride says: which of the segment's lists hold some of it, a bit each
	stride  int
	sum     []ofClue // what a passage scores
	here    []here   // the lists that hold some of the block that is looked at
}

// ofClue is what a clue adds to a score, by its word or by what stands for it.
type ofClue struct{ word, weak float64 }

var workspaces = sync.Pool{New: func() any { return &workspace{} }}

// A role is what the postings of a list are to its clue.
type role int

const (
	asWord role = iota
	asBeginning
	asWhole
	asPart
)

// A bounded list is one of a clue's in a segment, with bounds to what its postings add to a
// score.
type bounded struct {
	*list
	clue   int
	role   role
	idf    float64
	weight float32   // what a posting that counts 1 adds
	most   []float32 // what the postings of each block count at most; nil: all count 1
	places []uint32  // of the blocks in list.blocks, by their numbers; anything for those that are not there, and nil if the list is dense
}

// in returns what a posting in a block adds to a score at most.
func (l *bounded) in(block int) float32 {
	if l.most == nil {
		return l.weight
	}
	return l.weight * l.most[block]
}

// Here is a block of a list.
type here struct {
	*bounded
	passages uint64
	adds     float32 // what one of its postings adds to a score at most
	block    uint32  // its place in list.blocks
}

// has reports whether the passage of a bit is in it.
func (h *here) has(bit int) bool { return h.passages>>bit&1 == 1 }

// occurs is how often the term stands in the passage of a bit.
func (h *here) occurs(bit int) float64 { return h.frequency(h.at(int(h.block), bit)) }

// reset makes room for the blocks of a view.
func (w *workspace) reset(v *view) {
	n := int(v.blocks)
	w.most = slices.Grow(w.most[:0], n)[:n]
	clear(w.most)
	w.highest = slices.Grow(w.highest[:0], n)[:n]
	clear(w.highest)
	w.bounded = slices.Grow(w.bounded[:0], len(v.segments))[:len(v.segments)]
	for i := range w.bounded {
		w.bounded[i] = w.bounded[i][:0]
	}
}

// open adds the lists of a clue to the segments.
func (e *evaluation) open(number int, c *clue) {
	for i := range e.view.segments {
		for _, l := range c.words {
			e.add(i, l, bounded{clue: number, role: asWord, weight: float32(e.weight * l.idf)})
		}
		words := len(e.bounded[i])
		e.add(i, c.beginning, bounded{clue: number, role: asBeginning, weight: e.weakly(c.beginning.idf)})
		for _, l := range c.wholes {
			e.add(i, l, bounded{clue: number, role: asWhole, weight: e.weakly(min(c.idf, l.idf))})
		}
		for _, l := range c.parts {
			e.add(i, l, bounded{clue: number, role: asPart, weight: e.weakly(c.idf)}) // all together
		}
		if weak := e.bounded[i][words:]; len(weak) > 1 {
			slices.SortStableFunc(weak, func(x, y bounded) int { return cmp.Compare(y.weight, x.weight) })
		}
	}
}

// weakly is what a word adds at most that stands for one of the question.
func (e *evaluation) weakly(idf float64) float32 {
	return float32(slack * e.weight * weightBeginning * idf)
}

// add adds the postings of a term in a segment, if there are any.
func (e *evaluation) add(segment int, l lists, b bounded) {
	if l.of == nil || l.of[segment].n == 0 {
		return
	}
	b.list, b.idf = l.of[segment], l.idf
	if b.role == asWord {
		most, factor := b.boundsFor(e.average, e.lengths.of[segment])
		b.most, b.weight = most, b.weight*float32(factor)
	}
	e.bounded[segment] = append(e.bounded[segment], b)
}

// promise bounds what a passage of each block can score.
func (e *evaluation) promise() {
	n, longest := 0, 0
	for i, in := range e.view.segments {
		n += in.blocks() * len(e.bounded[i])
		longest = max(longest, len(e.bounded[i]))
	}
	e.places = slices.Grow(e.places[:0], n)[:n]
	e.stride = (longest + 63) / 64
	size := e.stride * int(e.view.blocks)
	e.present = slices.Grow(e.present[:0], size)[:size]
	clear(e.present)
	places := e.places
	for i, in := range e.view.segments {
		all, blocks := e.bounded[i], in.blocks()
		for j := range all {
			if !all[j].isDense() {
				all[j].places, places = places[:blocks], places[blocks:]
			}
		}
		e.note(e.present[int(in.firstBlock)*e.stride:][:blocks*e.stride], all)
		e.promiseOf(in, all)
	}
}

// promiseOf bounds what a passage of each block of a segment can score, by all lists of it.
// Dense lists whose postings all count the same are taken to be in every block.
func (e *evaluation) promiseOf(in segment, all []bounded) {
	most, highest := e.most[in.firstBlock:][:in.blocks()], e.highest[in.firstBlock:] // which is all 0
	everywhere := float32(0)
	for from := 0; from < len(all); {
		to, least := from, float32(0)
		for ; to < len(all) && all[to].clue == all[from].clue; to++ {
			if l := &all[to]; l.isEverywhere() {
				least = max(least, l.weight)
			} else {
				l.raise(highest)
			}
		}
		for j := from; j < to; j++ {
			if all[j].isEverywhere() {
				continue
			}
			l := &all[j]
			for i := range l.blocks {
				number := l.number(i)
				most[number] += max(0, highest[number]-least)
				highest[number] = 0
			}
		}
		everywhere += least
		from = to
	}
	for i := range most {
		most[i] += everywhere
	}
}

// isEverywhere reports whether a list is taken to be in every block.
func (l *bounded) isEverywhere() bool { return l.isDense() && l.most == nil }

// note notes which lists of a segment hold some of each block. Dense ones may hold none of it.
func (e *evaluation) note(present []uint64, all []bounded) {
	for word := range e.stride {
		dense := uint64(0)
		for j := range all[min(word*64, len(all)):min(word*64+64, len(all))] {
			l := &all[word*64+j]
			if l.isDense() {
				dense |= 1 << j
				continue
			}
			for _, number := range l.numbers {
				present[int(number)*e.stride+word] |= 1 << j
			}
		}
		if dense == 0 {
			continue
		}
		for at := word; at < len(present); at += e.stride {
			present[at] |= dense
		}
	}
}

// raise raises the bounds of blocks to those of the list, and notes the places of its own.
func (l *bounded) raise(most []float32) {
	if l.isDense() {
		for i := range l.blocks {
			most[i] = max(most[i], l.in(i))
		}
	}
	for i, number := range l.numbers {
		l.places[number] = uint32(i)
		most[number] = max(most[number], l.in(i))
	}
}

// classes is how many classes of blocks there are by what they promise.
const classes = 256

// order returns the blocks that hold any term, by classes, the most promising first.
func (w *workspace) order() []uint32 {
	highest := float32(0)
	for _, most := range w.most {
		highest = max(highest, most)
	}
	classOf := func(most float32) int { return classes - 1 - int(most*(classes-1)/highest) }
	var ends [classes + 1]int // where each class begins in the end, that before it ends
	n := 0
	for _, most := range w.most {
		if most > 0 {
			ends[classOf(most)+1]++
			n++
		}
	}
	for i := 1; i < len(ends); i++ {
		ends[i] += ends[i-1]
	}
	w.ordered = slices.Grow(w.ordered[:0], n)[:n]
	for number, most := range w.most {
		if most > 0 {
			class := classOf(most)
			w.ordered[ends[class]] = uint32(number)
			ends[class]++
		}
	}
	return w.ordered
}
