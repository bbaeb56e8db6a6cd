package retrieval

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"
)

// join reads a word together with the next or the one before.
func (r *repair) join(i int) (bool, error) {
	w := &r.asked.words[i]
	text := r.asked.text
	for _, other := range []part{wordAfter(text, w.end), wordBefore(text, w.start)} {
		if other.Start == other.End {
			continue
		}
		typed := part{min(w.start, other.Start), max(w.end, other.End)}
		first := part{typed.Start, min(w.end, other.End)}
		second := part{max(w.start, other.Start), typed.End}
		form := formOf(text[first.Start:first.End] + text[second.Start:second.End])
		there, err := r.holdsForm(form)
		if err != nil {
			return false, err
		}
		if !there && !r.isNativeStop(form) {
			continue
		}
		for j := range r.asked.words {
			if half := &r.asked.words[j]; j != i && half.start == other.Start {
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
// or in English whats.
func (r *repair) apostrophe(i int) (bool, error) {
	w := &r.asked.words[i]
	for _, l := range r.native {
		for at := 1; at < len(w.folded); at++ {
			before, after := w.folded[:at], w.folded[at:]
			rest := ""
			switch {
			case l.elided[before] && strings.ContainsRune("aeiouhy", rune(after[0])):
				rest = after
			case l.endings[after]:
				rest = before
			default:
				continue
			}
			if r.isNativeStop(rest) {
				w.dropped = true
				return true, nil
			}
			if len(rest) < 3 {
				continue
			}
			there, err := r.holdsForm(rest)
			if err != nil {
				return false, err
			}
			if there {
				r.replace(w, part{w.start, w.end}, rest)
				return true, nil
			}
		}
	}
	return false, nil
}

// cut reads a word as two, the likeliest pair of those that the texts hold: the one
// whose words are the most frequent.
func (r *repair) cut(i int) (bool, error) {
	w := &r.asked.words[i]
	surface := []rune(w.surface)
	best, at := math.Inf(-1), 0
	for n := 1; n < len(surface); n++ {
		left, err := r.frequency(formOf(string(surface[:n])))
		if err != nil {
			return false, err
		}
		if left == 0 {
			continue
		}
		right, err := r.frequency(formOf(string(surface[n:])))
		if err != nil {
			return false, err
		}
		if value := math.Log(left) + math.Log(right); right > 0 && value > best {
			best, at = value, n
		}
	}
	if at == 0 {
		return false, nil
	}
	var halves []questionWord
	var forms []string
	for _, half := range [][2]int{{0, at}, {at, len(surface)}} {
		typed := string(surface[half[0]:half[1]])
		if form := formOf(typed); !r.isNativeStop(form) {
			now := r.asked.newWord(typed, form)
			now.start = w.start + len(string(surface[:half[0]]))
			now.end, now.name = now.start+len(typed), w.name
			halves = append(halves, now)
			forms = append(forms, form)
		}
	}
	w.dropped = true
	if len(halves) > 0 {
		r.read(w.surface, forms)
		*w = halves[0]
		r.asked.words = append(r.asked.words, halves[1:]...)
	}
	return true, nil
}

// shortest is the length in letters of the shortest words that one is cut into.
const shortest = 3

// frequency returns how many passages hold one half of a word that is cut: 0 if it is
// too short, all of them for a stop word.
func (r *repair) frequency(form string) (float64, error) {
	if r.isNativeStop(form) && (len(form) > 1 || strings.Contains("aeioy", form)) {
		return float64(r.state.passages()), nil
	}
	if utf8.RuneCountInString(form) < shortest {
		return 0, nil
	}
	n, err := r.count(wordField, form, math.MaxInt)
	return float64(n), err
}
