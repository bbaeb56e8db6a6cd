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

// So many passages are read to tell what an acronym is short for, of so many words of a question.
// Which ones depends on the texts alone, as long as no more than mostNamed may tell it.
const (
	mostExpanded = 40
	mostTold     = 4
	mostNamed    = 400
)

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
	a := acronym{questionWord: w, letters: acronymOf(w.surface), capitals: isInCapitals(w.surface) && !isShouted(r.asked.text)}
	skip := r.isStop(w.folded) && (r.isNativeStop(w.folded) || !a.capitals) || !a.capitals && r.isChat(w.folded)
	if r.store == nil || a.letters == "" || w.equal != nil || skip {
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
	letters  string
	capitals bool    // it is typed in capitals, and not all of the question is
	held     numbers // the passages that can be seen and hold it in capitals
}

// isAnyWord reports whether it may be any word that the texts lack: it is in small letters.
func (a acronym) isAnyWord() bool { return a.held == nil && !a.capitals }

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
	if !a.capitals && !a.lacking {
		if as, err := r.count(ctx, wordField, a.folded, math.MaxInt); err != nil || 2*all < as || all == 0 {
			return "", err // it mostly is another word
		}
	}
	in, err := r.tellers(ctx, a)
	if err != nil || len(in) == 0 || r.told == mostTold {
		return "", err
	}
	r.told++
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

// A teller is a passage that may tell what an acronym is short for.
type teller struct {
	corpus.PassageID
	number  uint64
	defines bool    // it may define it
	beside  float64 // the weight of the heaviest other word of the question that it holds
}

// byTelling is the order in which tellers are read, but for which document comes first.
func byTelling(x, y teller) int {
	if x.defines != y.defines {
		if x.defines {
			return -1
		}
		return 1
	}
	return cmp.Compare(y.beside, x.beside)
}

// tellers returns the passages that can be seen and that may tell what an acronym is short for, of
// those that hold it if there are some: first those that may define it, then those that may hold
// words with its first two letters.
func (r *repair) tellers(ctx context.Context, a acronym) ([]teller, error) {
	if err := r.readBeside(ctx); err != nil {
		return nil, err
	}
	var found []teller
	for _, text := range []string{definedMark + a.letters, firstTwo(a.letters)} {
		err := r.reader.each(term{initialsField, text}, func(number uint64) bool {
			if r.seen.sees(number) && (a.held == nil || a.held.has(number)) {
				found = append(found, teller{number: number, defines: text[:1] == definedMark, beside: r.beside[number]})
			}
			return true
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(found, byTelling)
	found = found[:min(len(found), mostNamed)]
	for i := range found {
		var err error
		if found[i].PassageID, err = r.idOf(found[i].number); err != nil {
			return nil, err
		}
	}
	slices.SortStableFunc(found, func(x, y teller) int {
		return cmp.Or(byTelling(x, y), cmp.Compare(x.Document, y.Document), cmp.Compare(x.Ordinal, y.Ordinal))
	})
	return found[:min(len(found), mostExpanded)], nil
}

func firstTwo(letters string) string {
	_, first := utf8.DecodeRuneInString(letters)
	_, second := utf8.DecodeRuneInString(letters[first:])
	return letters[:first+second]
}

// meanings returns what an acronym may be short for in some passages, what most of them hold first; of what as many hold, what is defined.
func (r *repair) meanings(ctx context.Context, in []teller, letters string) ([]meaning, error) {
	beside := map[corpus.PassageID]bool{}
	var ids []corpus.PassageID
	for _, t := range in {
		if _, known := beside[t.PassageID]; !known {
			ids = append(ids, t.PassageID)
			beside[t.PassageID] = r.highest > 0 && t.beside == r.highest
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
