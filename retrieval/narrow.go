package retrieval

import "verbatim/retrieval/analysis"

// narrows reports whether the question asks about less than t does: all wordings of t ask
// with one word that carries meaning, and the question has another that t has nowhere (to
// enrol, to enrol in Switzerland). Where a wording has more words, they tell what is asked
// also when one is added.
func (m *matcher) narrows(t *wordedTerms, asked askedWords) bool {
	for i, x := range t.wordings {
		if len(x.weights) > 1 && m.contentOf(t.code, t.Wordings[i]) > 1 {
			return false
		}
	}
	for _, w := range asked.words {
		if !m.isHollow(t.code, w.surface) && !t.holds(w.term) && holdsLike(t.answer, w.term) == "" {
			return true
		}
	}
	return false
}

// contentOf returns how many different words of a wording say what it asks about.
func (m *matcher) contentOf(code, text string) int { return len(m.termsOf(code, text)) }

// termsOf returns the terms of the words of a wording that say what it asks about.
func (m *matcher) termsOf(code, text string) analysis.Set {
	terms := analysis.Set{}
	text = m.question.inOwnTerms(code, text)
	for _, t := range Analyze(code, text) {
		if !t.Also && !m.isHollow(code, text[t.Start:t.End]) {
			terms[t.Term] = true
		}
	}
	return terms
}
