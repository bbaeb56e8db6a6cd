package retrieval

import (
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"
)

// A set is a list of words, to be asked for one.
type set = map[string]bool

// A language says how words of a language become terms. Sets hold words in lower case
// without accents, if nothing else is said.
type language struct {
	code    string
	umlauts bool // ae, oe and ue are umlauts
	stem    analysis.TokenFilter
	forms   map[string]string // terms of irregular words, in lower case, with accents and without

	roots      map[string]string // terms of irregular verbs, by the root of their regular forms
	inflection inflection

	stop        set                          // in lower case, with accents and without
	names       set                          // words that are others in small letters, as they are written
	elidedNouns set                          // stop words that are none after l' and d'
	participle  participle                   // a word that is none, but for where it helps a verb
	meant       map[string]map[string]string // words that are meant, by what is typed without accents and the word before

	elided      set             // what is dropped before an apostrophe
	behind      set             // stop words that often stand behind one; any if nil
	endings     set             // what is dropped after one
	contracted  set             // what stands before endings that are typed without one
	negation    string          // what is dropped after one with the verb before it
	clitics     set             // what is dropped after a hyphen
	hyphenWords map[string]bool // words with hyphens that are read as one; true for stop words
	hyphenHeads set             // what they begin with

	ordinals       map[string]int // in words
	numberHeads    set            // what they begin with
	cardinals      map[string]int // in words
	ordinalEndings set            // after figures
	romanEndings   set            // after roman numerals
	firstEndings   set            // after I, V and X too
	smallNumerals  bool           // roman numerals with an ending are written in small letters too
	mistakable     set            // words that look like roman numerals
	decadeEndings  set            // after a year
	century        string
	centuries      set // words for it, with its short forms
	ranked         set // of which a numeral before them says which
	units          set // of which there is a first, second, third: chapters
	months         set
	percentages    set
	per, cent      string
}

// unknown is the code of the language of texts in none of the known ones.
const unknown = "und"

// known are the languages with an analysis of their own.
var known = map[string]*language{"fr": french(), "es": spanish(), "en": english(), "de": german(), "it": italian(), "pt": portuguese()}

var plainLanguage = &language{code: unknown}

// languageOf returns how to analyse a language, also one that is not known.
func languageOf(code string) *language {
	if l := known[code]; l != nil {
		return l
	}
	return plainLanguage
}

func french() *language {
	l := &language{code: "fr", stem: fr.NewFrenchLightStemmerFilter(), smallNumerals: true}
	l.stopWords(fr.FrenchStopWords, `
		a afin ai ainsi alors après aucun aucune auquel aussi autre autres avant car ce ceci cela celle celles celui
		certains cet cette ceux chaque chez ci combien comme comment dans depuis desquels donc dont dès déjà elles encore
		entre est-ce etc hors ici ils jusque la le les leur leurs lequel laquelle lesquels lesquelles lors lorsque là mais
		même mêmes ni ou où par parce pendant peu plus plusieurs pour pourquoi puis puisque quand que quel quelle quels
		quelles quelque quelques qui quoi quoique sans sauf selon si sinon soi sont sous sur tandis tant tel telle tels
		telles toujours tous tout toute toutes très vers voici voilà y ça était étaient t ct cest`,
		"été étés pas avions")
	l.names = wordSet("Est ES SA EU ON SES")
	l.elidedNouns = wordSet("est")
	l.participle = participle{
		words:   wordSet("été ete"),
		helpers: wordSet("a à ai as avons avez ont on avais avait avaient avions aviez aurai aura auront aurais aurait auraient aie ait aient eu eut eût eurent avoir ayant"),
		joins:   wordSet("et ou ni mais de du des"),
		nouns:   wordSet("en un cet chaque dernier prochain plein"),
	}
	l.meant = map[string]map[string]string{"ne": {"est": "né", "etait": "né", "fut": "né", "soit": "né"}}
	l.elided = wordSet("l d j m t s c n qu lorsqu puisqu jusqu quoiqu quelqu presqu")
	l.behind = wordSet("un une il ils elle elles on est etait etaient avait avaient ont y en")
	l.clitics = wordSet("je tu il elle on nous vous ils elles ce t moi toi lui leur le la les y en ci")
	l.hyphens("rendez-vous porte-a-porte tete-a-tete", "peut-etre est-a-dire c-a-d vis-a-vis")
	l.ordinalEndings = wordSet("e er re ere eme ieme nd nde es ers res eres emes iemes")
	l.romanEndings = wordSet("e eme ieme es emes iemes nd nde")
	l.firstEndings = wordSet("er re ere")
	l.mistakable = wordSet("vi xi vie vies ire")
	l.century, l.centuries = "siecle", wordSet("siecle siecles")
	l.units = wordSet(`tome tomes volume volumes vol livre livres chapitre chapitres chap partie parties acte scene article
		articles art section annexe titre numero an phase type classe guerre page pages zone paris lyon apollo`)
	l.months = wordSet("janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre")
	l.percentages, l.per, l.cent = wordSet("pourcentage pourcentages"), "pour", "cent"
	return l.finish()
}

