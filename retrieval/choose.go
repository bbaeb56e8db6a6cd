package retrieval

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"unicode"

	"verbatim/corpus"
)

// Limits of what a reply quotes.
const (
	MaxExcerpts = 3
	MaxRunes    = 900 // over the texts of all excerpts, with […]
)

// An Excerpt is what is quoted of one passage.
type Excerpt struct {
	Document  corpus.Document
	Reference corpus.Reference
	Text      string         // as it is shown
	Marks     []corpus.Range // words of the question in it: byte offsets in Text
	Section   []string       // headings, outermost first
	Pages     []string       // printed labels of the pages on which it stands
	Note      string         // label of the note that it is from, "" for the body
	Score     float64        // of its passage
	Found     []string       // words of the question, as typed, that stand in it or in its title and headings
	Missing   []string       // those that do not

	covered float64 // share of the question's weight that Found has
}

// Weights of what speaks for a sentence. They were measured on questions in two
// languages, and hardly matter one by one.
const (
	weightRank     = 10 // the passage's score against the best one's, both as logarithms
	weightCoverage = 6  // share of the question's weight that stands in the sentence
	weightExact    = 2  // the same of words in the very form that was typed
	weightBefore   = 2  // what the sentence before adds to the coverage
	weightAfter    = 1
	weightPronoun  = 2 // how much the sentence before counts if this one begins with a pronoun
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
)

// choose picks sentences of the candidates by value for their length. The first
// excerpt is short, for it is read first: the best sentence, with what else of its
// passage is worth it and what follows there. Then come those that add most, two at
// most; what stands before the first excerpt in its passage may be one of them.
func choose(q question, candidates []candidate) []Excerpt {
	c := chooser{candidates: candidates, left: MaxRunes}
	rest := c.takeHead(choices(candidates))
	c.takeRest(rest)
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
	left       int // runes
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
		case len(c.groups) == 0 || x.candidate != c.groups[0].candidate || c.cost(x) > room:
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
	g.sentences = append(g.sentences, x.sentence)
	g.best = max(g.best, x.value)
}

// cost is the runes that a choice takes up at most.
func (c *chooser) cost(x choice) int {
	return c.candidates[x.candidate].sentences[x.sentence].runes + jumpRunes
}

// choices returns the sentences of all candidates, the densest in value first.
func choices(candidates []candidate) []choice {
	top := candidates[0].score
	var all []choice
	for i := range candidates {
		c := &candidates[i]
		for j, s := range c.sentences {
			value := math.Exp(weightRank*(c.score-top)/top + c.sentenceValue(j))
			all = append(all, choice{i, j, value, value / math.Sqrt(float64(s.runes)+10)})
		}
	}
	slices.SortStableFunc(all, func(x, y choice) int { return cmp.Compare(y.density, x.density) })
	return all
}

// sentenceValue says how well a sentence answers by itself.
func (c *candidate) sentenceValue(j int) float64 {
	s := c.sentences[j]
	covered := c.coverage(s.has)
	value := weightCoverage*covered + weightExact*c.coverage(s.exact)
	if j > 0 {
		before := c.sentences[j-1].has
		value += weightBefore * (c.coverage(s.has, before) - covered)
		if s.pronoun {
			value += weightPronoun * c.coverage(before)
		}
	}
	if j+1 < len(c.sentences) {
		value += weightAfter * (c.coverage(s.has, c.sentences[j+1].has) - covered)
	}
	return value
}

// excerpt quotes sentences of the candidate. Neighbours become one range.
func (c *candidate) excerpt(q question, sentences []int) Excerpt {
	slices.Sort(sentences)
	var ranges []corpus.Range
	marks := [][]bool{c.context}
	for n, i := range sentences {
		span := c.Sentences[i]
		marks = append(marks, c.sentences[i].has)
		if n > 0 && sentences[n-1] == i-1 && c.onlySpace(ranges[len(ranges)-1].End, span.Start()) {
			ranges[len(ranges)-1].End = span[0].End
			span = span[1:]
		}
		ranges = append(ranges, span...)
	}
	return c.quote(q, ranges, marks...)
}

// onlySpace reports whether nothing but white space stands between two offsets in
// the passage.
func (c *candidate) onlySpace(from, to int) bool {
	return strings.TrimSpace(c.Source[from-c.Start():to-c.Start()]) == ""
}

// quote makes an excerpt of ranges in which the marked words stand.
func (c *candidate) quote(q question, ranges []corpus.Range, marks ...[]bool) Excerpt {
	e := Excerpt{
		Document:  c.Document,
		Reference: corpus.Reference{Document: c.Document.ID, Revision: c.Document.Revision, Ranges: ranges},
		Text:      c.Show(ranges),
		Section:   c.Section,
		Pages:     c.PagesOf(ranges),
		Note:      c.Note,
		Score:     c.score,
		covered:   c.coverage(marks...),
	}
	e.Marks = c.marks(e.Text)
	for i, w := range q.words {
		if slices.ContainsFunc(marks, func(m []bool) bool { return m[i] }) {
			e.Found = append(e.Found, w.surface)
		} else {
			e.Missing = append(e.Missing, w.surface)
		}
	}
	return e
}

// marks returns where words of the question stand in a text.
func (c *candidate) marks(text string) []corpus.Range {
	var marks []corpus.Range
	for _, t := range Analyze(c.language, text) {
		if slices.Contains(c.wanted, t.Term) || slices.ContainsFunc(c.also, func(also []string) bool { return slices.Contains(also, t.Term) }) {
			marks = append(marks, corpus.Range{Start: t.Start, End: t.End})
		}
	}
	return marks
}

// window quotes the beginning of the sentence that covers most of the question, up
// to white space, when no sentence fits. There is none in a sentence without.
func (c *candidate) window(q question) (e Excerpt, ok bool) {
	best := 0
	for j := range c.sentences {
		if c.coverage(c.sentences[j].has) > c.coverage(c.sentences[best].has) {
			best = j
		}
	}
	first := c.Sentences[best][0]
	end, runes := first.Start, 0
	for i, r := range c.Source[first.Start-c.Start() : first.End-c.Start()] {
		if unicode.IsSpace(r) {
			end = first.Start + i
		}
		if runes++; runes > MaxRunes {
			break
		}
	}
	if end == first.Start {
		return Excerpt{}, false
	}
	return c.quote(q, []corpus.Range{{Start: first.Start, End: end}}, c.context, c.sentences[best].has), true
}
