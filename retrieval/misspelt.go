package retrieval

import (
	"cmp"
	"context"
	"math"
	"slices"
	"unicode/utf8"

	"verbatim/retrieval/analysis"
)

// Lengths in letters from which on that many letters may be wrong. Words of texts that
// were scanned are misread by two as well.
const (
	oneWrong = 4
	twoWrong = 8
)

// Lengths in letters from which on a word with one wrong letter, or with a slip of the fingers
// behind its first, hardly is another that the texts lack.
const (
	sureLetters     = 7
	sureSlipLetters = 5
)

// maxCandidates is how many words a misspelt one is read as.
const maxCandidates = 3

// A candidate word is one that a misspelt word may stand for.
type like struct {
	form   string
	stop   bool
	wrong  int     // letters
	slip   bool    // of the fingers
	beside float64 // as standing has it
	value  float64
}

// misspelt reads a word as those in which one letter or two differ, or as two words. One that
// a slip of the fingers makes of another is that, unless it more likely is two.
func (r *repair) misspelt(ctx context.Context, w *questionWord) (bool, error) {
	found, err := r.candidates(ctx, w, 1)
	if err != nil {
		return false, err
	}
	at, err := r.cutAt(ctx, w, longHalves)
	if err != nil {
		return false, err
	}
	if slips := slipsOf(found); len(slips) > 0 {
		two, err := r.likelihoodOfTwo(ctx, w, at)
		if err != nil {
			return false, err
		}
		if slips[0].value >= two {
			return true, r.choose(ctx, w, slips)
		}
	}
	switch {
	case at > 0:
		return true, r.divide(ctx, w, w.surface[:at])
	case len(found) > 0:
		return true, r.choose(ctx, w, found)
	}
	if at, err = r.cutAt(ctx, w, shortHalves); err != nil {
		return false, err
	}
	if at > 0 {
		return true, r.divide(ctx, w, w.surface[:at])
	}
	if found, err = r.candidates(ctx, w, 2); err != nil || len(found) == 0 {
		return false, err
	}
	return true, r.choose(ctx, w, found)
}

// candidates returns the words in which so many letters differ from one, the likeliest first.
func (r *repair) candidates(ctx context.Context, w *questionWord, d int) ([]like, error) {
	letters := utf8.RuneCountInString(w.folded)
	if letters < oneWrong || d > 1 && letters < twoWrong {
		return nil, nil
	}
	lists, err := r.lists()
	if err != nil {
		return nil, err
	}
	forms := slices.DeleteFunc(lists.like(w.folded, d)[d], func(f string) bool { return !r.beginsLike(w.folded, f, d) })
	found, err := r.rate(ctx, w, forms, d)
	if err != nil {
		return nil, err
	}
	if d == 1 {
		found = append(found, r.stopsLike(w)...)
	}
	slices.SortStableFunc(found, byValue)
	return found, nil
}

// slipsOf returns those of some candidates that are slips of the fingers.
func slipsOf(found []like) []like {
	return slices.DeleteFunc(slices.Clone(found), func(c like) bool { return !c.slip })
}

// choose reads a word as the likeliest of some, or drops it if that is a stop word.
func (r *repair) choose(ctx context.Context, w *questionWord, found []like) error {
	if found[0].stop {
		w.dropped = true
		r.asked.doubted = append(r.asked.doubted, *w)
		return nil
	}
	r.readAs(w, found)
	w.sure = found[0].wrong == 1 && (r.isSure(w.folded, found[0].form) || r.isSureBeside(w.folded, found))
	native, err := r.isNative(ctx, found[0].form)
	w.strange = !native || w.folded[0] != found[0].form[0]
	return err
}

// isNative reports whether a form is of a word that stands in texts in the question's language, if
// that can be told.
func (r *repair) isNative(ctx context.Context, form string) (bool, error) {
	l := known[r.asked.language]
	if l == nil {
		return true, nil
	}
	n, err := r.count(ctx, textField(l.Code()), l.Term(form), 1)
	return n > 0, err
}

