package retrieval

import "slices"

// A group is the sentences of one candidate that become an excerpt, in their order.
type group struct {
	candidate int
	sentences []int
}

// and returns the group with more sentences.
func (g group) and(sentences ...int) group {
	g.sentences = slices.Concat(g.sentences, sentences)
	slices.Sort(g.sentences)
	return g
}

// A layout is the excerpts of a reply, in the order in which they are read.
type layout []group

const jumpRunes = 5 // the length of […] with its spaces

// patience is the length, in runes, of a reply that nobody reads to its end: what ends
// halfway there is worth half of its value. Between 1,000 and 1,800 it changes little.
var patience = 1200.0

// worthOf is the value of all sentences, each discounted by what is to be read up to its
// end: the value that a reader is expected to see who may stop anywhere.
func (c *chooser) worthOf(l layout) float64 {
	sum, end := 0.0, 0
	for _, g := range l {
		for i, s := range g.sentences {
			if i > 0 && s != g.sentences[i-1]+1 {
				end += jumpRunes
			}
			end += c.candidates[g.candidate].sentences[s].runes
			sum += c.values[[2]int{g.candidate, s}] * max(0, 1-float64(end)/patience)
			end++ // a space
		}
	}
	return sum
}

// valueOf is the value of all sentences of a group.
func (c *chooser) valueOf(g group) float64 {
	sum := 0.0
	for _, s := range g.sentences {
		sum += c.values[[2]int{g.candidate, s}]
	}
	return sum
}

// ways returns the layouts that a sentence may be added by: to an excerpt of its passage
// or as one of its own. The first excerpt stays the first. Other sentences of its passage
// may become an excerpt of their own, which is joined to it where another passage needs
// the room.
func (c *chooser) ways(x choice) []layout {
	var all []layout
	known := false
	for i, g := range c.chosen {
		if g.candidate == x.candidate {
			known = true
			with := slices.Clone(c.chosen)
			with[i] = g.and(x.sentence)
			all = append(all, with)
		}
	}
	if !known || c.chosen[0].candidate == x.candidate {
		if rest := c.withRoom(known); rest != nil && c.opens(x) {
			all = append(all, append(rest, group{x.candidate, []int{x.sentence}}))
		}
	}
	for _, l := range slices.Clone(all) {
		if len(l) == MaxExcerpts {
			all = append(all, layout{l[0], l[2], l[1]})
		}
	}
	return all
}

// withRoom returns what is chosen so that an excerpt can be added: where there are as
// many as there may be, with two of one passage joined, unless it is for the same
// passage. It is nil if there is no room.
func (c *chooser) withRoom(same bool) layout {
	if len(c.chosen) < MaxExcerpts {
		return append(layout{}, c.chosen...)
	}
	for i, g := range c.chosen[1:] {
		if !same && g.candidate == c.chosen[0].candidate {
			joined := slices.Delete(slices.Clone(c.chosen), i+1, i+2)
			joined[0] = joined[0].and(g.sentences...)
			return joined
		}
	}
	return nil
}

// opens reports whether a choice is worth an excerpt of its own: it is the first one,
// holds a word of the question, or is of the passage of the first excerpt.
func (c *chooser) opens(x choice) bool {
	candidate := &c.candidates[x.candidate]
	return len(c.chosen) == 0 || c.chosen[0].candidate == x.candidate ||
		candidate.coverage(candidate.sentences[x.sentence].has) > 0
}
