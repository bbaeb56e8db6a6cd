package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// splitSentences returns the ranges of the sentences in a paragraph, without the
// white space around them; together they cover all that is not white space. Language
// is the ISO 639-1 code of the text, whose abbreviations then count; if it is
// another than the six in abbreviations.go or "", those of all six do.
//
// A sentence ends
//   - with the paragraph, a line of verse, a row or an item of a list (lines.go),
//   - at a stop that white space follows, with the quotation marks, brackets and
//     note calls that close there, unless a small letter comes next or the stop
//     belongs to a word (stops.go).
//
// A line break is a space. Semicolons and colons end nothing.
func splitSentences(text, language string) []Range {
	known := abbreviationsOf(language)
	var found []Range
	for _, unit := range units(text, language) {
		s := splitter{text: text, unit: unit, known: known, start: unit.Start}
		found = append(found, s.split()...)
	}
	return joinBare(text, found)
}

// joinBare joins what holds neither letter nor digit to the sentence before it, at
// the head to the one behind it.
func joinBare(text string, sentences []Range) []Range {
	joined := sentences[:0]
	head := true // so far nothing but signs
	for _, s := range sentences {
		bare := !strings.ContainsFunc(text[s.Start:s.End], isLetterOrDigit)
		if len(joined) > 0 && (bare || head) {
			joined[len(joined)-1].End = s.End
		} else {
			joined = append(joined, s)
		}
		head = head && bare
	}
	return joined
}

// trimSpace returns r without white space and byte-order marks at its ends.
func trimSpace(text string, r Range) Range {
	s := text[r.Start:r.End]
	left := strings.TrimLeftFunc(s, isBlank)
	r.Start += len(s) - len(left)
	r.End = r.Start + len(strings.TrimRightFunc(left, isBlank))
	return r
}

func isBlank(r rune) bool { return unicode.IsSpace(r) || r == '\uFEFF' }

// A splitter reads a unit once from its start to its end. What it looks at around a
// stop is bounded, so that any text is split in linear time.
type splitter struct {
	text  string
	unit  Range
	known *abbreviations
	found []Range

	start   int  // of the present sentence
	written bool // it holds a letter or digit
	quotes  int  // ASCII quotation marks read
	angles  int  // » less «, above 0 inside German »quotes«
	aside   int  // end of the brackets that opened inside the sentence, 0 if none are open
	opened  int  // where those brackets open
}

func (s *splitter) split() []Range {
	for at := s.start; at < s.unit.End; {
		r, size := utf8.DecodeRuneInString(s.text[at:])
		if !isStop(r) {
			s.see(r, at)
			at += size
			continue
		}
		stop := s.stopAt(at)
		if s.isEnd(stop) {
			s.end(stop.closed)
		}
		at = stop.end
	}
	s.end(s.unit.End)
	return s.found
}

// see takes note of a character that is no stop.
func (s *splitter) see(r rune, at int) {
	switch {
	case at < s.start: // a closing mark of the sentence before
	case r == '(' || r == '[':
		if s.written && at >= s.aside {
			s.opened, s.aside = at, closing(s.text[at:min(at+maxAside, s.unit.End)], at)
		}
	case isLetterOrDigit(r):
		s.written = true
	}
	switch r {
	case '"':
		s.quotes++
	case '»':
		s.angles++
	case '«':
		s.angles--
	}
}

func (s *splitter) end(at int) {
	if r := trimSpace(s.text, Range{Start: s.start, End: at}); r.Len() > 0 {
		s.found = append(s.found, r)
	}
	s.start, s.written = at, false
}

// maxAside is the length in bytes up to which a bracket that opens inside a sentence
// is read as part of it, whatever stops it holds.
const maxAside = 300

// closing returns the offset behind the bracket that closes the one with which s
// begins, or 0. At is the offset of s.
func closing(s string, at int) int {
	depth := 0
	for i, r := range s {
		switch r {
		case '(', '[':
			depth++
		case ')', ']':
			if depth--; depth == 0 {
				return at + i + 1
			}
		}
	}
	return 0
}

// isEnd reports whether the sentence ends with a stop.
func (s *splitter) isEnd(stop stop) bool {
	switch {
	case !s.written || stop.closed >= s.unit.End || stop.closed < s.aside:
		return false
	case stop.wide:
		return true
	}
	if next, _ := utf8.DecodeRuneInString(s.text[stop.closed:]); !isBlank(next) {
		return stop.closed == stop.end && s.lacksSpace(stop)
	}
	next := s.after(stop.closed)
	switch {
	case next.small || next.goesOn:
		return false
	case stop.closed == s.aside && s.isRemark(stop):
		return false
	case stop.kind == ellipsisStop:
		return next.capital
	case stop.kind == fullStop:
		return s.known.end(s.sentenceTo(stop), next)
	}
	return true
}

// isRemark reports whether the bracket that a stop closes holds one sign or cry, as
// (...) and (sic!).
func (s *splitter) isRemark(stop stop) bool {
	inside := strings.TrimSpace(s.text[s.opened+1 : stop.start])
	return !strings.ContainsFunc(inside, isLetterOrDigit) ||
		stop.kind == otherStop && !strings.ContainsFunc(inside, unicode.IsSpace)
}

// lookBack is how many bytes before a stop tell whether it ends a sentence.
const lookBack = 64

// sentenceTo returns the present sentence up to a stop; of a long one, its end
// behind a space or any character.
func (s *splitter) sentenceTo(stop stop) head {
	from := s.start
	if stop.start-from > lookBack {
		from = stop.start - lookBack
		for !utf8.RuneStart(s.text[from]) {
			from++
		}
	}
	return head{strings.TrimLeftFunc(s.text[from:stop.start], isBlank), from == s.start}
}

// after describes what follows white space at an offset.
func (s *splitter) after(at int) following {
	rest := strings.TrimLeftFunc(s.text[at:s.unit.End], isBlank)
	rest = rest[:floor(rest, lookBack)]
	if strings.ContainsRune(",;:)]", firstRune(rest)) {
		return following{goesOn: true}
	}
	rest = strings.TrimLeftFunc(rest, func(r rune) bool { return isBlank(r) || strings.ContainsRune(openers, r) })
	first := firstRune(rest)
	return following{
		text:    rest,
		small:   unicode.IsLower(first),
		capital: unicode.IsLetter(first) && !unicode.IsLower(first),
	}
}

// openers are the signs that may stand before the first word of a sentence.
const openers = `"'«»‹›“”„‚‘’([{*_¿¡-–—`

// A following is what comes behind a stop.
type following struct {
	text    string // from its first word on
	small   bool   // it begins with a small letter
	capital bool   // it begins with another letter
	goesOn  bool   // it begins with a sign that can't open a sentence
}

func firstRune(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// floor returns the largest length up to n of a prefix of s that ends between two
// characters.
func floor(s string, n int) int {
	if n >= len(s) {
		return len(s)
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return n
}
