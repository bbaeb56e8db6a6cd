package corpus

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// A line of a paragraph, without the white space around it.
type line struct {
	Range
	text string
	mark itemMark
}

// units parts a paragraph where a sentence ends without a stop: at the items of a
// list, at rows of a table and at lines of verse.
func units(text, language string) []Range {
	if !strings.Contains(text, "\n") {
		return []Range{{Start: 0, End: len(text)}}
	}
	lines := linesOf(text)
	begins := make([]bool, len(lines)+1)
	markItems(lines, begins)
	markRows(lines, begins)
	markVerse(lines, begins, language)
	var found []Range
	start := 0
	for i, l := range lines {
		if begins[i] && i > 0 {
			found = append(found, Range{Start: start, End: l.Start})
			start = l.Start
		}
	}
	return append(found, Range{Start: start, End: len(text)})
}

func linesOf(text string) []line {
	var found []line
	at := 0
	for l := range strings.Lines(text) {
		r := trimSpace(text, Range{Start: at, End: at + len(l)})
		at += len(l)
		if r.Len() > 0 {
			s := text[r.Start:r.End]
			found = append(found, line{Range: r, text: s, mark: markOf(s)})
		}
	}
	return found
}

// An itemMark is what a line of a list begins with: "-", "•", "3.", "b)".
type itemMark struct {
	sign   rune // the dash or bullet; '.' or ')' behind a number; 'a' for a letter and ')'
	number int
}

const (
	bullets = "•‣▪▫◦·●■"
	dashes  = "-–—*+"
)

// markOf returns the mark of an item at the head of a line, or a zero one. It needs
// a space behind it.
func markOf(s string) itemMark {
	head, rest, found := strings.Cut(s, " ")
	if !found || rest == "" || len(head) > 5 {
		return itemMark{}
	}
	first, size := utf8.DecodeRuneInString(head)
	if size == len(head) && strings.ContainsRune(bullets+dashes, first) {
		return itemMark{sign: first}
	}
	last := head[len(head)-1]
	label := strings.TrimPrefix(head[:len(head)-1], "(")
	switch {
	case last != '.' && last != ')' || label == "":
		return itemMark{}
	case isNumber(label) && len(label) <= 3:
		n := 0
		for _, c := range label {
			n = 10*n + int(c-'0')
		}
		return itemMark{rune(last), n}
	case last == ')' && len(label) == 1 && unicode.IsLetter(rune(label[0])):
		return itemMark{sign: 'a'}
	}
	return itemMark{}
}

// markItems notes the lines that begin an item. A dash or "3." may also stand at the
// head of a line by chance; it is an item's if the line before is over or another line
// bears the same dash, or the number before or after it.
func markItems(lines []line, begins []bool) {
	count := map[itemMark]int{}
	for _, l := range lines {
		count[l.mark]++
	}
	for i, l := range lines {
		m := l.mark
		switch {
		case m.sign == 0:
		case m.sign == '.':
			before, after := itemMark{'.', m.number - 1}, itemMark{'.', m.number + 1}
			begins[i] = count[before]+count[after] > 0
		case strings.ContainsRune(dashes, m.sign):
			begins[i] = i == 0 || count[m] > 1 || isOver(lines[i-1].text)
		default:
			begins[i] = true
		}
	}
}

// isOver reports whether a line ends as a sentence or before a list.
func isOver(line string) bool { return strings.ContainsRune(".:;!?…", lastRune(line)) }

// markRows notes the rows of Markdown tables, and what follows them.
func markRows(lines []line, begins []bool) {
	for i, l := range lines {
		if l.text[0] == '|' && strings.Count(l.text, "|") > 1 {
			begins[i], begins[i+1] = true, true
		}
	}
}

const (
	verseLine = 60 // characters that a line of verse or a row has at most
	verseRun  = 3  // such lines, one after the other, are verse
)

// markVerse notes lines of verse and rows: lines in a run that are short, end in no
// punctuation and are followed by a capital or a number. German prose in a narrow
// column looks like it by chance, as its nouns have capitals, but fills its lines.
func markVerse(lines []line, begins []bool, language string) {
	widest := 0
	for _, l := range lines {
		widest = max(widest, l.Len())
	}
	for i := 0; i < len(lines); {
		end, roomy := i, 0
		for end < len(lines) && isVerse(lines, end) {
			if end+1 < len(lines) && lines[end].Len()+1+len(firstWord(lines[end+1].text)) <= widest {
				roomy++
			}
			end++
		}
		if end-i >= verseRun && (language != "de" || 4*roomy >= end-i) {
			for j := i + 1; j <= end; j++ {
				begins[j] = true
			}
			begins[i] = begins[i] || i > 0 && isOver(lines[i-1].text)
		}
		i = end + 1
	}
}

func isVerse(lines []line, i int) bool {
	text := lines[i].text
	if len(text) > utf8.UTFMax*verseLine || utf8.RuneCountInString(text) >= verseLine {
		return false
	}
	if last := lastRune(text); !isLetterOrDigit(last) && !strings.ContainsRune(`)]»”"'’*_`, last) {
		return false
	}
	if i+1 == len(lines) {
		return true
	}
	next := firstRune(strings.TrimLeft(lines[i+1].text, openers))
	return unicode.IsUpper(next) || unicode.IsDigit(next)
}

func firstWord(s string) string {
	if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
		return s[:i]
	}
	return s
}
