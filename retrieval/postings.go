package retrieval

import (
	"math"
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
	passages []uint32  // numbers in the segment, ascending
	counts   []count   // of each; nil where only what holds the term matters
	places   []uint16  // positions of the term, ascending in each passage, of one passage after the other
	starts   []uint32  // where in places those of every sixteenth passage start
	idfs     []float64 // of each, where they differ: postings of several terms in one list
	all      bound
	dense    []dense // of a list that holds many of the segment's passages; else nil

	alive atomic.Pointer[alive]
}

// A count is how often a term stands in a passage, and how long that is in tokens. Both, and
// positions, are taken to be at most 65,535; a passage is some sentences.
type count struct{ frequency, length uint16 }

// alive is how many postings are left of a list without those of deleted passages.
type alive struct {
	deleted *roaring.Bitmap
	n       int
}

// live returns how many passages of the list are not deleted.
func (l *list) live(deleted *roaring.Bitmap) int {
	if deleted == nil {
		return len(l.passages)
	}
	if known := l.alive.Load(); known != nil && known.deleted == deleted {
		return known.n
	}
	n := 0
	for _, p := range l.passages {
		if !deleted.Contains(p) {
			n++
		}
	}
	l.alive.Store(&alive{deleted, n})
	return n
}

// bytes is about what a list takes up in memory.
func (l *list) bytes() int {
	return 200 + 16*len(l.dense) + 4*len(l.passages) + 4*len(l.counts) + 2*len(l.places) + 4*len(l.starts)
}

// readList reads the postings of a term in a segment.
func readList(s bleve.Segment, t term) (*list, error) {
	l, err := readPostings(s, t)
	if err == nil {
		l.bound()
		l.condense(int(s.Count()))
	}
	return l, err
}

func readPostings(s bleve.Segment, t term) (*list, error) {
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
		l.passages = set.ActualBitmap().ToArray()
		return l, nil
	}
	l.passages = make([]uint32, 0, n)
	if counted {
		l.counts = make([]count, 0, n)
	}
	for {
		p, err := each.Next()
		if err != nil || p == nil {
			return l, err
		}
		if counted {
			l.place(p.Locations())
			l.counts = append(l.counts, countOf(int(p.Frequency()), p.Norm()))
		}
		l.passages = append(l.passages, uint32(p.Number()))
	}
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
	if len(l.passages)%perStart == 0 {
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

// A bound says for each frequency how short a passage of a list is at least: nothing in the
// list counts for more. As no average enters it, it stays true when the index changes.
type bound [8]uint16

func (l *list) bound() {
	for _, c := range l.counts {
		i := min(int(c.frequency), len(l.all)) - 1
		if l.all[i] == 0 || c.length < l.all[i] {
			l.all[i] = c.length
		}
	}
}

// most is what a posting of the list counts at most, for an average length, without its idf.
func (l *list) most(average float64) float64 {
	most := 0.0
	for i, shortest := range l.all {
		frequency := float64(i + 1)
		if i == len(l.all)-1 {
			frequency = math.Inf(1)
		}
		if shortest > 0 {
			most = max(most, saturate(frequency, float64(shortest)/average))
		}
	}
	return most
}

// dense says which of 64 passages are in a list, and how many before them are.
type dense struct {
	passages uint64
	before   uint32
}

// denseShare is the share of the passages of a segment from which on a list is dense: then
// that takes up less memory than its numbers do.
const denseShare = 1.0 / 16

// condense makes a list dense that holds many of so many passages.
func (l *list) condense(segment int) {
	if float64(len(l.passages)) < denseShare*float64(segment) {
		return
	}
	l.dense = make([]dense, segment/64+1)
	for _, p := range l.passages {
		l.dense[p/64].passages |= 1 << (p % 64)
	}
	before := 0
	for i := range l.dense {
		l.dense[i].before = uint32(before)
		before += bits.OnesCount64(l.dense[i].passages)
	}
}

// find returns the place of a passage in the list. Those before a place are not looked at.
func (l *list) find(after int, passage uint32) (at int, found bool) {
	if l.dense != nil {
		d, bit := l.dense[passage/64], uint64(1)<<(passage%64)
		return int(d.before) + bits.OnesCount64(d.passages&(bit-1)), d.passages&bit != 0
	}
	step := 1
	for after+step < len(l.passages) && l.passages[after+step] < passage {
		after += step
		step *= 2
	}
	at, found = slices.BinarySearch(l.passages[after:min(after+step+1, len(l.passages))], passage)
	return after + at, found
}
