package retrieval

import (
	"bytes"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/retrieval/analysis"
)

// German writes compounds in one piece: the Regierung des Bundes is the Bundesregierung.
// Where a passage lacks a word of a German question, one of which it is a part counts a
// little, and so do its parts. Where compounds are divided is told by the words of the
// texts: each part is a word of theirs, or of the question, once the joint between them (s, es, n, en, er) is
// taken off as an ending. Other languages have none of this.

const (
	leastPart  = 3  // letters of a part of a compound
	leastGlued = 7  // letters of a compound
	maxWholes  = 50 // compounds that are looked up for a word
)

// glue notes for the words of a question in German which compounds of the texts they are
// in, and what their own parts are.
func (r *repair) glue(ctx context.Context) error {
	if !r.isGerman() {
		return nil
	}
	for i := range r.asked.words {
		w := &r.asked.words[i]
		if w.dropped || w.terms[gluing] == "" || isNumber(w.folded) || w.lacking {
			continue
		}
		wholes, err := r.wholes(ctx, w.terms[gluing])
		if err != nil {
			return err
		}
		for _, form := range wholes {
			w.wholes = append(w.wholes, languageOf(gluing).Term(form))
		}
		parts, err := r.parts(ctx, w.folded, analysis.MaxParts)
		if err != nil {
			return err
		}
		for _, form := range parts {
			w.parts = append(w.parts, languageOf(gluing).Term(form))
		}
	}
	return nil
}

// gluing is the language whose compounds are written in one piece.
const gluing = "de"

// isGerman reports whether the question may be in German, and some texts are.
func (r *repair) isGerman() bool {
	return (r.asked.language == gluing || r.asked.language == "") && slices.Contains(r.asked.languages, gluing)
}

// unglue reads a compound that the texts lack as the compounds that it is a part of, or
// else as its parts.
func (r *repair) unglue(ctx context.Context, w *questionWord) (bool, error) {
	if !r.isGerman() || w.terms[gluing] == "" {
		return false, nil
	}
	wholes, err := r.wholes(ctx, w.terms[gluing])
	if err != nil {
		return false, err
	}
	if len(wholes) > 0 {
		var found []like
		for _, form := range wholes {
			found = append(found, like{form: form})
		}
		r.readAs(w, found)
		w.sure = true
		return true, nil
	}
	parts, err := r.parts(ctx, w.folded, analysis.MaxParts)
	if err != nil || len(parts) == 0 {
		return false, err
	}
	r.read(w.surface, parts)
	typed := *w
	w.dropped = true
	for _, form := range parts {
		part := r.asked.newWord(typed.surface, form)
		part.start, part.end, part.name = typed.start, typed.end, typed.name
		r.asked.words = append(r.asked.words, part)
	}
	return true, nil
}

// wholes returns the compounds of the texts that a term is a part of, as they stand in
// wordField, the shortest first.
func (r *repair) wholes(ctx context.Context, term string) ([]string, error) {
	if len(term) < leastPart {
		return nil, nil
	}
	lists, err := r.lists()
	if err != nil {
		return nil, err
	}
	var found []string
	for _, form := range lists.holding(term, max(leastGlued, len(term)+leastPart)) {
		holds, err := r.isPart(ctx, form, term, strings.Index(form, term))
		if err == nil && holds {
			holds, err = r.isWord(ctx, form)
		}
		if err != nil {
			return nil, err
		}
		if holds {
			if found = append(found, form); len(found) == maxWholes {
				return found, nil
			}
		}
	}
	return found, nil
}

// holding returns the words of so many letters or more that hold a piece, the shortest first.
func (l wordLists) holding(piece string, least int) []string {
	letters, part := lettersOf(piece), []byte(piece)
	var found []string
	for n := least; n <= analysis.MaxTermRunes; n++ {
		var long []string
		for _, list := range l {
			for at := range list.lengths[n] {
				b := &list.lengths[n][at]
				for i, set := range b.letters {
					if letters&^set == 0 && bytes.Contains(b.word(i), part) {
						long = append(long, string(b.word(i)))
					}
				}
			}
		}
		slices.Sort(long)
		found = append(found, slices.Compact(long)...)
	}
	return found
}

// isPart reports whether a compound has a term as a part that begins at an offset: what
// stands before and behind it are words of the texts, or nothing.
func (r *repair) isPart(ctx context.Context, form, term string, at int) (bool, error) {
	if at > 0 {
		if before, err := r.areParts(ctx, form[:at]); !before || err != nil {
			return false, err
		}
	}
	l := languageOf(gluing)
	if at > 0 && l.Term(form[at:]) == term {
		return true, nil
	}
	for end := at + len(term); end <= len(form)-leastPart && end <= at+len(term)+longestJoint; end++ {
		if l.Term(form[at:end]) != term {
			continue
		}
		if behind, err := r.areParts(ctx, form[end:]); behind || err != nil {
			return behind, err
		}
	}
	return false, nil
}

const longestJoint = 3 // with what is no part of the term: Bauern, whose term is bau

// asks reports whether a form is, but for its ending, a word of the question.
func (r *repair) asks(form string) bool {
	term := languageOf(gluing).Term(form)
	return slices.ContainsFunc(r.asked.words, func(w questionWord) bool { return w.terms[gluing] == term })
}

// areParts reports whether a form is a word of the texts or of the question, or a compound
// of such words.
func (r *repair) areParts(ctx context.Context, form string) (bool, error) {
	if r.asks(form) {
		return true, nil
	}
	if there, err := r.isWord(ctx, form); there || err != nil {
		return there, err
	}
	parts, err := r.parts(ctx, form, 2)
	return len(parts) > 0, err
}

// parts divides a compound into words of the texts, at most so many: the fewest, and of
// these where the last is the longest. There are none if it can't be divided.
func (r *repair) parts(ctx context.Context, form string, most int) ([]string, error) {
	if len(form) < leastGlued || most < 2 {
		return nil, nil
	}
	var best []string
	for at := leastPart; at <= len(form)-leastPart; at++ {
		if !utf8.RuneStart(form[at]) {
			continue
		}
		first, err := r.isWord(ctx, form[:at])
		if err != nil {
			return nil, err
		}
		if !first {
			continue
		}
		rest := []string{form[at:]}
		whole, err := r.isWord(ctx, form[at:])
		if err == nil && !whole {
			rest, err = r.parts(ctx, form[at:], most-1)
		}
		if err != nil {
			return nil, err
		}
		if len(rest) > 0 && (best == nil || len(rest)+1 < len(best)) {
			best = append([]string{form[:at]}, rest...)
		}
	}
	return best, nil
}

// isWord reports whether a form is, but for its ending, a word of texts in German that
// can be seen.
func (r *repair) isWord(ctx context.Context, form string) (bool, error) {
	if known, asked := r.german[form]; asked {
		return known, nil
	}
	l := languageOf(gluing)
	there := false
	if len(form) >= leastPart && !l.IsStop(form) {
		n, err := r.count(ctx, textField(gluing), l.Term(form), 1)
		if err != nil {
			return false, err
		}
		there = n > 0
	}
	if r.german == nil {
		r.german = map[string]bool{}
	}
	r.german[form] = there
	return there, nil
}

// isGluedIn reports whether a compound that the word is a part of stands among some
// terms, or all of its own parts.
func (w questionWord) isGluedIn(terms map[string][]int) bool {
	stands := func(term string) bool { return len(terms[term]) > 0 }
	missing := func(term string) bool { return !stands(term) }
	return slices.ContainsFunc(w.wholes, stands) || len(w.parts) > 0 && !slices.ContainsFunc(w.parts, missing)
}
