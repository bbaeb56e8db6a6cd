package retrieval

import (
	"math/bits"
	"slices"
	"strings"
	"sync/atomic"

	"github.com/RoaringBitmap/roaring/v2"
	bleve "github.com/blevesearch/scorch_segment_api/v2"
)

// A list is the postings of a term in one segment, read from Bleve once and kept for all
// questions. It does not change.
type list struct {
	n      int      // of passages
	blocks []block  // that hold any, ascending
	codes  []uint16 // of each passage; nil where only what holds the term matters
	places []uint16 // positions of the term where it stands more than once, ascending in each passage, of one passage after the other
	starts []uint32 // where in places those of every sixteenth passage start

	bounds atomic.Pointer[bounds]
}

// A code is the position of a term that stands once in a passage, or else says how often it
// does. In the list of lengthTerm it is the length of the passage in tokens. Frequencies and
// positions are taken to be at most these, and lengths 65,535; a passage is some sentences.
const (
	manyTimes = 1 << 15 // in the code of a term that stands more than once, or far behind
	mostTimes = manyTimes - 1
)

// timesOf is how many positions a code has in list.places.
func timesOf(code uint16) int {
	if code < manyTimes {
		return 0
	}
	return int(code &^ manyTimes)
}

// frequency is how often the term stands in the passage of a posting.
func (l *list) frequency(posting int) float64 { return float64(max(1, timesOf(l.codes[posting]))) }

// live returns how many passages of the list are not deleted.
func (l *list) live(deleted *roaring.Bitmap) int {
	if deleted == nil {
		return l.n
	}
	gone := 0
	if deleted.GetCardinality() < uint64(l.n) {
		for each := deleted.Iterator(); each.HasNext(); {
			if _, found := l.find(each.Next()); found {
				gone++
			}
		}
		return l.n - gone
	}
	for _, passage := range l.all() {
		if deleted.Contains(passage) {
			gone++
		}
	}
	return l.n - gone
}

// bytes is about what a list takes up in memory.
func (l *list) bytes() int {
	bytes := 200 + 16*len(l.blocks) + 2*len(l.codes) + 2*len(l.places) + 4*len(l.starts)
	if l.starts != nil {
		bytes += 4 * len(l.blocks) // bounds
	}
	return bytes
}

// readList reads the postings of a term in a segment.
func readList(s bleve.Segment, t term) (*list, error) {
	if code, ok := strings.CutPrefix(t.field, beginningField("")); ok {
		return readBeginning(s, textField(code), t.text)
	}
	dictionary, err := s.Dictionary(t.field)
	if err != nil {
		return nil, err
	}
	found, err := dictionary.PostingsList([]byte(t.text), nil, nil)
	if err != nil {
		return nil, err
	}
	l := &list{}
	n := int(found.Count())
	if n == 0 {
		return l, nil
	}
	placed := strings.HasPrefix(t.field, textField(""))
	if !placed && t.field != lengthField {
		err := eachPassage(found, l.add)
		return l.clipped(), err
	}
	l.codes = make([]uint16, 0, n)
	each := found.Iterator(true, false, placed, nil)
	for {
		p, err := each.Next()
		if err != nil {
			return nil, err
		}
		if p == nil {
			return l.clipped(), nil
		}
		if placed {
			l.place(p)
		} else {
			l.codes = append(l.codes, uint16(p.Frequency()-1))
		}
		l.add(uint32(p.Number()))
	}
}

// readBeginning reads which passages hold a term that begins so.
func readBeginning(s bleve.Segment, field, start string) (*list, error) {
	dictionary, err := s.Dictionary(field)
	if err != nil {
		return nil, err
	}
	held := make([]uint64, (s.Count()+blockSize-1)/blockSize)
	var found bleve.PostingsList
	terms := dictionary.AutomatonIterator(nil, []byte(start), after(start))
	for {
		entry, err := terms.Next()
		if err != nil {
			return nil, err
		}
		if entry == nil {
			break
		}
		if found, err = dictionary.PostingsList([]byte(entry.Term), nil, found); err != nil {
			return nil, err
		}
		if err := eachPassage(found, func(passage uint32) { held[passage/blockSize] |= 1 << (passage % blockSize) }); err != nil {
			return nil, err
		}
	}
	l := &list{}
	for number, passages := range held {
		if passages != 0 {
			l.blocks = append(l.blocks, block{passages, uint32(number), uint32(l.n)})
			l.n += bits.OnesCount64(passages)
		}
	}
	return l.clipped(), nil
}

// after returns the first text behind all that begin with start, in the order of bytes.
func after(start string) []byte {
	end := []byte(start)
	end[len(end)-1]++ // UTF-8 has no byte 255
	return end
}

// eachPassage calls do for each passage of Bleve's postings, ascending.
func eachPassage(found bleve.PostingsList, do func(passage uint32)) error {
	each := found.Iterator(false, false, false, nil)
	if set, ok := each.(bleve.OptimizablePostingsIterator); ok && set.ActualBitmap() != nil {
		for each := set.ActualBitmap().Iterator(); each.HasNext(); {
			do(each.Next())
		}
		return nil
	}
	for {
		p, err := each.Next()
		if err != nil || p == nil {
			return err
		}
		do(uint32(p.Number()))
	}
}

// clipped gives back the memory that a list does not need once it is whole.
func (l *list) clipped() *list {
	l.blocks, l.places, l.starts = slices.Clone(l.blocks), slices.Clone(l.places), slices.Clone(l.starts)
	return l
}

// perStart is how many passages have one start in places.
const perStart = 16

// place adds the positions of the next posting.
func (l *list) place(p bleve.Posting) {
	var buffer [64]uint16
	positions := buffer[:0]
	if found := p.Locations(); len(found) > 0 {
		for _, at := range found {
			positions = append(positions, uint16(at.Pos()))
		}
		slices.Sort(positions)
	} else {
		positions = unpack(p.Frequency(), positions)
	}
	l.put(positions)
}

// put adds the positions of the next posting, which ascend.
func (l *list) put(positions []uint16) {
	if l.n%perStart == 0 {
		l.starts = append(l.starts, uint32(len(l.places)))
	}
	if len(positions) == 1 && positions[0] < manyTimes {
		l.codes = append(l.codes, positions[0])
		return
	}
	positions = positions[:min(len(positions), mostTimes)]
	l.places = append(l.places, positions...)
	l.codes = append(l.codes, manyTimes|uint16(len(positions)))
}

// placesAt returns the positions of a posting, ascending. They must not be changed.
func (l *list) placesAt(posting int) []uint16 {
	n := timesOf(l.codes[posting])
	if n == 0 {
		return l.codes[posting : posting+1]
	}
	first := posting - posting%perStart
	begin := int(l.starts[posting/perStart])
	for _, code := range l.codes[first:posting] {
		begin += timesOf(code)
	}
	return l.places[begin : begin+n]
}
