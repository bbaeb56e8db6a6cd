package retrieval

import (
	"math"
	"strings"

	"verbatim/config/database"
	"verbatim/retrieval/analysis"
)

// bodyPosition is the position before the first word of a passage's text. Those of
// its title and headings are below.
const bodyPosition = 1000

// An analysed text is what is indexed of it.
type analysed struct {
	terms []placed // of its headings, and then of its body
	forms []string // words as they stand in wordField, but for those that are terms
	names []string // words as they stand in nameField
	heads []string // terms of initialsField
}

// A placed term is one with its position. Word says that it is the word itself, as that would
// stand in wordField.
type placed struct {
	term     string
	position uint16
	word     bool
}

// analyze returns what is indexed of a text.
func analyze(language string, t database.Text) analysed {
	a := analysed{terms: make([]placed, 0, len(t.Body)/6)}
	add := func(text string, after, last int) {
		tokens := Analyze(language, text)
		a.heads = append(a.heads, initialsIn(text, tokens)...)
		for _, token := range tokens {
			form := ""
			if !token.Also {
				form = formOf(text[token.Start:token.End])
			}
			a.terms = append(a.terms, placed{token.Term, uint16(min(after+token.Position, last)), form == token.Term})
			if form != "" && form != token.Term {
				a.forms = append(a.forms, form)
			}
			if form != "" && analysis.IsName(text, token.Start) && after == bodyPosition {
				a.names = append(a.names, form)
			}
		}
	}
	add(strings.Join(t.Context, "\n"), 0, bodyPosition-1)
	add(t.Body, bodyPosition, math.MaxUint16)
	return a
}
