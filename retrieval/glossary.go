package retrieval

import (
	"cmp"
	"slices"
	"strings"
	"sync"

	"verbatim/retrieval/analysis"
)

// A Glossary is groups of equal terms, of one or more words each, in whatever languages:
// "IC, Komintern, Internationale communiste, Third International". Where a question
// holds one of a group, in any form of its words, passages that hold another count as if
// they held it. It is safe for concurrent use; a nil Glossary has no groups.
type Glossary struct {
	groups [][]string
	mutex  sync.Mutex
	terms  map[string]map[string][]glossaryTerm // by language, and by their first term
	words  map[string]bool                      // of all terms, as formOf writes them; nil until they are asked for
}

// A glossaryTerm is a term of a group, as it is analysed in a language.
type glossaryTerm struct {
	group, number int
	sequence
}

// NewGlossary returns a Glossary of groups, which must not be changed any more.
func NewGlossary(groups [][]string) *Glossary {
	return &Glossary{groups: groups, terms: map[string]map[string][]glossaryTerm{}}
}

// in returns the terms as they are analysed in a language.
func (g *Glossary) in(code string) map[string][]glossaryTerm {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.terms[code] == nil {
		terms := map[string][]glossaryTerm{}
		for i, group := range g.groups {
			for n, text := range group {
				if s, ok := sequenceOf(code, text); ok {
					terms[s.terms[0]] = append(terms[s.terms[0]], glossaryTerm{i, n, s})
				}
			}
		}
		g.terms[code] = terms
	}
	return g.terms[code]
}

// An entry is a place of a question where a term of a glossary stands.
type entry struct {
	typed      string
	start, end int
	group      []string
	number     int       // of the term in the group, or misspeltTerm
	glossary   *Glossary // of that group alone
}

// entriesIn returns where terms of the glossary stand in a text, in a language.
func (g *Glossary) entriesIn(code, text string) []entry {
	tokens := Analyze(code, text)
	places := placesOf(tokens)
	terms := g.in(code)
	var found []entry
	for _, t := range tokens {
		for _, term := range terms[t.Term] {
			if !term.at(t.Position, places) {
				continue
			}
			e := entry{start: t.Start, end: t.End, group: g.groups[term.group], number: term.number}
			last := t.Position + term.offsets[len(term.offsets)-1]
			for _, other := range tokens {
				if other.Position == last {
					e.end = max(e.end, other.End)
				}
			}
			e.typed = text[e.start:e.end]
			found = append(found, e)
		}
	}
	return found
}

// useGlossary notes for the words of the question what is equal to them. Of terms that
// overlap the longest counts.
func (q *question) useGlossary(g *Glossary) {
	if g == nil || len(g.groups) == 0 {
		return
	}
	q.glossary = g
	for _, e := range longest(g.entriesOf(*q, q.text)) {
		if q.useEntry(e) {
			e.glossary = NewGlossary([][]string{e.group})
			q.entries = append(q.entries, e)
		}
	}
}

// entriesOf returns where terms of the glossary stand in a text, in the languages of a
// question.
func (g *Glossary) entriesOf(q question, text string) []entry {
	var all []entry
	if known[q.language] != nil {
		all = g.entriesIn(q.language, text)
	}
	for _, code := range q.languages {
		if code != q.language {
			all = append(all, g.entriesIn(code, text)...)
		}
	}
	return all
}

// longest returns the entries in their order, of those that overlap the longest.
func longest(all []entry) []entry {
	slices.SortStableFunc(all, func(x, y entry) int { return cmp.Compare(y.end-y.start, x.end-x.start) })
	var kept []entry
	for _, e := range all {
		overlaps := func(other entry) bool { return e.start < other.end && other.start < e.end }
		if !slices.ContainsFunc(kept, overlaps) {
			kept = append(kept, e)
		}
	}
	slices.SortFunc(kept, func(x, y entry) int { return cmp.Compare(x.start, y.start) })
	return kept
}

// useEntry notes what is equal to the words of an entry, and reports whether there are
// such words.
func (q *question) useEntry(e entry) bool {
	covered := map[string]bool{}
	for start, end := range analysis.Words(e.typed) {
		covered[formOf(e.typed[start:end])] = true
	}
	any := false
	for i := range q.words {
		w := &q.words[i]
		if !covered[w.folded] && (w.start < e.start || w.end > e.end) {
			continue
		}
		any = true
		w.equal = map[string][]string{}
		for _, code := range q.languages {
			for n, text := range e.group {
				if s, ok := sequenceOf(code, text); ok && n != e.number {
					w.equal[code] = append(w.equal[code], s.String())
				}
			}
			if _, found := w.terms[code]; !found && len(w.equal[code]) > 0 {
				w.terms[code] = w.folded
			}
		}
	}
	return any
}

// inOwnTerms returns a text with the question's terms in the place of those that its
// glossary says are equal.
func (q *question) inOwnTerms(code, text string) string {
	for _, e := range q.entries {
		var out strings.Builder
		at := 0
		for _, place := range longest(e.glossary.entriesIn(code, text)) {
			if place.number != e.number {
				out.WriteString(text[at:place.start] + e.typed)
				at = place.end
			}
		}
		out.WriteString(text[at:])
		text = out.String()
	}
	return text
}

// equalIn says which terms of the glossary stand in excerpts that do not hold the one that
// was typed, as the glossary writes them: those that helped to find them.
func (q *question) equalIn(excerpts []Excerpt) []Reading {
	var readings []Reading
	for _, e := range q.entries {
		now := Reading{Typed: e.typed}
		for _, x := range excerpts {
			text := strings.Join(append([]string{x.Text, x.Document.Title}, x.Section...), "\n")
			found := e.glossary.entriesIn(x.language, text)
			if slices.ContainsFunc(found, func(f entry) bool { return f.number == e.number }) {
				continue
			}
			for _, f := range found {
				if term := e.group[f.number]; !slices.Contains(now.Read, term) && !q.types(term) {
					now.Read = append(now.Read, term)
				}
			}
		}
		if len(now.Read) > 0 {
			readings = append(readings, now)
		}
	}
	return readings
}

// types reports whether a term of the glossary stands in the question itself.
func (q *question) types(term string) bool {
	return slices.ContainsFunc(q.entries, func(e entry) bool { return e.number != misspeltTerm && e.group[e.number] == term })
}
