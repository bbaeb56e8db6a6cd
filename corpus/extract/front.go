package extract

import (
	"regexp"
	"strings"
	"unicode"
)

const (
	frontBlocks  = 14  // at the head of a text, which may tell what it is
	longestFront = 250 // bytes of one; what is longer is the first paragraph
	longestTitle = 200
	longestName  = 60
)

var (
	imprint   = regexp.MustCompile(`(?i)©|copyright|isbn|issn|universi|éditi|editorial|editores|verlag|press\b|publi|imprim|diseño|fotograf|revisi|impres|www\.|https?:|homenaje|chapitre|capítulo|chapter|kapitel|volume|tome|p\. \d`)
	byAuthor  = regexp.MustCompile(`(?:^|[\s(])(?i:par|por|by|von|de autoría de|auteur\s*:|autor\s*:|author\s*:|autore\s*:)\s+(\p{Lu}[\p{L}.’'-]+(?:\s+(?:(?:de|du|des|del|della|van|von|la|le|da|dos)\s+)?\p{Lu}[\p{L}.’'-]*){1,3})`)
	nameLine  = regexp.MustCompile(`^\p{Lu}[\p{L}’'-]+\.?(?:\s+(?:(?:de|du|des|del|della|van|von|la|le|da|dos|y|et|and|e|und)\s+)?\p{Lu}[\p{L}’'-]*\.?){1,4}$`)
	yearAlone = regexp.MustCompile(`\b(1[4-9]\d\d|20\d\d)\b`)
	// dayDate is a day, a month in any language, and a year.
	dayDate = regexp.MustCompile(`\b(?:\d{1,2}(?:er|º|\.|st|nd|rd|th)?\s+(?:de\s+)?\p{L}{3,10}\.?\s+(?:de[l]?\s+)?|\p{Lu}\p{L}{2,8}\s+\d{1,2}(?:st|nd|rd|th)?,\s+)(?:1[4-9]|20)\d\d\b`)
)

// findFront guesses title, author and date from the lines before the first paragraph.
// The title becomes the outermost heading. A text without a title has no other guesses.
func (l *looker) findFront() {
	var lines []int
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body {
			continue
		}
		if b.Len() > longestFront || len(lines) == frontBlocks {
			break
		}
		lines = append(lines, i)
	}
	title, confidence := l.frontTitle(lines)
	if title < 0 || l.next(title+1) == len(l.blocks) {
		return
	}
	l.guess("title", oneLine(l.text(title)), confidence)
	l.blocks[title].kind = heading
	l.t.Headings = append(l.t.Headings, Heading{l.blocks[title].Range, 1})
	l.front = title + 1
	l.guessAuthor(lines, title)
	l.guessDate(lines)
}

// guess adds a guess, if every database can hold it.
func (l *looker) guess(field, value string, confidence float64) {
	if CheckValue(value) == nil {
		l.t.Guessed = append(l.t.Guessed, Guess{field, value, confidence})
	}
}

// frontTitle returns the block that most looks like a title, -1 for none. The weights
// are chosen by hand.
func (l *looker) frontTitle(lines []int) (title int, confidence float64) {
	const least, most = 0.45, 0.9
	title, confidence = -1, least
	recurring := l.recurringLines()
	for n, i := range lines {
		s := oneLine(l.text(i))
		if !l.mayBeTitle(i) || n > 0 && recurring[keyOf(s)] || recurring[keyOf(s)] && endsInNumber.MatchString(s) {
			continue
		}
		score := 0.5 - 0.02*float64(n)
		if n == 0 {
			score += 0.2
		}
		if isCapitals(s) {
			score += 0.15
		}
		if n+1 < len(lines) && isName(oneLine(l.text(lines[n+1]))) {
			score += 0.15
		}
		if isName(s) || dayDate.MatchString(s) {
			score -= 0.3
		}
		if len(lines) > 8 && n < len(lines)-4 { // a list of short lines, not a title
			score -= 0.1
		}
		if score > confidence {
			title, confidence = i, score
		}
	}
	return title, min(confidence, most)
}

// mayBeTitle reports whether a block at the head of a text could be its title: one line,
// or several in capitals, that says something and that more than a list follows.
func (l *looker) mayBeTitle(i int) bool {
	s := oneLine(l.text(i))
	switch {
	case len(s) > longestTitle, !endsOpen(s), opensBadly(s), imprint.MatchString(s):
		return false
	case numberedHeading.MatchString(s), wordHeading.MatchString(s), namedHeading(s):
		return false
	case l.blocks[i].lines == 1:
		return looksLikeTitle(s)
	}
	return isCapitals(s)
}

// isName reports whether a line may be a person's name: a few capitalised words.
func isName(s string) bool {
	return len(s) < longestName && nameLine.MatchString(s) && !isCapitals(s)
}

// guessAuthor guesses the author: a name behind "by", or a line with a name beside the
// title, which is skipped.
func (l *looker) guessAuthor(lines []int, title int) {
	for _, i := range lines {
		if m := byAuthor.FindStringSubmatch(oneLine(l.text(i))); m != nil {
			l.guess("author", m[1], 0.7)
			return
		}
	}
	for _, i := range lines {
		if s := oneLine(l.text(i)); (i == title+1 || i == title-1) && isName(s) {
			l.guess("author", s, 0.6)
			l.front = max(l.front, i+1)
			l.skip(i)
			return
		}
	}
}

// guessDate guesses the date: the only day, or the only year, that the first lines name.
func (l *looker) guessDate(lines []int) {
	for _, form := range []*regexp.Regexp{dayDate, yearAlone} {
		found := map[string]bool{}
		date := ""
		for _, i := range lines {
			for _, s := range form.FindAllString(oneLine(l.text(i)), -1) {
				found[s], date = true, s
			}
		}
		if len(found) == 1 {
			l.guess("date", date, 0.5)
		}
		if len(found) > 0 {
			return
		}
	}
}

// opensBadly reports whether s begins as no heading does.
func opensBadly(s string) bool {
	r := firstRune(strings.TrimLeft(s, "\"'«“‘¿¡\u00A0\u202F "))
	return !unicode.IsUpper(r) && !unicode.IsDigit(r) && r != '§'
}
