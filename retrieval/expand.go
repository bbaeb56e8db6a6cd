package retrieval

import (
	"cmp"
	"context"
	"math"
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

// told is by how much a meaning is told: by how many passages, and of as many, whether it is defined.
func (m meaning) told() int {
	if m.defined {
		return 2*m.passages + 1
	}
	return 2 * m.passages
}

// expand makes an acronym equal to what it is short for in texts that can be seen, as if both
// were a group of the glossary, if that is told well enough.
func (r *repair) expand(ctx context.Context, w *questionWord) error {
	a := acronym{questionWord: w, letters: acronymOf(w.surface)}
	if r.store == nil || a.letters == "" || w.equal != nil {
		return nil
	}
	meant, err := r.meaning(ctx, a)
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

// An acronym is a word of the question that may be one.
type acronym struct {
	*questionWord
	letters string
	held    numbers // the passages that can be seen and hold it in capitals
}

// isAnyWord reports whether it may be any word that the texts lack: it is in small letters.
func (a acronym) isAnyWord() bool { return a.held == nil && !isInCapitals(a.surface) }

// meaning returns what an acronym is short for, "" if that is not told well enough.
func (r *repair) meaning(ctx context.Context, a acronym) (string, error) {
	all := 0
	err := r.reader.each(term{initialsField, capitalsMark + a.letters}, func(number uint64) bool {
		if r.seen.sees(number) {
			a.held.add(number)
			all++
		}
		return true
	})
	if err != nil {
		return "", err
	}
	if !isInCapitals(a.surface) && !a.lacking {
		if as, err := r.count(ctx, wordField, a.folded, math.MaxInt); err != nil || 2*all < as || all == 0 {
			return "", err // it mostly is another word
		}
	}
	in, err := r.initials(ctx, a)
	if err != nil {
		return "", err
	}
	meanings, err := r.meanings(ctx, in, a.letters)
	if err != nil || !isClear(meanings, a) {
		return "", err
	}
	if a.isAnyWord() && len(r.asked.words) > 1 && !meanings[0].beside {
		return "", nil
	}
	return meanings[0].text, nil
}

// isClear reports whether the first of some meanings surely is the one: it is defined and no other
// stands in more passages, or it stands in twice as many as any other, and in the more passages the
// less tells it besides.
func isClear(meanings []meaning, a acronym) bool {
	if len(meanings) == 0 {
		return false
	}
	first := meanings[0]
	if first.defined {
		return true
	}
	least, n := 2, utf8.RuneCountInString(a.letters)
	switch {
	case n == leastAcronym && a.held == nil:
		least = 3
	case first.capitals && !a.isAnyWord() && (n > leastAcronym+1 || n > leastAcronym && a.held != nil):
		least = 1
	}
	return first.passages >= least && (len(meanings) == 1 || first.passages >= 2*meanings[1].passages)
}

// initials returns the passages that can be seen and that may tell what an acronym is short for, of
// those that hold it if there are some: first those that may define it, then those that may hold
// words with its first two letters, and of these first the ones that hold the heaviest other word
// of the question.
func (r *repair) initials(ctx context.Context, a acronym) ([]uint64, error) {
	var found []uint64
	in := func(text string) error {
		return r.reader.each(term{initialsField, text}, func(number uint64) bool {
			if r.seen.sees(number) && (a.held == nil || a.held.has(number)) {
				found = append(found, number)
			}
			return true
		})
	}
	if err := in(definedMark + a.letters); err != nil {
		return nil, err
	}
	defining := len(found)
	if err := in(firstTwo(a.letters)); err != nil {
		return nil, err
	}
	if err := r.readBeside(ctx); err != nil {
		return nil, err
	}
	slices.SortStableFunc(found[defining:], func(x, y uint64) int { return cmp.Compare(r.beside[y], r.beside[x]) })
	return found, nil
}

func firstTwo(letters string) string {
	_, first := utf8.DecodeRuneInString(letters)
	_, second := utf8.DecodeRuneInString(letters[first:])
	return letters[:first+second]
}

// meanings returns what an acronym may be short for in the first of some passages, what most of
// them hold first; of what as many hold, what is defined.
func (r *repair) meanings(ctx context.Context, in []uint64, letters string) ([]meaning, error) {
	beside := map[corpus.PassageID]bool{}
	var ids []corpus.PassageID
	for _, number := range in[:min(len(in), mostExpanded)] {
		id, err := r.idOf(number)
		if err != nil {
			return nil, err
		}
		if _, known := beside[id]; !known {
			ids = append(ids, id)
			beside[id] = r.highest > 0 && r.beside[number] == r.highest
		}
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
		return cmp.Or(cmp.Compare(y.told(), x.told()), cmp.Compare(x.text, y.text))
	})
	return all, nil
}
