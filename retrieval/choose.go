package retrieval

import (
	"cmp"
	"slices"
)

// A choice is a sentence of a candidate, with its value.
type choice struct {
	candidate, sentence int
	value               float64
	density             float64 // value for its length
}

const (
	jumpRunes = 5   // the length of […] with its spaces
	headRunes = 300 // of the first excerpt, so far as it is to answer by itself

	// explainRunes is the same for a question that wants an explanation.
	explainRunes = 450

	// enough is the share of the value of all sentences at which a reply is long enough,
	// unless it is to explain. At .99 replies are a tenth shorter and lose at most 3
	// answers of 1,000, in French and in English; at .98 a sixth and 5, at .95 a fourth
	// and 10.
	enough = 0.99
)

// choose picks sentences of the candidates by value for their length. The first
// excerpt is short, for it is read first: the best sentence, with what else of its
// passage is worth it and what follows there. Then come those that add most, two at
// most; what stands before the first excerpt in its passage may be one of them.
// Nothing is added once the answer stands very likely in what was chosen.
func choose(q question, candidates []candidate) []Excerpt {
	all := choices(candidates)
	c := chooser{candidates: candidates, left: MaxRunes}
	for _, x := range all {
		c.missing += x.value
	}
	if candidates[0].kind.explains() {
		all = c.takeContiguous(all)
	} else {
		c.missing *= enough
		all = c.takeHead(all)
	}
	c.takeRest(all)
	if len(c.groups) > 1 {
		slices.SortStableFunc(c.groups[1:], func(x, y *group) int { return cmp.Compare(y.best, x.best) })
	}
	var excerpts []Excerpt
	for _, g := range c.groups {
		excerpts = append(excerpts, candidates[g.candidate].excerpt(q, g.sentences))
	}
	if excerpts == nil { // every sentence is too long
		if e, ok := candidates[0].window(q); ok {
			excerpts = append(excerpts, e)
		}
	}
	return excerpts
}

// A group is the sentences of one candidate that become an excerpt.
type group struct {
	candidate int
	sentences []int
	best      float64 // value of the best sentence
}

// A chooser puts sentences into groups while there is room.
type chooser struct {
	candidates []candidate
	groups     []*group
	left       int     // runes
	missing    float64 // value that is still to be shown before it is enough
}

// takeContiguous fills the first group with the best sentence and its neighbours, those
// after it first: an explanation is read as it stands.
func (c *chooser) takeContiguous(all []choice) (rest []choice) {
	at := slices.IndexFunc(all, func(x choice) bool { return c.cost(x) <= c.left })
	if at < 0 {
		return all
	}
	best := all[at]
	g := &group{candidate: best.candidate}
	c.groups = append(c.groups, g)
	of := map[int]choice{}
	for _, x := range all {
		if x.candidate == best.candidate {
			of[x.sentence] = x
		}
	}
	c.take(g, best)
	shown := c.cost(best)
	first, last := best.sentence, best.sentence
	for {
		next, after := of[last+1]
		before, ok := of[first-1]
		switch {
		case after && shown+c.cost(next) <= explainRunes:
			last++
		case ok && shown+c.cost(before) <= headRunes:
			next, first = before, first-1
		default:
			for _, x := range all {
				if x.candidate != best.candidate || x.sentence < first || x.sentence > last {
					rest = append(rest, x)
				}
			}
			return rest
		}
		c.take(g, next)
		shown += c.cost(next)
	}
}

// takeHead fills the first group, with sentences of one candidate, and returns the
// choices that it did not take. The best sentence is taken also when it alone is longer
// than the head is to be.
func (c *chooser) takeHead(all []choice) (rest []choice) {
	room := headRunes
	for _, x := range all {
		switch {
		case len(c.groups) == 0 && c.cost(x) <= c.left:
			c.groups = append(c.groups, &group{candidate: x.candidate})
		case len(c.groups) == 0 || x.candidate != c.groups[0].candidate || c.cost(x) > room || c.missing <= 0:
			rest = append(rest, x)
			continue
		}
		room -= c.cost(x)
		c.take(c.groups[0], x)
	}
	return rest
}

// takeRest fills the other groups, and the first one with what comes after it.
func (c *chooser) takeRest(rest []choice) {
	end := -1
	if len(c.groups) > 0 {
		end = slices.Max(c.groups[0].sentences)
	}
	for _, x := range rest {
		if c.missing <= 0 {
			return
		}
		if c.cost(x) > c.left {
			continue
		}
		at := slices.IndexFunc(c.groups, func(g *group) bool {
			return g.candidate == x.candidate && (g != c.groups[0] || x.sentence > end)
		})
		switch {
		case at >= 0:
			c.take(c.groups[at], x)
		case len(c.groups) < MaxExcerpts && c.opens(x):
			c.groups = append(c.groups, &group{candidate: x.candidate})
			c.take(c.groups[len(c.groups)-1], x)
		}
	}
}

// opens reports whether a choice is worth an excerpt of its own: it holds a word of
// the question, or stands before the first excerpt in its passage.
func (c *chooser) opens(x choice) bool {
	candidate := &c.candidates[x.candidate]
	return candidate.coverage(candidate.sentences[x.sentence].has) > 0 ||
		len(c.groups) > 0 && c.groups[0].candidate == x.candidate
}

func (c *chooser) take(g *group, x choice) {
	c.left -= c.cost(x)
	c.missing -= x.value
	g.sentences = append(g.sentences, x.sentence)
	g.best = max(g.best, x.value)
}

// cost is the runes that a choice takes up at most.
func (c *chooser) cost(x choice) int {
	return c.candidates[x.candidate].sentences[x.sentence].runes + jumpRunes
}
