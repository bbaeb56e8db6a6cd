package bot

import (
	"errors"
	"strings"

	"verbatim/answers"
)

// Texts are what the bot says in a language.
type texts struct {
	none, near, hedged string
	excerpt            string // %s is the text's title
	excerpts           string // %d is how many
	excerptsOfTexts    string // how many, of how many texts
	empty              string // the server has no texts yet
	onlyInServers      string
	emptyQuestion      string
	longQuestion       string
	unknown            string // an interaction that the bot does not know
	busy               string
	failed             string // %s is the interaction's ID
}

// textsOf returns the texts in a language, given as Discord or a guild names it;
// English if there are none.
func textsOf(language string) texts {
	language, _, _ = strings.Cut(language, "-")
	switch language {
	case "fr":
		return french
	case "es":
		return spanish
	}
	return english
}

// refusal says why a question can't be asked.
func (t texts) refusal(err error) string {
	if errors.Is(err, answers.ErrTooLong) {
		return t.longQuestion
	}
	return t.emptyQuestion
}

var french = texts{
	none:            "Les textes ne répondent pas à cette question.",
	near:            "Passages les plus proches\u00A0:",
	hedged:          "Peut-être dans ces passages\u00A0:",
	excerpt:         "Un extrait de «\u00A0%s\u00A0»\u00A0:",
	excerpts:        "%d extraits de «\u00A0%s\u00A0»\u00A0:",
	excerptsOfTexts: "%d extraits de %d textes\u00A0:",
	empty:           "Ce serveur n’a pas encore de textes. Une personne qui héberge le bot peut en ajouter avec la commande verbatim index.",
	onlyInServers:   "Posez votre question dans un serveur\u00A0: c’est là que sont les textes.",
	emptyQuestion:   "La question est vide\u00A0: écrivez ce que vous voulez savoir.",
	longQuestion:    "La question est trop longue\u00A0: gardez ce que vous voulez savoir.",
	unknown:         "Cette action n’est pas connue ici. Elle vient peut-être d’une version plus ancienne du bot.",
	busy:            "Trop de questions à la fois\u00A0: réessayez dans un instant.",
	failed:          "Quelque chose n’a pas marché. Réessayez\u00A0; si cela dure, donnez ce numéro à la personne qui héberge le bot\u00A0: %s",
}

var spanish = texts{
	none:            "Los textos no responden a esta pregunta.",
	near:            "Los pasajes más cercanos:",
	hedged:          "Quizá en estos pasajes:",
	excerpt:         "Un extracto de «%s»:",
	excerpts:        "%d extractos de «%s»:",
	excerptsOfTexts: "%d extractos de %d textos:",
	empty:           "Este servidor aún no tiene textos. Quien aloja el bot puede añadirlos con la orden verbatim index.",
	onlyInServers:   "Haz la pregunta en un servidor: allí están los textos.",
	emptyQuestion:   "La pregunta está vacía: escribe lo que quieres saber.",
	longQuestion:    "La pregunta es demasiado larga: deja solo lo que quieres saber.",
	unknown:         "Esta acción no se conoce aquí. Quizá viene de una versión anterior del bot.",
	busy:            "Demasiadas preguntas a la vez: inténtalo de nuevo en un momento.",
	failed:          "Algo ha fallado. Inténtalo de nuevo; si continúa, da este número a quien aloja el bot: %s",
}

var english = texts{
	none:            "The texts do not answer this question.",
	near:            "Nearest passages:",
	hedged:          "Perhaps in these passages:",
	excerpt:         "One excerpt from “%s”:",
	excerpts:        "%d excerpts from “%s”:",
	excerptsOfTexts: "%d excerpts from %d texts:",
	empty:           "This server has no texts yet. Whoever hosts the bot can add some with the command verbatim index.",
	onlyInServers:   "Ask your question in a server: that is where the texts are.",
	emptyQuestion:   "The question is empty: write what you want to know.",
	longQuestion:    "The question is too long: keep what you want to know.",
	unknown:         "This is not known here. Perhaps it comes from an earlier version of the bot.",
	busy:            "Too many questions at once: try again in a moment.",
	failed:          "Something went wrong. Try again; if it goes on, give this number to whoever hosts the bot: %s",
}
