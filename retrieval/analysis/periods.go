package analysis

import "strings"

// A period is a decade or a century that is called by a name or by two figures: années trente,
// the seventies, 70er Jahre, il Quattrocento. Its term is what its other forms have: the first
// year of the decade, as in années 1930, or the ordinal of the century, as in XV secolo.

// decadeNames are how decades are called in words, from the twenties on, and the Italian
// centuries from the thirteenth.
var (
	decadeNames = map[string]string{
		"fr": "vingt trente quarante cinquante soixante soixante_dix quatre_vingt quatre_vingt_dix",
		"en": "twenties thirties forties fifties sixties seventies eighties nineties",
		"es": "veinte treinta cuarenta cincuenta sesenta setenta ochenta noventa",
		"de": "zwanziger dreißiger vierziger fünfziger sechziger siebziger achtziger neunziger",
		"it": "venti trenta quaranta cinquanta sessanta settanta ottanta novanta",
		"pt": "vinte trinta quarenta cinquenta sessenta setenta oitenta noventa",
	}
	italianCenturies = strings.Fields("duecento trecento quattrocento cinquecento seicento settecento ottocento novecento")
)

// periods fills in the decades and centuries that have names, with the heads of those of
// several words.
func (l *Language) periods() {
	l.decades, l.namedCenturies = map[string]string{}, map[string]int{}
	for i, name := range strings.Fields(decadeNames[l.code]) {
		name = l.Fold(name)
		year := "19" + decimal(20+10*i)
		l.decades[name] = year
		switch l.code {
		case "de":
			l.decades[name+"jahre"], l.decades[name+"jahren"] = year, year
		case "fr":
			l.decades[strings.ReplaceAll(name, "vingt", "vingts")] = year
			if i == 0 {
				delete(l.decades, "vingts")
			}
		}
	}
	if l.code == "it" {
		for i, name := range italianCenturies {
			l.namedCenturies[name] = 13 + i
		}
	}
}

// mayBePeriod reports whether a word without accents begins the name of a period.
func (l *Language) mayBePeriod(folded string) bool {
	return l.decades[folded] != "" || l.namedCenturies[folded] > 0 || l.code == "fr" && folded == "quatre"
}

// period reads the name of a period, and returns how many words it has, 0 if there is none.
func (a *analyzer) period(i int) int {
	if a.words[i].usual {
		return 0
	}
	if n := a.namedCenturies[a.words[i].folded]; n > 0 && a.isNamedCentury(i) {
		a.position++
		a.emit(ordinal(n), i, i)
		a.also(a.words[i].term) // as who types nothing else has it
		return 1
	}
	n, year := a.decade(i)
	if n > 0 {
		if a.code == "de" && a.isYears(i+n) {
			n++ // as in Siebzigerjahre
		}
		a.position++
		a.emit(year, i, i+n-1)
		a.afterDecade = i + n
	}
	return n
}

// isNamedCentury reports whether a word such as novecento is the century, and not the number: it
// has a capital within a sentence, or an article before it.
func (a *analyzer) isNamedCentury(i int) bool {
	if i+1 < len(a.words) && a.words[i+1].folded == "per" { // cento
		return false
	}
	if a.isCapital(i) && !a.opens(i) && !a.isCapital(i-1) {
		return true
	}
	if i == 0 || !a.adjoins(i-1) {
		return false
	}
	switch a.words[i-1].folded {
	case "nel", "del", "dal", "al", "il", "sul", "primo", "secondo", "tardo":
		return true
	}
	return false
}

// decade returns how many words the name of a decade has, 0 if there is none, and its first
// year.
func (a *analyzer) decade(i int) (n int, year string) {
	switch folded := a.words[i].folded; {
	case '0' <= folded[0] && folded[0] <= '9':
		if a.code == "de" && len(folded) > 4 && isFigures(folded[:4]) && a.decadeEndings[folded[4:]] {
			return 1, folded[:4]
		}
		if len(folded) < 2 || folded[0] < '2' || folded[1] != '0' {
			return 0, ""
		}
		if ending := folded[2:]; ending == "" && a.expectsDecade(i) || a.decadeEndings[ending] && !a.isAge(i) && a.isToldDecade(i) {
			return 1, "19" + folded[:2]
		}
	case a.code == "en":
		if year := a.decades[folded]; year != "" && !a.isAge(i) {
			return 1, year
		}
	case a.code == "de":
		if year := a.decades[folded]; year != "" && (strings.Contains(folded, "jahre") || a.isYears(i+1)) {
			return 1, year
		}
	case a.expectsDecade(i) && (i < 2 || beforeYears[a.words[i-2].folded] || i-1 == a.afterDecade):
		return a.spelledDecade(i)
	}
	return 0, ""
}

// beforeYears are words before the one for years where a decade follows: durante años treinta
// familias.
var beforeYears = SetOf("les des aux ces los gli degli negli agli dagli sugli os dos nos aos pelos")

// isToldDecade reports whether two figures with an ending are a decade, and no seconds (for 30s)
// or speed (30er-Zone).
func (a *analyzer) isToldDecade(i int) bool {
	if a.code == "de" && (a.isYears(i+1) || a.hyphenated(i)) {
		return a.isYears(i + 1)
	}
	if i == 0 {
		return true
	}
	if before := strings.TrimSpace(a.gap(i - 1)); before != "" && IsApostrophe([]rune(before)[0]) {
		return true
	}
	return toldDecades[a.words[i-1].folded]
}

// toldDecades are words before two figures with an ending that are a decade.
var toldDecades = SetOf("the early mid late die der den")

// isYears reports whether the word for years comes right after another.
func (a *analyzer) isYears(i int) bool {
	if i >= len(a.words) || !a.adjoins(i-1) && !a.hyphenated(i-1) {
		return false
	}
	return a.words[i].folded == "jahre" || a.words[i].folded == "jahren"
}

// spelledDecade reads a decade in words, such as quatre-vingt-dix.
func (a *analyzer) spelledDecade(i int) (n int, year string) {
	key := ""
	for k := 0; k < 3 && i+k < len(a.words); k++ {
		if k > 0 {
			if !a.hyphenated(i+k-1) && !a.adjoins(i+k-1) {
				break
			}
			key += "_"
		}
		key += a.words[i+k].folded
		if y := a.decades[key]; y != "" {
			n, year = k+1, y
		}
	}
	return n, year
}

// expectsDecade reports whether a number comes right after the word for years (años 70, anni
// '70), or after another decade and a word between them (années 20 et 30).
func (a *analyzer) expectsDecade(i int) bool {
	if i == 0 || a.decadeHeads == nil {
		return false
	}
	before := a.words[i-1]
	if a.decadeHeads[before.folded] {
		return strings.Trim(a.gap(i-1), " \u00A0\u202F'’") == ""
	}
	return i > 1 && i-1 == a.afterDecade && a.stop[before.lower] && a.adjoins(i-1)
}

// isAge reports whether a decade is that of someone's life: in her early twenties.
func (a *analyzer) isAge(i int) bool {
	for _, w := range a.words[max(0, i-2):i] {
		switch w.folded {
		case "his", "her", "their", "my", "your", "our", "its":
			return true
		}
	}
	return false
}
