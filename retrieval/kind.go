package retrieval

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A kind is what a question wants to know.
type kind string

// The kinds of questions; "" when it can't be told.
const (
	date       kind = "date"
	number     kind = "number"
	person     kind = "person"
	place      kind = "place"
	cause      kind = "cause"
	manner     kind = "manner"
	definition kind = "definition"
)

// asking are the words that ask for a kind, in the known languages, without accents.
// The first that matches counts.
var asking = []struct {
	kind kind
	re   *regexp.Regexp
}{
	{date, asks(`quand|when|cuando|wann|quando`,
		`annees?|dates?|jours?|mois|siecles?|epoque|decennies?|periode`, `years?|dates?|days?|months?|century|decade|period`,
		`anos?|fechas?|dias?|mes|siglo|decada`, `jahr|datum|tag|monat|jahrhundert|jahrzehnt`, `anno|data|giorno|mese|secolo`, `data|seculo|decada`)},
	{number, asks(`combien|how (?:many|much|long|far|old|tall|large|big|high|deep|often|fast|wide)|cuant[oa]s?|wie ?(?:viele?|hoch|lange|weit|alt|gross|oft)|quant[oiae]s?`,
		`nombre|pourcentage|age|prix|taille|population|distance|superficie|part|taux|montant|longueur|hauteur|duree|vitesse`,
		`number|percentage|percent|age|price|size|population|distance|area|share|rate|amount|length|height|speed`,
		`numero|porcentaje|edad|precio|poblacion|distancia|tasa`, `anzahl|zahl|prozentsatz|alter|preis`, `numero|percentuale|eta|prezzo|popolazione`, `percentagem|porcentagem|idade|preco|populacao`)},
	{place, asks(`ou|where|donde|wo|wohin|woher|dove|onde`,
		`pays|villes?|lieux?|regions?|endroits?|continent|rue|province|ile|departement`,
		`country|countries|city|cities|towns?|places?|regions?|continent|street|province|island|state`,
		`pais|paises|ciudad|ciudades|lugar|lugares|region`, `land|stadt|ort|gegend|insel`, `paese|citta|luogo|regione|isola`, `cidade|ilha|regiao`)},
	{cause, asks(`pourquoi|why|por ?que|warum|weshalb|wieso|perche`,
		`raisons?|causes?|motifs?`, `reasons?|causes?`, `razon|razones|causas?|motivos?`, `grund|grunde|ursache`, `ragione|cause?|motivo`, `razao`)},
	{person, asks(`qui|who|whom|whose|quien|quienes|wer|wem|wen|wessen|chi|quem`)},
	{definition, regexp.MustCompile(`^(?:qu'?est[ -]ce (?:que|qu'|q)|c'?est quoi|what(?: is|'s| are)|que es|que son|was (?:ist|sind)|(?:che )?cos'?e|che cosa e|o que e)\b`)},
	{manner, asks(`comment|how|como|wie|come|explain|explique[rsz]?|expliquez|explica|erklare|spiega|decri[st]|describe`)},
}

// asks matches words that ask by themselves, near the beginning of a question, after a
// comma or at its end, and nouns that ask after a word such as which.
func asks(alone string, nouns ...string) *regexp.Regexp {
	pattern := `(?:^(?:\S+ ){0,3}(?:\S*')?|[,;:] (?:\S+ )?)(?:` + alone + `)\b|\b(?:` + alone + `)$`
	if len(nouns) > 0 {
		pattern += `|\b` + which + ` (?:` + be + ` )?(?:(?:le|la|les|l'|the|el|los|las|der|die|das|il|o|a) ?)?(?:` + strings.Join(nouns, "|") + `)\b`
	}
	return regexp.MustCompile(pattern)
}

const (
	which = `(?:quels?|quelles?|what|which|que|cual|cuales|welche[rmsn]?|quale|quali|qual|quais|che)`
	be    = `(?:est|sont|etait|is|was|are|were|es|era|ist|war|e)`
)

// kindOf tells what a question wants to know.
func kindOf(text string) kind {
	folded := fold(strings.ToLower(plainApostrophes.Replace(plain(text))))
	folded = strings.Join(strings.Fields(strings.Trim(folded, "?!. \u00A0¿¡«\"“")), " ")
	for _, a := range asking {
		if a.re.MatchString(folded) && !(a.kind == place && ouIsOr(text)) && !(a.kind == person && whatInFrench.MatchString(folded)) {
			return a.kind
		}
	}
	return ""
}

