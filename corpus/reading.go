package corpus

import (
	"slices"
	"sort"

	"verbatim/corpus/extract"
)

// A reading is what a reader reads on of a range of a source text: without page
// numbers, calls of notes and what else is quiet, with the halves of words and
// sentences joined. Each byte of it that is not a joint stands in one of its parts.
type reading struct {
	text  string
	parts []part
}

// A part is source bytes that stand in a reading from at on.
type part struct {
	at int
	Range
}

// read returns the reading of a range. Quiet ranges ascend and are disjoint.
func read(source string, r Range, quiet []Range) reading {
	var text []byte
	var parts []part
	add := func(x Range) {
		if x.Len() <= 0 {
			return
		}
		if n := len(parts); n > 0 {
			text = append(text, silentJoint(source[:parts[n-1].End], source[parts[n-1].End:x.Start], source[x.Start:])...)
		}
		parts = append(parts, part{len(text), x})
		text = append(text, source[x.Start:x.End]...)
	}
	first := sort.Search(len(quiet), func(i int) bool { return quiet[i].End > r.Start })
	if first == len(quiet) || quiet[first].Start >= r.End {
		return reading{source[r.Start:r.End], []part{{0, r}}}
	}
	for _, q := range quiet[first:] {
		if q.Start >= r.End {
			break
		}
		add(Range{Start: r.Start, End: q.Start})
		r.Start = min(q.End, r.End)
	}
	add(r)
	return reading{string(text), parts}
}

// span returns the source bytes of a range of the reading, without the joints in it.
func (r reading) span(x Range) Span {
	var span Span
	first := sort.Search(len(r.parts), func(i int) bool { return r.parts[i].at+r.parts[i].Len() > x.Start })
	for _, p := range r.parts[first:] {
		if p.at >= x.End {
			break
		}
		from := max(x.Start, p.at) - p.at
		to := min(x.End, p.at+p.Len()) - p.at
		span = append(span, Range{Start: p.Start + from, End: p.Start + to})
	}
	return span
}

// quietRanges returns what a reader passes over without a sign: what extract skipped,
// calls of notes, and bodies of notes, each by itself, in the order of their starts.
// Some lie in others.
func quietRanges(text extract.Text) []Range {
	quiet := append(callRanges(text), text.Skipped...)
	for _, n := range text.Notes {
		quiet = append(quiet, n.Range)
	}
	slices.SortStableFunc(quiet, func(a, b Range) int { return a.Start - b.Start })
	return quiet
}

// disjoint returns ranges that cover the same bytes without overlapping.
func disjoint(ranges []Range) []Range {
	var out []Range
	for _, r := range ranges {
		if n := len(out); n > 0 && r.Start <= out[n-1].End {
			out[n-1].End = max(out[n-1].End, r.End)
		} else {
			out = append(out, r)
		}
	}
	return out
}
