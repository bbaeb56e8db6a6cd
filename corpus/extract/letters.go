package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// decimal returns the value of a string of digits, 0 for anything else.
func decimal(s string) int {
	n := 0
	for _, r := range s {
		if r < '0' || r > '9' || n > 99_999 {
			return 0
		}
		n = 10*n + int(r-'0')
	}
	return n
}

const superscriptDigits = "⁰¹²³⁴⁵⁶⁷⁸⁹"

// isSuperscript reports whether r is a superscript digit.
func isSuperscript(r rune) bool {
	return r != utf8.RuneError && strings.ContainsRune(superscriptDigits, r)
}

// plainDigits returns s with superscript digits as digits.
func plainDigits(s string) string {
	return strings.Map(func(r rune) rune {
		if i := strings.IndexRune(superscriptDigits, r); i >= 0 {
			return '0' + rune(utf8.RuneCountInString(superscriptDigits[:i]))
		}
		return r
	}, s)
}

// keyOf returns the letters of a line in lower case, so that lines that differ in
// spaces, numbers and signs are alike.
func keyOf(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// oneLine returns s with each run of white space as one space.
func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// isCapitals reports whether s is written in capitals: four letters or more, hardly
// any of them small.
func isCapitals(s string) bool {
	upper, lower := 0, 0
	for _, r := range s {
		switch {
		case unicode.IsUpper(r):
			upper++
		case unicode.IsLower(r):
			lower++
		}
	}
	return upper >= 4 && lower*8 <= upper
}

// isHyphen reports whether r parts a word at a line end.
func isHyphen(r rune) bool { return r == '-' || r == '\u00AD' || r == '‐' || r == '¬' }

// longestWord is the length in bytes up to which words are looked at.
const longestWord = 60

// wordBefore returns the letters directly before an offset, "" if a longer word or
// none stands there.
func wordBefore(s string, end int) string {
	start := end
	for start > 0 && end-start <= longestWord {
		r, size := utf8.DecodeLastRuneInString(s[:start])
		if !unicode.IsLetter(r) {
			return s[start:end]
		}
		start -= size
	}
	if start > 0 {
		return ""
	}
	return s[:end]
}

// wordAfter returns the letters directly behind an offset, "" if a longer word or none
// stands there.
func wordAfter(s string, start int) string {
	end := start
	for end < len(s) && end-start <= longestWord {
		r, size := utf8.DecodeRuneInString(s[end:])
		if !unicode.IsLetter(r) {
			return s[start:end]
		}
		end += size
	}
	if end < len(s) {
		return ""
	}
	return s[start:]
}

// wordSet returns the words of a list, in lower case.
func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
