package analysis

import (
	"iter"
	"maps"
	"strings"
)

// A Set is a list of words, to be asked for one.
type Set = map[string]bool

// A Language says how words of a language become terms. Sets hold words in lower case
// without accents, if nothing else is said.
type Language struct {
	code    string
	base    Base
	memo    *memo
	umlauts bool              // ae, oe and ue are umlauts
	forms   map[string]string // terms of irregular words, in lower case, with accents and without

	roots      map[string]string // terms of irregular verbs, by the root of their regular forms
	inflection inflection

	stop        Set                          // in lower case, with accents and without
	names       Set                          // words that are others in small letters, as they are written
	elidedNouns Set                          // stop words that are none after l' and d'
	participle  participle                   // a word that is none, but for where it helps a verb
	meant       map[string]map[string]string // words that are meant, by what is typed without accents and the word before

	elided      Set             // what is dropped before an apostrophe
	behind      Set             // stop words that often stand behind one; any if nil
	endings     Set             // what is dropped after one
	contracted  Set             // what stands before endings that are typed without one
	negation    string          // what is dropped after one with the verb before it
	clitics     Set             // what is dropped after a hyphen
	hyphenWords map[string]bool // words with hyphens that are read as one; true for stop words
	hyphenHeads Set             // what they begin with

	ordinals       map[string]int    // in words
	numberHeads    Set               // what they begin with
	cardinals      map[string]int    // in words
	ordinalEndings Set               // after figures
	romanEndings   Set               // after roman numerals
	firstEndings   Set               // after I, V and X too
	smallNumerals  bool              // roman numerals with an ending are written in small letters too
	mistakable     Set               // words that look like roman numerals
	decadeEndings  Set               // after a year
	decadeHeads    Set               // years, before a decade
	decades        map[string]string // the first year of those that have a name
	namedCenturies map[string]int
	counts         map[string]int // cardinals in words that may stand before
	timeUnits      Set            // units of time
	century        string
	centuries      Set // words for it, with its short forms
	ranked         Set // of which a numeral before them says which
	units          Set // of which there is a first, second, third: chapters
	months         Set
	percentages    Set
	per, cent      string
}

// Unknown is the code of the language of texts in none of the known ones.
const Unknown = "und"

// A Base is what a library knows of a language.
type Base struct {
	Stem func(word string) string // takes the ending off a word in lower case without accents
	Stop []string                 // stop words in lower case, with accents
}

// rules fill in what the program knows of a language beyond its base, by code.
var rules = map[string]func(*Language){
	"fr": (*Language).french, "es": (*Language).spanish, "en": (*Language).english,
	"de": (*Language).german, "it": (*Language).italian, "pt": (*Language).portuguese,
}

// New returns a language by its code (ISO 639-1). One that has no rules here takes nothing but
// the stemmer from its base; without one, no endings are taken off.
func New(code string, base Base) *Language {
	l := &Language{code: code, base: base}
	if fill := rules[code]; fill != nil {
		fill(l)
		l.finish()
	}
	l.memo = newMemo(l)
	return l
}

// Code returns the code of the language (ISO 639-1), or Unknown.
func (l *Language) Code() string { return l.code }

// IsStop reports whether a word in lower case, with accents or without, is a stop word.
func (l *Language) IsStop(word string) bool { return l.stop[word] }

// StopWords yields the stop words in lower case, with accents and without, in no order.
func (l *Language) StopWords() iter.Seq[string] { return maps.Keys(l.stop) }

// IsMonth reports whether a word in lower case without accents is a month.
func (l *Language) IsMonth(folded string) bool { return l.months[folded] }

// IsCentury reports whether a word in lower case without accents means a century.
func (l *Language) IsCentury(folded string) bool { return l.centuries[folded] }

// IsElided reports whether what is typed for a word in lower case without accents is what
// stands before an apostrophe and is dropped, as l and qu.
func (l *Language) IsElided(folded string) bool { return l.elided[folded] }

