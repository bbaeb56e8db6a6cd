package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A stop is a run of signs that may end a sentence: . ?! … or dots with spaces
// between them.
type stop struct {
	start, end int
	closed     int // behind the quotation marks, brackets and note calls that follow
	kind       stopKind
	wide       bool // as 。, behind which no space is needed
}

type stopKind int

const (
	fullStop     stopKind = iota // one dot, that may belong to a word
	ellipsisStop                 // several
	otherStop                    // any other
)

func isStop(r rune) bool { return r == '…' || unicode.Is(unicode.STerm, r) }

// stopAt returns the stop that begins at an offset.
func (s *splitter) stopAt(at int) stop {
	found := stop{start: at, end: at}
	dots := 0
	for {
		next := found.end
		if found.end > at { // one space may stand between two signs
			next += spaceAt(s.text[found.end:s.unit.End])
		}
		r, size := utf8.DecodeRuneInString(s.text[next:s.unit.End])
		if size == 0 || !isStop(r) || next > found.end && isLetterOrDigit(firstRune(s.text[next+size:])) {
			break
		}
		switch r {
		case '.':
			dots++
		case '…':
			dots += 3
		default:
			found.kind = otherStop
		}
		found.wide = r >= 0x3000
		found.end = next + size
	}
	if found.kind != otherStop && dots > 1 {
		found.kind = ellipsisStop
	}
	found.closed = s.closers(found)
	return found
}

// spaceAt returns the length of the white space character at the head of s, or 0.
func spaceAt(s string) int {
	if r, size := utf8.DecodeRuneInString(s); unicode.IsSpace(r) {
		return size
	}
	return 0
}

// superscripts are the signs of note calls.
const superscripts = "⁰¹²³⁴⁵⁶⁷⁸⁹†‡"

// closers returns the offset behind what closes at a stop: marks without a space
// before them, and quotation marks with one, as in French.
func (s *splitter) closers(stop stop) int {
	at := s.call(stop, stop.end)
	for at < s.unit.End {
		rest := s.text[at:s.unit.End]
		r, size := utf8.DecodeRuneInString(rest)
		after := firstRune(rest[size:])
		switch {
		case strings.ContainsRune(")]}»›", r), strings.ContainsRune(superscripts, r):
		case r == '«':
			if s.angles <= 0 {
				return at
			}
		case strings.ContainsRune(`"'’”“‘‹*_`, r):
			if isLetterOrDigit(after) {
				return at
			}
		case r == '[' || r == '(' || r == '^':
			if size = callLength(rest); size == 0 {
				return at
			}
		default:
			space := len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
			if space == 0 || !s.closesAfterSpace(rest[space:]) {
				return at
			}
			size = space + len(string(firstRune(rest[space:])))
		}
		at += size
		at = s.call(stop, at)
	}
	return at
}

// closesAfterSpace reports whether rest, that white space precedes, begins with a
// quotation mark or note call that closes: no word follows.
func (s *splitter) closesAfterSpace(rest string) bool {
	r, size := utf8.DecodeRuneInString(rest)
	if isLetterOrDigit(firstRune(rest[size:])) {
		return false
	}
	return r == '»' || strings.ContainsRune(superscripts, r) || r == '›' || r == '”' || r == '"' && s.quotes%2 == 1
}

// call returns the offset behind the digits of a note call at an offset, where they
// stand behind a word and its stop: "Pérou.8 Il".
func (s *splitter) call(stop stop, at int) int {
	digits := 0
	for at+digits < s.unit.End && s.text[at+digits] >= '0' && s.text[at+digits] <= '9' {
		digits++
	}
	if digits == 0 || digits > 3 {
		return at
	}
	before := s.sentenceTo(stop)
	word := before.word()
	after := firstRune(s.text[at+digits : s.unit.End])
	if utf8.RuneCountInString(word) < 4 || !unicode.IsLower(lastRune(word)) || s.known.numbered[strings.ToLower(word)] ||
		isLetterOrDigit(after) || isStop(after) || after == ',' {
		return at
	}
	return at + digits
}

// callLength returns the length of a note call at the head of s, as [3], [^3], (3)
// and ^3, or 0.
func callLength(s string) int {
	label := strings.TrimLeft(s, "[(^")
	digits := len(label) - len(strings.TrimLeft(label, "0123456789"))
	if digits == 0 || digits > 3 || len(s)-len(label) > 2 {
		return 0
	}
	length := len(s) - len(label) + digits
	if s[0] == '^' {
		return length
	}
	if closer := firstRune(s[length:]); closer != ']' && closer != ')' {
		return 0
	}
	return length + 1
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// lacksSpace reports whether a stop ends a sentence though no space follows: it
// stands between a word of more than three letters and a capitalised one, in no
// address or file name.
func (s *splitter) lacksSpace(stop stop) bool {
	if next := firstRune(s.text[stop.end:]); stop.end-stop.start != 1 || !unicode.IsUpper(next) {
		return false
	}
	head := s.sentenceTo(stop)
	before := head.text[1+strings.LastIndexFunc(head.text, unicode.IsSpace):]
	rest := s.text[stop.end:s.unit.End]
	rest = rest[:floor(rest, lookBack)]
	after := rest
	if i := strings.IndexFunc(rest, unicode.IsSpace); i >= 0 {
		after = rest[:i]
	}
	word := head.word()
	return isPlain(before) && utf8.RuneCountInString(word) > 3 && unicode.IsLower(lastRune(word)) &&
		isPlain(strings.TrimRight(after, ".,;:!?…»”\")")) && isCapitalised(after) &&
		!s.known.knows(strings.ToLower(word)) && !addressEndings[strings.ToLower(strings.TrimRight(after, ".,;:!?…»”\")"))]
}

// isPlain reports whether s holds nothing but letters and the signs inside and around words.
func isPlain(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsMark(r) && !strings.ContainsRune("'’-«“„\"(", r)
	})
}

func isCapitalised(word string) bool {
	first, size := utf8.DecodeRuneInString(word)
	return unicode.IsUpper(first) && unicode.IsLower(firstRune(word[size:]))
}

// addressEndings follow the last dot of addresses and files.
var addressEndings = set("com", "org", "net", "edu", "gov", "info", "html", "htm", "pdf", "txt", "doc", "docx", "js", "io")
