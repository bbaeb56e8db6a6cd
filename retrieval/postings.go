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
	n       int      // of passages
	blocks  []uint64 // which passages of each block that holds any are in the list, ascending: a bit each, the lowest for the first
	numbers []uint32 // of these blocks in the segment; nil where they are all of it
	firsts  []uint32 // the place in the list of the first passage in each; nil where there are no codes
	codes   []uint16 // of each passage; nil where only what holds the term matters
	places  []uint16 // positions of the term where it stands more than once, ascending in each passage, of one passage after the other
	starts  []uint32 // where in places those of every sixteenth passage start

	bounds atomic.Pointer[bounds]
}

// A code is the position of a term that stands once in a passage, or else, with manyTimes, how
// often it does. With isWord the term is itself a word of the passage, see wordField. In the
// list of lengthTerm it is the length of the passage in tokens. Frequencies are taken to be at
// most codeMask, and positions and lengths 65,535; a passage is some sentences.
const (
	manyTimes = 1 << 15 // also where the only position is more than codeMask
	isWord    = 1 << 14
	codeMask  = isWord - 1
)

// timesOf is how many positions a code has in list.places.
func timesOf(code uint16) int {
	if code < manyTimes {
		return 0
	}
	return int(code & codeMask)
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
			if l.holds(each.Next()) {
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
	bytes := 250 + 8*len(l.blocks) + 4*len(l.numbers) + 4*len(l.firsts) + 2*len(l.codes) + 2*len(l.places) + 4*len(l.starts)
	if l.starts != nil {
		bytes += 4 * len(l.blocks) // bounds
	}
	return bytes
}

// read reads the postings of a term in a segment of the view.
func (v *view) read(segment int, t term) (*list, error) {
	s := v.segments[segment].Segment()
	if code, ok := strings.CutPrefix(t.field, beginningField("")); ok {
		return readBeginning(s, textField(code), t.text)
	}
	l, err := readList(s, t)
	if t.field != wordField || err != nil {
		return l, err
	}
	return v.withWords(segment, t.text, l)
}

// withWords adds to the passages of a list those that hold a term as a word.
func (v *view) withWords(segment int, text string, l *list) (*list, error) {
	held := newHeld(v.segments[segment].Segment())
	for _, passage := range l.all() {
		held.add(passage)
	}
	for _, field := range textFields(v.segments[segment].Segment()) {
		terms, err := v.lists(term{field, text})
		if err != nil {
			return nil, err
		}
		of := terms.of[segment]
		for at, passage := range of.all() {
			if of.codes[at]&isWord != 0 {
				held.add(passage)
			}
		}
	}
	return held.list(nil), nil
}

// textFields are the text fields of a segment, by language.
func textFields(s bleve.Segment) []string {
	return slices.DeleteFunc(slices.Clone(s.Fields()), func(field string) bool { return !isTextField(field) })
}

func isTextField(field string) bool { return strings.HasPrefix(field, textField("")) }

// readList reads the postings of a term in a field of a segment.
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
		if t.field == lengthField {
			return readNorms(s)
		}
		return l, nil
	}
	placed := isTextField(t.field)
	if !placed && t.field != lengthField {
		err := eachPassage(found, l.add)
		return l.whole(s), err
	}
	l.codes = make([]uint16, 0, n)
	each := found.Iterator(true, false, placed, nil)
	for {
		p, err := each.Next()
		if err != nil {
			return nil, err
		}
		if p == nil {
			return l.whole(s), nil
		}
		if placed {
			l.place(p)
		} else {
			l.codes = append(l.codes, uint16(p.Frequency()-1))
		}
		l.add(uint32(p.Number()))
	}
}

// readNorms reads the lengths of passages from a segment of an earlier format, which has no
// lengthField: each posting of a text field has 1/√length, Bleve's norm.
func readNorms(s bleve.Segment) (*list, error) {
	codes, known := make([]uint16, s.Count()), newHeld(s)
	for _, field := range textFields(s) {
		err := eachPostings(s, field, "", func(found bleve.PostingsList) error {
			each := found.Iterator(false, true, false, nil)
			for {
				p, err := each.Next()
				if err != nil || p == nil {
					return err
				}
				known.add(uint32(p.Number()))
				codes[p.Number()] = uint16(min(math.Round(1/(p.Norm()*p.Norm())), math.MaxUint16))
			}
		})
		if err != nil {
			return nil, err
		}
	}
	return known.list(codes), nil
}