// beginsLike reports whether two words between which so many letters differ begin alike, as
// they should: else invisible is read as visible, and tarte as arte. Only of one letter it may
// be the first that is wrong, and in a short word only by a slip.
func (r *repair) beginsLike(typed, form string, d int) bool {
	return typed[0] == form[0] || d == 1 && (len(typed) >= headMayBeWrong || r.isNativeSlip(typed, form))
}

// isSure reports whether a word between which and another one letter differs surely is meant
// for that.
func (r *repair) isSure(typed, form string) bool {
	letters := utf8.RuneCountInString(typed)
	return letters >= sureLetters || letters >= sureSlipLetters && typed[0] == form[0] && r.isNativeSlip(typed, form)
}

// isSureBeside reports whether a word surely is a slip for the likeliest of some, be it at the
// first letter, because of what is asked besides: that one, and no other, stands in a passage
// with the heaviest other word of the question. Short words are not: what is asked of India may
// be told of the Indre.
func (r *repair) isSureBeside(typed string, found []like) bool {
	if utf8.RuneCountInString(typed) < sureSlipLetters {
		return false
	}
	alone := !slices.ContainsFunc(found[1:], func(c like) bool { return !c.stop && c.beside >= found[0].beside })
	return alone && found[0].beside >= 1 && r.isNativeSlip(typed, found[0].form)
}

func (r *repair) isNativeSlip(typed, meant string) bool {
	return slices.ContainsFunc(r.native, func(l *analysis.Language) bool { return isSlip(l.Code(), typed, meant) })
}

// byValue is the order of words that a misspelt one may stand for, the likeliest first.
func byValue(x, y like) int {
	return cmp.Or(cmp.Compare(x.wrong, y.wrong), cmp.Compare(y.value, x.value), cmp.Compare(x.form, y.form))
}

// readAs lets a word stand for others, beside itself.
func (r *repair) readAs(w *questionWord, found []like) {
	var words [][]string
	w.stands = map[string][]string{}
	for _, c := range found {
		if c.stop || len(words) == maxCandidates {
			continue
		}
		words = append(words, []string{c.form})
		for code, term := range r.asked.newWord(c.form, c.form).terms {
			if !slices.Contains(w.stands[code], term) {
				w.stands[code] = append(w.stands[code], term)
			}
		}
	}
	r.read(w.surface, words...)
}

// near returns the words most like one for which nothing was found, the likeliest first.
// Two letters of a short word turn it into many others: then what is meant has to be all
// that was asked for, or to stand beside another word of the question.
func (r *repair) near(ctx context.Context, form string) ([]string, error) {
	letters := utf8.RuneCountInString(form)
	if letters < oneWrong {
		return nil, nil
	}
	lists, err := r.lists()
	if err != nil {
		return nil, err
	}
	var found []like
	for d, forms := range lists.like(form, 2) {
		forms = slices.DeleteFunc(forms, func(f string) bool {
			return r.isStop(f) || !r.beginsLike(form, f, d) || d == 2 && letters == oneWrong // then too much is alike
		})
		rated, err := r.rate(ctx, &questionWord{folded: form}, forms, d)
		if err != nil {
			return nil, err
		}
		if d == 2 && letters < twoWrong && len(r.asked.words) > 1 {
			rated = slices.DeleteFunc(rated, func(c like) bool { return c.beside == 0 })
		}
		found = append(found, rated...)
	}
	slices.SortStableFunc(found, byValue)
	var words []string
	for _, c := range found[:min(len(found), maxCandidates)] {
		words = append(words, c.form)
	}
	return words, nil
}

