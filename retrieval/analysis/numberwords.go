package analysis

import (
	"strconv"
	"strings"
)

func decimal(n int) string { return strconv.Itoa(n) }

// spelledNumber reads an ordinal in words, of one word or more (dix-huitième,
// twenty-first, décimo octavo). Cardinals in words are read only where a numeral is
// expected (World War Two, siglo veinte); elsewhere that gained nothing.
func (a *analyzer) spelledNumber(i int) int {
	if n := a.cardinals[a.words[i].folded]; n > 0 && !a.hyphenated(i) && a.expectsNumeral(i) {
		a.bareNumeral(i, n)
		return 1
	}
	if !a.numberHeads[a.words[i].folded] {
		return 0
	}
	key, best, bestN := "", 0, 0
	for n := 1; n <= 4 && i+n <= len(a.words); n++ {
		if n > 1 {
			if !a.adjoins(i+n-2) && !a.hyphenated(i+n-2) {
				break
			}
			key += " "
		}
		key += a.words[i+n-1].folded
		if v := a.ordinals[key]; v > 0 {
			best, bestN = v, n
		}
	}
	if bestN > 0 {
		a.emit(ordinal(best), i, i+bestN-1)
	}
	return bestN
}

// counted returns the values of words that count from 1 on.
func (l *Language) counted(words string) map[string]int {
	values := map[string]int{}
	for i, w := range strings.Fields(words) {
		values[l.Fold(w)] = i + 1
	}
	return values
}

// spelled returns the values of the ordinals of a language from lines of a number and
// its words, and the words that a number can begin with. An underscore stands for a
// space. A line "20+ vingt" makes numbers of that word and the ordinals from 1 to 9
// after it; "60++ soixante" those up to 19.
func (l *Language) spelled(lines string) (values map[string]int, heads map[string]bool) {
	values, heads = map[string]int{}, map[string]bool{}
	units := map[int][]string{}
	for line := range strings.Lines(lines) {
		fields := strings.Fields(line)
		if len(fields) == 0 {
			continue
		}
		plus := strings.Count(fields[0], "+")
		n, _ := strconv.Atoi(strings.TrimRight(fields[0], "+"))
		for _, w := range fields[1:] {
			w = strings.ReplaceAll(l.Fold(w), "_", " ")
			if plus == 0 {
				values[w] = n
				units[n] = append(units[n], w)
			}
			for u := 1; plus == 1 && u < 10 || plus == 2 && u < 20; u++ {
				for _, unit := range units[u] {
					values[w+" "+unit] = n + u
				}
			}
		}
	}
	for w := range values {
		head, _, _ := strings.Cut(w, " ")
		heads[head] = true
	}
	return values, heads
}

// cardinalWords are the cardinals of each language from 1 on.
var cardinalWords = map[string]string{
	"fr": "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize",
	"en": `one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen
		eighteen nineteen twenty`,
	"es": `uno dos tres cuatro cinco seis siete ocho nueve diez once doce trece catorce quince dieciséis diecisiete
		dieciocho diecinueve veinte veintiuno`,
	"it": `uno due tre quattro cinque sei sette otto nove dieci undici dodici tredici quattordici quindici sedici
		diciassette diciotto diciannove venti ventuno`,
	"pt": `um dois três quatro cinco seis sete oito nove dez onze doze treze catorze quinze dezasseis dezassete dezoito
		dezanove vinte`,
	"de": "eins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf",
}

