package retrieval

import (
	"regexp"
	"slices"
)

// Signals are what speaks for and against an answer standing in a result.
type Signals struct {
	Coverage     float64 // share of the question's weight that the best passage covers
	Begins       float64 // the same of words that it lacks, where it holds one that begins alike
	Exact        float64 // the same of words in the form in which they were typed, so far as they could stand so
	Sentence     float64 // the same of the sentence that covers most
	First        float64 // the same of the first excerpt
	Score        float64 // BM25 of the best passage over the highest that one term could give
	Gap          float64 // how far the second passage stands behind the best, 0–1
	NamesMissing float64 // weight of names and numbers that the best passage lacks
	Neighbours   float64 // share of neighbouring words that stand together in it
	Phrases      float64 // share of the phrases in quotation marks that it holds, 1 without any
	Title        float64 // share of the question's weight that stands in title and headings of the best passage
	Doubtful     bool    // a word was read as another that perhaps was not meant
	YearMissing  bool    // the question is about a year of which no excerpt is, nor its passage
}

// signals computes the signals of a result with at least one candidate.
func signals(q question, r *ranking, candidates []candidate, excerpts []Excerpt) Signals {
	top := &candidates[0]
	content := q.words
	passage := top.all
	s := Signals{
		Coverage:   top.meantCoverage(passage),
		Begins:     top.meantCoverage(top.begins()),
		Neighbours: top.neighbours(),
		Exact:      top.meantCoverage(top.typed(q)),
		Title:      top.meantCoverage(top.context),
		Gap:        1,
		Phrases:    1,
	}
	if len(excerpts) > 0 {
		s.First = excerpts[0].covered
	}
	for i := range candidates {
		c := &candidates[i]
		for _, sentence := range c.sentences {
			s.Sentence = max(s.Sentence, c.meantCoverage(sentence.within))
		}
	}
	if len(r.phrases) > 0 {
		s.Phrases = float64(top.parts.Phrases) / float64(len(r.phrases))
	}
	highest := 0.0
	total := 0.0
	for _, w := range top.meant {
		highest = max(highest, w)
		total += w
	}
	if highest > 0 { // of BM25 alone: the whole score hides how little of a foreign question is there
		words := top.parts.Weight * top.parts.Words
		s.Score = words / ((k1 + 1) * highest)
	}
	if len(r.best) > 1 {
		s.Gap = max(0, 1-r.best[1].score/r.best[0].score)
	}
	for i, w := range content {
		missing := 1.0
		if passage[i] {
			missing -= top.trust[i]
		}
		if w.name && total > 0 {
			s.NamesMissing += missing * top.meant[i] / total
		}
	}
	s.YearMissing = yearMissing(content, excerpts)
	s.Doubtful = slices.ContainsFunc(content, questionWord.isDoubtful)
	return s
}

// typed marks the words that stand in the passage in the form in which they were typed. Of those
// that may stand there in no such form it marks the ones that stand there: misspelt words,
// numbers, those with a term that is equal, and all where the question is in another language.
func (c *candidate) typed(q question) []bool {
	marks := make([]bool, len(q.words))
	abroad := q.language != "" && q.language != c.language
	for i, w := range q.words {
		inAny := abroad || w.stands != nil || len(w.equal) > 0 || isNumber(w.folded) || isFigure(c.wanted[i])
		for _, s := range c.sentences {
			marks[i] = marks[i] || s.exact[i] || inAny && s.has[i]
		}
	}
	return marks
}

// yearMissing reports whether a year among the words stands at no excerpt.
func yearMissing(words []questionWord, excerpts []Excerpt) bool {
	return slices.ContainsFunc(words, func(w questionWord) bool {
		return year.MatchString(w.folded) && !slices.ContainsFunc(excerpts, func(e Excerpt) bool {
			return !slices.Contains(e.Missing, w.surface) || slices.Contains(e.Elsewhere, w.surface)
		})
	})
}

var year = regexp.MustCompile(`^(1[0-9]|20)[0-9]{2}$`)

// neighbours is the weighted share of pairs of neighbouring content words that
// stand in the passage in that order, close together.
func (c *candidate) neighbours() float64 {
	at, n := map[string][]int{}, 0
	for _, tokens := range c.tokens {
		for i := range tokens {
			if t := &tokens[i]; !t.Also {
				if c.places[t.Term] {
					at[t.Term] = append(at[t.Term], n)
				}
				n++
			}
		}
	}
	return c.follow(at)
}