var whatInFrench = regexp.MustCompile(`^(?:\S+ )?qu'?est[ -]ce qu`)

// ouIsOr reports whether a French question holds ou, which means or, and not où.
func ouIsOr(text string) bool {
	lower := strings.ToLower(text)
	return wordOu.MatchString(lower) && !strings.Contains(lower, "où") && !wordOuFirst.MatchString(lower)
}

var (
	wordOu      = regexp.MustCompile(`\bou\b`)
	wordOuFirst = regexp.MustCompile(`^\W*(?:d'|par |vers |jusqu')?ou\b`)
)

// explains reports whether an answer needs several sentences that follow each other.
func (k kind) explains() bool { return k == cause || k == manner }

// holds reports whether a sentence holds what a question of the kind wants and does
// not say itself; asked are the words of the question, in lower case and folded.
func (k kind) holds(text string, asked map[string]bool) bool {
	first := true
	for start, end := range words(text) {
		word := text[start:end]
		folded := fold(strings.ToLower(word))
		if asked[folded] {
			first = false
			continue
		}
		switch k {
		case date:
			if isYear(folded) || months[folded] || centuries[folded] {
				return true
			}
		case number:
			if folded[0] >= '0' && folded[0] <= '9' || numerals[folded] {
				return true
			}
		case person, place:
			initial, _ := utf8.DecodeRuneInString(word[strings.LastIndexFunc(word, isApostrophe)+1:])
			if unicode.IsUpper(initial) && !first {
				return true
			}
		case cause:
			if because[folded] {
				return true
			}
		}
		first = false
	}
	return false
}

// isYear reports whether a word is a number of four digits up to 2100, perhaps with an
// ending (1920s).
func isYear(word string) bool {
	digits := strings.TrimRight(word, "s")
	return len(digits) == 4 && digits >= "1000" && digits <= "2100" && strings.Trim(digits, "0123456789") == ""
}

// Words that tell a date, a number, a cause; without accents.
var (
	months = wordSet(`janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre
		january february march april may june july august september october november december
		enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre
		januar februar marz april mai juni juli august september oktober november dezember
		gennaio febbraio aprile maggio giugno luglio settembre ottobre novembre dicembre
		janeiro fevereiro marco maio junho julho setembro outubro novembro dezembro`)
	centuries = wordSet(`siecle siecles century centuries siglo siglos jahrhundert jahrhunderts secolo secoli seculo seculos`)
	numerals  = wordSet(`deux trois quatre cinq six sept huit neuf dix onze douze quinze vingt trente quarante cinquante cent cents mille million millions milliard milliards moitie tiers quart
		two three four five six seven eight nine ten eleven twelve fifteen twenty thirty forty fifty hundred hundreds thousand thousands million billion half third quarter
		dos tres cuatro cinco seis siete ocho nueve diez doce quince veinte treinta cien ciento mil millon millones mitad
		zwei drei vier funf sechs sieben acht neun zehn elf zwolf zwanzig dreissig hundert tausend millionen halfte
		due tre quattro cinque sei sette otto nove dieci dodici venti trenta cento mille milione milioni meta
		dois duas quatro sete oito nove dez doze vinte trinta cem milhao milhoes metade`)
	because = wordSet(`parce car puisque raison raisons cause causes afin grace
		because since due reason reasons therefore
		porque pues debido razon causa gracias
		weil denn wegen deshalb grund damit
		perche poiche siccome ragione
		pois razao devido`)
)

// A wanting is what a question wants.
type wanting struct {
	kind    kind
	asked   map[string]bool // all its words in lower case and folded, stop words too
	phrases []Phrase        // in quotation marks
}

// longestDefined is how many content words what is to be defined has at most; a longer
// question (what is the name of …) does not ask for a definition.
const longestDefined = 3

func wantingOf(q question, phrases []Phrase) wanting {
	w := wanting{kind: kindOf(q.text), asked: map[string]bool{}, phrases: phrases}
	if w.kind == definition && len(q.words) > longestDefined {
		w.kind = ""
	}
	for start, end := range words(q.text) {
		word := fold(strings.ToLower(q.text[start:end]))
		w.asked[word] = true
		for _, part := range strings.FieldsFunc(word, isApostrophe) {
			w.asked[part] = true
		}
	}
	return w
}
