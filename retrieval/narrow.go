package retrieval

import "slices"

// narrows reports whether the question asks about less than t does: they share one word
// that carries meaning, a wording of t has no other, and the question has one that t has
// nowhere (to enrol, to enrol in Switzerland). Where they share more words, these tell what
// is asked also when one is added.
func (m *matcher) narrows(t *wordedTerms, asked askedWords) bool {
	shared, strange := 0, false
	for _, w := range asked.words {
		switch {
		case m.isHollow(t.code, w.surface):
		case t.holds(w.term):
			shared++
		case holdsLike(t.answer, w.term) == "":
			strange = true
		}
	}
	return shared == 1 && strange && slices.ContainsFunc(t.Wordings, func(text string) bool { return m.contentOf(t.code, text) == 1 })
}

// contentOf returns how many different words of a wording say what it asks about.
func (m *matcher) contentOf(code, text string) int {
	terms := set{}
	text = m.question.inOwnTerms(code, text)
	for _, t := range Analyze(code, text) {
		if !t.Also && !m.isHollow(code, text[t.Start:t.End]) {
			terms[t.Term] = true
		}
	}
	return len(terms)
}
