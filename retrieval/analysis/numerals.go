package analysis

import "strings"

// roman reads a roman numeral: one with the ending of an ordinal (XVIIIe), or a bare
// one, which is an ordinal too. It returns false if the word is none.
func (a *analyzer) roman(i int) bool {
	w := a.words[i]
	if strings.IndexByte("ivxlm", w.folded[0]) < 0 || len(w.folded) > 16 || a.code == Unknown {
		return false
	}
	if n := a.romanOrdinal(i); n > 0 {
		a.emit(ordinal(n), i, i)
		return true
	}
	n := romanValue(w.folded)
	switch {
	case n == 0:
		return false
	case len(w.folded) == 1:
		return a.letterNumeral(i, n)
	case n >= 1000 && len(w.folded) >= 5 && a.isCapitals(i):
		a.emit(decimal(n), i, i)
		return true
	case n > 89 || n > 39 && len(w.folded) < 3 || !a.isNumeralCase(i):
		return false
	case !a.isCapitals(i) && (a.mistakable[w.folded] || n > 39) && !a.expectsNumeral(i):
		return false
	}
	a.bareNumeral(i, n)
	return true
}

// bareNumeral emits a numeral without an ending. After the name of a part of a book
// it may be a cardinal as well.
func (a *analyzer) bareNumeral(i, n int) {
	a.emit(ordinal(n), i, i)
	if i > 0 && a.follows(i) && a.units[a.words[i-1].folded] {
		a.also(decimal(n))
	}
}

// letterNumeral reads I, V or X. Where no numeral is expected these are letters, but
// after a name (Malcolm X) they may be either.
func (a *analyzer) letterNumeral(i, n int) bool {
	if n > 10 {
		return false
	}
	if a.expectsNumeral(i) {
		a.bareNumeral(i, n)
		return true
	}
	if n > 1 && a.isCapital(i) && a.afterName(i) {
		a.emit(a.words[i].folded, i, i)
		a.also(ordinal(n))
		return true
	}
	return false
}

// romanOrdinal returns the value of a roman numeral with the ending of an ordinal, 0
// if the word is none. The numeral and its ending differ in case (XVIIIe, VIº), or
// both are small (xviiie) and no word (vie).
func (a *analyzer) romanOrdinal(i int) int {
	w := a.words[i]
	letters := len(w.folded) - len(strings.TrimLeft(w.folded, "ivx"))
	for ; letters > 0; letters-- {
		n := romanValue(w.folded[:letters])
		surface := a.text[w.start:w.end]
		capitals := len(surface) > letters && strings.ToUpper(surface[:letters]) == surface[:letters]
		switch {
		case n == 0:
			continue
		case isIndicator(surface[min(letters, len(surface)):]):
			return n
		case !a.romanEndings[w.folded[letters:]] && (n > 1 || !a.firstEndings[w.folded[letters:]]):
			continue
		case letters == 1 && !a.firstEndings[w.folded[letters:]] && (n == 1 || !a.smallNumerals):
			continue // Io, Ie
		case capitals && strings.ToUpper(surface) != surface:
			return n
		case a.mistakable[w.folded] && !a.expectsNumeral(i):
			return 0
		case a.smallNumerals && a.isNumeralCase(i):
			return n
		}
	}
	return 0
}

// isIndicator reports whether an ending is one of the signs for it.
func isIndicator(ending string) bool { return ending == "º" || ending == "ª" }

// isNumeralCase reports whether a word is all capitals or all small.
func (a *analyzer) isNumeralCase(i int) bool {
	surface := a.text[a.words[i].start:a.words[i].end]
	return surface == strings.ToUpper(surface) || surface == strings.ToLower(surface)
}

// expectsNumeral reports whether what stands around a word makes it a numeral: a
// century, the name of a king, a chapter.
func (a *analyzer) expectsNumeral(i int) bool {
	return a.isCentury(i) || a.isRegnal(i) || a.isRank(i) || a.follows(i) && a.units[a.words[i-1].folded]
}

// isCentury reports whether a number is that of a century, by the word before or after.
func (a *analyzer) isCentury(i int) bool {
	if a.centuries == nil {
		return false
	}
	if i+1 < len(a.words) && (a.adjoins(i) || a.gap(i) == ". " || a.gap(i) == "° ") && a.centuries[a.words[i+1].folded] {
		return true
	}
	return a.follows(i) && (a.centuries[a.words[i-1].folded] || a.isShortCentury(i-1))
}

