package retrieval

import (
	"regexp"
	"slices"
	"strings"

	"verbatim/retrieval/analysis"
)

// listsSources reports whether a section is, by its last heading, a bibliography. It holds
// the words of many questions and the answer to few, and weighs no more than another language.
func listsSources(section []string) bool {
	return len(section) > 0 && bibliography.MatchString(strings.TrimSpace(section[len(section)-1]))
}

var bibliography = regexp.MustCompile(`(?i)^(sources?|références?|references|bibliograph\S*|bibliograf\S*|fuentes|fontes|fonti|literatur\S*|works cited|further reading)$`)

// asksForSources reports whether a question in a language, in any if it is not known, may be
// answered by a list of sources. Asked are its words in lower case and folded.
func asksForSources(language string, asked map[string]bool) bool {
	return slices.ContainsFunc(languagesOf(language), func(code string) bool {
		for word := range asked {
			if sourceWords[code][word] {
				return true
			}
		}
		return false
	})
}

// sourceWords are words for what is written and who wrote it, by language.
var sourceWords = map[string]analysis.Set{
	"fr": analysis.SetOf(`livre livres ouvrage ouvrages oeuvre oeuvres travaux source sources reference references bibliographie lire
		article articles auteur auteure auteurs ecrit ecrits ecrire publie publiee publier titre titres`),
	"en": analysis.SetOf(`book books work works paper papers source sources reference references bibliography read reading article
		articles author authors wrote write written published title titles`),
	"es": analysis.SetOf(`libro libros obra obras fuente fuentes referencia referencias bibliografia leer articulo articulos autor
		autora autores escribio escrito publico publicado titulo titulos`),
	"de": analysis.SetOf(`buch bucher buches werk werke quelle quellen literatur lesen artikel autor autorin autoren schrieb
		schreiben geschrieben veroffentlicht titel`),
	"it": analysis.SetOf(`libro libri opera opere fonte fonti riferimento riferimenti bibliografia leggere articolo articoli autore
		autori scrisse scritto pubblico pubblicato titolo titoli`),
	"pt": analysis.SetOf(`livro livros obra obras fonte fontes referencia referencias bibliografia ler artigo artigos autor autora
		autores escreveu escrito publicou publicado titulo titulos`),
}