func spanish() *language {
	l := &language{code: "es", stem: es.NewSpanishLightStemmerFilter()}
	l.stopWords(es.SpanishStopWords, `
		cuál cuáles cuándo cuánto cuánta cuántos cuántas cómo dónde qué quién quiénes por para según aunque así aún
		unas hacia mediante sino pues cuyo cuya cuyos cuyas aquel aquella aquellos aquellas aquello aquél aquélla usted ustedes cuán cual cuales`,
		"estado estada estados estadas")
	l.names = wordSet("Este")
	l.ordinalEndings = wordSet("o a er era ro ra do da to ta mo ma vo va no na os as")
	l.romanEndings = wordSet("o a")
	l.mistakable = wordSet("vi xi")
	l.century, l.centuries = "siglo", wordSet("siglo siglos")
	l.ranked = wordSet("republica guerra congreso internacional imperio dinastia legislatura edicion conferencia concilio")
	l.units = wordSet(`tomo tomos volumen vol libro libros capitulo capitulos cap parte partes acto escena articulo articulos
		art seccion anexo titulo numero fase tipo clase guerra pagina paginas`)
	l.months = wordSet("enero febrero marzo abril mayo junio julio agosto septiembre setiembre octubre noviembre diciembre")
	l.percentages, l.per, l.cent = wordSet("porcentaje porcentajes"), "por", "ciento"
	return l.finish()
}

func english() *language {
	l := &language{code: "en", stem: porter.NewPorterStemmer(), smallNumerals: true}
	l.stopWords(en.EnglishStopWords, `
		also may many much does did done would could should shall will upon among whose s t
		doesn didn isn aren wasn weren hasn haven hadn don couldn wouldn shouldn`, "")
	l.names = wordSet("May Will IT WHO")
	l.endings = wordSet("s re ve ll d m")
	l.contracted = wordSet("i you he she it we they who what where when why how that there here would could should")
	l.negation = "t"
	l.ordinalEndings = wordSet("st nd rd th")
	l.romanEndings = wordSet("st nd rd th")
	l.mistakable = wordSet("vi xi")
	l.centuries = wordSet("century centuries")
	l.units = wordSet(`volume volumes vol book books chapter chapters part parts act scene article articles section appendix
		title number no phase type class war page pages grade apollo`)
	l.months = wordSet("january february march april may june july august september october november december")
	l.decadeEndings = wordSet("s")
	l.percentages, l.per, l.cent = wordSet("percentage percentages"), "per", "cent"
	return l.finish()
}

func german() *language {
	l := &language{code: "de", stem: de.NewGermanLightStemmerFilter(), umlauts: true}
	l.stopWords(de.GermanStopWords, `
		wann warum wer wen wem wessen wo woher wohin wie was welche welcher welches wurde wurden worden geworden seit
		wäre wären hätte hätten konnte konnten sollen sollten mussten müssen bereits sowie dass dabei daher dadurch bzw
		woran worauf woraus wobei wodurch wofür wogegen woher worin womit wonach worüber worum worunter wovon wovor wozu
		daran darauf daraus dafür dagegen darin damit danach darüber darum darunter davon davor dazu dazwischen
		wieso weshalb weswegen wieviel wieviele viel viele vielen vieler vieles beim ans aufs fürs durchs ums ab statt
		etwa sogar schon mehr neben trotz wegen jedoch einander jemand niemand deren denen darf dürfen durfte durften
		mag möchte möchten`, "")
	l.names = wordSet("Weg Wegen Trotz Dürfen Sein Würde Haben Wollen Können")
	l.ordinalEndings = wordSet("te ten ter tes tem ste sten ster stes stem")
	l.mistakable = wordSet("vi xi")
	l.ranked = wordSet("republik weltkrieg weltkriegs kongress kongresses internationale internationalen reich reiches konzil")
	l.centuries = wordSet("jahrhundert jahrhunderts jahrhunderte jahrhunderten jh jhd jhdt jhs")
	l.units = wordSet(`band bande bd buch kapitel kap teil teile akt szene artikel art abschnitt anhang titel nummer nr phase typ
		klasse weltkrieg seite seiten paragraph`)
	l.months = wordSet("januar janner februar marz april mai juni juli august september oktober november dezember")
	l.decadeEndings = wordSet("er ern")
	l.percentages, l.per, l.cent = wordSet("prozentsatz prozentanteil"), "pro", "zent"
	return l.finish()
}

