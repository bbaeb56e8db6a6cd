package retrieval

import (
	"cmp"
	"context"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/retrieval/analysis"
)

// A repair reads words of a question that the texts lack as words that they hold.
// What it tries, the likeliest error first: a word of chats; one word typed as two; an
// apostrophe left out; a slip of the fingers; two words typed as one; one or two letters wrong.
type repair struct {
	reader *view
	lists  func() (wordLists, error) // of the words of the texts
	state  state
	seen   selection
	asked  *question
	access corpus.Access
	store  *corpus.Store // that tells what acronyms are short for; nil if none does

	native  []*analysis.Language // of the question; of all texts if it is not known
	unknown []string             // forms of words for which nothing was found
	beside  map[uint64]float64   // of passages that can be seen
	highest float64              // idf in beside
	german  map[string]bool      // forms, by whether texts in German hold them
	told    int                  // words of which passages were read that tell acronyms
	asksBy  *string              // the noun by which the question asks, see kindOf; nil until it is needed
}

// newRepair prepares the repair of an analysed question.
func (g *guildIndex) newRepair(reader *view, s state, asked *question, seen selection) *repair {
	r := &repair{reader: reader, state: s, seen: seen, asked: asked}
	r.lists = func() (wordLists, error) { return g.words(reader) }
	if l := known[asked.language]; l != nil {
		r.native = []*analysis.Language{l}
	} else {
		for _, code := range asked.languages {
			r.native = append(r.native, languageOf(code))
		}
	}
	return r
}

// all repairs every word of the question that needs it.
func (r *repair) all(ctx context.Context) error {
	var lacking []int
	for i := range r.asked.words {
		w := &r.asked.words[i]
		if isNumber(w.folded) || r.isStop(w.folded) && (r.isNativeStop(w.folded) || !isInCapitals(w.surface)) {
			continue
		}
		there, err := r.holds(ctx, w)
		if err != nil {
			return err
		}
		if there {
			if err := r.name(ctx, w); err != nil {
				return err
			}
			continue
		}
		w.lacking, w.equal = true, nil
		lacking = append(lacking, i)
	}
	for i := range r.asked.words {
		if err := r.expand(ctx, &r.asked.words[i]); err != nil {
			return err
		}
	}
	if lacking == nil {
		return r.glue(ctx)
	}
	for _, i := range lacking {
		if w := &r.asked.words[i]; !w.dropped && w.lacking {
			if err := r.term(ctx, w); err != nil {
				return err
			}
		}
		if w := &r.asked.words[i]; !w.dropped && w.lacking {
			if err := r.word(ctx, w); err != nil {
				return err
			}
		}
	}
	slices.SortStableFunc(r.asked.words, func(x, y questionWord) int { return cmp.Compare(x.start, y.start) })
	r.asked.words = slices.DeleteFunc(r.asked.words, func(w questionWord) bool { return w.dropped })
	return r.glue(ctx)
}

// word repairs one word.
func (r *repair) word(ctx context.Context, w *questionWord) error {
	if utf8.RuneCountInString(w.folded) > analysis.MaxTermRunes {
		return nil
	}
	if !w.name && (r.isChat(w.folded) || r.onlyAsks(w.folded)) {
		w.dropped = true
		return nil
	}
	if isSeveral(w.folded) { // initials written apart mean just what they are
		r.unknown = append(r.unknown, w.folded)
		return nil
	}
	for _, try := range []func(context.Context, *questionWord) (bool, error){r.join, r.apostrophe, r.unglue, r.misspelt} {
		if done, err := try(ctx, w); done || err != nil {
			return err
		}
	}
	r.unknown = append(r.unknown, w.folded)
	return nil
}

// isStop reports whether a word in lower case and without accents is a stop word of
// the question's language or one of the texts.
func (r *repair) isStop(folded string) bool {
	for _, code := range r.asked.languages {
		if languageOf(code).IsStop(folded) {
			return true
		}
	}
	return r.isNativeStop(folded)
}

func (r *repair) isNativeStop(folded string) bool {
	return slices.ContainsFunc(r.native, func(l *analysis.Language) bool { return l.IsStop(folded) })
}

// isChat reports whether a word that the texts lack is one of chats or a light verb, in the
// question's language or in one of the texts: questions in chat words rarely tell theirs.
func (r *repair) isChat(folded string) bool {
	isOf := func(code string) bool { return chat[code][folded] || lightVerbs[code][folded] }
	return slices.ContainsFunc(r.native, func(l *analysis.Language) bool { return isOf(l.Code()) }) ||
		slices.ContainsFunc(r.asked.languages, isOf) || courtesy[folded]
}

// onlyAsks reports whether a word that the texts lack only says what is asked for, and others
// say of what: the reason in "for what reason". Where nothing else is asked it stays.
func (r *repair) onlyAsks(folded string) bool {
	if len(r.asked.words) <= 1 {
		return false
	}
	if r.asksBy == nil {
		_, by := kindOf(r.asked.language, r.asked.text)
		r.asksBy = &by
	}
	return *r.asksBy == folded
}

// holds reports whether texts that can be seen hold a word, in any of its forms.
func (r *repair) holds(ctx context.Context, w *questionWord) (bool, error) {
	for code, term := range w.terms {
		if n, err := r.count(ctx, textField(code), term, 1); n > 0 || err != nil {
			return n > 0, err
		}
	}
	if n, err := r.count(ctx, wordField, w.folded, 1); n > 0 || err != nil {
		return n > 0, err
	}
	return r.holdsEqual(ctx, w)
}

// holdsEqual reports whether texts that can be seen hold a term that is equal to a word.
func (r *repair) holdsEqual(ctx context.Context, w *questionWord) (there bool, err error) {
	for code, terms := range w.equal {
		for _, term := range terms {
			err := postingsOf(ctx, r.reader, code, term, func(p posting) { there = there || r.seen.sees(p.number) })
			if there || err != nil {
				return there, err
			}
		}
	}
	return false, nil
}

// holdsForm reports whether texts that can be seen hold a word just as it is, but for
// case and accents.
func (r *repair) holdsForm(ctx context.Context, form string) (bool, error) {
	n, err := r.count(ctx, wordField, form, 1)
	return n > 0, err
}

// count returns how many passages that can be seen hold a term. Once there are enough
// it may stop.
func (r *repair) count(ctx context.Context, field, text string, enough int) (int, error) {
	if r.seen.all {
		all, err := r.reader.lists(term{field, text})
		return all.n, err
	}
	n := 0
	err := r.reader.each(term{field, text}, func(number uint64) bool {
		if r.seen.sees(number) {
			n++
		}
		return n < enough
	})
	return n, err
}

// replace reads a word as another in its place.
func (r *repair) replace(w *questionWord, typed part, form string) {
	text := r.asked.text[typed.Start:typed.End]
	r.read(text, []string{form})
	now := r.asked.newWord(text, form)
	now.start, now.end, now.name = typed.Start, typed.End, w.name
	*w = now
}

func (r *repair) read(typed string, words ...[]string) {
	r.asked.readings = append(r.asked.readings, reading{typed: typed, words: words})
}

// isNumber reports whether a word has a digit or is a roman numeral of more than a
// letter: such words mean just what they are.
func isNumber(folded string) bool {
	return strings.ContainsFunc(folded, unicode.IsDigit) || len(folded) > 1 && roman.MatchString(folded)
}

var roman = regexp.MustCompile(`^m{0,3}(cm|cd|d?c{0,3})(xc|xl|l?x{0,3})(ix|iv|v?i{0,3})(e|eme|er|th|o)?$`)
