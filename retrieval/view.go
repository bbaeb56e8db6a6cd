package retrieval

import (
	"fmt"

	"github.com/blevesearch/bleve/v2/index/scorch"
	index "github.com/blevesearch/bleve_index_api"
)

// A view is an index as it was at one moment: Bleve's snapshot of it, and the postings of
// its segments that are kept for all questions.
type view struct {
	*scorch.IndexSnapshot
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

// sees reports whether a passage of the segment is not deleted, and selected.
func (in segment) sees(passage uint32, s selection) bool {
	deleted := in.Deleted()
	return (deleted == nil || !deleted.Contains(passage)) && s.sees(in.first+uint64(passage))
}

func newView(reader index.IndexReader, kept *keptLists, number uint64) (*view, error) {
	snapshot, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return nil, fmt.Errorf("the reader of an index is a %T", reader)
	}
	v := &view{IndexSnapshot: snapshot, kept: kept, index: number}
	first := uint64(0)
	for _, s := range snapshot.Segments() {
		v.segments = append(v.segments, segment{s, first})
		first += s.Segment().Count()
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

// lists are the postings of a term, or of several, in each segment of a view.
type lists struct {
	of  []*list
	idf float64 // the greatest of any
}

// lists returns the postings of a term.
func (v *view) lists(t term) (lists, error) {
	all := lists{of: make([]*list, len(v.segments))}
	for i, s := range v.segments {
		var err error
		if all.of[i], err = v.kept.list(v.index, s, t); err != nil {
			return lists{}, err
		}
	}
	return all, nil
}

// count is how many passages there are in them that are not deleted.
func (v *view) count(all lists) int {
	n := 0
	for i, l := range all.of {
		n += l.live(v.segments[i].Deleted())
	}
	return n
}

// each yields the numbers of the passages that hold a term, ascending, until it is told to
// stop.
func (v *view) each(t term, yield func(number uint64) bool) error {
	all, err := v.lists(t)
	if err != nil {
		return err
	}
	for i, l := range all.of {
		deleted := v.segments[i].Deleted()
		for _, passage := range l.passages {
			if (deleted == nil || !deleted.Contains(passage)) && !yield(v.segments[i].first+uint64(passage)) {
				return nil
			}
		}
	}
	return nil
}