func italian() *language {
	l := &language{code: "it", stem: it.NewItalianLightStemmerFilterFilter(), names: wordSet("NATO")}
	l.stopWords(it.ItalianStopWords, `
		quando perché come dove quale quali chi cosa quanto quanti quanta quante sul sulla d
		fra egli ella essi esse esso essa quindi dunque però oppure né cui`, "faccia fosse")
	l.participle = participle{
		words:   wordSet("stato stata stati state"),
		helpers: wordSet("è sono sei siamo siete era erano ero sia siano fosse fossero sarà sara saranno sarebbe sarebbero fu furono essere essendo"),
		bare:    "e",
		joins:   wordSet("e ed o tra fra di del della dei con per"),
		nouns:   wordSet("lo uno dello allo dallo nello sullo gli degli agli dagli negli questo quello grande ogni di in"),
	}
	l.elided = wordSet("l d c n s t m v un all dell nell sull dall coll dov cos com quell bell sant quest quant tutt anch gl degl agl dagl negl sugl")
	l.behind = wordSet("un una uno e era erano essere altro altra altri altre")
	l.ordinalEndings = wordSet("o a i e")
	l.romanEndings = wordSet("o a")
	l.mistakable = wordSet("vi xi")
	l.century, l.centuries = "secolo", wordSet("secolo secoli sec")
	l.ranked = wordSet("repubblica guerra congresso internazionale impero dinastia legislatura edizione conferenza concilio")
	l.units = wordSet(`tomo tomi volume volumi vol libro libri capitolo capitoli cap parte parti atto scena articolo articoli art
		sezione allegato titolo numero fase tipo classe guerra pagina pagine`)
	l.months = wordSet("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre")
	l.percentages, l.per, l.cent = wordSet("percentuale percentuali"), "per", "cento"
	return l.finish()
}

func portuguese() *language {
	l := &language{code: "pt", stem: pt.NewPortugueseLightStemmerFilter()}
	l.stopWords(pt.PortugueseStopWords, `
		quando porque como onde qual quais quem quanto quantos quanta quantas pelos sobre ser está ter
		uns umas num numa nuns numas dum duma duns dumas deste desta destes destas desse dessa desses dessas neste nesta nestes
		nestas nesse nessa nesses nessas daquele daquela daqueles daquelas naquele naquela disso disto nisso nisto daquilo
		àquele àquela nele nela neles nelas cujo cuja cujos cujas`, "")
	l.elided = wordSet("d n")
	l.clitics = wordSet("o a os as lo la los las no na nos nas me te se lhe lhes vos")
	l.ordinalEndings = wordSet("o a os as")
	l.romanEndings = wordSet("o a")
	l.mistakable = wordSet("vi xi")
	l.century, l.centuries = "seculo", wordSet("seculo seculos sec")
	l.ranked = wordSet("republica guerra congresso internacional imperio dinastia legislatura edicao conferencia concilio")
	l.units = wordSet(`tomo tomos volume volumes vol livro livros capitulo capitulos cap parte partes ato cena artigo artigos art
		secao anexo titulo numero fase tipo classe guerra pagina paginas`)
	l.months = wordSet("janeiro fevereiro marco abril maio junho julho agosto setembro outubro novembro dezembro")
	l.percentages, l.per, l.cent = wordSet("porcentagem percentagem percentual"), "por", "cento"
	return l.finish()
}

// stopWords takes a list of stop words as Bleve has it, adds some, and takes out
// those that carry meaning. Stop words count without their accents too, as they
// are typed.
func (l *language) stopWords(list []byte, more, not string) {
	words := analysis.NewTokenMap()
	if err := words.LoadBytes(list); err != nil {
		panic(err) // reading from memory does not fail
	}
	l.stop = set{}
	except := wordSet(not)
	for _, words := range []set{words, wordSet(more)} {
		for w := range words {
			if !except[w] {
				l.stop[w], l.stop[fold(w)] = true, true
			}
		}
	}
}

// behindElided reports whether a stop word may stand behind what is elided before it,
// where the apostrophe is not typed.
func (l *language) behindElided(elided, word string) bool {
	return l.stop[word] && (l.behind == nil || l.behind[word] || len(elided) > 1)
}

// hyphens sets the words with hyphens that are read as one, and those of them that
// carry no meaning.
func (l *language) hyphens(words, stop string) {
	l.hyphenWords, l.hyphenHeads = map[string]bool{}, set{}
	for isStop, list := range map[bool]string{false: words, true: stop} {
		for w := range wordSet(list) {
			head, _, _ := strings.Cut(w, "-")
			l.hyphenWords[w], l.hyphenHeads[head] = isStop, true
		}
	}
}

// finish fills in what is in tables of their own.
func (l *language) finish() *language {
	l.inflection = inflections[l.code]
	l.cardinals = l.counted(cardinalWords[l.code])
	l.ordinals, l.numberHeads = l.spelled(ordinalWords[l.code])
	l.forms, l.roots = l.irregular(irregularForms[l.code])
	if l.code == gluing {
		l.strongVerbs()
	}
	return l
}

func wordSet(words string) set {
	list := set{}
	for _, w := range strings.Fields(words) {
		list[w] = true
	}
	return list
}
