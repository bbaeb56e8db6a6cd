package retrieval

import (
	"slices"

	"verbatim/retrieval/analysis"
)

// A pair is the terms of two words that stand side by side and say what is asked about.
type pair [2]string

// definesOther reports whether the question asks what something is, and t is about
// another kind of it (sustainable development, where t is about uneven development): a
// word that both have stands beside one that t has nowhere, and on that side of it stand
// in all wordings of t words that the question lacks. Who asks for anything else may say
// the same in other words; who asks what something is names it.
func (m *matcher) definesOther(t *wordedTerms, asked askedWords) bool {
	if !m.defines(t.code) {
		return false
	}
	for _, p := range m.pairs(t.code, m.question.text) {
		for side, shared := range p {
			strange := p[1-side]
			if t.holds(shared) && !t.holds(strange) && holdsLike(t.answer, strange) == "" && m.parts(t, shared, side, asked) {
				return true
			}
		}
	}
	return false
}

// defines reports whether the question asks what something is, and nothing else.
func (m *matcher) defines(code string) bool {
	content := 0
	for _, w := range m.question.words {
		if !m.isHollow(code, w.surface) {
			content++
		}
	}
	kinds := m.kinds[m.asksIn(code)]
	return kinds[what] && len(kinds) == 1 && content <= longestDefined
}

// pairs returns the pairs of a text in a language.
func (m *matcher) pairs(code, text string) []pair {
	var pairs []pair
	var last analysis.Token
	for _, t := range Analyze(code, text) {
		if t.Also {
			continue
		}
		if m.isHollow(code, text[t.Start:t.End]) {
			last = analysis.Token{}
			continue
		}
		if last.Term != "" && t.Position == last.Position+1 {
			pairs = append(pairs, pair{last.Term, t.Term})
		}
		last = t
	}
	return pairs
}

// holds reports whether a term, or one like it, stands in a wording.
func (t *wordedTerms) holds(term string) bool {
	return slices.ContainsFunc(t.wordings, func(x wording) bool { return x.holds(term) != "" })
}

// parts reports whether each wording with a term has beside it, as the first or the second
// of a pair, a word that was not asked.
func (m *matcher) parts(t *wordedTerms, term string, side int, asked askedWords) bool {
	for i, x := range t.wordings {
		isParted := func(p pair) bool {
			return (p[side] == term || alike(p[side], term)) && !asked.hold(p[1-side])
		}
		text := m.question.inOwnTerms(t.code, t.Wordings[i])
		if x.holds(term) != "" && !slices.ContainsFunc(m.pairs(t.code, text), isParted) {
			return false
		}
	}
	return true
}

// hold reports whether a term, or one like it, was asked.
func (a askedWords) hold(term string) bool {
	return slices.ContainsFunc(a.words, func(w askedWord) bool { return w.term == term || alike(w.term, term) })
}
