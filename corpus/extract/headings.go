package extract

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Lengths that tell headings from paragraphs.
const (
	longestHeading = 140 // bytes
	headingLines   = 3
	headingWords   = 22
	shortParagraph = 80 // bytes; what stands under a heading has at least as much
)

var (
	numberedHeading = regexp.MustCompile(`^(?:(\d{1,2}(?:\.\d{1,2}){0,4})[.)]?|([IVXLC]{1,6})[.)]?(?:\s*[–—-])?|([A-H])[.)])\s+(["«“]?\p{Lu})`)
	wordHeading     = regexp.MustCompile(`^(?i:(partie|part|parte|teil|livre|book|libro|buch|livro|titre|acte|act|acto|akt|atto|ato)|(chapitre|chapter|capítulo|capitulo|kapitel|capitolo|leçon|lesson|lección|lektion|lezione|lição)|(section|sección|abschnitt|sezione|seção|scène|scene|escena|szene|scena|cena|§))\s+(?:[\divxlcIVXLC]+\b|(?i:premi|deuxi|trois|quatri|cinqui|sixi|one|two|three|four|five|six|first|second|third|prim|segund|second|terc|terz|cuart|quart|quint|sext|sest|eins|zwei|drei|erst|zweit|dritt))`)
	spacedCapitals  = regexp.MustCompile(`^\p{Lu}(?:[ \x{00A0}]\p{Lu}){2,}(?:[ \x{00A0}]{2,}\p{Lu}(?:[ \x{00A0}]\p{Lu})*)*[ \x{00A0}:.]*$`)
	holdsNumber     = regexp.MustCompile(`\d|\b[IVXLC]+\b`)
	itemHead        = regexp.MustCompile(`^(?:\d{1,3}[.)]|[a-z][.)]|[-•*–])\s`)
)

// Levels as they are found; settleLevels renumbers them.
const (
	titleLevel    = 1
	partLevel     = 2
	chapterLevel  = 3 // also capitals
	sectionLevel  = 4
	numberedLevel = 4 // and one more for each further number
	shortLevel    = 10
)

// usualHeadings are headings that many texts have, as keys.
var usualHeadings = wordSet(`introduction conclusion conclusions préface avantpropos prologue épilogue postface résumé annexe annexes
	introducción conclusión conclusiones prólogo epílogo resumen anexo anexos preface foreword epilogue abstract summary appendix
	einleitung schluss vorwort nachwort zusammenfassung anhang introduzione conclusione conclusioni prefazione premessa riassunto
	appendice introdução conclusão conclusões prefácio resumo`)

// namedHeading reports whether a line is a heading that says what stands under it.
func namedHeading(s string) bool {
	key := keyOf(s)
	return len(s) <= longestListHeading && !strings.ContainsAny(s, ".,") &&
		(usualHeadings[key] || noteHeadings[key] || bibliographyHeadings[key])
}

// findHeadings marks the blocks that head what follows: numbered ones, lines in
// capitals, short lines alone before a paragraph.
func (l *looker) findHeadings() {
	items := l.itemsInRow()
	recurring := l.recurringLines()
	for i := l.front; i < len(l.blocks); i++ {
		b := &l.blocks[i]
		if b.kind != body || b.lines > headingLines || b.Len() > longestHeading || b.glued.Len() > 0 || items[i] || recurring[keyOf(l.text(i))] && !holdsNumber.MatchString(l.text(i)) {
			continue
		}
		if level := l.headingLevel(i); level > 0 {
			b.kind = heading
			l.t.Headings = append(l.t.Headings, Heading{b.Range, level})
		}
	}
	l.settleLevels()
}

