package retrieval

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/retrieval/analysis"
)

// mostExpanded is how many passages are read to tell what an acronym is short for.
const mostExpanded = 40

// A meaning is what an acronym may be short for, in how many of the passages that were read.
type meaning struct {
	expansion
	passages int
	beside   bool // one of them holds the heaviest other word of the question
}

// expand makes an acronym equal to what it is short for in texts that can be seen, as if both
// were a group of the glossary, if that is told well enough.
func (r *repair) expand(ctx context.Context, w *questionWord) error {
	letters := acronymOf(w.surface)
	if r.store == nil || letters == "" || w.equal != nil || !w.lacking && !w.name && r.asked.language != gluing {
		return nil
	}
	meant, err := r.meaning(ctx, w, letters)
	if meant == "" || err != nil {
		return err
	}
	e := entry{start: w.start, end: w.end, typed: w.surface, group: []string{w.surface, meant}}
	if r.asked.useEntry(e) {
		w.lacking = false
		e.glossary = NewGlossary([][]string{e.group})
		r.asked.entries = append(r.asked.entries, e)
	}
	return nil
}

// meaning returns what an acronym is short for, "" if that is not told well enough: where it is
// defined, or else among the passages that hold it if there are some.
func (r *repair) meaning(ctx context.Context, w *questionWord, letters string) (string, error) {
	in, err := r.initials(ctx, definedMark+letters, nil)
	if err != nil {
		return "", err
	}
	meanings, err := r.meanings(ctx, in, letters)
	if err != nil {
		return "", err
	}
	meanings = slices.DeleteFunc(meanings, func(m meaning) bool { return !m.defined })
	if len(meanings) == 0 {
		if in, err = r.initials(ctx, firstTwo(letters), w); err == nil {
			meanings, err = r.meanings(ctx, in, letters)
		}
		if err != nil || !isClear(meanings, w, letters) {
			return "", err
		}
	}
	if isAnyWord(w) && len(r.asked.words) > 1 && !meanings[0].beside {
		return "", nil
	}
	return meanings[0].text, nil
}

// isAnyWord reports whether an acronym may be any word that the texts lack: it is in small letters.
func isAnyWord(w *questionWord) bool { return w.lacking && w.surface == strings.ToLower(w.surface) }

func firstTwo(letters string) string {
	_, first := utf8.DecodeRuneInString(letters)
	_, second := utf8.DecodeRuneInString(letters[first:])
	return letters[:first+second]
}

// isClear reports whether the first of some meanings surely is the one: it stands in some passages,
// in more the less tells it, and in at least twice as many as any other.
func isClear(meanings []meaning, w *questionWord, letters string) bool {
	if len(meanings) == 0 {
		return false
	}
	least := 2
	if two := utf8.RuneCountInString(letters) == leastAcronym; two && w.lacking {
		least = 3
	} else if !two && meanings[0].capitals && !isAnyWord(w) {
		least = 1
	}
	return meanings[0].passages >= least && (len(meanings) == 1 || meanings[0].passages >= 2*meanings[1].passages)
}

// initials returns the passages that can be seen and hold a term of initialsField, and a word
// unless none does. The first are those that hold the heaviest other word of the question.
func (r *repair) initials(ctx context.Context, text string, with *questionWord) ([]uint64, error) {
	var holding numbers
	if with != nil && !with.lacking {
		for code, text := range with.terms {
			err := r.reader.each(term{textField(code), text}, func(number uint64) bool {
				holding.add(number)
				return true
			})
			if err != nil {
				return nil, err
			}
		}
	}
	var found []uint64
	err := r.reader.each(term{initialsField, text}, func(number uint64) bool {
		if r.seen.sees(number) && (holding == nil || holding.has(number)) {
			found = append(found, number)
		}
		return true
	})
	if err == nil && len(found) > 0 {
		err = r.readBeside(ctx)
	}
	slices.SortStableFunc(found, func(x, y uint64) int { return cmp.Compare(r.beside[y], r.beside[x]) })
	return found, err
}

// meanings returns what an acronym may be short for in the first of some passages, what most of
// them hold first.
func (r *repair) meanings(ctx context.Context, in []uint64, letters string) ([]meaning, error) {
	in = in[:min(len(in), mostExpanded)]
	beside := map[corpus.PassageID]bool{}
	ids := make([]corpus.PassageID, len(in))
	for i, number := range in {
		var err error
		if ids[i], err = r.idOf(number); err != nil {
			return nil, err
		}
		beside[ids[i]] = r.highest > 0 && r.beside[number] == r.highest
	}
	if len(ids) == 0 {
		return nil, nil
	}
	passages, err := r.store.Passages(ctx, r.access, ids)
	if err != nil {
		return nil, err
	}
	byForm := map[string]*meaning{}
	for _, p := range passages {
		code, here := cmp.Or(p.Language, p.Document.Language), map[string]bool{}
		for _, text := range slices.Concat(p.Texts, p.Section, []string{p.Document.Title}) {
			for _, e := range expansionsIn(code, text, letters) {
				form := analysis.Fold(strings.ToLower(e.text))
				m := byForm[form]
				if m == nil {
					m = &meaning{expansion: e}
					byForm[form] = m
				}
				m.defined, m.capitals = m.defined || e.defined, m.capitals || e.capitals
				m.beside = m.beside || beside[corpus.PassageID{Document: p.Document.ID, Ordinal: p.Ordinal}]
				if !here[form] {
					here[form] = true
					m.passages++
				}
			}
		}
	}
	var all []meaning
	for _, m := range byForm {
		all = append(all, *m)
	}
	slices.SortFunc(all, func(x, y meaning) int {
		return cmp.Or(cmp.Compare(y.passages, x.passages), cmp.Compare(x.text, y.text))
	})
	return all, nil
}
