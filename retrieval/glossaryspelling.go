package retrieval

import (
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/retrieval/analysis"
)

// termWrong is the length in letters from which on a word may be a misspelt one of a term
// of the glossary by one letter; by two it may be from twoWrong on.
const termWrong = 5

// misspeltTerm stands for the number of a term in its group that was typed misspelt:
// none of the group was typed.
const misspeltTerm = -1

// wordsLike returns the words of terms from which a word differs by so many letters, in
// lower case and without accents.
func (g *Glossary) wordsLike(word string, d int) []string {
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.words == nil {
		g.words = map[string]bool{}
		for _, group := range g.groups {
			for _, term := range group {
				for start, end := range analysis.Words(term) {
					for _, part := range strings.FieldsFunc(formOf(term[start:end]), analysis.IsApostrophe) {
						g.words[part] = true
					}
				}
			}
		}
	}
	var like []string
	typed := newPattern(word)
	for other := range g.words {
		if max(len(other)-len(word), len(word)-len(other)) <= 2*d && analysis.IsASCII(other) && typed.distance([]byte(other)) == d {
			like = append(like, other)
		}
	}
	slices.Sort(like)
	return like
}

// term reads a word that the texts lack as a misspelt one of a term of the glossary, if
// that makes a term of one group alone, of which something stands in texts that can be
// seen. A word of the texts that is as like goes before.
func (r *repair) term(ctx context.Context, w *questionWord) error {
	letters := utf8.RuneCountInString(w.folded)
	if r.asked.glossary == nil || letters < termWrong || letters > analysis.MaxTermRunes || w.equal != nil {
		return nil
	}
	for d := 1; d == 1 || d == 2 && letters >= twoWrong; d++ {
		likely := r.asked.glossary.wordsLike(w.folded, d)
		if d > 1 {
			likely = slices.DeleteFunc(likely, func(word string) bool { return word[0] != w.folded[0] })
		}
		var found []entry
		for _, word := range likely {
			found = append(found, r.asked.entriesWith(w, word)...)
		}
		if len(found) == 0 {
			continue
		}
		other := slices.ContainsFunc(found, func(e entry) bool { return !slices.Equal(e.group, found[0].group) })
		if outdone, err := r.holdsLike(ctx, w.folded, d, likely); other || outdone || err != nil {
			return err
		}
		return r.useMisspelt(ctx, longest(found)[0])
	}
	return nil
}

// holdsLike reports whether texts that can be seen hold a word from which another differs
// by so many letters, besides some.
func (r *repair) holdsLike(ctx context.Context, word string, d int, besides []string) (bool, error) {
	lists, err := r.lists()
	if err != nil {
		return false, err
	}
	for _, form := range lists.allLike(word, d)[d] {
		if slices.Contains(besides, form) {
			continue
		}
		if held, err := r.holdsForm(ctx, form); held || err != nil {
			return held, err
		}
	}
	return false, nil
}

// entriesWith returns the entries of the glossary that a word of the question would be in
// if it were another, as they stand in the question.
func (q *question) entriesWith(w *questionWord, word string) []entry {
	text := q.text[:w.start] + word + q.text[w.end:]
	longer := len(word) - (w.end - w.start)
	var found []entry
	for _, e := range longest(q.glossary.entriesOf(*q, text)) {
		if e.start <= w.start && e.end >= w.start+len(word) {
			e.end -= longer
			e.typed, e.number = q.text[e.start:e.end], misspeltTerm
			found = append(found, e)
		}
	}
	return found
}

// useMisspelt notes an entry that was typed misspelt, unless nothing of its group can be
// seen.
func (r *repair) useMisspelt(ctx context.Context, e entry) error {
	group := questionWord{equal: map[string][]string{}}
	for _, code := range r.asked.languages {
		for _, text := range e.group {
			if s, ok := sequenceOf(code, text); ok {
				group.equal[code] = append(group.equal[code], s.String())
			}
		}
	}
	there, err := r.holdsEqual(ctx, &group)
	if !there || err != nil || !r.asked.useEntry(e) {
		return err
	}
	for i := range r.asked.words {
		if w := &r.asked.words[i]; w.start >= e.start && w.end <= e.end {
			w.lacking = false
		}
	}
	e.glossary = NewGlossary([][]string{e.group})
	r.asked.entries = append(r.asked.entries, e)
	return nil
}
