package extract

import (
	"slices"
	"sort"
	"strings"
	"unicode"
)

// union returns the bytes of all ranges as ascending, disjoint ranges that are not
// empty. It sorts the ranges.
func union(ranges []Range) []Range {
	slices.SortFunc(ranges, func(a, b Range) int { return a.Start - b.Start })
	var out []Range
	for _, r := range ranges {
		switch {
		case r.Len() <= 0:
		case len(out) > 0 && r.Start <= out[len(out)-1].End:
			out[len(out)-1].End = max(out[len(out)-1].End, r.End)
		default:
			out = append(out, r)
		}
	}
	return out
}

// minus returns the parts of r that lie in none of the ranges, which ascend and are
// disjoint.
func minus(r Range, ranges []Range) []Range {
	var out []Range
	for _, x := range ranges[firstEndingAfter(ranges, r.Start):] {
		if x.Start >= r.End {
			break
		}
		if x.Start > r.Start {
			out = append(out, Range{r.Start, x.Start})
		}
		r.Start = min(x.End, r.End)
	}
	if r.Len() > 0 {
		out = append(out, r)
	}
	return out
}

// rangeAt returns the range that holds an offset, an empty one if none does. The
// ranges ascend and are disjoint.
func rangeAt(ranges []Range, at int) Range {
	if i := firstEndingAfter(ranges, at); i < len(ranges) && ranges[i].Start <= at {
		return ranges[i]
	}
	return Range{}
}

func firstEndingAfter(ranges []Range, at int) int {
	return sort.Search(len(ranges), func(i int) bool { return ranges[i].End > at })
}

// trim returns r without white space and byte-order marks at its ends.
func trim(source string, r Range) Range {
	isSpace := func(c rune) bool { return unicode.IsSpace(c) || c == '\uFEFF' }
	s := source[r.Start:r.End]
	left := strings.TrimLeftFunc(s, isSpace)
	r.Start += len(s) - len(left)
	r.End = r.Start + len(strings.TrimRightFunc(left, isSpace))
	return r
}
