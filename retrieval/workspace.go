package retrieval

import (
	"cmp"
	"slices"
	"sync"
)

// A workspace is what an evaluation needs room for. It is used again and again.
type workspace struct {
	most     []float32   // of each block of the view, what one of its passages scores at most
	highest  []float32   // likewise, of one clue
	ordered  []uint32    // numbers of blocks
	perClass float32     // classes in what a block promises
	bounded  [][]bounded // the lists of each segment, those of a clue side by side: of its words, then what adds most first
	places   []uint32    // for those of bounded
	losses   []losses    // of each segment
	present  []uint64    // of each block of the view: which losses of its segment there are, a bit each; those that are everywhere are left out
	losing   losing      // the block that is looked at
	sum      []ofClue    // what a passage scores
	here     []here      // the lists that hold some of the block that is looked at
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

// blockAt returns the place in list.blocks of the block of a number.
func (l *bounded) blockAt(number uint32) (block uint32, found bool) {
	if l.isDense() {
		return number, true
	}
	block = l.places[number]
	return block, int(block) < len(l.numbers) && l.numbers[block] == number
}

// Here is a block of a list.
type here struct {
	*bounded
	passages uint64
	block    uint32 // its place in list.blocks
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
	w.present = slices.Grow(w.present[:0], n)[:n]
	clear(w.present)
	w.losses = slices.Grow(w.losses[:0], len(v.segments))[:len(v.segments)]
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
	n := 0
	for i, in := range e.view.segments {
		n += in.blocks() * len(e.bounded[i])
	}
	e.places = slices.Grow(e.places[:0], n)[:n]
	places := e.places
	for i, in := range e.view.segments {
		all, blocks := e.bounded[i], in.blocks()
		for j := range all {
			if !all[j].isDense() {
				all[j].places, places = places[:blocks], places[blocks:]
			}
		}
		e.promiseOf(in, all)
		e.lose(i)
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

// Blocks are in so many classes by what they promise. Those of the most promising classes are
// gone through first, in their order; the others in that of their numbers.
const (
	classes = 256
	early   = 127 // blocks that are gone through first, about
)

// order returns the blocks that are gone through first, the most promising class first, and
// the last of these classes.
func (w *workspace) order() (first []uint32, last int) {
	highest := float32(0)
	for _, most := range w.most {
		highest = max(highest, most)
	}
	w.perClass, w.losing.perUnit = (classes-1)/highest, lossUnits/highest
	var ends [classes + 1]int // where each class begins in the end, that before it ends
	for _, most := range w.most {
		if most > 0 {
			ends[w.class(most)+1]++
		}
	}
	for last = range classes {
		if ends[last+1] += ends[last]; ends[last+1] >= early {
			break
		}
	}
	n := ends[last+1]
	w.ordered = slices.Grow(w.ordered[:0], n)[:n]
	for number, most := range w.most {
		if class := w.class(most); most > 0 && class <= last {
			w.ordered[ends[class]] = uint32(number)
			ends[class]++
		}
	}
	return w.ordered, last
}

// class returns the class of what a block promises.
func (w *workspace) class(most float32) int { return classes - 1 - int(most*w.perClass) }

// later returns the blocks of classes behind one that promise as much as is needed.
func (w *workspace) later(class int, needed float64) []uint32 {
	w.ordered = w.ordered[:0]
	for number, most := range w.most {
		if most > 0 && float64(most) >= needed && w.class(most) > class {
			w.ordered = append(w.ordered, uint32(number))
		}
	}
	return w.ordered
}
