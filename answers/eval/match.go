package eval

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// budgets are how much of a reply is read, in code points of the excerpts one after
// another.
var budgets = [...]int{300, 600, 900}

// inBudgets tells for each budget whether any of the answers stands in so much of
// the texts.
func inBudgets(answers, texts []string) (found [len(budgets)]bool) {
	for i, budget := range budgets {
		found[i] = inBudget(answers, texts, budget)
	}
	return found
}

func inBudget(answers, texts []string, budget int) bool {
	for _, text := range texts {
		if slices.ContainsFunc(answers, func(a string) bool { return stands(a, text, budget) }) {
			return true
		}
		if budget -= utf8.RuneCountInString(text); budget <= 0 {
			break
		}
	}
	return false
}

// stands reports whether an answer stands in the first code points of a text, as
// many as the budget says, whole and at the edges of words. An answer of nothing
// that counts stands nowhere.
func stands(answer, text string, budget int) bool {
	answer, whole := strings.TrimSpace(unify(answer)), unify(text)
	// What is read of whole. The edge of a word is judged in all of it, or "50"
	// would stand at the end of "1950" cut in two.
	end := len(unify(firstRunes(text, budget)))
	for from := 0; answer != ""; {
		i := strings.Index(whole[from:], answer)
		if i < 0 || from+i+len(answer) > end {
			return false
		}
		from += i
		if !splitsWord(whole, from) && !splitsWord(whole, from+len(answer)) {
			return true
		}
		from++
	}
	return false
}

// firstRunes returns the first n code points of s.
func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// unify returns a text without the differences that don't matter: of case, white
// space, quotes and apostrophes; superscript digits and * are dropped. What begins
// alike is alike at the beginning.
func unify(text string) string {
	var out strings.Builder
	space := true // the last one written, or nothing yet
	for _, r := range norm.NFC.String(text) {
		switch {
		case r == '*' || isSuperscript(r):
			continue
		case isQuote(r):
			r = '\''
		case unicode.IsSpace(r):
			r = ' '
		}
		if r != ' ' || !space {
			out.WriteRune(unicode.ToLower(r))
		}
		space = r == ' '
	}
	return out.String()
}

func isSuperscript(r rune) bool { return strings.ContainsRune("⁰¹²³⁴⁵⁶⁷⁸⁹", r) }

// isQuote reports whether r is a quotation mark, an apostrophe, or what is typed in
// the place of one.
func isQuote(r rune) bool {
	return unicode.Is(unicode.Quotation_Mark, r) || strings.ContainsRune("ʼ`´′", r)
}

// splitsWord reports whether a word goes on across an offset of a text.
func splitsWord(text string, at int) bool {
	before, _ := utf8.DecodeLastRuneInString(text[:at])
	after, _ := utf8.DecodeRuneInString(text[at:])
	return isWord(before) && isWord(after)
}

func isWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) }
