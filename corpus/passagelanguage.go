package corpus

import (
	"slices"
	"strings"
	"sync"
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
	if !mayBeForeign(words, document) {
		return document
	}
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

// mayBeForeign reports whether the small words of any language would make a passage
// foreign. It is quick, and most passages are not.
func mayBeForeign(words []string, document string) bool {
	small := smallWordsOf()
	ours := small.bits[document]
	counts := make([][2]int, len(small.bits)) // theirs and ours, by language
	for _, w := range words {
		in := small.words[w]
		for k := range counts {
			bit := uint64(1) << k
			switch {
			case in&bit != 0 && in&ours == 0:
				counts[k][0]++
			case in&bit == 0 && in&ours != 0:
				counts[k][1]++
			}
		}
	}
	return slices.ContainsFunc(counts, func(n [2]int) bool { return n[0] >= foreignWords && n[0] >= foreignLead*n[1] })
}

// smallWordSets say in which languages each small word is one: a bit for each language.
type smallWordSets struct {
	bits  map[string]uint64
	words map[string]uint64
}

var smallWordsOf = sync.OnceValue(func() smallWordSets {
	s := smallWordSets{map[string]uint64{}, map[string]uint64{}}
	for _, lists := range []map[string]map[string]bool{functionWords, rivals} {
		for code, list := range lists {
			if s.bits[code] == 0 {
				s.bits[code] = 1 << len(s.bits)
			}
			for word, is := range list {
				if is {
					s.words[word] |= s.bits[code]
				}
			}
		}
	}
	return s
})

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
