package extract

import (
	"regexp"
	"strings"
	"unicode"
)

var (
	// markedLabel is the label of a note at the head of a line, marked as one.
	markedLabel = regexp.MustCompile(`^(?:\[\^([^\]\s]{1,20})\]:[ \t]*|\^\{\s*(\d{1,3}|\*{1,3}|[†‡])[\s&}]*(?:quot;)?|([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})\s*)`)
	// plainLabel is one that a number in a list has too.
	plainLabel = regexp.MustCompile(`^(?:(\d{1,3})[.)]?|\[(\d{1,3})\]|\((\d{1,3})\)|(\*{1,3}|[†‡]))[ \t\x{00A0}]+(\S)`)
	// nextLabel is one at the head of a further line of a block.
	nextLabel = regexp.MustCompile(`(?m)^[ \t]*(?:(\d{1,3})[.)]?|\[(\d{1,3})\]|\((\d{1,3})\)|(\*{1,3}|[†‡]))[ \t\x{00A0}]+\S`)
	// lastLabels are numbers behind the full stop of a note, as scans leave them.
	lastLabels = regexp.MustCompile(`[.)"”»]\s+(\d{1,3}(?:\s+\d{1,3}){0,3})$`)
	loneLabels = regexp.MustCompile(`^(?:\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3})(?:\s+(?:\d{1,3}|[⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}))*$`)
	// innerLabel is one behind the end of another note on its line.
	innerLabel = regexp.MustCompile(`[.,;)"”»]\s+([⁰¹²³⁴⁵⁶⁷⁸⁹]{1,3}|\*{2,3}|\^\{\d{1,3}\})\s*\S`)
)

// A labelForm is how the label of a note, or its call, is written.
type labelForm int

const (
	bareForm    labelForm = iota // 1, 1., 1)
	squareForm                   // [1]
	roundForm                    // (1)
	symbolForm                   // *
	raisedForm                   // ¹, ^{1}
	noForm      labelForm = -1
	labelGroups           = 4 // groups of plainLabel and nextLabel, in the order of the forms
)

// plainLabelOf reads the label at the head of a text; the form is noForm for none.
func plainLabelOf(s string) (name string, form labelForm) {
	return groupOf(s, plainLabel.FindStringSubmatchIndex(s))
}

// groupOf returns what one of the first groups of a match holds, and which does.
func groupOf(s string, m []int) (name string, form labelForm) {
	for g := 0; m != nil && g < labelGroups; g++ {
		if from, to := m[2*g+2], m[2*g+3]; from >= 0 {
			return s[from:to], labelForm(g)
		}
	}
	return "", noForm
}

// labelsOf returns the labels of a block that begins with one: its own, and those of
// its further lines that count on from it. A list whose entries all have the same
// label has none.
func labelsOf(s string) (names []string, form labelForm) {
	name, form := plainLabelOf(s)
	if form == noForm {
		return nil, noForm
	}
	names = append(names, name)
	for _, m := range nextLabel.FindAllStringSubmatchIndex(s, -1) {
		further, f := groupOf(s, m)
		switch {
		case m[0] == 0 || f != form:
		case further == name:
			return nil, noForm
		case isNextLabel(names[len(names)-1], further):
			names = append(names, further)
		}
	}
	return names, form
}

// isNextLabel reports whether a label is the one after another: 2 after 1, ** after *.
func isNextLabel(name, next string) bool {
	if n := decimal(name); n > 0 {
		return decimal(next) == n+1
	}
	return next == name+"*"
}

// labelledParts parts a block before the labels of notes that share its lines, and
// before the lines whose labels count on.
func labelledParts(source string, r Range) []Range {
	s := source[r.Start:r.End]
	cuts := map[int]bool{}
	for _, m := range innerLabel.FindAllStringSubmatchIndex(s, -1) {
		cuts[m[2]] = true
	}
	if name, form := plainLabelOf(s); form != noForm {
		for _, m := range nextLabel.FindAllStringSubmatchIndex(s, -1) {
			if further, f := groupOf(s, m); m[0] > 0 && f == form && isNextLabel(name, further) {
				cuts[m[0]], name = true, further
			}
		}
	}
	var parts []Range
	at := 0
	for i := range s {
		if i > at && cuts[i] {
			parts = append(parts, trim(source, Range{r.Start + at, r.Start + i}))
			at = i
		}
	}
	return append(parts, trim(source, Range{r.Start + at, r.End}))
}

// isLabelOfNote reports whether the number at the head of a note is its label: "25 José",
// but not "1917 Revolution" or "12 francs".
func isLabelOfNote(s string, form labelForm) bool {
	m := plainLabel.FindStringSubmatchIndex(s)
	if form != bareForm || s[m[3]] == '.' || s[m[3]] == ')' {
		return true
	}
	r := firstRune(s[m[10]:])
	return unicode.IsUpper(r) || strings.ContainsRune(`"«“*<`, r)
}
