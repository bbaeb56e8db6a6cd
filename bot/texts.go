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
	empty              string // the server has no texts yet; %s is the command that adds some
	folder             string // how that command names the folder of texts
	onlyInServers      string
	emptyQuestion      string
	longQuestion       string
	unknown            string // an interaction that the bot does not know; %s is its ID
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
	empty:           "Ce serveur n’a pas encore de textes. Pour qu’il en ait, donnez les textes et cette ligne à la personne qui héberge le bot\u00A0:\n`%s`",
	folder:          "DOSSIER",
	onlyInServers:   "Posez votre question dans un serveur\u00A0: c’est là que sont les textes.",
	emptyQuestion:   "La question est vide\u00A0: écrivez ce que vous voulez savoir.",
	longQuestion:    "La question est trop longue\u00A0: elle peut avoir 6\u00A0000 caractères. Gardez ce que vous voulez savoir, ou posez plusieurs questions.",
	unknown:         "Le bot ne connaît pas cette commande ou ce bouton, qui vient peut-être d’une autre version. Posez votre question avec /ask\u00A0; si cela ne va pas, donnez ce numéro à la personne qui héberge le bot\u00A0: %s",
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
	empty:           "Este servidor aún no tiene textos. Para que los tenga, da los textos y esta línea a la persona que aloja el bot:\n`%s`",
	folder:          "CARPETA",
	onlyInServers:   "Haz la pregunta en un servidor: allí están los textos.",
	emptyQuestion:   "La pregunta está vacía: escribe lo que quieres saber.",
	longQuestion:    "La pregunta es demasiado larga: puede tener 6000 caracteres. Deja solo lo que quieres saber, o haz varias preguntas.",
	unknown:         "El bot no conoce esta orden o este botón, que quizá viene de otra versión. Haz tu pregunta con /ask; si no funciona, da este número a la persona que aloja el bot: %s",
	busy:            "Demasiadas preguntas a la vez: inténtalo de nuevo en un momento.",
	failed:          "Algo ha fallado. Inténtalo de nuevo; si continúa, da este número a la persona que aloja el bot: %s",
}

var english = texts{
	none:            "The texts do not answer this question.",
	near:            "Nearest passages:",
	hedged:          "Perhaps in these passages:",
	excerpt:         "One excerpt from “%s”:",
	excerpts:        "%d excerpts from “%s”:",
	excerptsOfTexts: "%d excerpts from %d texts:",
	empty:           "This server has no texts yet. For it to have some, give the texts and this line to the person who hosts the bot:\n`%s`",
	folder:          "FOLDER",
	onlyInServers:   "Ask your question in a server: that is where the texts are.",
	emptyQuestion:   "The question is empty: write what you want to know.",
	longQuestion:    "The question is too long: it can have 6,000 characters. Keep what you want to know, or ask several questions.",
	unknown:         "The bot does not know this command or button, which may be of another version. Ask your question with /ask; if that does not work, give this number to the person who hosts the bot: %s",
	busy:            "Too many questions at once: try again in a moment.",
	failed:          "Something went wrong. Try again; if it goes on, give this number to the person who hosts the bot: %s",
}
