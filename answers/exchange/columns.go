package exchange

import (
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// headings are other names of columns, in lower case and without accents: one of several
// where each cell is one of a list, and those that French and Spanish tables have.
var headings = map[string][]string{
	"id":       {"identifiant", "identificador"},
	"revision": nil,
	"question": {"pregunta"},
	"wordings": {"wording", "formulation", "formulations", "variante", "variantes", "formulacion", "formulaciones"},
	"answer":   {"reponse", "respuesta"},
	"sources":  {"source", "fuente", "fuentes"},
	"course":   {"cours", "curso"},
	"language": {"langue", "idioma", "lengua"},
	termColumn: {"terms", "terme", "termes", "termino", "terminos"},
}

// columnName returns the name of the column that a cell of the first row names, or what
// stands there in lower case.
func columnName(cell string, columns []string) string {
	name := strings.ToLower(strings.TrimSpace(cell))
	plain := strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}, norm.NFD.String(name))
	for _, column := range columns {
		if plain == column || slices.Contains(headings[column], plain) {
			return column
		}
	}
	return name
}
