package extract

import (
	"regexp"
	"strings"
)

// webLeftover is what pages of the web say around a text: on lines of their own, in
// the languages that we read.
var webLeftover = regexp.MustCompile(`(?i)^(?:` + strings.Join([]string{
	`(?:>>|<<|→|←)\s*\S.{0,60}`,
	`laisser un commentaire|\d+ commentaires?|aucun commentaire|répondre|annuler la réponse|partager(?: (?:cet article|sur .{1,20}))?|imprimer|lire la suite.{0,40}|lire aussi.{0,80}|articles? (?:similaires?|précédent|suivant|liés)|retour (?:en haut|au sommaire|à l['’]accueil)|s['’]abonner.{0,40}|haut de page|accueil|se connecter|mentions légales|plan du site`,
	`leave a (?:comment|reply)|\d+ comments?|share (?:this|on .{1,20})|share|print|read more.{0,40}|related (?:posts|articles)|back to top|subscribe.{0,40}|log ?in|sign up|previous (?:post|article)|next (?:post|article)|all rights reserved\.?`,
	`deja (?:un comentario|una respuesta)|\d+ comentarios?|compartir(?: en .{1,20})?|imprimir|leer más.{0,40}|artículos relacionados|volver arriba|iniciar sesión|suscríbete.{0,40}`,
	`kommentar (?:hinterlassen|schreiben)|\d+ kommentare?|teilen|drucken|weiterlesen.{0,40}|nach oben|anmelden|ähnliche (?:artikel|beiträge)`,
	`lascia un commento|\d+ commenti|condividi|stampa|leggi (?:tutto|di più).{0,40}|torna su|articoli correlati|accedi`,
	`deixe um comentário|compartilhar|partilhar|leia mais.{0,40}|voltar ao topo|artigos relacionados`,
}, "|") + `)$`)

// trailing are lines that are leftovers only beside others at the end of a text.
var trailing = wordSet(`auteur autor author autore tags étiquettes etiquetas catégories categories categorías kategorien schlagwörter share`)

// findLeftovers skips what is no part of the text: leftovers of a web page, tables of
// contents.
func (l *looker) findLeftovers() {
	for i := range l.blocks {
		if b := &l.blocks[i]; b.kind == body && b.lines == 1 && b.Len() <= 100 && webLeftover.MatchString(l.text(i)) {
			l.leave(i)
		}
	}
	met := false
	for i := len(l.blocks) - 1; i >= 0; i-- {
		b := &l.blocks[i]
		if b.kind == idle {
			met = true
			continue
		}
		if b.kind != body || b.Len() > 40 || !trailing[keyOf(l.text(i))] || !met && i+3 < len(l.blocks) {
			break
		}
		l.leave(i)
	}
	l.findContents()
}

func (l *looker) leave(i int) {
	l.blocks[i].kind = idle
	l.skipped = append(l.skipped, l.blocks[i].Range)
}

var (
	leaderLine   = regexp.MustCompile(`(?m)^.{2,120}?(?:\s?\.){3,}\s*(?:\d{1,4}|[ivxlc]{1,7})[ \t]*\r?$|^.{2,120}?…+\s*(?:\d{1,4}|[ivxlc]{1,7})[ \t]*\r?$`)
	contentsHead = wordSet(`sommaire tabledesmatières tabledesmatieres contents tableofcontents índice indice índicegeneral inhalt inhaltsverzeichnis sumário sumario`)
	endsInNumber = regexp.MustCompile(`\D\s+(?:\d{1,4}|[ivxlc]{1,7})$`)
)

// findContents skips tables of contents: lines that lead with dots to a number, and
// lines that end in a number under a heading that says so.
func (l *looker) findContents() {
	under := false
	for i := range l.blocks {
		b := &l.blocks[i]
		if b.kind != body {
			continue
		}
		s := l.text(i)
		if b.Len() < 40 && contentsHead[keyOf(s)] {
			under = true
			continue
		}
		lines := strings.Count(s, "\n") + 1
		leaders := len(leaderLine.FindAllStringIndex(s, -1))
		switch {
		case leaders > 0 && leaders*2 >= lines:
			l.leave(i)
		case under && allEndInNumber(s):
			l.leave(i)
		default:
			under = false
		}
	}
}

func allEndInNumber(s string) bool {
	for line := range strings.Lines(s) {
		if line = strings.TrimSpace(line); line == "" || len(line) > 140 || !endsInNumber.MatchString(line) {
			return false
		}
	}
	return true
}
