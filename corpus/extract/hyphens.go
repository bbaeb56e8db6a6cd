package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// joinHyphens joins words that are parted at line ends: of one that is written with a
// hyphen anyway only the line end is skipped, of another the hyphen too. Which it is
// the text itself tells where it has the word elsewhere, and by how it is set: where words
// are not parted at line ends, each hyphen there is the word's own.
func (l *looker) joinHyphens() {
	found := l.lineEndHyphens()
	words := wordsOf(l.source)
	words.parts = words.isParted(l.source, found)
	for _, h := range found {
		switch words.atLineEnd(l.source, h.Start, h.next) {
		case oneWord:
			l.skipped = append(l.skipped, Range{h.Start, h.next})
		case hyphened:
			l.skipped = append(l.skipped, Range{h.End, h.next})
		}
	}
}

// A lineEndHyphen is a hyphen that ends a line, and where the next line begins.
type lineEndHyphen struct {
	Range
	next int
}

func (l *looker) lineEndHyphens() []lineEndHyphen {
	skipped := union(append([]Range(nil), l.skipped...))
	var all []lineEndHyphen
	for at := 0; ; {
		i := strings.IndexFunc(l.source[at:], isHyphen)
		if i < 0 {
			return all
		}
		i += at
		if s := rangeAt(skipped, i); s.Len() > 0 {
			at = s.End
			continue
		}
		_, size := utf8.DecodeRuneInString(l.source[i:])
		at = i + size
		if next, found := overLineEnd(l.source, at, skipped); found {
			all = append(all, lineEndHyphen{Range{i, at}, next})
			at = next
		}
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
	parts bool           // words are parted at line ends
}

func wordsOf(s string) words {
	w := words{whole: map[string]int{}, first: map[string]int{}}
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		word = strings.ToLower(strings.Trim(word, "-"))
		w.whole[word]++
		if i := strings.IndexByte(word, '-'); i > 0 {
			w.first[word[:i]]++
		}
	}
	return w
}

const (
	// partedLines is the share of lines that end in a hyphen from which on a text is set with
	// parted words. Of lines that are broken between words, and at words' own hyphens, 1 in 100
	// does, of lines with parted words 3 to 20.
	partedLines = 0.03
	// partedWords is the share of hyphens at line ends whose words stand elsewhere without one
	// from which on it is, too.
	partedWords = 0.1
	// tellingLines is how many lines tell it; words of a shorter text are taken to be parted.
	tellingLines = 100
)

// isParted reports whether words are parted at line ends of a text.
func (w words) isParted(source string, found []lineEndHyphen) bool {
	lines, hyphens, glued := 0, 0, 0
	for line := range strings.Lines(source) {
		if strings.ContainsFunc(line, unicode.IsLetter) {
			lines++
		}
	}
	for _, h := range found {
		left, right := strings.ToLower(wordBefore(source, h.Start)), strings.ToLower(wordAfter(source, h.next))
		if left == "" || right == "" {
			continue
		}
		hyphens++
		if w.whole[left+right] > w.whole[left+"-"+right] {
			glued++
		}
	}
	return lines < tellingLines || float64(hyphens) >= partedLines*float64(lines) || float64(glued) >= partedWords*float64(hyphens)
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
	return pick(!w.parts || utf8.RuneCountInString(left) == 1 || keepsAfter[low] || keepsBefore[lowRight] ||
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
