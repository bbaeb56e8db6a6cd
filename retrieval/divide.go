package retrieval

import (
	"context"
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A part is bytes of a question.
type part struct{ Start, End int }

// join reads a word together with the next or the one before.
func (r *repair) join(ctx context.Context, w *questionWord) (bool, error) {
	text := r.asked.text
	for _, other := range []part{wordAfter(text, w.end), wordBefore(text, w.start)} {
		if other.Start == other.End {
			continue
		}
		typed := part{min(w.start, other.Start), max(w.end, other.End)}
		first := part{typed.Start, min(w.end, other.End)}
		second := part{max(w.start, other.Start), typed.End}
		form := formOf(text[first.Start:first.End] + text[second.Start:second.End])
		there, err := r.holdsForm(ctx, form)
		if err != nil {
			return false, err
		}
		if !there && !r.isNativeStop(form) {
			continue
		}
		for j := range r.asked.words {
			if half := &r.asked.words[j]; half != w && half.start == other.Start {
				half.dropped = true
			}
		}
		if r.isNativeStop(form) {
			w.dropped = true
		} else {
			r.replace(w, typed, form)
		}
		return true, nil
	}
	return false, nil
}

// wordAfter returns the word that follows an offset after white space or a hyphen, an
// empty part if something else does.
func wordAfter(text string, offset int) part {
	rest := strings.TrimLeft(text[offset:], " -\u00A0")
	start := len(text) - len(rest)
	end := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if end < 0 {
		end = len(rest)
	}
	if start == offset {
		return part{}
	}
	return part{start, start + end}
}

// wordBefore is wordAfter for the word that ends before an offset.
func wordBefore(text string, offset int) part {
	rest := strings.TrimRight(text[:offset], " -\u00A0")
	start := strings.LastIndexFunc(rest, func(r rune) bool { return !unicode.IsLetter(r) })
	if start < 0 {
		start = 0
	} else {
		_, size := utf8.DecodeRuneInString(rest[start:])
		start += size
	}
	if len(rest) == offset {
		return part{}
	}
	return part{start, len(rest)}
}

// apostrophe reads a word as one with what an apostrophe divides from it: lhistoire,
// or in English whats. Most words that could be two without meaning are neither (centre is
// not c'entre, others not other's): of longer ones only those count before or behind which it
// often is lost.
func (r *repair) apostrophe(ctx context.Context, w *questionWord) (bool, error) {
	for _, l := range r.native {
		for at := 1; at < len(w.folded); at++ {
			before, after := w.folded[:at], w.folded[at:]
			elided := l.IsElided(before) && strings.ContainsRune("aeiouhy", rune(after[0]))
			if elided && r.isNativeStop(after) || l.IsEnding(after) && r.isNativeStop(before) {
				likely := elided && l.BehindElided(before, after) || l.IsContracted(before)
				if !r.isCapital(w) && (likely || r.isShort(w)) {
					w.dropped = true
					return true, nil
				}
				continue
			}
			if !elided || len(after) < 3 {
				continue
			}
			if there, err := r.holdsForm(ctx, after); there || err != nil {
				r.replace(w, part{w.start, w.end}, after)
				return true, err
			}
		}
	}
	return false, nil
}

// How short the halves of a word that is cut may be, in letters: those that carry
// meaning, and stop words.
type halves struct{ word, stop int }

var (
	longHalves  = halves{4, 2}
	shortHalves = halves{3, 1}
)

// cutAt returns where a word may be cut in two, in bytes: into the likeliest pair of those
// that the texts hold, the one whose words are the most frequent; 0 if there is none. Two stop
// words are none: words that happen to be made of such (suis-se, mon-de, may-or) are asked
// about far more often than two are typed as one, and the frequent ones of these are words of
// chats. It is not so of words of four letters and less (dela).
func (r *repair) cutAt(ctx context.Context, w *questionWord, least halves) (int, error) {
	surface := []rune(w.surface)
	best, at := math.Inf(-1), 0
	for n := 1; n < len(surface); n++ {
		value := 0.0
		if (r.isCapital(w) || !r.isShort(w)) && r.isNativeStop(formOf(string(surface[:n]))) && r.isNativeStop(formOf(string(surface[n:]))) {
			continue
		}
		for _, half := range []string{string(surface[:n]), string(surface[n:])} {
			frequency, err := r.frequency(ctx, formOf(half), least)
			if err != nil {
				return 0, err
			}
			value += math.Log(frequency)
		}
		if value > best {
			best, at = value, n
		}
	}
	return len(string(surface[:at])), nil
}

// likelihoodOfTwo is what speaks for a word being two, which end and begin at an offset: what
// speaks for the less likely of them that carries meaning.
func (r *repair) likelihoodOfTwo(ctx context.Context, w *questionWord, at int) (float64, error) {
	if at == 0 {
		return math.Inf(-1), nil
	}
	least := math.Inf(1)
	for _, half := range []string{w.surface[:at], w.surface[at:]} {
		form := formOf(half)
		if r.isNativeStop(form) {
			continue
		}
		n, beside, err := r.standing(ctx, form)
		if err != nil {
			return 0, err
		}
		least = min(least, likelihood(n, beside))
	}
	return least, nil
}

// divide replaces a word by two, of which the first is given, but for one that is a stop
// word.
func (r *repair) divide(ctx context.Context, w *questionWord, first string) error {
	var words []questionWord
	var forms []string
	at := w.start
	for _, typed := range []string{first, w.surface[len(first):]} {
		if form := formOf(typed); !r.isNativeStop(form) {
			half := r.asked.newWord(typed, form)
			half.start, half.end, half.name = at, at+len(typed), w.name
			_, beside, err := r.standing(ctx, form)
			if err != nil {
				return err
			}
			half.guessed = beside < 1
			words = append(words, half)
			forms = append(forms, form)
		}
		at += len(typed)
	}
	w.dropped = true
	if len(words) > 0 {
		r.read(w.surface, forms)
		*w = words[0]
		r.asked.words = append(r.asked.words, words[1:]...)
	}
	return nil
}

// isShort reports whether a word is so short that it may be two stop words.
func (r *repair) isShort(w *questionWord) bool {
	const long = 5
	return utf8.RuneCountInString(w.folded) < long && !r.isOwn(w)
}

// frequency returns how many passages hold one half of a word that is cut: 0 if it is
// too short, all of them for a stop word.
func (r *repair) frequency(ctx context.Context, form string, least halves) (float64, error) {
	if r.isNativeStop(form) && len(form) >= least.stop && (len(form) > 1 || strings.Contains("aeoy", form)) {
		return float64(r.state.passages()), nil
	}
	if utf8.RuneCountInString(form) < least.word {
		return 0, nil
	}
	n, err := r.count(ctx, wordField, form, math.MaxInt)
	return float64(n), err
}