// IsEnding reports whether a word in lower case without accents is dropped behind an
// apostrophe, as s is in English.
func (l *Language) IsEnding(folded string) bool { return l.endings[folded] }

// IsContracted reports whether a word in lower case often stands before such an ending.
func (l *Language) IsContracted(folded string) bool { return l.contracted[folded] }

func (l *Language) french() {
	l.smallNumerals = true
	l.stopWords(`
		a afin ai ainsi alors après aucun aucune auquel aussi autre autres avant car ce ceci cela celle celles celui
		certains cet cette ceux chaque chez ci combien comme comment dans depuis desquels donc dont dès déjà elles encore
		entre est-ce etc hors ici ils jusque la le les leur leurs lequel laquelle lesquels lesquelles lors lorsque là mais
		même mêmes ni ou où par parce pendant peu plus plusieurs pour pourquoi puis puisque quand que quel quelle quels
		quelles quelque quelques qui quoi quoique sans sauf selon si sinon soi sont sous sur tandis tant tel telle tels
		telles toujours tous tout toute toutes très vers voici voilà y ça était étaient t ct cest`,
		"été étés pas avions")
	l.names = SetOf("Est ES SA EU ON SES")
	l.elidedNouns = SetOf("est")
	l.participle = participle{
		words:   SetOf("été ete"),
		helpers: SetOf("a à ai as avons avez ont on avais avait avaient avions aviez aurai aura auront aurais aurait auraient aie ait aient eu eut eût eurent avoir ayant"),
		joins:   SetOf("et ou ni mais de du des"),
		nouns:   SetOf("en un cet chaque dernier prochain plein"),
	}
	l.meant = map[string]map[string]string{"ne": {"est": "né", "etait": "né", "fut": "né", "soit": "né"}}
	l.elided = SetOf("l d j m t s c n qu lorsqu puisqu jusqu quoiqu quelqu presqu")
	l.behind = SetOf("un une il ils elle elles on est etait etaient avait avaient ont y en")
	l.clitics = SetOf("je tu il elle on nous vous ils elles ce t moi toi lui leur le la les y en ci")
	l.hyphens("rendez-vous porte-a-porte tete-a-tete", "peut-etre est-a-dire c-a-d vis-a-vis")
	l.ordinalEndings = SetOf("e er re ere eme ieme nd nde es ers res eres emes iemes")
	l.romanEndings = SetOf("e eme ieme es emes iemes nd nde")
	l.firstEndings = SetOf("er re ere")
	l.mistakable = SetOf("vi xi vie vies ire")
	l.century, l.centuries = "siecle", SetOf("siecle siecles")
	l.units = SetOf(`tome tomes volume volumes vol livre livres chapitre chapitres chap partie parties acte scene article
		articles art section annexe titre numero an phase type classe guerre page pages zone paris lyon apollo`)
	l.decadeHeads = SetOf("annees")
	l.months = SetOf("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre")
	l.percentages, l.per, l.cent = SetOf("pourcentage pourcentages"), "pour", "cent"
}

func (l *Language) spanish() {
	l.stopWords(`
		cuál cuáles cuándo cuánto cuánta cuántos cuántas cómo dónde qué quién quiénes por para según aunque así aún
		unas hacia mediante sino pues cuyo cuya cuyos cuyas aquel aquella aquellos aquellas aquello aquél aquélla usted ustedes cuán cual cuales`,
		"estado estada estados estadas")
	l.names = SetOf("Este")
	l.ordinalEndings = SetOf("o a er era ro ra do da to ta mo ma vo va no na os as")
	l.romanEndings = SetOf("o a")
	l.mistakable = SetOf("vi xi")
	l.century, l.centuries = "siglo", SetOf("siglo siglos")
	l.ranked = SetOf("republica guerra congreso internacional imperio dinastia legislatura edicion conferencia concilio")
	l.units = SetOf(`tomo tomos volumen vol libro libros capitulo capitulos cap parte partes acto escena articulo articulos
		art seccion anexo titulo numero fase tipo clase guerra pagina paginas`)
	l.decadeHeads = SetOf("anos")
	l.months = SetOf("enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre")
	l.percentages, l.per, l.cent = SetOf("porcentaje porcentajes"), "por", "ciento"
}

