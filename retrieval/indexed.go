package retrieval

import (
	"math"
	"strings"

	"github.com/blevesearch/bleve/v2/analysis"

	"verbatim/config/database"
)

// analysed is a text that has been analysed, in the form in which Bleve asks for
// the analysis.
type analysed analysis.TokenStream

func (a analysed) Analyze([]byte) analysis.TokenStream { return analysis.TokenStream(a) }

// bodyPosition is the position before the first word of a passage's text. Those of
// its title and headings are below.
const bodyPosition = 1000

// analyze returns what is indexed of a text, its headings and then its body: the terms,
// and the words as they stand in wordField and nameField.
func analyze(language string, t database.Text) (terms, forms, names analysed) {
	add := func(text string, after, last int) {
		for _, token := range Analyze(language, text) {
			terms = append(terms, analysedToken(token.Term, min(after+token.Position, last)))
			if form := formOf(text[token.Start:token.End]); form != "" && !token.Also {
				forms = append(forms, analysedToken(form, after+token.Position))
				if isName(text, token.Start) && after == bodyPosition {
					names = append(names, analysedToken(form, after+token.Position))
				}
			}
		}
	}
	add(strings.Join(t.Context, "\n"), 0, bodyPosition-1)
	add(t.Body, bodyPosition, math.MaxInt)
	return terms, forms, names
}

// beginnings returns what is indexed of the beginnings of words.
func beginnings(words analysed) analysed {
	var stream analysed
	for _, w := range words {
		if start, ok := beginning(string(w.Term)); ok {
			stream = append(stream, analysedToken(start, w.Position))
		}
	}
	return stream
}

// wholeTerms are indexed as they are.
func wholeTerms(terms []string) analysed {
	var stream analysed
	for i, term := range terms {
		stream = append(stream, analysedToken(term, i+1))
	}
	return stream
}

func analysedToken(term string, position int) *analysis.Token {
	return &analysis.Token{Term: []byte(term), Position: position, Type: analysis.AlphaNumeric}
}
