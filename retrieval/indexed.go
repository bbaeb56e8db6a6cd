package retrieval

import (
	"math"
	"strings"

	"verbatim/config/database"
)

// bodyPosition is the position before the first word of a passage's text. Those of
// its title and headings are below.
const bodyPosition = 1000

// An analysed text is what is indexed of it.
type analysed struct {
	terms        []placed // of its headings, and then of its body
	forms, names []string // the words as they stand in wordField and nameField
}

// A placed term is one with its position.
type placed struct {
	term     string
	position uint16
}

// analyze returns what is indexed of a text.
func analyze(language string, t database.Text) analysed {
	var a analysed
	add := func(text string, after, last int) {
		for _, token := range Analyze(language, text) {
			a.terms = append(a.terms, placed{token.Term, uint16(min(after+token.Position, last))})
			if form := formOf(text[token.Start:token.End]); form != "" && !token.Also {
				a.forms = append(a.forms, form)
				if isName(text, token.Start) && after == bodyPosition {
					a.names = append(a.names, form)
				}
			}
		}
	}
	add(strings.Join(t.Context, "\n"), 0, bodyPosition-1)
	add(t.Body, bodyPosition, math.MaxUint16)
	return a
}
