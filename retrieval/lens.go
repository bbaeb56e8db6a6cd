package retrieval

import (
	"slices"

	"verbatim/retrieval/analysis"
)

// A lens is a question as it is looked for in the passages of a language.
type lens struct {
	wanting
	language  string       // in which they are analysed
	weights   []float64    // of each content word of the question
	meant     []float64    // as weights, but a misspelt word weighs what the word does that it surely is
	wanted    []string     // term of each content word, "" where it is a stop word
	starts    []string     // beginning of each of these terms, "" where it is too short to have one
	also      [][]string   // its other forms, terms of the words that it may stand for, and terms equal to it
	several   []string     // of these, those of several words
	glued     []string     // terms of compounds that a content word is a part of, and of its own parts
	trust     []float64    // how much of the weight of each counts where it is found
	sequences []sequence   // of the phrases; one without terms holds stop words only
	places    analysis.Set // terms of which the places matter: all of the above
}

// newLens returns a question as it is looked for in a language, in which its terms have
// weights.
func newLens(q question, want wanting, code string, weight map[string]float64) *lens {
	l := &lens{wanting: want, language: code, places: analysis.Set{}}
	for _, w := range q.words {
		term, isTerm := w.terms[code]
		l.wanted = append(l.wanted, term)
		start, long := "", false
		if isTerm && term != "" {
			if start, long = beginning(term); !long {
				start = ""
			}
		}
		l.starts = append(l.starts, start)
		l.also = append(l.also, slices.Concat(w.also[code], w.stands[code], w.equal[code]))
		for _, term := range w.equal[code] {
			if isSeveral(term) && !slices.Contains(l.several, term) {
				l.several = append(l.several, term)
			}
		}
		if code == gluing {
			l.glued = slices.Concat(l.glued, w.wholes, w.parts)
		}
		l.trust = append(l.trust, w.trust())
		l.weights = append(l.weights, 0)
		if isTerm {
			l.weights[len(l.weights)-1] = weight[term]
		}
		l.meant = append(l.meant, l.weights[len(l.weights)-1])
		if stands := w.stands[code]; w.sure && len(stands) > 0 && (code == q.language || q.language == "") { // in another language it is a word like it
			l.meant[len(l.meant)-1] = heaviest(weight, stands)
		}
	}
	for _, p := range want.phrases {
		s, _ := sequenceOf(code, p.Text)
		l.sequences = append(l.sequences, s)
		l.place(s.terms)
	}
	l.place(l.wanted)
	l.place(l.glued)
	for _, terms := range l.also {
		l.place(terms)
	}
	return l
}

// heaviest is the weight of the rarest of some terms.
func heaviest(weight map[string]float64, terms []string) float64 {
	most := 0.0
	for _, term := range terms {
		most = max(most, weight[term])
	}
	return most
}

func (l *lens) place(terms []string) {
	for _, term := range terms {
		l.places[term] = true
	}
}

// placesIn returns the positions of each term that matters, ascending.
func (l *lens) placesIn(tokens []analysis.Token) map[string][]int {
	var places map[string][]int
	for i := range tokens {
		t := &tokens[i]
		if l.places[t.Term] {
			if places == nil {
				places = map[string][]int{}
			}
			places[t.Term] = append(places[t.Term], t.Position)
		}
	}
	return places
}

// wants reports whether a term is one of the question's.
func (l *lens) wants(term string) bool {
	return slices.Contains(l.wanted, term) ||
		slices.ContainsFunc(l.also, func(terms []string) bool { return slices.Contains(terms, term) })
}

// analyze analyses a text of a passage.
func (l *lens) analyze(text string) []analysis.Token {
	return withSeveral(Analyze(l.language, text), l.several)
}
