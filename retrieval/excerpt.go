package retrieval

import (
	"slices"
	"strings"
	"unicode"

	"verbatim/corpus"
	"verbatim/retrieval/analysis"
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
	FilePages []int          // the numbers of these pages in the file, if it has pages of its own
	Note      string         // label of the note that it is from, "" for the body
	Calls     []corpus.Call  // notes that it calls
	Score     float64        // of its passage
	Share     float64        // of the value of all sentences that could be quoted, from 0 to 1
	Found     []string       // words and phrases of the question, as typed, that stand in it or in its title and headings
	Missing   []string       // those that do not
	Elsewhere []string       // words of Missing that stand elsewhere in its passage, and count in its score

	Explanation Explanation // what Score is made of

	language string  // in which it is analysed
	covered  float64 // share of the question's weight that Found has
}

// excerpt quotes sentences of the candidate, which are in their order. Neighbours become one range.
func (c *candidate) excerpt(q question, sentences []int) Excerpt {
	var ranges []corpus.Range
	marks := [][]bool{c.context}
	for n, i := range sentences {
		span := c.Sentences[i]
		marks = append(marks, c.sentences[i].has)
		if n > 0 && c.adjoin(sentences[n-1], i) {
			ranges[len(ranges)-1].End = span[0].End
			span = span[1:]
		}
		ranges = append(ranges, span...)
	}
	return c.quote(q, ranges, marks...)
}

// adjoin reports whether nothing but white space stands between two sentences: no other sentence,
// and no number of a page.
func (c *candidate) adjoin(before, after int) bool {
	from, to := c.Sentences[before].End(), c.Sentences[after].Start()
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
		FilePages: c.FilePagesOf(ranges),
		Note:      c.Note,
		Calls:     c.CallsIn(ranges),
		Score:     c.score,

		Explanation: c.parts,
		language:    c.language,
		covered:     c.meantCoverage(marks...),
	}
	tokens := c.analyze(e.Text)
	e.Marks = c.marks(tokens)
	places := c.placesIn(tokens)
	for i, w := range q.words {
		if slices.ContainsFunc(marks, func(m []bool) bool { return m[i] }) || c.language == gluing && w.isGluedIn(places) {
			e.Found = append(e.Found, w.surface)
		} else {
			e.Missing = append(e.Missing, w.surface)
			if c.all[i] {
				e.Elsewhere = append(e.Elsewhere, w.surface)
			}
		}
	}
	c.notePhrases(&e, places)
	return e
}

// notePhrases adds the phrases of the question to what was found or is missing.
func (c *candidate) notePhrases(e *Excerpt, places map[string][]int) {
	for i, p := range c.phrases {
		if s := c.sequences[i]; len(s.terms) > 0 && s.in(places) {
			e.Found = append(e.Found, p.Text)
		} else {
			e.Missing = append(e.Missing, p.Text)
		}
	}
}

// marks returns where words of the question stand in a text, by its tokens.
func (c *candidate) marks(tokens []analysis.Token) []corpus.Range {
	var marks []corpus.Range
	for _, t := range tokens {
		if !c.wants(t.Term) && !slices.Contains(c.glued, t.Term) {
			continue
		}
		for len(marks) > 0 && marks[len(marks)-1].Start >= t.Start { // parts of a compound
			marks = marks[:len(marks)-1]
		}
		marks = append(marks, corpus.Range{Start: t.Start, End: t.End})
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
