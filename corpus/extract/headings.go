package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths in bytes that tell headings from paragraphs.
const (
	longestHeading = 140
	shortParagraph = 80 // what stands under a heading has at least as much
)

var (
	numberedHeading = regexp.MustCompile(`^(?:(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?|([IVXLC]{1,6})[.)]?(?:\s*[–—-])?|([A-H])[.)])\s+(["«“]?\p{Lu})`)
	wordHeading     = regexp.MustCompile(`^(?i:(partie|part|parte|teil|livre|book|libro|buch|livro|titre)|(chapitre|chapter|capítulo|capitulo|kapitel|capitolo|leçon|lesson|lección|lektion|lezione|lição)|(section|sección|abschnitt|sezione|seção|§))\s+(?:[\divxlcIVXLC]+|(?i:premi|deuxi|trois|one|two|three|prim|segund|terc))`)
	spacedCapitals  = regexp.MustCompile(`^\p{Lu}(?:[ \x{00A0}]\p{Lu}){2,}(?:[ \x{00A0}]{2,}\p{Lu}(?:[ \x{00A0}]\p{Lu})*)*[ \x{00A0}:.]*$`)
)

// findHeadings marks the blocks that head what follows: numbered ones, lines in
// capitals, short lines alone before a paragraph.
func (l *looker) findHeadings() {
	items := l.itemsInRow()
	for i := l.front; i < len(l.blocks); i++ {
		b := &l.blocks[i]
		if b.kind != body || b.lines > 3 || b.Len() > longestHeading || b.after.Len() > 0 || items[i] {
			continue
		}
		if level := l.headingLevel(i); level > 0 {
			b.kind = heading
			l.t.Headings = append(l.t.Headings, Heading{b.Range, level})
		}
	}
	l.settleLevels()
}

// headingLevel returns the level of a block if it is a heading, else 0: 1 for parts and
// titles, 2 for chapters and capitals, 3 and more for what stands below.
func (l *looker) headingLevel(i int) int {
	s := l.text(i)
	next := l.next(i + 1)
	if next == len(l.blocks) || l.blocks[next].kind == note || l.isContinued(i) || opensBadly(s) {
		return 0
	}
	under := l.blocks[next].Len() >= shortParagraph || l.blocks[next].lines > 1 || l.blocks[next].kind == heading
	if m := wordHeading.FindStringSubmatch(s); m != nil && endsOpen(s) {
		switch {
		case m[1] != "":
			return 2
		case m[2] != "":
			return 3
		}
		return 4
	}
	switch {
	case spacedCapitals.MatchString(s):
		return 3
	case isCapitals(s) && endsOpen(s) && !strings.ContainsAny(s, "©@"):
		return 3
	case !endsOpen(s) || !under:
		return 0
	}
	if m := numberedHeading.FindStringSubmatch(s); m != nil {
		return 4 + strings.Count(m[1], ".")
	}
	if l.isAlone(i) && looksLikeTitle(s) {
		return 6
	}
	return 0
}

// isContinued reports whether a block is half of a sentence.
func (l *looker) isContinued(i int) bool {
	if l.continuation(i) >= 0 {
		return true
	}
	for j := i - 1; j >= 0 && j >= i-cutBlocks; j-- {
		if l.blocks[j].kind == body && opennessOf(l.words(j)) > closed {
			return l.continuation(j) == i
		}
		if l.blocks[j].kind == body && !l.looksLikeNote(j) {
			return false
		}
	}
	return false
}

// opensBadly reports whether s begins as no heading does.
func opensBadly(s string) bool {
	r := firstRune(strings.TrimLeft(s, "\"'«“‘¿¡\u00A0\u202F "))
	return !unicode.IsUpper(r) && !unicode.IsDigit(r) && r != '§' || strings.HasPrefix(s, ">>") || strings.HasPrefix(s, "[")
}

// endsOpen reports whether s ends as a heading does: in a word, a question, a bracket or
// a mark for a note, not in a full stop, a comma or a colon.
func endsOpen(s string) bool {
	s = strings.TrimRight(s, "*†⁰¹²³⁴⁵⁶⁷⁸⁹")
	return s != "" && !strings.ContainsRune(".,;:…", lastRune(s))
}

// isAlone reports whether a paragraph that is over, a heading or nothing stands before a
// block: a line in a list, a dialogue or a poem has its like beside it.
func (l *looker) isAlone(i int) bool {
	j := i - 1
	for j >= 0 && (l.blocks[j].kind == number || l.blocks[j].kind == feed || l.blocks[j].kind == idle) {
		j--
	}
	if j < 0 || l.blocks[j].kind != body {
		return true
	}
	return l.blocks[j].Len() >= shortParagraph || l.blocks[j].lines > 1 || !endsOpen(l.text(j))
}

// looksLikeTitle reports whether a short line could be a title: it says something, in
// words, on one line.
func looksLikeTitle(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 3 && letters*2 > utf8.RuneCountInString(s) && !strings.Contains(s, "\n") && len(strings.Fields(s)) <= 22 &&
		!strings.ContainsAny(s, "|@©=") && !strings.Contains(s, "://")
}

var itemHead = regexp.MustCompile(`^(?:\d{1,3}[.)]|[a-z][.)]|[-•*–])\s`)

// itemsInRow returns the blocks that are entries of a list: numbered or marked alike
// with others directly beside them.
func (l *looker) itemsInRow() map[int]bool {
	items := map[int]bool{}
	for i := 1; i < len(l.blocks); i++ {
		if l.blocks[i].kind == body && l.blocks[i-1].kind == body &&
			itemHead.MatchString(l.text(i)) && itemHead.MatchString(l.text(i-1)) {
			items[i], items[i-1] = true, true
		}
	}
	return items
}

// settleLevels renumbers the levels of the headings, so that the outermost is 1 and
// none is left out.
func (l *looker) settleLevels() {
	used := map[int]bool{}
	for _, h := range l.t.Headings {
		used[h.Level] = true
	}
	rank, n := map[int]int{}, 0
	for level := 1; level < 32; level++ {
		if used[level] {
			n++
			rank[level] = n
		}
	}
	for i := range l.t.Headings {
		l.t.Headings[i].Level = rank[l.t.Headings[i].Level]
	}
}
