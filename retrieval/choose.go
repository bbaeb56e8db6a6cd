package retrieval

import (
	"cmp"
	"math"
	"slices"
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
	density             float64
	value               float64
}

// jumpRunes is the length of […] with its spaces.
const jumpRunes = 5

// choose picks sentences of the candidates by value for their length, within the
// limits, and makes an excerpt of those of each passage. The excerpt with the most
// valuable sentence comes first.
func choose(q question, candidates []candidate) []Excerpt {
	picked := map[int][]int{} // sentences by candidate
	best := map[int]float64{}
	left := MaxRunes
	for _, c := range choices(candidates) {
		if picked[c.candidate] == nil && len(picked) == MaxExcerpts {
			continue
		}
		if cost := candidates[c.candidate].sentences[c.sentence].runes + jumpRunes; cost <= left {
			left -= cost
			picked[c.candidate] = append(picked[c.candidate], c.sentence)
			best[c.candidate] = max(best[c.candidate], c.value)
		}
	}
	var order []int
	for i := range picked {
		order = append(order, i)
	}
	slices.SortFunc(order, func(i, j int) int { return cmp.Or(cmp.Compare(best[j], best[i]), cmp.Compare(i, j)) })
	var excerpts []Excerpt
	for _, i := range order {
		excerpts = append(excerpts, candidates[i].excerpt(q, picked[i]))
	}
	if excerpts == nil { // every sentence is too long
		excerpts = append(excerpts, candidates[0].window(q))
	}
	return excerpts
}

// choices returns the sentences of all candidates, the densest in value first.
func choices(candidates []candidate) []choice {
	top := candidates[0].score
	var all []choice
	for i := range candidates {
		c := &candidates[i]
		for j, s := range c.sentences {
			value := math.Exp(weightRank*(c.score-top)/top + c.sentenceValue(j))
			all = append(all, choice{i, j, value / math.Sqrt(float64(s.runes)+10), value})
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
		if n > 0 && sentences[n-1] == i-1 {
			ranges[len(ranges)-1].End = span[0].End
			span = span[1:]
		}
		ranges = append(ranges, span...)
	}
	return c.quote(q, ranges, marks...)
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
	}
	e.Marks = c.marks(e.Text)
	for i, w := range q.content() {
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
		if slices.Contains(c.wanted, t.Term) {
			marks = append(marks, corpus.Range{Start: t.Start, End: t.End})
		}
	}
	return marks
}

// window quotes the beginning of the sentence that covers most of the question, up
// to a word's end, when no sentence fits.
func (c *candidate) window(q question) Excerpt {
	best := 0
	for j := range c.sentences {
		if c.coverage(c.sentences[j].has) > c.coverage(c.sentences[best].has) {
			best = j
		}
	}
	first := c.Sentences[best][0]
	text := c.Source[first.Start-c.Start() : first.End-c.Start()]
	end, runes := 1, 0
	for i, r := range text {
		if runes == MaxRunes {
			break
		}
		if i > 0 && unicode.IsSpace(r) {
			end = i
		}
		runes++
	}
	return c.quote(q, []corpus.Range{{Start: first.Start, End: first.Start + end}}, c.context, c.sentences[best].has)
}