func (l *Language) english() {
	l.smallNumerals = true
	l.stopWords(`
		also may many much does did done would could should shall will upon among whose s t
		doesn didn isn aren wasn weren hasn haven hadn don couldn wouldn shouldn`, "")
	l.names = SetOf("May Will IT WHO")
	l.endings = SetOf("s re ve ll d m")
	l.contracted = SetOf("i you he she it we they who what where when why how that there here would could should")
	l.negation = "t"
	l.ordinalEndings = SetOf("st nd rd th")
	l.romanEndings = SetOf("st nd rd th")
	l.mistakable = SetOf("vi xi")
	l.centuries = SetOf("century centuries")
	l.units = SetOf(`volume volumes vol book books chapter chapters part parts act scene article articles section appendix
		title number no phase type class war page pages grade apollo`)
	l.months = SetOf("january february march april may june july august september october november december")
	l.decadeEndings = SetOf("s")
	l.percentages, l.per, l.cent = SetOf("percentage percentages"), "per", "cent"
}

func (l *Language) german() {
	l.umlauts = true
	l.stopWords(`
		wann warum wer wen wem wessen wo woher wohin wie was welche welcher welches wurde wurden worden geworden seit
		wäre wären hätte hätten konnte konnten sollen sollten mussten müssen bereits sowie dass dabei daher dadurch bzw
		woran worauf woraus wobei wodurch wofür wogegen woher worin womit wonach worüber worum worunter wovon wovor wozu
		daran darauf daraus dafür dagegen darin damit danach darüber darum darunter davon davor dazu dazwischen
		wieso weshalb weswegen wieviel wieviele viel viele vielen vieler vieles beim ans aufs fürs durchs ums ab statt
		etwa sogar schon mehr neben trotz wegen jedoch einander jemand niemand deren denen darf dürfen durfte durften
		mag möchte möchten`, "")
	l.names = SetOf("Weg Wegen Trotz Dürfen Sein Würde Haben Wollen Können")
	l.ordinalEndings = SetOf("te ten ter tes tem ste sten ster stes stem")
	l.mistakable = SetOf("vi xi")
	l.ranked = SetOf("republik weltkrieg weltkriegs kongress kongresses internationale internationalen reich reiches konzil")
	l.centuries = SetOf("jahrhundert jahrhunderts jahrhunderte jahrhunderten jh jhd jhdt jhs")
	l.units = SetOf(`band bande bd buch kapitel kap teil teile akt szene artikel art abschnitt anhang titel nummer nr phase typ
		klasse weltkrieg seite seiten paragraph`)
	l.months = SetOf("januar janner februar marz april mai juni juli august september oktober november dezember")
	l.decadeEndings = SetOf("er ern")
	l.percentages, l.per, l.cent = SetOf("prozentsatz prozentanteil"), "pro", "zent"
}

func (l *Language) italian() {
	l.names = SetOf("NATO")
	l.stopWords(`
		quando perché come dove quale quali chi cosa quanto quanti quanta quante sul sulla d
		fra egli ella essi esse esso essa quindi dunque però oppure né cui`, "faccia fosse")
	l.participle = participle{
		words:   SetOf("stato stata stati state"),
		helpers: SetOf("è sono sei siamo siete era erano ero sia siano fosse fossero sarà sara saranno sarebbe sarebbero fu furono essere essendo"),
		bare:    "e",
		joins:   SetOf("e ed o tra fra di del della dei con per"),
		nouns:   SetOf("lo uno dello allo dallo nello sullo gli degli agli dagli negli questo quello grande ogni di in"),
	}
	l.elided = SetOf("l d c n s t m v un all dell nell sull dall coll dov cos com quell bell sant quest quant tutt anch gl degl agl dagl negl sugl")
	l.behind = SetOf("un una uno e era erano essere altro altra altri altre")
	l.ordinalEndings = SetOf("o a i e")
	l.romanEndings = SetOf("o a")
	l.mistakable = SetOf("vi xi")
	l.century, l.centuries = "secolo", SetOf("secolo secoli sec")
	l.ranked = SetOf("repubblica guerra congresso internazionale impero dinastia legislatura edizione conferenza concilio")
	l.units = SetOf(`tomo tomi volume volumi vol libro libri capitolo capitoli cap parte parti atto scena articolo articoli art
		sezione allegato titolo numero fase tipo classe guerra pagina pagine`)
	l.decadeHeads = SetOf("anni")
	l.months = SetOf("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre")
	l.percentages, l.per, l.cent = SetOf("percentuale percentuali"), "per", "cento"
}

