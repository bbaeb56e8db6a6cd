package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/sentences"
)

// splitSentences returns the ranges of the sentences in text[r.Start:r.End], a
// paragraph, without the white space around them. Sentence boundaries are those of
// Unicode (UAX #29), less those at line ends, after abbreviations and initials,
// and before a small letter.
func splitSentences(text string, r Range) []Range {
	var found []Range
	at := r.Start
	open := false // the last range goes on
	for tokens := sentences.FromString(text[r.Start:r.End]); tokens.Next(); {
		segment := Range{Start: at, End: at + len(tokens.Value())}
		at = segment.End
		if len(found) > 0 {
			segment.Start = takeCloser(text, &found[len(found)-1], segment)
		}
		segment = trimRange(text, segment)
		if segment.Len() == 0 {
			continue
		}
		if open || len(found) > 0 && startsSmall(text[segment.Start:segment.End]) {
			found[len(found)-1].End = segment.End
		} else {
			found = append(found, segment)
		}
		last := found[len(found)-1]
		open = goesOn(text[last.Start:last.End])
	}
	return found
}

// takeCloser gives a quotation mark at the head of a segment to the sentence before
// it, where French puts it: after a space. It returns where the segment then begins.
func takeCloser(text string, before *Range, segment Range) int {
	s := text[segment.Start:segment.End]
	rest := strings.TrimLeftFunc(s, unicode.IsSpace)
	if !strings.HasPrefix(rest, "»") {
		return segment.Start
	}
	before.End = segment.Start + len(s) - len(rest) + len("»")
	return before.End
}

// trimRange returns r without white space and byte-order marks at its ends.
func trimRange(text string, r Range) Range {
	trimmed := trimSpace(text[r.Start:r.End])
	return Range{Start: r.Start + trimmed.Start, End: r.Start + trimmed.End}
}

// trimSpace returns the range of s without white space and byte-order marks at its ends.
func trimSpace(s string) Range {
	isSpace := func(c rune) bool { return unicode.IsSpace(c) || c == '\uFEFF' }
	left := strings.TrimLeftFunc(s, isSpace)
	start := len(s) - len(left)
	return Range{Start: start, End: start + len(strings.TrimRightFunc(left, isSpace))}
}

// lookBack is how many bytes before the end of a sentence tell whether it goes on.
const lookBack = 64

// goesOn reports whether a sentence is not over at the end of s: it has no final
// punctuation, or its full stop belongs to an abbreviation, an initial or a number.
func goesOn(s string) bool {
	whole := len(s) <= lookBack
	if !whole {
		s = s[len(s)-lookBack:]
	}
	s = strings.TrimRightFunc(s, isCloser)
	last, size := utf8.DecodeLastRuneInString(s)
	switch last {
	case '!', '?', '…', '。', '！', '？':
		return false
	case '.':
	default:
		return true
	}
	s = s[:len(s)-size]
	if strings.HasSuffix(s, ".") { // an ellipsis of dots
		return false
	}
	start := 1 + strings.LastIndexFunc(s, func(r rune) bool { return unicode.IsSpace(r) || isOpener(r) })
	word := s[start:]
	if abbreviations[strings.ToLower(word)] {
		return true
	}
	if isNumber(word) {
		return start == 0 && whole // "1." at the head of an item; "en 1917." is an end
	}
	return isInitial(word)
}

func isCloser(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`"'»”’)]*_`, r)
}

func isOpener(r rune) bool { return strings.ContainsRune(`"'«“‘([’`, r) }

func isNumber(word string) bool {
	return word != "" && strings.Trim(word, "0123456789") == ""
}

// isInitial reports whether word is a capital letter, or ends in a full stop and
// one, as the P.C of "P.C.".
func isInitial(word string) bool {
	if i := strings.LastIndexByte(word, '.'); i >= 0 {
		word = word[i+1:]
	}
	if i := strings.LastIndexByte(word, '-'); i >= 0 { // J.-C.
		word = word[i+1:]
	}
	r, size := utf8.DecodeRuneInString(word)
	return size == len(word) && size > 0 && unicode.IsUpper(r)
}

func startsSmall(s string) bool {
	s = strings.TrimLeftFunc(s, func(r rune) bool { return isOpener(r) || unicode.IsSpace(r) || r == '—' || r == '–' })
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLower(r)
}

// abbreviations are words, in lower case, whose full stop does not end a sentence.
var abbreviations = set(
	// French
	"cf", "p", "pp", "vol", "chap", "art", "fig", "éd", "ed", "éds", "eds", "dir", "trad",
	"coll", "t", "op", "cit", "loc", "ibid", "n°", "nº", "no", "m", "mm", "mme", "mlle", "dr",
	"pr", "st", "ste", "av", "apr", "env", "réf", "suiv", "ss", "sq", "sqq", "ex", "c.-à-d",
	// Spanish
	"sr", "sra", "srta", "d", "dª", "ud", "uds", "núm", "num", "pág", "págs", "cap", "ej", "aprox",
	// English
	"mr", "mrs", "ms", "prof", "vs", "e.g", "i.e", "viz", "approx", "gen", "col", "rev", "jr",
	// German, Italian, Portuguese
	"hrsg", "bd", "bzw", "z.b", "d.h", "vgl", "sig", "dott", "sen",
)

func set(words ...string) map[string]bool {
	m := make(map[string]bool, len(words))
	for _, w := range words {
		m[w] = true
	}
	return m
}
