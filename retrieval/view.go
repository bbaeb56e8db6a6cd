package retrieval

import (
	"fmt"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
	bleve "github.com/blevesearch/scorch_segment_api/v2"
)

// A view is an index as it was at one moment: Bleve's snapshot of it, and the postings of
// its segments that are kept for all questions.
type view struct {
	*scorch.IndexSnapshot
	*segmentation
	segments []segment
	kept     *keptLists
	index    uint64 // its number in kept
}

// A segment is a part of an index that Bleve never changes: it writes new ones, merges them
// into others, and notes which passages of them were deleted.
type segment struct {
	*scorch.SegmentSnapshot
	first uint64 // the number in the index of its first passage
}

// blocks is how many blocks the passages of the segment are.
func (in segment) blocks() int { return blocksOf(in.Segment()) }

func blocksOf(s bleve.Segment) int { return (int(s.Count()) + blockSize - 1) / blockSize }

// A segmentation says which segments an index has, and what is deleted of each. As long as
// they stay the same it does.
type segmentation struct {
	ids     []uint64
	deleted []*roaring.Bitmap
	blocks  uint32 // of all segments
}

func (x *guildIndex) newView(reader index.IndexReader) (*view, error) {
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("the reader of an index is a %T", reader)
	}
	v := &view{IndexSnapshot: snapshot, segmentation: &segmentation{}, kept: x.kept, index: x.number}
	first := uint64(0)
	all := snapshot.Segments()
	v.segments = make([]segment, 0, len(all))
	for _, s := range all {
		v.segments = append(v.segments, segment{s, first})
		v.ids, v.deleted = append(v.ids, s.Id()), append(v.deleted, s.Deleted())
		first += s.Segment().Count()
		v.blocks += uint32(v.segments[len(v.segments)-1].blocks())
	}
	if last := x.segmentation.Load(); last != nil && slices.Equal(last.ids, v.ids) && slices.Equal(last.deleted, v.deleted) {
		v.segmentation = last
	} else {
		x.segmentation.Store(v.segmentation)
	}
	return v, nil
}

// segmentOf returns the place of the segment that a passage stands in, and its number there.
func (v *view) segmentOf(number uint64) (in int, passage uint32) {
	in = len(v.segments) - 1
	for v.segments[in].first > number {
		in--
	}
	return in, uint32(number - v.segments[in].first)
}

// A term names what postings are of. In text fields, how often it stands in a passage, and
// how long that is, belong to them.
type term struct{ field, text string }

// lists are the postings of a term in each segment of a view.
type lists struct {
	of  []*list
	n   int // of passages that are not deleted
	idf float64
}

// bytes is about what lists take up in memory.
func (l lists) bytes() int {
	sum := 200
	for _, of := range l.of {
		sum += of.bytes()
	}
	return sum
}

// lengths returns the lengths of all passages.
func (v *view) lengths() (lists, error) { return v.lists(term{lengthField, lengthTerm}) }

// lists returns the postings of a term.
func (v *view) lists(t term) (lists, error) { return v.kept.lists(v, t) }

// each yields the numbers of the passages that hold a term, ascending, until it is told to
// stop.
func (v *view) each(t term, yield func(number uint64) bool) error {
	all, err := v.lists(t)
	if err != nil {
		return err
	}
	for i, l := range all.of {
		deleted := v.segments[i].Deleted()
		for _, passage := range l.all() {
			if (deleted == nil || !deleted.Contains(passage)) && !yield(v.segments[i].first+uint64(passage)) {
				return nil
			}
		}
	}
	return nil
}
