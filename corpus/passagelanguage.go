package corpus

import (
	"strings"
	"unicode"

	"github.com/abadojack/whatlanggo"
)

// What a passage needs to be taken for one in another language than its document.
const (
	foreignLetters = 120 // letters
	foreignWords   = 6   // small words that the document's language does not have
	foreignLead    = 3   // as many of them as the other way round
)

// PassageLanguage returns the language of a passage of a document, both ISO 639-1 or
// "": the document's, unless the passage is long enough and clearly in another. A list
// of foreign titles is not: its words are names and numbers for the most part.
func PassageLanguage(passage, document string) string {
	if countLetters(passage) < foreignLetters {
		return document
	}
	if document == "" || whatlanggo.DetectScript(passage) != unicode.Latin {
		if code := Language(passage); code != "" {
			return code
		}
		return document
	}
	words := runningWords(passage)
	other, sure := bySmallWords(strings.Join(words, " "))
	if !sure || other == document {
		return document
	}
	theirs, ours := 0, 0
	for _, w := range words {
		in, out := isSmallWord(other, w), isSmallWord(document, w)
		if in && !out {
			theirs++
		}
		if out && !in {
			ours++
		}
	}
	if theirs < foreignWords || theirs < foreignLead*ours || isList(passage, other) {
		return document
	}
	return other
}

func isSmallWord(code, word string) bool { return functionWords[code][word] || rivals[code][word] }

// runningWords returns the words of a text that are in small letters.
func runningWords(text string) []string {
	var words []string
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsMark(r) }) {
		if unicode.IsLower(firstRune(word)) {
			words = append(words, word)
		}
	}
	return words
}

// isList reports whether a text is no running text: many of its words are numbers or
// have capitals. A German one has them for its nouns too.
func isList(text, language string) bool {
	small, other := 0, 0
	for word := range strings.FieldsFuncSeq(text, func(r rune) bool { return !isWord(r) }) {
		if unicode.IsLower(firstRune(word)) {
			small++
		} else {
			other++
		}
	}
	if language == "de" {
		return small < other
	}
	return small < 2*other
}

func countLetters(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			n++
		}
	}
	return n
}
