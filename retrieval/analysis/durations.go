package analysis

import "strings"

// Wars and plans are called by how long they last: guerre de Cent Ans, Thirty Years' War, guerra dei
// trent'anni, Dreißigjähriger Krieg. Before a unit of time a number in words is one in figures too.

// roundNumbers are the cardinals from twenty on that are one word, in the order of roundValues.
var (
	roundNumbers = map[string]string{
		"fr": "vingt trente quarante cinquante soixante - - - cent mille",
		"en": "twenty thirty forty fifty sixty seventy eighty ninety hundred thousand",
		"es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa cien mil",
		"it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta cento mille",
		"pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa cem mil",
		"de": "zwanzig dreißig vierzig fünfzig sechzig siebzig achtzig neunzig hundert tausend",
	}
	roundValues = []int{20, 30, 40, 50, 60, 70, 80, 90, 100, 1000}
)

// timeUnits are units of time, of more than one.
var timeUnits = map[string]Set{
	"fr": SetOf("ans annees jours mois semaines heures minutes siecles nuits"),
	"en": SetOf("years days months weeks hours minutes centuries nights year day month week hour"),
	"es": SetOf("anos dias meses semanas horas minutos siglos noches"),
	"it": SetOf("anni giorni mesi settimane ore minuti secoli notti giornate"),
	"pt": SetOf("anos dias meses semanas horas minutos seculos noites"),
	"de": SetOf("jahre jahren tage tagen monate monaten wochen stunden minuten jahrhunderte nachte"),
}

// lasting fills in the numbers that may stand before units of time.
func (l *Language) lasting() {
	l.timeUnits, l.counts = timeUnits[l.code], map[string]int{}
	for word, n := range l.cardinals {
		if n > 1 {
			l.counts[word] = n
		}
	}
	for i, word := range strings.Fields(roundNumbers[l.code]) {
		word = l.Fold(word)
		l.counts[word] = roundValues[i]
		if l.code == "it" { // trent'anni
			l.counts[word[:len(word)-1]] = roundValues[i]
		}
	}
	delete(l.counts, "-")
}

// mayLast reports whether a word without accents may begin a duration.
func (l *Language) mayLast(folded string) bool {
	return l.counts[folded] > 0 || l.code == "de" && strings.Contains(folded, "jahrig")
}

// duration reads a number in words before a unit of time, and the German adjectives made of both.
// It returns how many words it has read, 0 if there is neither.
func (a *analyzer) duration(i int) int {
	w := a.words[i]
	if w.usual {
		return 0
	}
	if a.code == "de" {
		if figures, n := a.lastingYears(i); n > 0 {
			a.position++
			a.emit(figures+"jahrig", i, i+n-1)
			return n
		}
	}
	n := a.counts[w.folded]
	if n == 0 || a.goesOn(i) || a.stop[w.lower] || i+1 >= len(a.words) || !a.adjoins(i) && a.gap(i) != "'" && a.gap(i) != "’" || !a.timeUnits[a.words[i+1].folded] {
		return 0
	}
	a.position++
	a.emit(w.term, i, i)
	a.also(decimal(n))
	return 1
}

// goesOn reports whether a number in words goes on from the word before, or from the one before a
// word between them (vingt et un, treinta y cinco): then it is a larger one.
func (a *analyzer) goesOn(i int) bool {
	isNumber := func(i int) bool {
		return i >= 0 && (a.counts[a.words[i].folded] > 0 || a.cardinals[a.words[i].folded] > 0 || isFigures(a.words[i].folded))
	}
	if i == 0 || !a.adjoins(i-1) && !a.hyphenated(i-1) {
		return false
	}
	return isNumber(i-1) || a.stop[a.words[i-1].lower] && isNumber(i-2) && (a.adjoins(i-2) || a.hyphenated(i-2))
}

// lastingYears reads siebenjährig, 7jährig and 7-jährig, and returns the figures and how many
// words they have.
func (a *analyzer) lastingYears(i int) (figures string, n int) {
	const lasting = "jahrig"
	number, _, found := strings.Cut(a.words[i].folded, lasting)
	switch {
	case found && number != "" && isFigures(number):
		return number, 1
	case found && a.counts[number] > 0:
		return decimal(a.counts[number]), 1
	case !found && isFigures(number) && a.hyphenated(i) && strings.HasPrefix(a.words[i+1].folded, lasting):
		return number, 2
	}
	return "", 0
}
