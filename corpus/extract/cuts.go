package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// An openness says how surely the text of a block is not over at its end.
type openness int

const (
	closed openness = iota // it ends in a full stop, or is no sentence
	paused                 // in a colon or semicolon
	open                   // in a word
	broken                 // in a comma, an article, an opened word: there is more
)

// Limits in bytes of looking for the other half of a sentence that is cut in two.
const (
	cutReach = 16     // blocks from one half to the other
	cutBytes = 12_000 // between them
	cutShort = 60     // a line that is shorter and has no full stop is no half

	// The last line of what goes on behind nothing but an empty line: a full line of
	// prose, not the last one of a stanza, of code or of a table.
	fullLine  = 50
	fullWords = 6

	shortAside = 300 // of a block that may stand between the halves though it could go on
)

// measureEnds finds out how each block ends.
func (l *looker) measureEnds() {
	long, stopped := 0, 0
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body && b.kind != note {
			continue
		}
		b.ends = opennessOf(l.words(i))
		if b.Len() >= cutShort {
			long++
			if fullStop.MatchString(l.text(i)) {
				stopped++
			}
		}
	}
	l.sentences = 2*stopped >= long
}

var fullStop = regexp.MustCompile(`\p{L}[»”")\]]?\s?[.!?…][»”")\]]*(?:\s|$)`)

// opennessOf says how a text ends. Short lines are headings, or entries of a list.
func opennessOf(s string) openness {
	end := strings.TrimRightFunc(s, func(r rune) bool {
		return unicode.IsSpace(r) || isSuperscript(r) || strings.ContainsRune(`"'»”’)]*_`, r)
	})
	last, bare := lastRune(end), len(end) == len(s)
	word := strings.ToLower(wordBefore(end, len(end)))
	switch {
	case end == "", strings.ContainsRune(".!?…", last):
		return closed
	case bare && isHyphen(last) && isParted(end):
		return broken
	case len(s) < cutShort && !strings.Contains(s, "\n"), isCapitals(end):
		return closed
	case strings.ContainsRune(":;", last):
		return paused
	case last == ',', strings.ContainsRune("([«“", last), bare && linkingWords[word]:
		return broken
	case unicode.IsLetter(last), unicode.IsDigit(last), strings.ContainsRune("–—'’%", last):
		return open
	}
	return closed
}

// isParted reports whether a text ends in a word and a hyphen.
func isParted(s string) bool {
	return len(wordBefore(s, strings.LastIndexFunc(s, isHyphen))) > 1
}

var countedThing = regexp.MustCompile(`^\d{1,4}\s+\p{Ll}`)

// goesOn reports whether block j goes on with what block i leaves open. Between says
// whether something stands between them that is no part of the text.
func (l *looker) goesOn(i, j int, between bool) bool {
	right := l.words(j)
	if !l.sentences || startsItem(right) || !between && !l.endsInFullLine(i) {
		return false
	}
	first := firstRune(strings.TrimLeft(right, "\"'«“‘([—–- \u00A0\u202F"))
	small := unicode.IsLower(first)
	switch l.blocks[i].ends {
	case broken:
		return (small || unicode.IsLetter(first) || countedThing.MatchString(right)) && !closesMore(l.words(i), right)
	case open:
		return small && !closesMore(l.words(i), right)
	case paused:
		return small && between && !closesMore(l.words(i), right)
	}
	return false
}

// endsInFullLine reports whether the last line of a block is as full as those of prose
// are where a page ends.
func (l *looker) endsInFullLine(i int) bool {
	text := l.words(i)
	last := text[1+strings.LastIndexByte(text, '\n'):]
	return len(last) >= fullLine && (len(last) > 4*fullLine || len(strings.Fields(last)) >= fullWords)
}

var itemStart = regexp.MustCompile(`^(?:[-•*–]\s|[a-z]\)|[a-z]\. |\d{1,3}\))`)

// startsItem reports whether s begins as an entry of a list does.
func startsItem(s string) bool { return itemStart.MatchString(s) }

// closesMore reports whether right closes a bracket that neither it nor left opens.
func closesMore(left, right string) bool {
	if !strings.ContainsRune(right, ')') {
		return false
	}
	depth := max(0, strings.Count(left, "(")-strings.Count(left, ")"))
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
// like notes; there must be one that surely is no part of the text, or nothing.
func (l *looker) continuation(i int) int {
	if l.blocks[i].kind != body || l.blocks[i].ends == closed {
		return -1
	}
	between, sure := false, false
	capital := -1 // a block that may go on, though it begins with a capital
	for j := i + 1; j < len(l.blocks) && j-i <= cutReach && l.blocks[j].Start-l.blocks[i].End < cutBytes; j++ {
		b := &l.blocks[j]
		switch {
		case b.kind == heading:
			return capital
		case b.kind != body:
			sure = true
		case loneLabels.MatchString(l.text(j)):
		case l.looksLikeNote(j):
			sure = true
		case (sure || !between) && l.goesOn(i, j, between):
			if between && !unicode.IsLower(firstRune(l.words(j))) {
				if capital < 0 {
					capital = j
				}
				break
			}
			if capital >= 0 && l.blocks[capital].Len() >= shortAside {
				return capital
			}
			return j
		case !l.isFragment(i, j):
			return capital
		}
		between = true
	}
	return capital
}

// isFragment reports whether block j is a piece of a note behind block i that lost its
// beginning: it closes a bracket that nothing opens, and stands nearby once more.
func (l *looker) isFragment(i, j int) bool {
	s := l.text(j)
	return unicode.IsLower(firstRune(s)) && !startsItem(s) && closesMore(l.words(i), s) && l.comesAgain(j)
}

const (
	againBlocks = 4    // within which a repetition is sought
	againBytes  = 2000 // of the longest
)

// comesAgain reports whether the text of a block stands in a block soon behind it once
// more, or before it, as a scan sometimes leaves pieces.
func (l *looker) comesAgain(i int) bool { return l.standsIn(i, i-againBlocks, i+againBlocks+1) }

// standsIn reports whether one of the blocks from first up to end, but not block i
// itself, holds the text of block i.
func (l *looker) standsIn(i, first, end int) bool {
	s := l.text(i)
	if len(s) > againBytes {
		return false
	}
	for j := max(0, first); j < min(len(l.blocks), end); j++ {
		if j != i && l.blocks[j].Len() <= 2*againBytes && strings.Contains(l.text(j), s) {
			return true
		}
	}
	return false
}

// joinCut skips what stands between the halves of sentences, so that they are read as
// one. Notes between them stay notes.
func (l *looker) joinCut() {
	var notes []Range
	for _, n := range l.t.Notes {
		notes = append(notes, n.Range)
	}
	for i := range l.blocks {
		if j := l.continuation(i); j >= 0 {
			l.blocks[i].joins = true
			gap := Range{l.blocks[i].End, max(l.blocks[j].Start, l.blocks[j].glued.End)}
			l.skipped = append(l.skipped, minus(gap, notes)...)
		}
	}
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
