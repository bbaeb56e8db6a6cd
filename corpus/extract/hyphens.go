package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joinHyphens joins words that are parted at line ends: of one that is written with a
// hyphen anyway only the line end is skipped, of another the hyphen too. Which it is
// the text itself tells where it has the word elsewhere.
func (l *looker) joinHyphens() {
	skipped := union(append([]Range(nil), l.skipped...))
	words := wordsOf(l.source)
	for at := 0; ; {
		i := strings.IndexFunc(l.source[at:], isHyphen)
		if i < 0 {
			return
		}
		i += at
		if s := rangeAt(skipped, i); s.Len() > 0 {
			at = s.End
			continue
		}
		_, size := utf8.DecodeRuneInString(l.source[i:])
		at = i + size
		end, found := overLineEnd(l.source, at, skipped)
		if !found {
			continue
		}
		switch words.atLineEnd(l.source, i, end) {
		case oneWord:
			l.skipped = append(l.skipped, Range{i, end})
		case hyphened:
			l.skipped = append(l.skipped, Range{at, end})
		}
		at = end
	}
}

// A joint says what a hyphen at a line end is.
type joint int

const (
	noJoint  joint = iota // no part of a word, or of one that goes on elsewhere
	oneWord               // only the line end put it there
	hyphened              // the word is written with it
)

// words are the words of a text in lower case, and how often they stand there.
type words struct {
	whole map[string]int // with their hyphens
	first map[string]int // first parts of words with hyphens
}

func wordsOf(s string) words {
	w := words{map[string]int{}, map[string]int{}}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		word = strings.ToLower(strings.Trim(word, "-"))
		w.whole[word]++
		if i := strings.IndexByte(word, '-'); i > 0 {
			w.first[word[:i]]++
		}
	}
	return w
}

// atLineEnd says what the hyphen at an offset is, where the next line begins at end.
func (w words) atLineEnd(source string, i, end int) joint {
	left, right := wordBefore(source, i), wordAfter(source, end)
	digits := i > 0 && isDigitByte(source[i-1]) && end < len(source) && isDigitByte(source[end])
	hyphen, _ := utf8.DecodeRuneInString(source[i:])
	low, lowRight := strings.ToLower(left), strings.ToLower(right)
	glued, parted := w.whole[low+lowRight], w.whole[low+"-"+lowRight]
	switch {
	case digits && hyphen == '-':
		return hyphened
	case left == "" || right == "" || suspended[lowRight]:
		return noJoint
	case hyphen != '-':
		return oneWord
	case parted != glued:
		return pick(parted > glued)
	case isCapitals(left) && isCapitals(right):
		return oneWord
	case !unicode.IsLower(firstRune(right)):
		return hyphened
	}
	return pick(utf8.RuneCountInString(left) == 1 || keepsAfter[low] || keepsBefore[lowRight] ||
		w.first[low] > 0 || strings.HasSuffix(low, "i") && lowRight[0] == 'i')
}

func pick(keeps bool) joint {
	if keeps {
		return hyphened
	}
	return oneWord
}

func isDigitByte(c byte) bool { return c >= '0' && c <= '9' }

var (
	// keepsAfter are words behind which a hyphen stays, keepsBefore words before which.
	keepsAfter = wordSet(`arrière après avant demi là celui celle ceux celles vice grand lui eux elle moi toi soi peut
		quelques dix vingt trente quarante cinquante soixante quatre nord sud self well`)
	keepsBefore = wordSet(`même mêmes il elle ils elles on je vous`)
	// suspended are words before which a hyphen stands for what comes: "Land- und
	// Stadtleute".
	suspended = wordSet(`und oder bzw sowie and et`)
)

// overLineEnd returns the offset behind the white space, with one line end or what is
// skipped, that begins at an offset; found is false if there is none, or more.
func overLineEnd(source string, at int, skipped []Range) (end int, found bool) {
	lines, jumped := 0, false
	for at < len(source) {
		if s := rangeAt(skipped, at); s.Len() > 0 {
			lines += strings.Count(source[at:s.End], "\n")
			at, jumped = s.End, true
			continue
		}
		r, size := utf8.DecodeRuneInString(source[at:])
		if !unicode.IsSpace(r) {
			break
		}
		if r == '\n' {
			lines++
		}
		at += size
	}
	return at, lines == 1 || lines > 0 && jumped
}