// readBeginning reads which passages hold a term that begins so.
func readBeginning(s bleve.Segment, field, start string) (*list, error) {
	held := newHeld(s)
	err := eachPostings(s, field, start, func(found bleve.PostingsList) error { return eachPassage(found, held.add) })
	return held.list(nil), err
}

// eachPostings calls do with the postings of each term of a field that begins so, in the order of
// their bytes; they are good until it returns.
func eachPostings(s bleve.Segment, field, start string, do func(found bleve.PostingsList) error) error {
	dictionary, err := s.Dictionary(field)
	if err != nil {
		return err
	}
	var found bleve.PostingsList
	return eachTerm(dictionary, start, func(term string) error {
		if found, err = dictionary.PostingsList([]byte(term), nil, found); err != nil {
			return err
		}
		return do(found)
	})
}

// eachTerm calls do for each term that begins so, in the order of their bytes.
func eachTerm(of bleve.TermDictionary, start string, do func(term string) error) error {
	var from, to []byte
	if start != "" {
		from, to = []byte(start), after(start)
	}
	each := of.AutomatonIterator(nil, from, to)
	for {
		entry, err := each.Next()
		if err != nil || entry == nil {
			return err
		}
		if err := do(entry.Term); err != nil {
			return err
		}
	}
}

// Held are passages of a segment, a bit each.
type held []uint64

func newHeld(s bleve.Segment) held { return make(held, blocksOf(s)) }

func (h held) add(passage uint32) { h[passage/blockSize] |= 1 << (passage % blockSize) }

// list returns a list of the passages, with their codes if there are any.
func (h held) list(codes []uint16) *list {
	l := &list{}
	for number, passages := range h {
		if passages != 0 {
			l.blocks, l.numbers, l.firsts = append(l.blocks, passages), append(l.numbers, uint32(number)), append(l.firsts, uint32(l.n))
			l.n += bits.OnesCount64(passages)
		}
	}
	if codes != nil {
		l.codes = make([]uint16, 0, l.n)
		for _, passage := range l.all() {
			l.codes = append(l.codes, codes[passage])
		}
	}
	return l.spread(len(h))
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

// whole makes a list of a segment take up no more memory than it needs, once it is whole.
func (l *list) whole(s bleve.Segment) *list {
	l.places, l.starts = slices.Clone(l.places), slices.Clone(l.starts)
	return l.spread(blocksOf(s))
}

// perStart is how many passages have one start in places.
const perStart = 16

// place adds the positions of the next posting.
func (l *list) place(p bleve.Posting) {
	var buffer [64]uint16
	positions := buffer[:0]
	word := false
	if found := p.Locations(); len(found) > 0 {
		for _, at := range found {
			positions = append(positions, uint16(at.Pos()))
			word = at.Start() == wordMark
		}
		slices.Sort(positions)
	} else {
		positions, word = unpack(p.Frequency(), positions)
	}
	l.put(positions, word)
}

// put adds the positions of the next posting, which ascend, and whether the term is itself a
// word of the passage.
func (l *list) put(positions []uint16, word bool) {
	if l.n%perStart == 0 {
		l.starts = append(l.starts, uint32(len(l.places)))
	}
	code := positions[0]
	if len(positions) > 1 || code > codeMask {
		positions = positions[:min(len(positions), codeMask)]
		l.places = append(l.places, positions...)
		code = manyTimes | uint16(len(positions))
	}
	if word {
		code |= isWord
	}
	l.codes = append(l.codes, code)
}

// appendPlaces appends the positions of a posting, ascending.
func (l *list) appendPlaces(places []uint16, posting int) []uint16 {
	n := timesOf(l.codes[posting])
	if n == 0 {
		return append(places, l.codes[posting]&codeMask)
	}
	first := posting - posting%perStart
	begin := int(l.starts[posting/perStart])
	for _, code := range l.codes[first:posting] {
		begin += timesOf(code)
	}
	return append(places, l.places[begin:begin+n]...)
}
