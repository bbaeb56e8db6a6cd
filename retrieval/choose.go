package retrieval

import "slices"

// A choice is a sentence of a candidate, with its value.
type choice struct {
	candidate, sentence int
	value               float64
	density             float64 // value for its length
}

const (
	// headRunes is how long an explanation may become by what stands before its best
	// sentence, explainRunes by what follows it.
	headRunes    = 300
	explainRunes = 450
)

// enough is the share of the value of all sentences at which a reply is long enough, unless
// it is to explain.
var enough = 0.995

// choose picks sentences of the candidates, and the order in which they are read. It
// begins with the best one for its length. Then it takes, in the order of value for
// length, each sentence with which the reply is worth more, and puts it where the reply
// is worth most: nothing comes early that is not worth the delay of what follows.
// Nothing is added once the answer stands very likely in what was chosen.
func choose(q question, candidates []candidate) []Excerpt {
	all := choices(candidates)
	c := chooser{candidates: candidates, values: map[[2]int]float64{}}
	for _, x := range all {
		c.values[[2]int{x.candidate, x.sentence}] = x.value
		c.missing += x.value
	}
	total := c.missing
	if candidates[0].kind.explains() {
		all = c.takeContiguous(all)
	} else {
		c.missing *= enough
	}
	for _, x := range all {
		c.offer(x)
	}
	c.tellWho()
	var excerpts []Excerpt
	for _, g := range c.chosen {
		e := candidates[g.candidate].excerpt(q, g.sentences)
		e.Share = c.valueOf(g) / total
		excerpts = append(excerpts, e)
	}
	if excerpts == nil { // every sentence is too long
		if e, ok := candidates[0].window(q); ok {
			excerpts = append(excerpts, e)
		}
	}
	return excerpts
}

// A chooser chooses while there is room.
type chooser struct {
	candidates []candidate
	values     map[[2]int]float64 // of the sentences, by candidate
	chosen     layout
	worth      float64 // of what is chosen
	missing    float64 // value that is still to be shown before it is enough
}

// offer takes a sentence if it fits and makes the reply worth more.
func (c *chooser) offer(x choice) {
	if c.missing <= 0 {
		return
	}
	var best layout
	most := c.worth
	for _, l := range c.ways(x) {
		if worth, runes := c.measure(l); worth > most && runes <= MaxRunes {
			best, most = l, worth
		}
	}
	if best != nil {
		c.take(best, x)
	}
}

// tellWho puts before each excerpt that begins with someone's pronoun the sentence that says who
// that is, where there is room.
func (c *chooser) tellWho() {
	for i, g := range c.chosen {
		first, of := g.sentences[0], &c.candidates[g.candidate]
		if first == 0 || !of.sentences[first].someone || of.sentences[first-1].runes+1+of.sentences[first].runes > headRunes {
			continue
		}
		told := slices.Clone(c.chosen)
		told[i] = g.and(first - 1)
		shown := slices.ContainsFunc(c.chosen, func(other group) bool {
			return other.candidate == g.candidate && slices.Contains(other.sentences, first-1)
		})
		if _, runes := c.measure(told); !shown && runes <= MaxRunes {
			c.chosen = told
		}
	}
}

func (c *chooser) take(l layout, x choice) {
	c.chosen = l
	c.worth, _ = c.measure(l)
	c.missing -= x.value
}

// takeContiguous begins with the best sentence and its neighbours, those after it first:
// an explanation is read as it stands. It returns the choices that it did not take.
func (c *chooser) takeContiguous(all []choice) (rest []choice) {
	at := slices.IndexFunc(all, func(x choice) bool { return c.runes(x) <= MaxRunes })
	if at < 0 {
		return all
	}
	best := all[at]
	of := map[int]choice{}
	for _, x := range all {
		if x.candidate == best.candidate {
			of[x.sentence] = x
		}
	}
	c.take(layout{{best.candidate, []int{best.sentence}}}, best)
	shown := c.runes(best)
	first, last := best.sentence, best.sentence
	for {
		next, after := of[last+1]
		before, ok := of[first-1]
		switch {
		case after && shown+1+c.runes(next) <= explainRunes:
			last++
		case ok && shown+1+c.runes(before) <= headRunes:
			next, first = before, first-1
		default:
			for _, x := range all {
				if x.candidate != best.candidate || x.sentence < first || x.sentence > last {
					rest = append(rest, x)
				}
			}
			return rest
		}
		c.take(layout{c.chosen[0].and(next.sentence)}, next)
		shown += 1 + c.runes(next)
	}
}

func (c *chooser) runes(x choice) int { return c.candidates[x.candidate].sentences[x.sentence].runes }
