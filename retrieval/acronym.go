package retrieval

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/retrieval/analysis"
)

// What an acronym is short for begins with its letters: PS, Parti socialiste. Small words
// between give none (Universidade Federal do Rio Grande, UFRG), but where a text defines the
// acronym they may. A text defines one that stands in brackets behind what it is short for, or
// before that in brackets.

// initialsField holds the first letters of each word with a capital and of the next (ps): there
// may begin what an acronym is short for. Of words in capitals that may be acronyms it holds all
// letters behind capitalsMark (=ps), and behind definedMark too where they stand in brackets or
// before some ((ps): there they may be defined.
const (
	initialsField = "initials"
	capitalsMark  = "="
	definedMark   = "("
)

// Acronyms have so many letters.
const (
	leastAcronym = 2
	mostAcronym  = 6
)

// mostSmall is how many small words may stand between two of what an acronym is short for.
const mostSmall = 3

// acronymOf returns the letters of a word that may be an acronym by how it is written, in
// capitals or in small letters, with full stops or without. They are in lower case and without
// accents; there are none if it can't be one.
func acronymOf(word string) string {
	word = analysis.Plain(word)
	if word != strings.ToUpper(word) && word != strings.ToLower(word) {
		return ""
	}
	letters := strings.Join(strings.FieldsFunc(analysis.Fold(strings.ToLower(word)), func(r rune) bool {
		return r == '.' || unicode.IsSpace(r)
	}), "")
	n := utf8.RuneCountInString(letters)
	other := strings.ContainsFunc(letters, func(r rune) bool { return !unicode.IsLetter(r) })
	if other || n < leastAcronym || n > mostAcronym || isNumber(letters) {
		return ""
	}
	return letters
}

// isInCapitals reports whether a word is an acronym, or another, in capitals.
func isInCapitals(word string) bool {
	return acronymOf(word) != "" && word == strings.ToUpper(word)
}

// isShouted reports whether a text is in capitals alone: then they tell nothing.
func isShouted(text string) bool { return !strings.ContainsFunc(text, unicode.IsLower) }

// initialsIn returns the terms of initialsField for the words of a text.
func initialsIn(text string, words []analysis.Token) []string {
	var found []string
	for i, t := range words {
		if t.Also || !isCapitalised(text[t.Start:]) {
			continue
		}
		if word := text[t.Start:t.End]; isInCapitals(word) {
			letters := acronymOf(word)
			if found = append(found, capitalsMark+letters); isAtBracket(text, t) {
				found = append(found, definedMark+letters)
			}
		}
		next := i + 1
		for next < len(words) && words[next].Also {
			next++
		}
		if next == len(words) || !isJoint(text[t.End:words[next].Start]) {
			continue
		}
		if first, second := initial(text[t.Start:]), initial(text[words[next].Start:]); first != "" && second != "" {
			found = append(found, first+second)
		}
	}
	return found
}

// isAtBracket reports whether a word stands alone in brackets, or before some.
func isAtBracket(text string, t analysis.Token) bool {
	alone := strings.HasSuffix(text[:t.Start], "(") && strings.HasPrefix(text[t.End:], ")")
	return alone || strings.HasPrefix(text[t.End:], " (")
}

func isCapitalised(text string) bool {
	first, _ := utf8.DecodeRuneInString(text)
	return unicode.IsUpper(first)
}

// initial returns the first letter of a text in lower case and without accents, "" if no letter
// is first.
func initial(text string) string {
	first, _ := utf8.DecodeRuneInString(text)
	if !unicode.IsLetter(first) {
		return ""
	}
	folded := analysis.Fold(strings.ToLower(string(first)))
	_, size := utf8.DecodeRuneInString(folded)
	return folded[:size]
}

// isJoint reports whether what stands between two words holds them together: some small words,
// hyphens and apostrophes, and no punctuation.
func isJoint(gap string) bool {
	if strings.ContainsFunc(gap, func(r rune) bool {
		return !unicode.IsLower(r) && r != ' ' && r != '-' && r != '\u00A0' && r != '\u202F' && !analysis.IsApostrophe(r)
	}) {
		return false
	}
	return len(strings.Fields(gap)) <= mostSmall
}

// An expansion is a piece of a text that an acronym may be short for.
type expansion struct {
	text     string
	defined  bool // as such, by the text
	capitals bool // each of its words has one, but small words
}

// expansionsIn returns what an acronym may be short for in a text of a language. Where it is not
// defined, each word has a capital, or in Romance languages the first one, which is a name.
func expansionsIn(code, text, letters string) []expansion {
	words := Analyze(code, text)
	var found []expansion
	for i, t := range words {
		if t.Also {
			continue
		}
		last, capitals, small, spelt := spell(text, words[i:], letters)
		if !spelt {
			continue
		}
		e := expansion{text: text[t.Start:last.End], defined: isDefined(text, t.Start, last.End, letters), capitals: capitals}
		if e.defined || !small && (capitals || capitalOnFirst[code] && analysis.IsName(text, t.Start)) {
			found = append(found, e)
		}
	}
	return found
}

// capitalOnFirst are the languages that write Parti socialiste.
var capitalOnFirst = analysis.SetOf("fr es it pt")

// spell reads an acronym off the first letters of some words, from the first one on. It returns
// the last of them, whether each has a capital, whether small words between give letters too,
// and whether they spell the acronym at all.
func spell(text string, words []analysis.Token, letters string) (last analysis.Token, capitals, small, spelt bool) {
	rest := letters
	capitals = true
	for i, t := range words {
		if t.Also {
			continue
		}
		if i > 0 {
			gap := text[last.End:t.Start]
			if !isJoint(gap) {
				return last, false, false, false
			}
			if own := initial(text[t.Start:]); !strings.HasPrefix(rest, own) {
				rest, small = spellSmall(gap, rest), true
			}
		}
		gives := initial(text[t.Start:])
		if word := strings.ToLower(text[t.Start:t.End]); isNumber(word) {
			gives = word
		}
		if gives == "" || !strings.HasPrefix(rest, gives) {
			return last, false, false, false
		}
		rest, last = rest[len(gives):], t
		capitals = capitals && isCapitalised(text[t.Start:])
		if rest == "" {
			return last, capitals, small, i > 0
		}
	}
	return last, false, false, false
}

// spellSmall takes the letters that small words give off the front of an acronym.
func spellSmall(gap, letters string) string {
	for start, end := range analysis.Words(gap) {
		letters = strings.TrimPrefix(letters, initial(gap[start:end]))
	}
	return letters
}

// isDefined reports whether an acronym stands in brackets behind a piece of a text, or before it
// where that stands in brackets.
func isDefined(text string, start, end int, letters string) bool {
	if behind, found := strings.CutPrefix(strings.TrimLeft(text[end:], " "), "("); found {
		word, _, closed := strings.Cut(behind, ")")
		return closed && acronymOf(word) == letters
	}
	before, opened := strings.CutSuffix(text[:start], " (")
	if !opened || !strings.HasPrefix(text[end:], ")") {
		return false
	}
	word := before[strings.LastIndexFunc(before, func(r rune) bool { return !unicode.IsLetter(r) && r != '.' })+1:]
	return acronymOf(word) == letters
}
