package retrieval

import (
	"math"
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
	counts []count  // of each passage; nil where only what holds the term matters
	places []uint16 // positions of the term, ascending in each passage, of one passage after the other
	starts []uint32 // where in places those of every sixteenth passage start

	bounds atomic.Pointer[bounds]
}

// A count is how often a term stands in a passage, and how long that is in tokens. Both, and
// positions, are taken to be at most 65,535; a passage is some sentences.
type count struct{ frequency, length uint16 }

// saturated is what a posting counts for, without its idf.
func (c count) saturated(average float64) float64 {
	return saturate(float64(c.frequency), float64(c.length)/average)
}

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
	bytes := 200 + 16*len(l.blocks) + 4*len(l.counts) + 2*len(l.places) + 4*len(l.starts)
	if l.counts != nil {
		bytes += 4 * len(l.blocks) // bounds
	}
	return bytes
}

// readList reads the postings of a term in a segment.
func readList(s bleve.Segment, t term) (*list, error) {
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
	counted := strings.HasPrefix(t.field, textField(""))
	each := found.Iterator(counted, counted, counted, nil)
	if set, ok := each.(bleve.OptimizablePostingsIterator); ok && !counted && set.ActualBitmap() != nil {
		for each := set.ActualBitmap().Iterator(); each.HasNext(); {
			l.add(each.Next())
		}
		return l.clipped(), nil
	}
	if counted {
		l.counts = make([]count, 0, n)
	}
	for {
		p, err := each.Next()
		if err != nil {
			return nil, err
		}
		if p == nil {
			return l.clipped(), nil
		}
		if counted {
			l.place(p.Locations())
			l.counts = append(l.counts, countOf(int(p.Frequency()), p.Norm()))
		}
		l.add(uint32(p.Number()))
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
func (l *list) place(found []bleve.Location) {
	var buffer [64]uint16
	positions := buffer[:0]
	for _, at := range found {
		positions = append(positions, uint16(min(at.Pos(), math.MaxUint16)))
	}
	slices.Sort(positions)
	l.put(positions)
}

// put adds the positions of the next posting, which ascend.
func (l *list) put(positions []uint16) {
	if l.n%perStart == 0 {
		l.starts = append(l.starts, uint32(len(l.places)))
	}
	l.places = append(l.places, positions...)
}

// placesAt returns the positions of a posting, ascending. They must not be changed.
func (l *list) placesAt(posting int) []uint16 {
	begin := int(l.starts[posting/perStart])
	for i := posting - posting%perStart; i < posting; i++ {
		begin += int(l.counts[i].frequency)
	}
	return l.places[begin : begin+int(l.counts[posting].frequency)]
}

func countOf(frequency int, norm float64) count {
	return count{uint16(min(frequency, math.MaxUint16)), uint16(min(lengthOf(norm), math.MaxUint16))}
}

// lengthOf recovers the number of tokens of a field from Bleve's norm, which is
// one over its square root.
func lengthOf(norm float64) float64 { return math.Round(1 / (norm * norm)) }
