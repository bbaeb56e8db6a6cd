package extract

import (
	"regexp"
	"strings"
	"unicode"
)

// frontBlocks is how many blocks at the head of a text may tell what it is.
const frontBlocks = 14

var (
	imprint   = regexp.MustCompile(`(?i)©|copyright|isbn|issn|universi|éditi|editorial|editores|verlag|press\b|publi|imprim|diseño|fotograf|revisi|impres|www\.|https?:|homenaje|chapitre|capítulo|chapter|kapitel|volume|tome|p\. \d`)
	byAuthor  = regexp.MustCompile(`(?:^|[\s(])(?i:par|por|by|von|de autoría de|auteur\s*:|autor\s*:|author\s*:|autore\s*:)\s+(\p{Lu}[\p{L}.’'-]+(?:\s+(?:(?:de|du|des|del|della|van|von|la|le|da|dos)\s+)?\p{Lu}[\p{L}.’'-]*){1,3})`)
	nameLine  = regexp.MustCompile(`^\p{Lu}[\p{L}’'-]+\.?(?:\s+(?:(?:de|du|des|del|della|van|von|la|le|da|dos|y|et|and|e|und)\s+)?\p{Lu}[\p{L}’'-]*\.?){1,4}$`)
	yearAlone = regexp.MustCompile(`\b(1[4-9]\d\d|20\d\d)\b`)
)

// findFront guesses title, author and date from the lines before the first paragraph.
// The title becomes the outermost heading.
func (l *looker) findFront() {
	var lines []int
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body {
			continue
		}
		if b.Len() > 250 || len(lines) == frontBlocks {
			break
		}
		lines = append(lines, i)
	}
	title, confidence := l.frontTitle(lines)
	if title < 0 {
		return
	}
	text := oneLine(l.text(title))
	l.guess("title", text, confidence)
	l.blocks[title].kind = heading
	l.t.Headings = append(l.t.Headings, Heading{l.blocks[title].Range, 1})
	l.front = title + 1
	l.frontAuthor(lines, title)
	l.frontDate(lines)
}

func (l *looker) guess(field, value string, confidence float64) {
	l.t.Guessed = append(l.t.Guessed, Guess{field, value, confidence})
}

func oneLine(s string) string { return strings.Join(strings.Fields(s), " ") }

// frontTitle returns the line that most looks like a title, -1 for none.
func (l *looker) frontTitle(lines []int) (title int, confidence float64) {
	title = -1
	best := 0.45
	for n, i := range lines {
		s := oneLine(l.text(i))
		if !looksLikeTitle(strings.ReplaceAll(s, "\n", " ")) && !isCapitals(s) || !endsOpen(s) || opensBadly(s) || imprint.MatchString(s) || len(s) > 200 {
			continue
		}
		score := 0.5
		if n == 0 {
			score += 0.2
		}
		if isCapitals(s) {
			score += 0.15
		}
		if n+1 < len(lines) && isName(l.text(lines[n+1])) {
			score += 0.15
		}
		if isName(s) {
			score -= 0.3
		}
		if n > 0 {
			score -= 0.02 * float64(n)
		}
		if len(lines) > 8 && n < len(lines)-4 { // a list of short lines, not a title
			score -= 0.1
		}
		if score > best {
			title, best = i, score
		}
	}
	return title, min(best, 0.9)
}

// isName reports whether a line may be a person's name: a few capitalised words.
func isName(s string) bool {
	return len(s) < 60 && nameLine.MatchString(s) && !isCapitals(s)
}

// frontAuthor guesses the author: a name behind "by", or a line with a name beside the
// title.
func (l *looker) frontAuthor(lines []int, title int) {
	for _, i := range lines {
		if m := byAuthor.FindStringSubmatch(oneLine(l.text(i))); m != nil && !unicode.IsDigit(firstRune(m[1])) {
			l.guess("author", m[1], 0.7)
			return
		}
	}
	for _, i := range lines {
		if (i == title+1 || i == title-1) && isName(oneLine(l.text(i))) {
			l.guess("author", oneLine(l.text(i)), 0.6)
			l.front = max(l.front, i+1)
			l.leave(i)
			return
		}
	}
}

// frontDate guesses the year: the only one that the first lines name.
func (l *looker) frontDate(lines []int) {
	years := map[string]bool{}
	year := ""
	for _, i := range lines {
		for _, y := range yearAlone.FindAllString(l.text(i), -1) {
			years[y], year = true, y
		}
	}
	if len(years) == 1 {
		l.guess("date", year, 0.5)
	}
}