// headingLevel returns the level of a block if it is a heading, else 0.
func (l *looker) headingLevel(i int) int {
	s := l.text(i)
	next := l.next(i + 1)
	if next == len(l.blocks) || l.blocks[next].kind == note || l.blocks[i].page.value > 0 || opensBadly(s) || !endsOpen(s) && !spacedCapitals.MatchString(s) || l.isContinued(i) {
		return 0
	}
	if m := wordHeading.FindStringSubmatch(s); m != nil {
		switch {
		case m[1] != "":
			return partLevel
		case m[2] != "":
			return chapterLevel
		}
		return sectionLevel
	}
	under := l.blocks[next].Len() >= shortParagraph || l.blocks[next].lines > 1 || l.blocks[next].kind == heading
	m := numberedHeading.FindStringSubmatch(s)
	switch {
	case spacedCapitals.MatchString(s), isCapitals(s) && looksLikeTitle(s), namedHeading(s):
		return chapterLevel
	case !under || !looksLikeTitle(s):
		return 0
	case m != nil && !looksCited(s):
		return numberedLevel + strings.Count(m[1], ".")
	case l.isAlone(i):
		return shortLevel
	}
	return 0
}

// isContinued reports whether a block is half of a sentence.
func (l *looker) isContinued(i int) bool {
	if l.continuation(i) >= 0 {
		return true
	}
	for j := i - 1; j >= 0 && j >= i-cutReach; j-- {
		if l.blocks[j].kind == body && l.blocks[j].ends > closed {
			return l.continuation(j) == i
		}
		if l.blocks[j].kind == body && !l.looksLikeNote(j) {
			return false
		}
	}
	return false
}

// endsOpen reports whether s ends as a heading does: in a word, a question, a bracket or
// a mark for a note, not in a full stop, a comma, a colon or a hyphen; what is called
// out is a heading only in capitals.
func endsOpen(s string) bool {
	s = strings.TrimRight(s, "*†"+superscriptDigits)
	last := lastRune(s)
	if sentence := lastRune(strings.TrimRight(s, `)]»”" `)); sentence == '.' || sentence == '…' {
		return false
	}
	return s != "" && !strings.ContainsRune(".,;:…>", last) && !isHyphen(last) && (last != '!' || isCapitals(s))
}

// isAlone reports whether a paragraph that is over, a heading or nothing stands before a
// block: a line in a list, a dialogue or a poem has its like beside it.
func (l *looker) isAlone(i int) bool {
	j := l.previous(i - 1)
	if j < 0 || l.blocks[j].kind != body {
		return true
	}
	return l.blocks[j].Len() >= shortParagraph || l.blocks[j].lines > 1 || !endsOpen(l.text(j))
}

// looksLikeTitle reports whether a short text could be a title: it says something, in
// words, on one line or in capitals.
func looksLikeTitle(s string) bool {
	letters := 0
	for _, r := range s {
		if unicode.IsLetter(r) {
			letters++
		}
	}
	return letters >= 3 && letters*2 > utf8.RuneCountInString(s) && (isCapitals(s) || !strings.Contains(s, "\n")) &&
		len(strings.Fields(s)) <= headingWords && !strings.ContainsAny(s, "|@©={}\t") && !strings.Contains(s, "://")
}

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

// recurringLines returns the keys of short lines that stand in the text twice or more.
// Those without a number are no headings, but for instance the names of those who speak
// in a play.
func (l *looker) recurringLines() map[string]bool {
	counts := map[string]int{}
	for i := range l.blocks {
		if b := &l.blocks[i]; (b.kind == body || b.kind == heading) && b.Len() <= longestHeading {
			counts[keyOf(l.text(i))]++
		}
	}
	recurring := map[string]bool{}
	for key, n := range counts {
		recurring[key] = n > 1 && key != ""
	}
	return recurring
}

// settleLevels renumbers the levels of the headings, so that the outermost is 1 and
// none is left out.
func (l *looker) settleLevels() {
	used := map[int]bool{}
	for _, h := range l.t.Headings {
		used[h.Level] = true
	}
	rank, n := map[int]int{}, 0
	for level := titleLevel; level <= shortLevel; level++ {
		if used[level] {
			n++
			rank[level] = n
		}
	}
	for i := range l.t.Headings {
		l.t.Headings[i].Level = rank[l.t.Headings[i].Level]
	}
}