func (l *Language) portuguese() {
	l.stopWords(`
		quando porque como onde qual quais quem quanto quantos quanta quantas pelos sobre ser está ter
		uns umas num numa nuns numas dum duma duns dumas deste desta destes destas desse dessa desses dessas neste nesta nestes
		nestas nesse nessa nesses nessas daquele daquela daqueles daquelas naquele naquela disso disto nisso nisto daquilo
		àquele àquela nele nela neles nelas cujo cuja cujos cujas`, "")
	l.elided = SetOf("d n")
	l.clitics = SetOf("o a os as lo la los las no na nos nas me te se lhe lhes vos")
	l.ordinalEndings = SetOf("o a os as")
	l.romanEndings = SetOf("o a")
	l.mistakable = SetOf("vi xi")
	l.century, l.centuries = "seculo", SetOf("seculo seculos sec")
	l.ranked = SetOf("republica guerra congresso internacional imperio dinastia legislatura edicao conferencia concilio")
	l.units = SetOf(`tomo tomos volume volumes vol livro livros capitulo capitulos cap parte partes ato cena artigo artigos art
		secao anexo titulo numero fase tipo classe guerra pagina paginas`)
	l.decadeHeads = SetOf("anos")
	l.months = SetOf("janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro")
	l.percentages, l.per, l.cent = SetOf("porcentagem percentagem percentual"), "por", "cento"
}

// stopWords adds stop words to those of the base, and takes out those that carry meaning.
// Stop words count without their accents too, as they are typed.
func (l *Language) stopWords(more, not string) {
	l.stop = Set{}
	except := SetOf(not)
	for _, w := range append(strings.Fields(more), l.base.Stop...) {
		if !except[w] {
			l.stop[w], l.stop[Fold(w)] = true, true
		}
	}
}

// BehindElided reports whether a stop word may stand behind what is elided before it,
// where the apostrophe is not typed.
func (l *Language) BehindElided(elided, word string) bool {
	return l.stop[word] && (l.behind == nil || l.behind[word] || len(elided) > 1)
}

// hyphens sets the words with hyphens that are read as one, and those of them that
// carry no meaning.
func (l *Language) hyphens(words, stop string) {
	l.hyphenWords, l.hyphenHeads = map[string]bool{}, Set{}
	for isStop, list := range map[bool]string{false: words, true: stop} {
		for w := range SetOf(list) {
			head, _, _ := strings.Cut(w, "-")
			l.hyphenWords[w], l.hyphenHeads[head] = isStop, true
		}
	}
}

// finish fills in what is in tables of their own.
func (l *Language) finish() {
	l.inflection = inflections[l.code]
	l.cardinals = l.counted(cardinalWords[l.code])
	l.ordinals, l.numberHeads = l.spelled(ordinalWords[l.code])
	l.periods()
	l.lasting()
	l.forms, l.roots = l.irregular(irregularForms[l.code])
	if l.code == "de" {
		l.strongVerbs()
	}
}

// SetOf returns the words of a text between white space.
func SetOf(words string) Set {
	list := Set{}
	for _, w := range strings.Fields(words) {
		list[w] = true
	}
	return list
}
