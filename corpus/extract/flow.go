package extract

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of looking for the other half of a sentence that is cut in two.
const (
	cutBlocks = 16     // blocks between the halves
	cutBytes  = 12_000 // between them
	cutShort  = 60     // bytes below which a line without a full stop is no half

	shortAside = 300 // bytes of a block that may stand between the halves though it could go on
)

// An openness says how surely the text of a block is not over at its end.
type openness int

const (
	closed openness = iota // it ends in a full stop
	paused                 // in a colon or semicolon
	open                   // in a word
	broken                 // in a comma, an article, an opened word: there is more
)

// opennessOf says how a block ends. Short lines are headings, or entries of a list.
func opennessOf(s string) openness {
	if len(s) < cutShort && !strings.Contains(s, "\n") {
		return closed
	}
	end := strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || isSuperscript(r) || strings.ContainsRune(`"'»”’)]*_`, r)
	})
	last := lastRune(end)
	switch {
	case end == "", strings.ContainsRune(".!?…", last):
		return closed
	case strings.ContainsRune(":;", last):
		return paused
	case last == ',', isHyphen(last) && len(end) == len(s), strings.ContainsRune("([«“", last):
		return broken
	case isCapitals(end):
		return closed
	}
	word := strings.ToLower(end[1+strings.LastIndexFunc(end, func(r rune) bool { return !unicode.IsLetter(r) }):])
	if len(end) == len(s) && linkingWords[word] {
		return broken
	}
	return open
}

// goesOn reports whether block j goes on with what block i leaves open. Between says
// whether something stands between them that is no part of the text.
func (l *looker) goesOn(i, j int, between bool) bool {
	left, right := l.words(i), l.words(j)
	if startsItem(right) || closesMore(left, right) {
		return false
	}
	first := firstRune(strings.TrimLeft(right, "\"'«“‘([—–- \u00A0\u202F"))
	small := unicode.IsLower(first)
	switch opennessOf(left) {
	case broken:
		return small || unicode.IsLetter(first) || unicode.IsDigit(first)
	case open:
		return small
	case paused:
		return small && between
	}
	return false
}

// startsItem reports whether s begins as an entry of a list does.
func startsItem(s string) bool {
	return strings.HasPrefix(s, "- ") || strings.HasPrefix(s, "• ") || strings.HasPrefix(s, "* ") || strings.HasPrefix(s, "– ") ||
		len(s) > 2 && unicode.IsLower(rune(s[0])) && (s[1] == ')' || s[1] == '.' && s[2] == ' ')
}

// closesMore reports whether right closes a bracket that neither it nor left opens.
func closesMore(left, right string) bool {
	depth := strings.Count(left, "(") - strings.Count(left, ")")
	for _, r := range right {
		switch r {
		case '(':
			depth++
		case ')':
			if depth--; depth < 0 {
				return true
			}
		}
	}
	return false
}

// continuation returns the block of the body that goes on with what block i leaves
// open, -1 for none. Between the two may stand page numbers, notes, and what looks
// like notes.
func (l *looker) continuation(i int) int {
	if l.blocks[i].kind != body || opennessOf(l.words(i)) == closed {
		return -1
	}
	between := false
	capital := -1 // a block that may go on, though it begins with a capital
	for j := i + 1; j < len(l.blocks) && j-i <= cutBlocks && l.blocks[j].Start-l.blocks[i].End < cutBytes; j++ {
		switch l.blocks[j].kind {
		case heading:
			return capital
		case body:
			switch goes := !l.looksLikeNote(j) && l.goesOn(i, j, between); {
			case goes && (!between || unicode.IsLower(firstRune(l.words(j)))):
				if capital < 0 || l.blocks[capital].Len() < shortAside {
					return j
				}
				return capital
			case goes && capital < 0:
				capital = j
			case !l.looksLikeNote(j) && !l.repeatedNearby(j) && !closesMore(l.words(i), l.words(j)):
				return capital
			}
		}
		between = true
	}
	return capital
}

// repeatedNearby reports whether the text of a block stands among the blocks around it
// once more, as a scan sometimes leaves it.
func (l *looker) repeatedNearby(i int) bool {
	s := l.text(i)
	if len(s) < 10 || len(s) > 2000 {
		return false
	}
	for j := max(0, i-4); j < min(len(l.blocks), i+5); j++ {
		if j != i && strings.Contains(l.text(j), s) {
			return true
		}
	}
	return false
}

