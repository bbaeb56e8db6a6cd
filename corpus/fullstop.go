package corpus

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A head is a sentence up to a full stop, or its last lookBack bytes.
type head struct {
	text  string
	whole bool // it is not cut
}

// word returns the word before the stop; an apostrophe parts words, a dot or hyphen
// inside does not.
func (h head) word() string {
	return h.text[1+lastIndexWidth(h.text, func(r rune) bool {
		return unicode.IsSpace(r) || strings.ContainsRune(`"'«»‹›“”„‚‘’([{*_¿¡–—/`, r)
	}):]
}

// lastIndexWidth returns the offset of the last byte of the last character that
// satisfies f, or -1.
func lastIndexWidth(s string, f func(rune) bool) int {
	i := strings.LastIndexFunc(s, f)
	if i < 0 {
		return -1
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size - 1
}

// chain returns the word before the stop together with the abbreviations of one or
// two letters that stand before it: "z.b" of "z. B", "ee.uu" of "EE. UU".
func (h head) chain() string {
	chain := h.word()
	rest := strings.TrimSuffix(h.text, chain)
	for range 4 {
		rest = strings.TrimRightFunc(rest, unicode.IsSpace)
		before, dotted := strings.CutSuffix(rest, ".")
		word := head{text: before}.word()
		if !dotted || word == "" || utf8.RuneCountInString(word) > 2 || !isLetters(word) {
			break
		}
		chain = word + "." + chain
		rest = strings.TrimSuffix(before, word)
	}
	return chain
}

// isCounted reports whether a number stands before the word before the stop.
func (h head) isCounted(word string) bool {
	before := strings.TrimRightFunc(strings.TrimSuffix(h.text, word), unicode.IsSpace)
	return unicode.IsDigit(lastRune(before))
}

// end reports whether a full stop behind h ends a sentence, where no small letter
// comes next.
func (a *abbreviations) end(h head, next following) bool {
	word := h.word()
	written := h.chain()
	chain, lower := strings.ToLower(written), strings.ToLower(word)
	number := a.isNumber(next.text)
	nextWord := leadingWord(next.text)
	switch {
	case word == "": // a lone stop
		return true
	case h.whole && strings.TrimLeft(h.text, openers) == word && isLabel(word):
		return false // the number of an item or note
	case !isSmallLetter(written) && a.before[chain], !isSmallLetter(word) && a.before[lower]: // M. but not 3 m.
		return false
	case a.numbered[lower] && number:
		return false
	case isNumber(word) && len(word) <= 2 && startsWithDigit(next.text): // 12. 3. 1917
		return false
	case (isNumber(word) || isRoman(word)) && ordinalNouns[strings.ToLower(nextWord)]:
		return false
	case a.ordinals && (isNumber(word) && len(word) <= 2 || isRoman(word)): // before a German noun
		return a.opens(nextWord)
	case a.either[chain] || a.either[lower]:
		return !number && a.opens(nextWord)
	case isInitials(word): // of a name, or the letter of "vitamin C."
		return !number && a.opens(nextWord) && !nameParts[strings.ToLower(nextWord)]
	case measures[word] && h.isCounted(word):
		return true
	case isDotted(lower), isDotted(chain), isClipped(word):
		return !number && a.opens(nextWord)
	}
	return true
}

// knows reports whether a word, in lower case, is an abbreviation.
func (a *abbreviations) knows(word string) bool {
	return a.before[word] || a.either[word] || a.numbered[word]
}

// opens reports whether a word can be the first of a sentence and no name: it is a
// function word of the language with a capital.
func (a *abbreviations) opens(word string) bool {
	if !unicode.IsUpper(firstRune(word)) {
		return false
	}
	lower := strings.ToLower(word)
	return slices.ContainsFunc(a.languages, func(code string) bool { return functionWords[code][lower] })
}

// isNumber reports whether s begins with a number: digits, a Roman numeral, or the
// letter and stop of "art. L. 123".
func (a *abbreviations) isNumber(s string) bool {
	word := leadingWord(s)
	switch {
	case startsWithDigit(s), strings.HasPrefix(s, "n°"), strings.HasPrefix(s, "nº"), strings.HasPrefix(s, "§"):
		return true
	case len(word) == 1 && strings.HasPrefix(s[1:], "."):
		return unicode.IsUpper(rune(word[0]))
	case word == "I" && a.opens(word):
		return false
	}
	return isRoman(word)
}

// isSmallLetter reports whether a word is one small letter.
func isSmallLetter(word string) bool {
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && unicode.IsLower(r)
}

func leadingWord(s string) string {
	if end := strings.IndexFunc(s, func(r rune) bool { return !isWord(r) }); end >= 0 {
		return s[:end]
	}
	return s
}

func startsWithDigit(s string) bool { return unicode.IsDigit(firstRune(s)) }

// isNumber reports whether word is digits.
func isNumber(word string) bool { return word != "" && strings.Trim(word, "0123456789") == "" }

func isRoman(word string) bool { return word != "" && strings.Trim(word, "IVXLCDM") == "" }

func isLetters(word string) bool {
	return !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) })
}

// isLabel reports whether word can be the number of an item: "12", "2.3.1", "IV", "a".
func isLabel(word string) bool {
	for part := range strings.SplitSeq(word, ".") {
		if len(part) > 3 || !isNumber(part) && !isRoman(part) && utf8.RuneCountInString(part) != 1 {
			return len(part) <= 5 && isRoman(part) && part == word
		}
	}
	return true
}

// isInitials reports whether word is one capital letter, or two as the J.P of "J.P."
// and the J.-P of "J.-P.".
func isInitials(word string) bool {
	letters := strings.FieldsFunc(word, func(r rune) bool { return r == '.' || r == '-' })
	if len(letters) == 0 || len(letters) > 2 {
		return false
	}
	for _, l := range letters {
		if r, size := utf8.DecodeRuneInString(l); size != len(l) || !unicode.IsUpper(r) {
			return false
		}
	}
	return true
}

// isDotted reports whether a word is short parts with stops between them, as a.m and
// s.f.i.o, or one small letter.
func isDotted(word string) bool {
	parts := strings.Split(word, ".")
	for _, part := range parts {
		part = strings.Trim(part, "-")
		if part == "" || !isLetters(part) || utf8.RuneCountInString(part) > 2 {
			return false
		}
	}
	return len(parts) > 1 || utf8.RuneCountInString(word) == 1
}

// isClipped reports whether a word has letters left out, as Hrsg and bzw: it is short
// and has no vowel. Capitals alone, as in PCF, are a name.
func isClipped(word string) bool {
	if utf8.RuneCountInString(word) > 5 || !isLetters(word) || strings.ToUpper(word) == word {
		return false
	}
	return !strings.ContainsFunc(strings.ToLower(word), func(r rune) bool { return r > unicode.MaxASCII || strings.ContainsRune("aeiouy", r) })
}
