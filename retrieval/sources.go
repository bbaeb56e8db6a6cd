package retrieval

import (
	"regexp"
	"strings"

	"verbatim/retrieval/analysis"
)

// listsSources reports whether a section is, by its last heading, a bibliography. It holds
// the words of many questions and the answer to few, and weighs no more than another language.
func listsSources(section []string) bool {
	return len(section) > 0 && bibliography.MatchString(strings.TrimSpace(section[len(section)-1]))
}

var bibliography = regexp.MustCompile(`(?i)^(sources?|références?|references|bibliograph\S*|bibliograf\S*|fuentes|fontes|fonti|literatur\S*|works cited|further reading)$`)

// asksForSources reports whether a question, by its words in lower case and folded, may be
// answered by a list of sources.
func asksForSources(asked map[string]bool) bool {
	for word := range asked {
		if sourceWords[word] {
			return true
		}
	}
	return false
}

var sourceWords = analysis.SetOf(`livre livres ouvrage ouvrages source sources reference references bibliographie lire article articles auteur auteurs ecrit ecrire publie titre titres
	book books bibliography reading author authors wrote write written published title titles
	libro libros fuente fuentes referencia referencias bibliografia leer articulo articulos autor autores escribio escrito publico titulo
	buch bucher buches quelle quellen literatur lesen artikel autoren schrieb schreiben geschrieben titel
	libri fonte fonti riferimento riferimenti leggere articolo articoli autore autori scrisse scritto pubblico titolo
	livro livros fontes ler artigo artigos escreveu`)
