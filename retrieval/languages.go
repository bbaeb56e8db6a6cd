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

// A language says how words of a language become terms.
type language struct {
	code    string
	stop    map[string]bool // in lower case, with accents and folded
	elided  map[string]bool // what is dropped before an apostrophe
	endings map[string]bool // what is dropped after one
	stem    analysis.TokenFilter
}

// unknown is the code of the language of texts in none of the known ones.
const unknown = "und"

// known are the languages with an analysis of their own.
var known = map[string]*language{
	"fr": newLanguage("fr", fr.FrenchStopWords, fr.NewFrenchLightStemmerFilter(), `
		a afin ai ainsi alors après aucun aucune auquel aussi autre autres avant car ce ceci cela celle celles celui
		certains cet cette ceux chaque chez ci combien comme comment dans depuis desquels donc dont dès déjà elles encore
		entre est-ce etc hors ici ils jusque la le les leur leurs lequel laquelle lesquels lesquelles lors lorsque là mais
		même mêmes ni ou où par parce pendant peu plus plusieurs pour pourquoi puis puisque quand que quel quelle quels
		quelles quelque quelques qui quoi quoique sans sauf selon si sinon soi sont sous sur tandis tant tel telle tels
		telles toujours tous tout toute toutes très vers voici voilà y ça était étaient été-t-il t ct cest`,
		"été pas", "l d j m t s c n qu lorsqu puisqu jusqu quoiqu quelqu presqu"),
	"es": newLanguage("es", es.SpanishStopWords, es.NewSpanishLightStemmerFilter(), `
		cuál cuáles cuándo cuánto cuánta cuántos cuántas cómo dónde qué quién quiénes por para según aunque así aún`,
		"", ""),
	"en": newLanguage("en", en.EnglishStopWords, porter.NewPorterStemmer(), `
		also may many much does did done would could should shall will upon among whose s t
		doesn didn isn aren wasn weren won hasn haven hadn don couldn wouldn shouldn`,
		"", ""),
	"de": newLanguage("de", de.GermanStopWords, de.NewGermanLightStemmerFilter(), `
		wann warum wer wen wem wessen wo woher wohin wie was welche welcher welches`, "", ""),
	"it": newLanguage("it", it.ItalianStopWords, it.NewItalianLightStemmerFilterFilter(), `
		quando perché come dove quale quali chi cosa quanto quanti quanta quante`, "",
		"l d c n s t m v un all dell nell sull dall quell bell sant quest"),
	"pt": newLanguage("pt", pt.PortugueseStopWords, pt.NewPortugueseLightStemmerFilter(), `
		quando porque como onde qual quais quem quanto quantos quanta quantas`, "", ""),
}

var plainLanguage = &language{code: unknown}

// languageOf returns how to analyse a language, also one that is not known.
func languageOf(code string) *language {
	if l := known[code]; l != nil {
		return l
	}
	return plainLanguage
}

// whole are words with an apostrophe that is a part of them.
var whole = map[string]bool{"aujourd'hui": true, "prud'homme": true, "prud'hommes": true}

// newLanguage takes a list of stop words as Bleve has it, adds some, and takes out
// those that carry meaning. Stop words count without their accents too, as they
// are typed.
func newLanguage(code string, stopWords []byte, stem analysis.TokenFilter, more, not, elided string) *language {
	list := analysis.NewTokenMap()
	if err := list.LoadBytes(stopWords); err != nil {
		panic(err) // reading from memory does not fail
	}
	l := &language{code: code, stem: stem, stop: map[string]bool{}, elided: wordSet(elided), endings: map[string]bool{}}
	except := wordSet(not)
	for _, words := range []map[string]bool{list, wordSet(more)} {
		for w := range words {
			if !except[w] {
				l.stop[w], l.stop[fold(w)] = true, true
			}
		}
	}
	if code == "en" {
		l.endings = wordSet("s t re ve ll d m")
	}
	return l
}

func wordSet(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}