// rate returns those of the forms that can be seen, with what speaks for each.
func (r *repair) rate(ctx context.Context, w *questionWord, forms []string, d int) ([]like, error) {
	var found []like
	for _, form := range forms {
		if isNumber(form) {
			continue
		}
		n, beside, err := r.standing(ctx, form)
		if err != nil {
			return nil, err
		}
		if n > 0 {
			found = append(found, like{form: form, wrong: d, slip: d == 1 && r.isNativeSlip(w.folded, form), beside: beside, value: likelihood(n, beside)})
		}
	}
	return found, nil
}

// besideOther is what speaks for a word that stands with the heaviest other word of the
// question in a passage, against 1 for one that is e times as frequent. Stop words stand
// everywhere.
var besideOther = 4.0

// likelihood is what speaks for a word when one with as many other letters was typed: that
// it is frequent, and stands with other words of the question.
func likelihood(frequency int, beside float64) float64 {
	return math.Log(float64(frequency)) + besideOther*beside
}

// isCapital reports whether a word is capitalised where stop words are not, and so is
// none: a name, or in German any noun.
func (r *repair) isCapital(w *questionWord) bool {
	return w.name || analysis.IsName(r.asked.text, w.start)
}

// stopsLike returns stop words that the word may be typed for by a slip, unless it is a
// word of its own.
func (r *repair) stopsLike(w *questionWord) []like {
	if r.isCapital(w) || r.isOwn(w) {
		return nil
	}
	var found []like
	for _, l := range r.native {
		for stop := range l.StopWords() {
			if len(stop) >= oneWrong-1 && isSlip(l.Code(), w.folded, stop) && isHead(w.folded, stop) {
				found = append(found, like{form: stop, stop: true, wrong: 1, slip: true, value: likelihood(r.state.passages(), 1)})
			}
		}
	}
	return found
}

// isHead reports whether a word may be a stop word by its first letter: in a short one that is
// rarely taken for another, but lost, or swapped with the second.
func isHead(typed, stop string) bool {
	return typed[0] == stop[0] || len(stop) >= headMayBeWrong || typed == stop[1:] || isSwap(typed, stop, 0)
}

// isOwn reports whether a word is a frequent one of its own, however like stop words it is.
func (r *repair) isOwn(w *questionWord) bool {
	return slices.ContainsFunc(r.native, func(l *analysis.Language) bool { return likeStops[l.Code()][w.folded] })
}

// standing returns how many passages that can be seen hold a form, and the weight of the
// heaviest other word of the question that stands with it in one, as a share of the
// heaviest of all.
func (r *repair) standing(ctx context.Context, form string) (n int, beside float64, err error) {
	if err := r.readBeside(ctx); err != nil {
		return 0, 0, err
	}
	err = r.reader.each(term{wordField, form}, func(number uint64) bool {
		if r.seen.sees(number) {
			n++
			beside = max(beside, r.beside[number])
		}
		return true
	})
	if r.highest > 0 {
		beside /= r.highest
	}
	return n, beside, err
}

// besideMost is how many passages a word may stand in to speak for others beside it.
const besideMost = 2000

// readBeside notes in which passages words of the question stand, with the weight of
// the heaviest.
func (r *repair) readBeside(ctx context.Context) error {
	if r.beside != nil {
		return nil
	}
	r.beside, r.highest = map[uint64]float64{}, 0
	for _, w := range r.asked.words {
		if w.lacking || w.dropped {
			continue
		}
		for code, text := range w.terms {
			held := term{textField(code), text}
			n, err := r.count(ctx, held.field, held.text, math.MaxInt)
			if err != nil {
				return err
			}
			if n == 0 || n > besideMost {
				continue
			}
			weight := idf(r.state.passages(), n)
			r.highest = max(r.highest, weight)
			err = r.reader.each(held, func(number uint64) bool {
				if r.seen.sees(number) {
					r.beside[number] = max(r.beside[number], weight)
				}
				return true
			})
			if err != nil {
				return err
			}
		}
	}
	return nil
}
