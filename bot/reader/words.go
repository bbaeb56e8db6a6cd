package reader

import (
	"fmt"
	"net/http"

	"golang.org/x/text/language"
)

// words are what the page says itself, in one language.
type words struct {
	Language string

	Quote, Previous, Next, Hits     string
	Before, After, Start, End       string
	Page, Notes, Calls, Original    string
	Limited                         string // takes a number of characters
	Refused                         string
	NoLink, Expired, Closed         string
	Changed, Busy, Failed, KeysHelp string
}

// all are the languages of the page; the first is that of those who have none of them.
var all = []words{{
	Language: "en",
	Quote:    "Quote %d of %d", Previous: "Previous quote", Next: "Next quote", Hits: "Quotes",
	Before: "The pages before", After: "The pages after", Start: "The text begins here.", End: "The text ends here.",
	Page: "p. %s", Notes: "Notes", Calls: "Back to the text", Original: "The text on its own site",
	Limited:  "Only short quotes of this text are allowed: no more than %d characters are shown.",
	Refused:  "Nothing to read here",
	NoLink:   "This is no link to a text. Was it copied whole?",
	Expired:  "This link has ended. Ask the question again on Discord: the reply brings a new one.",
	Closed:   "This text can’t be shown, or not any more. If you should see it, ask again on Discord.",
	Changed:  "The text has been replaced by another version since. Ask again on Discord: the reply quotes the new one.",
	Busy:     "Too many people read at this moment. Try again in a few seconds.",
	Failed:   "The text can’t be read just now. Try again later.",
	KeysHelp: "n: next quote, p: previous quote",
}, {
	Language: "fr",
	Quote:    "Citation %d sur %d", Previous: "Citation précédente", Next: "Citation suivante", Hits: "Citations",
	Before: "Les pages d’avant", After: "Les pages d’après", Start: "Le texte commence ici.", End: "Le texte finit ici.",
	Page: "p. %s", Notes: "Notes", Calls: "Retour au texte", Original: "Le texte sur son site",
	Limited:  "De ce texte, seules de courtes citations sont permises\u00a0: au plus %d caractères sont affichés.",
	Refused:  "Rien à lire ici",
	NoLink:   "Ce n’est pas un lien vers un texte. A-t-il été copié en entier\u202f?",
	Expired:  "Ce lien a expiré. Posez de nouveau la question sur Discord\u00a0: la réponse en donnera un nouveau.",
	Closed:   "Ce texte ne peut pas être affiché, ou ne peut plus l’être. Si vous devriez le voir, posez de nouveau la question sur Discord.",
	Changed:  "Le texte a été remplacé depuis par une autre version. Posez de nouveau la question sur Discord\u00a0: la réponse citera la nouvelle.",
	Busy:     "Trop de personnes lisent en ce moment. Réessayez dans quelques secondes.",
	Failed:   "Le texte ne peut pas être lu pour le moment. Réessayez plus tard.",
	KeysHelp: "n\u00a0: citation suivante, p\u00a0: citation précédente",
}, {
	Language: "es",
	Quote:    "Cita %d de %d", Previous: "Cita anterior", Next: "Cita siguiente", Hits: "Citas",
	Before: "Las páginas anteriores", After: "Las páginas siguientes", Start: "Aquí empieza el texto.", End: "Aquí termina el texto.",
	Page: "p. %s", Notes: "Notas", Calls: "Volver al texto", Original: "El texto en su sitio",
	Limited:  "De este texto solo se permiten citas breves: se muestran %d caracteres como máximo.",
	Refused:  "Nada que leer aquí",
	NoLink:   "Este no es un enlace a un texto. ¿Se copió entero?",
	Expired:  "Este enlace ha caducado. Repite la pregunta en Discord: la respuesta traerá uno nuevo.",
	Closed:   "Este texto no se puede mostrar, o ya no. Si deberías verlo, repite la pregunta en Discord.",
	Changed:  "El texto ha sido sustituido por otra versión. Repite la pregunta en Discord: la respuesta citará la nueva.",
	Busy:     "Hay demasiadas personas leyendo en este momento. Inténtalo de nuevo en unos segundos.",
	Failed:   "El texto no se puede leer ahora mismo. Inténtalo más tarde.",
	KeysHelp: "n: cita siguiente, p: cita anterior",
}}

var matcher = func() language.Matcher {
	var tags []language.Tag
	for _, w := range all {
		tags = append(tags, language.MustParse(w.Language))
	}
	return language.NewMatcher(tags)
}()

// wordsFor returns the words in the language that a browser asks for.
func wordsFor(r *http.Request) words {
	wanted, _, err := language.ParseAcceptLanguage(r.Header.Get("Accept-Language"))
	if err != nil {
		return all[0]
	}
	_, i, _ := matcher.Match(wanted...)
	return all[i]
}

func (w words) page(label string) string      { return fmt.Sprintf(w.Page, label) }
func (w words) limited(characters int) string { return fmt.Sprintf(w.Limited, characters) }
func (w words) quote(n, of int) string        { return fmt.Sprintf(w.Quote, n, of) }