// isRank reports whether a numeral says which of what follows it.
func (a *analyzer) isRank(i int) bool {
	return i+1 < len(a.words) && (a.adjoins(i) || a.gap(i) == ". ") && a.ranked[a.words[i+1].folded]
}

// isShortCentury reports whether a word is "s." for a century, beside a numeral: XIXe s.,
// s. XIX.
func (a *analyzer) isShortCentury(i int) bool {
	w := a.words[i]
	if w.folded != "s" || a.century == "" || !strings.HasPrefix(a.text[w.end:], ".") {
		return false
	}
	return i > 0 && a.adjoins(i-1) && a.romanOrdinal(i-1) > 0 ||
		i+1 < len(a.words) && a.gap(i) == ". " && romanValue(a.words[i+1].folded) > 0
}

// isRegnal reports whether a number follows the first name of rulers.
func (a *analyzer) isRegnal(i int) bool {
	return i > 0 && a.adjoins(i-1) && regnal[a.words[i-1].folded] && (i+1 >= len(a.words) || !a.months[a.words[i+1].folded])
}

// mayBeOrdinal reports whether a cardinal could as well be an ordinal: a day of a
// month, a chapter, a number after a name.
func (a *analyzer) mayBeOrdinal(i int) bool {
	if i+1 < len(a.words) {
		next := i + 1
		if a.words[next].lower == "de" && next+1 < len(a.words) {
			next++
		}
		if a.months[a.words[next].folded] {
			return true
		}
		if a.code == "de" && a.gap(i) == ". " && a.isCapital(i+1) {
			return true
		}
	}
	return a.follows(i) && (a.units[a.words[i-1].folded] || a.months[a.words[i-1].folded]) || a.afterName(i)
}

// afterName reports whether a word follows one that is capitalised within a sentence.
func (a *analyzer) afterName(i int) bool {
	return i > 0 && a.adjoins(i-1) && a.isCapital(i-1) && !a.opens(i-1) && !a.stop[a.words[i-1].lower]
}

var romanFigures = []struct {
	value   int
	letters string
}{
	{1000, "m"}, {900, "cm"}, {500, "d"}, {400, "cd"}, {100, "c"}, {90, "xc"}, {50, "l"}, {40, "xl"},
	{10, "x"}, {9, "ix"}, {5, "v"}, {4, "iv"}, {1, "i"},
}

// romanValue returns the value of a numeral in small letters, 0 if it is not one as
// they are written.
func romanValue(s string) int {
	n, rest := 0, s
	for _, f := range romanFigures {
		for strings.HasPrefix(rest, f.letters) {
			n += f.value
			rest = rest[len(f.letters):]
		}
	}
	if rest != "" || romanNumeral(n) != s {
		return 0
	}
	return n
}

func romanNumeral(n int) string {
	var out strings.Builder
	for _, f := range romanFigures {
		for ; n >= f.value; n -= f.value {
			out.WriteString(f.letters)
		}
	}
	return out.String()
}

// regnal are the first names of kings and popes that are told apart by numbers.
var regnal = SetOf(`
	louis luis luigi ludwig henri henry enrique enrico henrique heinrich charles carlos carlo karl
	philippe philip felipe filippo filipe philipp francois francis francisco francesco franz napoleon napoleone
	jean john juan joao giovanni johannes paul pablo paolo paulo pie pius pio benoit benedict benedicto benedetto
	benedikt bento leon leo leone leao gregoire gregory gregorio gregor clement clemente innocent inocencio innocenzo
	urbain urban urbano alexandre alexander alejandro alessandro nicolas nicholas nikolaus nicolau nicola
	guillaume william wilhelm guillermo guglielmo guilherme edouard edward eduardo eduard edoardo george georg
	jorge giorgio jacques james jaime jakob jacobo richard ricardo riccardo frederic frederick federico friedrich
	pierre peter pedro pietro ivan ferdinand fernando ferdinando alphonse alfonso afonso albert alberto leopold
	leopoldo baudouin ramses ptolemee ptolemy ptolomeo catherine catalina caterina catarina katharina elisabeth
	elizabeth isabel isabelle isabella marie mary maria vatican vaticano boniface bonifacio otto othon konrad conrad
	sancho emmanuel emanuele manuel humbert umberto amedee constantin constantine constantino mehmed mehmet selim
	murad soliman suleiman darius xerxes artaxerxes antiochos sixte sixtus sixto`)