// ordinalWords are the ordinals of each language. The forms for other genders and
// for more than one are among them.
var ordinalWords = map[string]string{
	"fr": `
		1 premier première premiers premières unième et_unième
		2 deuxième deuxièmes second seconde
		3 troisième troisièmes
		4 quatrième quatrièmes
		5 cinquième cinquièmes
		6 sixième sixièmes
		7 septième septièmes
		8 huitième huitièmes
		9 neuvième neuvièmes
		10 dixième dixièmes
		11 onzième onzièmes
		12 douzième douzièmes
		13 treizième treizièmes
		14 quatorzième quatorzièmes
		15 quinzième quinzièmes
		16 seizième seizièmes
		17 dix_septième
		18 dix_huitième
		19 dix_neuvième
		20 vingtième vingtièmes
		30 trentième
		40 quarantième
		50 cinquantième
		60 soixantième
		80 quatre_vingtième
		100 centième
		20+ vingt
		30+ trente
		40+ quarante
		50+ cinquante
		60++ soixante
		80++ quatre_vingt`,
	"en": `
		1 first
		2 second
		3 third
		4 fourth
		5 fifth
		6 sixth
		7 seventh
		8 eighth
		9 ninth
		10 tenth
		11 eleventh
		12 twelfth
		13 thirteenth
		14 fourteenth
		15 fifteenth
		16 sixteenth
		17 seventeenth
		18 eighteenth
		19 nineteenth
		20 twentieth
		30 thirtieth
		40 fortieth
		50 fiftieth
		60 sixtieth
		70 seventieth
		80 eightieth
		90 ninetieth
		100 hundredth
		20+ twenty
		30+ thirty
		40+ forty
		50+ fifty
		60+ sixty
		70+ seventy
		80+ eighty
		90+ ninety`,
	"es": `
		1 primero primera primer primeros primeras
		2 segundo segunda
		3 tercero tercera tercer
		4 cuarto cuarta
		5 quinto quinta
		6 sexto sexta
		7 séptimo séptima
		8 octavo octava
		9 noveno novena
		10 décimo décima
		11 undécimo undécima decimoprimero
		12 duodécimo duodécima decimosegundo
		13 decimotercero decimotercera decimotercer
		14 decimocuarto decimocuarta
		15 decimoquinto decimoquinta
		16 decimosexto decimosexta
		17 decimoséptimo decimoséptima
		18 decimoctavo decimoctava
		19 decimonoveno decimonovena decimonono
		20 vigésimo vigésima
		21 vigesimoprimero vigesimoprimera
		30 trigésimo trigésima
		40 cuadragésimo
		50 quincuagésimo
		100 centésimo
		10+ décimo décima
		20+ vigésimo vigésima
		30+ trigésimo trigésima`,
	"pt": `
		1 primeiro primeira primeiros primeiras
		2 segundo segunda
		3 terceiro terceira
		4 quarto quarta
		5 quinto quinta
		6 sexto sexta
		7 sétimo sétima
		8 oitavo oitava
		9 nono nona
		10 décimo décima
		11 undécimo undécima
		12 duodécimo duodécima
		20 vigésimo vigésima
		30 trigésimo trigésima
		40 quadragésimo
		50 quinquagésimo
		100 centésimo
		10+ décimo décima
		20+ vigésimo vigésima
		30+ trigésimo trigésima`,
	"it": `
		1 primo prima primi prime
		2 secondo seconda
		3 terzo terza
		4 quarto quarta
		5 quinto quinta
		6 sesto sesta
		7 settimo settima
		8 ottavo ottava
		9 nono nona
		10 decimo decima
		11 undicesimo undicesima
		12 dodicesimo dodicesima
		13 tredicesimo tredicesima
		14 quattordicesimo quattordicesima
		15 quindicesimo quindicesima
		16 sedicesimo sedicesima
		17 diciassettesimo diciassettesima
		18 diciottesimo diciottesima
		19 diciannovesimo diciannovesima
		20 ventesimo ventesima
		21 ventunesimo ventunesima
		22 ventiduesimo ventiduesima
		23 ventitreesimo
		30 trentesimo trentesima
		40 quarantesimo
		50 cinquantesimo
		100 centesimo`,
	"de": germanOrdinals(),
}

// germanOrdinals are built from stems: erste, zweiter, einundzwanzigsten.
func germanOrdinals() string {
	stems := []string{
		"", "erst", "zweit", "dritt", "viert", "fünft", "sechst", "siebt", "acht", "neunt", "zehnt", "elft", "zwölft",
		"dreizehnt", "vierzehnt", "fünfzehnt", "sechzehnt", "siebzehnt", "achtzehnt", "neunzehnt", "zwanzigst",
	}
	for _, tens := range []string{"zwanzigst", "dreißigst"} {
		if tens != "zwanzigst" {
			stems = append(stems, tens)
		}
		for _, unit := range []string{"ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun"} {
			stems = append(stems, unit+"und"+tens)
		}
	}
	var lines strings.Builder
	for n, stem := range stems {
		if n == 0 {
			continue
		}
		lines.WriteString(strconv.Itoa(n))
		for _, ending := range []string{"e", "er", "es", "en", "em"} {
			lines.WriteString(" " + stem + ending)
		}
		lines.WriteString("\n")
	}
	return lines.String()
}
