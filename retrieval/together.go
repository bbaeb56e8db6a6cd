package retrieval

import (
	"cmp"
	"context"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"verbatim/retrieval/analysis"
)

// A term of several words is written like one, each word after how far it stands behind
// the first: "0:international 1:communist". A term of one word has no space.

// String returns the sequence as a term.
func (s sequence) String() string {
	if len(s.terms) == 1 {
		return s.terms[0]
	}
	var parts []string
	for i, term := range s.terms {
		parts = append(parts, fmt.Sprintf("%d:%s", s.offsets[i], term))
	}
	return strings.Join(parts, " ")
}

// parseSequence is the reverse of String.
func parseSequence(term string) sequence {
	if !isSeveral(term) {
		return sequence{terms: []string{term}, offsets: []int{0}}
	}
	var s sequence
	for part := range strings.SplitSeq(term, " ") {
		offset, word, _ := strings.Cut(part, ":")
		n, err := strconv.Atoi(offset)
		if err != nil {
			panic(err) // String wrote it
		}
		s.terms, s.offsets = append(s.terms, word), append(s.offsets, n)
	}
	return s
}

// isSeveral reports whether a term is one of several words.
func isSeveral(term string) bool { return strings.Contains(term, " ") }

// withSeveral adds to the tokens of a text those of the terms of several words that stand
// in it, behind the others.
func withSeveral(tokens []analysis.Token, terms []string) []analysis.Token {
	if len(terms) == 0 {
		return tokens
	}
	places := placesOf(tokens)
	all := tokens
	for _, term := range terms {
		s := parseSequence(term)
		for _, start := range startsOf(s, places) {
			t := analysis.Token{Term: term, Position: start, Also: true}
			last := start + s.offsets[len(s.offsets)-1]
			for _, other := range tokens {
				if other.Position == start && t.End == 0 {
					t.Start, t.End = other.Start, other.End
				}
				if other.Position == last {
					t.End = max(t.End, other.End)
				}
			}
			all = append(slices.Clip(all), t)
		}
	}
	return all
}

// A posting is where a term stands in a passage.
type posting struct {
	number    uint64
	positions []uint16 // ascending
}

// postingsOf yields the postings of a term of one or several words in a language, in the
// order of their numbers.
func postingsOf(ctx context.Context, v *view, code, text string, yield func(posting)) error {
	return together(ctx, v, code, parseSequence(text), yield)
}

// equal returns the postings of a term and of those that are equal to it, as of one.
func (r *ranking) equal(ctx context.Context, text string, equal []string, code string) (lists, error) {
	merged := map[uint64]posting{}
	all := append([]string{text}, equal...)
	for _, text := range all {
		err := postingsOf(ctx, r.view, code, text, func(p posting) {
			other := merged[p.number]
			p.positions = append(slices.Clone(other.positions), p.positions...)
			slices.Sort(p.positions)
			merged[p.number] = p
		})
		if err != nil {
			return lists{}, err
		}
	}
	weight := idf(r.passages, len(merged))
	for _, text := range all {
		r.weight[code][text] = weight
	}
	return r.view.listed(slices.SortedFunc(maps.Values(merged), func(x, y posting) int { return cmp.Compare(x.number, y.number) }), weight), nil
}

// listed makes lists of postings, which are in the order of their numbers.
func (v *view) listed(all []posting, idf float64) lists {
	made := lists{idf: idf}
	for _, s := range v.segments {
		l := &list{}
		for ; len(all) > 0 && all[0].number < s.first+s.Segment().Count(); all = all[1:] {
			l.put(all[0].positions, false)
			l.add(uint32(all[0].number - s.first))
		}
		made.of = append(made.of, l)
	}
	return made
}
