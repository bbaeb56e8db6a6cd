package analysis

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Numbers have two kinds of terms: the cardinal 3 is "3", the ordinal "3.", however
// they are written. Most passages hold some cardinal, so that kings, congresses and
// centuries are ordinals: Louis XIV is found by Louis 14, and by no 14 July. A number
// that may be either has both.

// ordinal is the term of an ordinal.
func ordinal(n int) string { return strconv.Itoa(n) + "." }

// digits reads a word that begins with a digit. It returns 0 if that is no number.
func (a *analyzer) digits(i int) int {
	w := a.words[i]
	end := 0
	for end < len(w.folded) && '0' <= w.folded[end] && w.folded[end] <= '9' {
		end++
	}
	figures, suffix := w.folded[:end], w.folded[end:]
	switch {
	case suffix == "":
		return a.number(i, figures)
	case len(figures) <= 3 && (a.ordinalEndings[suffix] || isIndicator(a.text[w.end-min(2, w.end-w.start):w.end])):
		a.emit(ordinal(value(figures)), i, i)
	case a.decadeEndings[suffix] && len(figures) == 4:
		a.emit(figures, i, i)
	default:
		return 0
	}
	return 1
}

func value(figures string) int {
	n, _ := strconv.Atoi(figures) // of three figures at most
	return n
}

// number reads a number in figures, with what belongs to it after it.
func (a *analyzer) number(i int, figures string) int {
	if n, whole := a.thousands(i); n > 1 {
		a.emit(whole, i, i+n-1)
		return n
	}
	if a.isDecimal(i) {
		decimals := a.words[i+1].folded
		a.emit(figures+"."+decimals, i, i+1)
		if len(decimals) == 3 && len(figures) <= 3 && figures[0] != '0' {
			a.also(figures + decimals) // as others set thousands apart
		}
		return 2
	}
	if len(figures) > 3 {
		a.emit(figures, i, i)
		return 1
	}
	if n := a.ordinalMark(i); n > 0 {
		a.emit(ordinal(value(figures)), i, i)
		return n
	}
	a.smallNumber(i, figures)
	return 1
}

// smallNumber emits a number of up to three figures.
func (a *analyzer) smallNumber(i int, figures string) {
	n := value(figures)
	if len(figures) <= 2 {
		figures = strconv.Itoa(n) // 05 is 5
	}
	switch {
	case n == 0 || n > 99:
		a.emit(figures, i, i)
	case a.isCentury(i) || a.isRegnal(i):
		a.emit(ordinal(n), i, i)
	default:
		a.emit(figures, i, i)
		if year := a.secondYear(i, n); year != "" {
			a.also(year)
		} else if a.mayBeOrdinal(i) {
			a.also(ordinal(n))
		}
	}
}

// thousands returns how many words make up a number whose thousands are set apart
// (80 000, 80.000), and its figures. By the mark of another language (80,000 in French) they
// are where a decimal is unlikely: before three noughts, or more than once.
func (a *analyzer) thousands(i int) (n int, figures string) {
	figures = a.words[i].folded
	mark := a.gap(i)
	foreign := !a.setsApart(mark)
	if len(figures) > 3 || figures[0] == '0' || foreign && mark != "," && mark != "." {
		return 1, figures
	}
	n = 1
	for a.gap(i+n-1) == mark && len(a.words[i+n].folded) == 3 && isFigures(a.words[i+n].folded) {
		figures += a.words[i+n].folded
		n++
	}
	if foreign && (n < 2 || n == 2 && !strings.HasSuffix(figures, "000")) {
		return 1, a.words[i].folded
	}
	return n, figures
}

// setsApart reports whether a mark sets thousands apart: a space or an apostrophe, and
// a full stop or, in English, a comma.
func (a *analyzer) setsApart(mark string) bool {
	switch mark {
	case " ", "\u00A0", "\u202F", "\u2009", "\u2007", "'", "’":
		return true
	case ".":
		return a.code != "en" && a.code != Unknown
	case ",":
		return a.code == "en"
	}
	return false
}

func isFigures(s string) bool {
	return strings.Trim(s, "0123456789") == ""
}

// isDecimal reports whether a number has decimals after it (3,5 or 3.5). Dates and
// numbers of sections (12.5.1917) have none.
func (a *analyzer) isDecimal(i int) bool {
	mark := a.gap(i)
	if mark != "," && mark != "." || len(a.words[i+1].folded) > 3 || !isFigures(a.words[i+1].folded) {
		return false
	}
	before := i > 0 && (a.gap(i-1) == "." || a.gap(i-1) == ",") && isFigures(a.words[i-1].folded)
	after := (a.gap(i+1) == "." || a.gap(i+1) == ",") && isFigures(a.words[i+2].folded)
	return !before && !after
}

// ordinalMark returns how many words a number in figures has that a mark apart from
// it makes an ordinal (18 ème, 18°, the German 18. before a century), 0 if none does.
func (a *analyzer) ordinalMark(i int) int {
	rest := a.text[a.words[i].end:]
	if after, found := strings.CutPrefix(rest, "°"); found {
		if r, _ := utf8.DecodeRuneInString(strings.TrimLeft(after, " \u00A0\u202F")); r != 'C' && r != 'F' {
			return 1
		}
	}
	if a.code == "fr" && a.adjoins(i) && (a.ordinalEndings[a.words[i+1].folded] && len(a.words[i+1].folded) > 1 || a.loneE(i)) {
		return 2
	}
	return 0
}

// loneE reports whether an e that was set high, and lost that in copying, stands
// alone after a numeral: XVIII e siècle.
func (a *analyzer) loneE(i int) bool {
	return a.adjoins(i) && a.words[i+1].folded == "e" && i+2 < len(a.words) && a.adjoins(i+1)
}

// secondYear returns the year that two figures after another year and a dash stand
// for (1914-18), "" if they don't.
func (a *analyzer) secondYear(i, n int) string {
	if i == 0 || len(a.words[i].folded) != 2 || len(a.words[i-1].folded) != 4 || !isFigures(a.words[i-1].folded) {
		return ""
	}
	switch before := a.words[i-1].folded; a.gap(i - 1) {
	case "-", "–", "/", "\u2011":
		if value(before[2:]) < n {
			return before[:2] + a.words[i].folded
		}
	}
	return ""
}

// percent reads the words for % and, beside what they are, those for a percentage.
func (a *analyzer) percent(i int) int {
	w := a.words[i]
	if w.folded == "%" {
		a.emit("%", i, i)
		return 1
	}
	if a.percentages[w.folded] {
		a.emit(a.term(w.lower, w.folded), i, i)
		a.also("%")
		return 1
	}
	if w.folded == a.per && a.adjoins(i) && a.words[i+1].folded == a.cent {
		a.emit("%", i, i+1)
		return 2
	}
	if w.folded == a.per+a.cent || a.code == "de" && w.folded == "prozent" {
		a.emit("%", i, i)
		return 1
	}
	return 0
}
