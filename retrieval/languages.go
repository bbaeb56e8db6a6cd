package retrieval

import (
	"maps"
	"slices"

	bleve "github.com/blevesearch/bleve/v2/analysis"
	"github.com/blevesearch/bleve/v2/analysis/lang/de"
	"github.com/blevesearch/bleve/v2/analysis/lang/en"
	"github.com/blevesearch/bleve/v2/analysis/lang/es"
	"github.com/blevesearch/bleve/v2/analysis/lang/fr"
	"github.com/blevesearch/bleve/v2/analysis/lang/it"
	"github.com/blevesearch/bleve/v2/analysis/lang/pt"
	"github.com/blevesearch/bleve/v2/analysis/token/porter"

	"verbatim/retrieval/analysis"
)

// unknown is the code of the language of texts in none of the known ones.
const unknown = analysis.Unknown

// known are the languages with an analysis of their own, by code. Their stemmers and most of
// their stop words are Bleve's.
var known = map[string]*analysis.Language{
	"fr": newLanguage("fr", fr.NewFrenchLightStemmerFilter(), fr.FrenchStopWords),
	"es": newLanguage("es", es.NewSpanishLightStemmerFilter(), es.SpanishStopWords),
	"en": newLanguage("en", porter.NewPorterStemmer(), en.EnglishStopWords),
	"de": newLanguage("de", de.NewGermanLightStemmerFilter(), de.GermanStopWords),
	"it": newLanguage("it", it.NewItalianLightStemmerFilterFilter(), it.ItalianStopWords),
	"pt": newLanguage("pt", pt.NewPortugueseLightStemmerFilter(), pt.PortugueseStopWords),
}

// anyOther is the analysis of all other languages: neither stop words nor stems.
var anyOther = analysis.New(unknown, analysis.Base{})

// languageOf returns how to analyse a language, also one that is not known.
func languageOf(code string) *analysis.Language {
	if l := known[code]; l != nil {
		return l
	}
	return anyOther
}

func newLanguage(code string, stemmer bleve.TokenFilter, stopWords []byte) *analysis.Language {
	words := bleve.NewTokenMap()
	if err := words.LoadBytes(stopWords); err != nil {
		panic(err) // reading from memory does not fail
	}
	return analysis.New(code, analysis.Base{
		Stem: func(word string) string {
			return string(stemmer.Filter(bleve.TokenStream{{Term: []byte(word)}})[0].Term)
		},
		Stop: slices.Collect(maps.Keys(words)),
	})
}

// Analyze returns the words of a text that carry meaning, as they are indexed for a
// language (ISO 639-1), see [analysis.Language.Analyze].
func Analyze(language, text string) []analysis.Token { return languageOf(language).Analyze(text) }
