package extract

import (
	"regexp"
	"strings"
)

// linesOf joins patterns of whole lines, in capitals or small letters.
func linesOf(patterns ...string) *regexp.Regexp {
	return regexp.MustCompile(`(?i)^(?:` + strings.Join(patterns, "|") + `)$`)
}

// What pages of the web say around a text, on lines of their own, in the languages that
// we read: what no author writes, and what is left over only beside such a line.
var (
	sureLeftover = linesOf(
		`laisser un commentaire|annuler la réponse|partager (?:cet article|sur \S.{0,20})|articles? (?:similaires?|liés)|retour (?:en haut|au sommaire|à l['’]accueil)(?: de la page)?|haut de page|mentions légales|plan du site`,
		`leave a (?:comment|reply)|cancel reply|share (?:this|on \S.{0,20})|related (?:posts|articles)|back to top|(?:previous|next) (?:post|article)|all rights reserved\.?`,
		`deja (?:un comentario|una respuesta)|cancelar (?:la )?respuesta|compartir en \S.{0,20}|artículos relacionados|volver arriba|aviso legal|iniciar sesión`,
		`kommentar (?:hinterlassen|schreiben)|antwort abbrechen|ähnliche (?:artikel|beiträge)`,
		`lascia un commento|annulla risposta|torna su|articoli correlati`,
		`deixe (?:um comentário|uma resposta)|cancelar resposta|voltar ao topo|artigos relacionados`,
	)
	likelyLeftover = linesOf(
		`(?:>>|<<|→|←)\s*\S.{0,60}`,
		`\d+ commentaires?|aucun commentaire|répondre|partager|imprimer|lire la suite.{0,40}|lire aussi.{0,80}|article (?:précédent|suivant)|s['’]abonner.{0,40}|accueil|se connecter`,
		`\d+ comments?|share|print|read more.{0,40}|subscribe.{0,40}|log ?in|sign up`,
		`\d+ comentarios?|compartir|imprimir|leer más.{0,40}|suscríbete.{0,40}`,
		`\d+ kommentare?|teilen|drucken|weiterlesen.{0,40}|nach oben|anmelden`,
		`\d+ commenti|condividi|stampa|leggi (?:tutto|di più).{0,40}|accedi`,
		`\d+ comentários?|compartilhar|partilhar|leia mais.{0,40}`,
		`auteurs?|autor(?:es)?|authors?|autore|tags|étiquettes|etiquetas|catégories|categories|categorías|kategorien|schlagwörter`,
	)
)

const longestLeftover = 100 // bytes

// findLeftovers skips what is no part of the text: leftovers of a web page, tables of
// contents.
func (l *looker) findLeftovers() {
	sure := func(i int) bool { return sureLeftover.MatchString(l.text(i)) }
	likely := func(i int) bool { return likelyLeftover.MatchString(l.text(i)) }
	for i := range l.blocks {
		if !l.isShortLine(i) || !sure(i) {
			continue
		}
		l.skip(i)
		for j := i - 1; j >= 0 && l.isShortLine(j) && likely(j); j-- {
			l.skip(j)
		}
		for j := i + 1; j < len(l.blocks) && l.isShortLine(j) && likely(j); j++ {
			l.skip(j)
		}
	}
	l.findContents()
}

// isShortLine reports whether a block of the body is a single short line.
func (l *looker) isShortLine(i int) bool {
	b := &l.blocks[i]
	return b.kind == body && b.lines == 1 && b.Len() <= longestLeftover
}

// Tables of contents: what an entry ends in, and what stands over the table.
var (
	leaderDots      = regexp.MustCompile(`\S\s*(?:(?:…\s*){2,}|(?:\.\s?){4,}\s*)(?:\d{1,4}|[ivxlcIVXLC]{1,7})$`)
	endsInNumber    = regexp.MustCompile(`\D\s+(?:\d{1,4}|[ivxlc]{1,7})$`)
	contentsHeading = wordSet(`sommaire tabledesmatières tabledesmatieres contents tableofcontents índice indice índicegeneral indicegenerale
		inhalt inhaltsverzeichnis sumário sumario`)
)

const longestEntry = 140 // bytes

// findContents skips tables of contents with their headings: lines that lead with dots
// to a number, and lines that end in a number under a heading that says so.
func (l *looker) findContents() {
	head, under := -1, false
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body {
			continue
		}
		if b.Len() <= longestListHeading && contentsHeading[keyOf(l.text(i))] {
			head, under = i, true
			continue
		}
		e := l.entriesIn(i)
		several := e.lines > 1 || l.hasEntryBeside(i)
		if e.sentences > 0 || !several || e.leading*2 < e.lines+1 && !(under && e.numbered == e.lines) {
			head, under = -1, false
			continue
		}
		l.skip(i)
		if head >= 0 {
			l.skip(head)
			head = -1
		}
	}
}

// entries counts the lines of a block by what they may be in a table of contents.
type entries struct {
	lines     int
	leading   int // with dots that lead to a number
	numbered  int // that end in a number, with dots or without
	sentences int // that are no entries for sure
}

func (l *looker) entriesIn(i int) entries {
	var e entries
	for line := range strings.Lines(l.text(i)) {
		e.lines++
		line = strings.TrimSpace(line)
		numbered := strings.ContainsRune("0123456789ivxlcIVXLC", lastRune(line))
		switch {
		case len(line) > longestEntry:
			e.sentences++
		case numbered && leaderDots.MatchString(line):
			e.leading++
			e.numbered++
		case numbered && endsInNumber.MatchString(line):
			e.numbered++
		case strings.ContainsRune(".!?", lastRune(line)):
			e.sentences++
		}
	}
	return e
}

// hasEntryBeside reports whether a block beside a line may be of the same table.
func (l *looker) hasEntryBeside(i int) bool {
	for _, j := range []int{i - 1, i + 1} {
		if j < 0 || j >= len(l.blocks) {
			continue
		}
		if l.blocks[j].kind == idle {
			return true
		}
		if e := l.entriesIn(j); l.blocks[j].kind == body && e.numbered == e.lines {
			return true
		}
	}
	return false
}