// joinCut skips what stands between the halves of sentences, so that they are read as
// one. Notes between them stay notes.
func (l *looker) joinCut() {
	kept := l.kept()
	for i := range l.blocks {
		j := l.continuation(i)
		if j < 0 {
			continue
		}
		l.blocks[i].joins = true
		gap := Range{l.blocks[i].End, max(l.blocks[j].Start, l.blocks[j].after.End)}
		l.skipped = append(l.skipped, minus(gap, kept)...)
	}
}

// kept returns the bodies of notes, which a gap between two halves leaves alone.
func (l *looker) kept() []Range {
	var kept []Range
	for _, n := range l.t.Notes {
		kept = append(kept, n.Range)
	}
	return kept
}

// joinHyphens skips hyphens at line ends inside words that the text elsewhere writes
// without one, or at least not with one. Where it writes one, only the line end is
// skipped.
func (l *looker) joinHyphens() {
	skipped := union(append([]Range(nil), l.skipped...))
	words := wordForms(l.source)
	for at := 0; ; {
		i := strings.IndexAny(l.source[at:], "-\u00AD‐¬")
		if i < 0 {
			return
		}
		i += at
		_, size := utf8.DecodeRuneInString(l.source[i:])
		at = i + size
		end, found := overLineEnd(l.source, at, skipped)
		if !found {
			continue
		}
		left, right := wordBefore(l.source, i), wordAfter(l.source, end)
		if left == "" || right == "" || !unicode.IsLower(firstRune(right)) && l.source[i] == '-' && !isCapitals(left) {
			continue
		}
		hyphened := strings.ToLower(left + "-" + right)
		glued := strings.ToLower(left + right)
		if l.source[i] == '-' && words[hyphened] > words[glued] {
			l.skipped = append(l.skipped, Range{at, end})
		} else {
			l.skipped = append(l.skipped, Range{i, end})
		}
		at = end
	}
}

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

// rangeAt returns the range that holds an offset, an empty one if none does.
func rangeAt(ranges []Range, at int) Range {
	low, high := 0, len(ranges)
	for low < high {
		if mid := (low + high) / 2; ranges[mid].End <= at {
			low = mid + 1
		} else {
			high = mid
		}
	}
	if low < len(ranges) && ranges[low].Start <= at {
		return ranges[low]
	}
	return Range{}
}

const longestWord = 60 // bytes

func wordBefore(s string, end int) string {
	head := s[max(0, end-longestWord):end]
	return head[1+lastNonLetter(head):]
}

// lastNonLetter returns the offset of the last byte of the last character of s that is
// not a letter, -1 for none.
func lastNonLetter(s string) int {
	i := strings.LastIndexFunc(s, func(r rune) bool { return !unicode.IsLetter(r) })
	if i < 0 {
		return -1
	}
	_, size := utf8.DecodeRuneInString(s[i:])
	return i + size - 1
}

func wordAfter(s string, start int) string {
	tail := s[start:min(len(s), start+longestWord)]
	if i := strings.IndexFunc(tail, func(r rune) bool { return !unicode.IsLetter(r) }); i >= 0 {
		tail = tail[:i]
	}
	return tail
}

// wordForms counts the words of a text in lower case; words with hyphens count whole.
func wordForms(s string) map[string]int {
	forms := map[string]int{}
	for _, w := range strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' }) {
		forms[strings.ToLower(strings.Trim(w, "-"))]++
	}
	return forms
}

func isHyphen(r rune) bool { return r == '-' || r == '\u00AD' || r == '‐' || r == '¬' }

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

// linkingWords can't end a sentence.
var linkingWords = wordSet(`
	le la les l un une des du de d à au aux et ou où que qu qui dont dans par pour sur avec sans sous entre vers chez son sa ses
	leur leurs ce cet cette ces ne se très est sont ont
	el los las unos unas del y o en con por para sin su sus al como
	the a an of and or to in on with for by from that which is are was were his her their its at as
	der die das den dem des ein eine einen einem einer und oder von vom mit zu zum zur für im am auf ist sind
	il lo i gli di della dello dei delle e che nel nella con per da dal su una uno
	um uma do da dos das ou em no na nos nas com sem os as`)

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
