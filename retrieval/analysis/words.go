package analysis

import (
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A word is a piece of a text between white space and punctuation, without what is
// elided before it (l') or put to it after an apostrophe ('s).
type word struct {
	start, end int
	*loneWord
}

// split fills a.words.
func (a *analyzer) split() {
	a.words = make([]word, 0, len(a.text)/5+1)
	for start, end := range Words(a.text) {
		a.divide(start, end)
	}
}

// divide adds a word in its parts at apostrophes, but for those that belong to it. It
// drops what stands for an article or a pronoun (l'État, qu'il) or a genitive
// (Lenin's).
func (a *analyzer) divide(start, end int) {
	piece := a.text[start:end]
	at := strings.IndexFunc(piece, IsApostrophe)
	if at < 0 {
		a.add(start, end)
		return
	}
	if whole[strings.ToLower(PlainApostrophes(Plain(piece)))] {
		a.add(start, end)
		last := &a.words[len(a.words)-1]
		folded := strings.ReplaceAll(last.folded, "'", "")
		last.loneWord = &loneWord{surface: last.surface, lower: last.lower, folded: folded, term: a.term(last.lower, folded)}
		return
	}
	_, size := utf8.DecodeRuneInString(piece[at:])
	if !a.elided[a.Fold(strings.ToLower(Plain(piece[:at])))] {
		ending := strings.ToLower(piece[at+size:])
		if a.negation != "" && ending == a.negation {
			return
		}
		a.add(start, start+at)
		if a.endings[ending] {
			return
		}
	}
	a.divide(start+at+size, end)
}

func (a *analyzer) add(start, end int) {
	if r := a.memo.read(a.text[start:end]); r.folded != "" {
		a.words = append(a.words, word{start, end, r})
	}
}

// whole are words with an apostrophe that is a part of them.
var whole = map[string]bool{"aujourd'hui": true, "prud'homme": true, "prud'hommes": true, "prud'homal": true, "prud'homale": true}

// Words yields the offsets of the words of a text: runs of letters, digits and the
// marks on them, held together by apostrophes between letters. A percent sign after a
// number is a word, and figures that are set low belong to what they stand behind.
func Words(text string) iter.Seq2[int, int] {
	return func(yield func(start, end int) bool) {
		start, apostrophe, numberEnd := -1, -1, -1
		for i, r := range text {
			switch {
			case isWordRune(r) || start >= 0 && apostrophe < 0 && (unicode.Is(unicode.M, r) || isInvisible(r) || isSet(r, text[start:i])):
				if start < 0 {
					start = i
				}
				apostrophe = -1
				continue
			case start >= 0 && IsApostrophe(r) && apostrophe < 0:
				apostrophe = i
				continue
			case start >= 0:
				end := endOfWord(i, apostrophe)
				if !yield(start, end) {
					return
				}
				if last := text[end-1]; '0' <= last && last <= '9' {
					numberEnd = end
				}
				start, apostrophe = -1, -1
			}
			if r == '%' && numberEnd >= 0 && strings.TrimSpace(text[numberEnd:i]) == "" && !yield(i, i+1) {
				return
			}
		}
		if start >= 0 {
			yield(start, endOfWord(len(text), apostrophe))
		}
	}
}

// endOfWord leaves an apostrophe at the end of a word out of it.
func endOfWord(end, apostrophe int) int {
	if apostrophe >= 0 {
		return apostrophe
	}
	return end
}

// isSet reports whether a figure that is set low or high belongs to the word before it: CO₂, km².
// Others that are set high call a note.
func isSet(r rune, before string) bool {
	switch r {
	case '²', '³':
		switch before {
		case "m", "km", "cm", "mm", "dm", "hm":
			return true
		}
	}
	return '₀' <= r && r <= '₉'
}

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return 'a' <= r && r <= 'z' || 'A' <= r && r <= 'Z' || '0' <= r && r <= '9'
	}
	return (unicode.IsLetter(r) || unicode.IsDigit(r)) && !IsApostrophe(r)
}

// IsApostrophe reports whether a character is typed for an apostrophe.
func IsApostrophe(r rune) bool {
	switch r {
	case '\'', '’', '‘', '‛', 'ʼ', 'ʹ', '′', '´', '`', '＇':
		return true
	}
	return false
}

func isHyphen(r rune) bool { return r == '-' || r == '\u2010' || r == '\u2011' || r == '－' }

// gap returns what stands between a word and the next, "" after the last.
func (a *analyzer) gap(i int) string {
	if i+1 >= len(a.words) {
		return ""
	}
	return a.text[a.words[i].end:a.words[i+1].start]
}

// adjoins reports whether only one space stands between a word and the next.
func (a *analyzer) adjoins(i int) bool {
	switch a.gap(i) {
	case " ", "\u00A0", "\u202F", "\u2009", "\n":
		return true
	}
	return false
}

// hyphenated reports whether only a hyphen stands between a word and the next.
func (a *analyzer) hyphenated(i int) bool {
	r, size := utf8.DecodeRuneInString(a.gap(i))
	return isHyphen(r) && size == len(a.gap(i))
}

// follows reports whether the words before i are so many that one stands there, and
// nothing but a space, or the full stop of an abbreviation, between them.
func (a *analyzer) follows(i int) bool {
	return i > 0 && (a.adjoins(i-1) || a.gap(i-1) == ". ")
}

// isCapital reports whether a word begins with a capital.
func (a *analyzer) isCapital(i int) bool {
	r, _ := utf8.DecodeRuneInString(a.text[a.words[i].start:])
	return unicode.IsUpper(r)
}

// isCapitals reports whether a word is of capitals only.
func (a *analyzer) isCapitals(i int) bool {
	w := a.words[i]
	for _, r := range a.text[w.start:w.end] {
		if unicode.IsLower(r) {
			return false
		}
	}
	return a.isCapital(i)
}

// opens reports whether a word opens the text or a sentence.
func (a *analyzer) opens(i int) bool {
	if i == 0 {
		return true
	}
	return strings.ContainsAny(a.gap(i-1), ".?!…:\n\"«“¿¡")
}

// IsName reports whether the word at an offset is a number, or is capitalised and
// does not open the text or a sentence.
func IsName(text string, start int) bool {
	first, _ := utf8.DecodeRuneInString(text[start:])
	if first >= '0' && first <= '9' {
		return true
	}
	if unicode.ToLower(first) == first {
		return false
	}
	before := strings.TrimRight(text[:start], " \t\n\u00A0\u202F\"'’«“(¿¡")
	last, _ := utf8.DecodeLastRuneInString(before)
	return before != "" && !strings.ContainsRune(".?!…", last)
}
