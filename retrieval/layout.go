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

// measure returns the value of all sentences, each discounted by what is to be read up to its
// end: the value that a reader is expected to see who may stop anywhere. And it returns how many
// runes are shown at most.
func (c *chooser) measure(l layout) (worth float64, runes int) {
	for n, g := range l {
		of := &c.candidates[g.candidate]
		for i, s := range g.sentences {
			if i > 0 {
				runes += of.joint(g.sentences[i-1], s)
			}
			runes += of.sentences[s].runes
			read := float64(runes + n) // a space at least between excerpts: neighbours are better one than two
			worth += c.values[[2]int{g.candidate, s}] * max(0, 1-read/patience)
		}
	}
	return worth, runes
}

// joint returns how many runes are shown at most between two sentences.
func (c *candidate) joint(before, after int) int {
	if c.adjoin(before, after) {
		return 1
	}
	return jumpRunes
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
	if (!known || c.chosen[0].candidate == x.candidate) && c.opens(x) {
		for _, rest := range c.withRoom(known) {
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

// withRoom returns the layouts of what is chosen to which an excerpt can be added: where there
// are as many as there may be, with any two of one passage joined, unless it is for the same
// passage.
func (c *chooser) withRoom(same bool) []layout {
	if len(c.chosen) < MaxExcerpts {
		return []layout{append(layout{}, c.chosen...)}
	}
	var all []layout
	for i, g := range c.chosen {
		for j := i + 1; j < len(c.chosen) && !same; j++ {
			if other := c.chosen[j]; other.candidate == g.candidate {
				joined := slices.Delete(slices.Clone(c.chosen), j, j+1)
				joined[i] = g.and(other.sentences...)
				all = append(all, joined)
			}
		}
	}
	return all
}

// opens reports whether a choice is worth an excerpt of its own: it is the first one, is of the
// passage of the first excerpt, or holds a word of the question and lists no sources, unless
// they may be asked for.
func (c *chooser) opens(x choice) bool {
	if len(c.chosen) == 0 || c.chosen[0].candidate == x.candidate {
		return true
	}
	candidate := &c.candidates[x.candidate]
	return candidate.coverage(candidate.sentences[x.sentence].has) > 0 && (candidate.sources || !listsSources(candidate.Section))
}
