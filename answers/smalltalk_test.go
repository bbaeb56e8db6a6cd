package answers_test

import (
	"testing"

	"verbatim/answers"
)

// TestSmallTalk: what is said to the bot gets no quote, also where words of it stand in
// the texts; what is asked of the texts gets one, also politely.
func TestSmallTalk(t *testing.T) {
	l := open(t)
	l.put(t, "comité.txt", `Le Comité de salut public est créé en avril 1793. Toute personne suspecte est arrêtée.
Tu trembles, carcasse, disait Turenne. La machine de Marly monte l'eau. Le robot vient d'une pièce de théâtre.
Le vrai nom de la ville est oublié. Merci était le mot du roi.`)
	l.put(t, "letters.txt", `Dear friends, who are you to judge? The name of the ship was Hello. People like to live in old houses.
I thank you for the help, wrote the queen. The robot of the play is a machine. What do you do, asked the judge.
Supper was late. The day is going to be long, and the help is good.`)
	for _, text := range []string{
		"quelle heure est il", "il est quelle heure ?", "qui t'a créé", "what time is it?", "who made you", "¿Qué hora es?", "quien te creo", "wie spät ist es?", "wer hat dich gemacht", "che ore sono?", "chi ti ha creato", "que horas são?", "quem te criou?",
		"salut", "Salut !", "saluuuut", "slt ça va", "Bonjour à tous", "bonjuor tout le monde", "merci beaucoup !!", "mercii", "mdr",
		"ça va ?", "tu es un robot ou une vraie personne ?", "t'es qui", "qui es-tu ?", "comment tu t'appelles", "tu as quel âge ?", "quel est ton nom ?",
		"tu peux m'aider ?", "raconte moi une blague stp, tu es drôle", "bonne nuit", "vous êtes humain ?", "Qu'est-ce que tu sais faire ?",
		"hello", "Hi there!", "helo", "thanks a lot", "thank you so much", "who are you?", "are you a robot", "what's your name?", "how old are you", "are you human or a machine?",
		"good morning everyone", "what can you do?", "tell me a joke please", "how are you today", "lol", "good night",
		"hola", "¡Hola! ¿Qué tal?", "muchas gracias", "¿quién eres?", "¿eres un robot?", "¿cómo te llamas?", "buenas noches", "grasias", "cuántos años tienes",
		"hallo", "Guten Tag", "wer bist du?", "bist du ein Mensch?", "wie heißt du", "danke schön", "wie geht's dir", "vielen Dank", "Kannst du mir helfen?",
		"ciao", "chi sei?", "come ti chiami?", "sei un robot?", "grazie mille", "come stai", "buona sera", "quanti anni hai tu?",
		"olá", "oi tudo bem?", "quem é você?", "você é um robô?", "obrigado", "bom dia", "qual é o seu nome?", "quantos anos você tem",
		"👋 salut 😀",
		"ok super", "d'accord merci", "merci pour la réponse", "bon week-end", "How's it going?", "have a nice day", "got it, thanks", "that's great",
		"gracias por la ayuda", "hasta pronto", "bis morgen!", "Danke für die Hilfe", "schönen Tag noch", "buona giornata", "grazie per l'aiuto", "até breve", "obrigado pela ajuda",
	} {
		if r := l.ask(t, text); r.Outcome != answers.None || !r.SmallTalk || len(r.Quotes) > 0 {
			t.Errorf("%q: outcome %s, small talk %v, %d quotes, want small talk without quotes", text, r.Outcome, r.SmallTalk, len(r.Quotes))
		}
	}
	for text, want := range map[string]string{"lol": "", "ok lol": "", "merci": "fr", "mercii": "fr", "hola": "es", "guten Tag": "de", "salut, tu vas bien ?": "fr", "good morning everyone, how are you?": "en"} {
		if r := l.ask(t, text); r.Language != want {
			t.Errorf("%q: in %q, want %q", text, r.Language, want)
		}
	}
	for _, text := range []string{
		"Quelle est la recette du gaspacho ?", "Où se trouve l'église du village ?", "¿Quién tiene la receta del gazpacho?", "Quelle est notre recette ?",
		"Où est Nice ?", "C'est quoi le parfait ?", "What is a toll?", "Was muss bis morgen fertig sein?", "Is the gazpacho older than the soup?", "Wo ist meine Suppe?", "Cosa c'è nello stagno?",
	} {
		if r := l.ask(t, text); r.SmallTalk {
			t.Errorf("%q is small talk, want that the texts do not answer it", text)
		}
	}
	for _, text := range []string{
		"c'est quoi le Comité de salut public ?", "bonjour, quand est créé le comité de salut public ?", "tu peux m'expliquer le comité de salut public",
		"salut public", "merci du roi", "vrai nom de la ville", "d'où vient le mot robot", "personne suspecte",
		"hello, what did the queen write?", "can you tell me the name of the ship", "who wrote thank you for the help, the queen?", "old houses", "robot of the play",
		"Que disait Turenne ?", "was supper late", "the help of the queen",
	} {
		if r := l.ask(t, text); r.SmallTalk || len(r.Quotes) == 0 {
			t.Errorf("%q: small talk %v, %d quotes, want quotes", text, r.SmallTalk, len(r.Quotes))
		}
	}
}

// TestPraiseAsksNothing: words of praise in a question are asked about, with or without a question
// mark.
func TestPraiseAsksNothing(t *testing.T) {
	l := open(t)
	l.put(t, "praise.txt", "The great work is a bridge over the Mersey. Old people take care of friends.")
	l.put(t, "lob.txt", "---\nlanguage: de\n---\nDie Maschine ist genial, weil sie ohne Wasser läuft.")
	l.put(t, "heure.txt", "---\nlanguage: fr\n---\nÀ quelle heure est-il mort ? Le matelot est mort à quatre heures du matin.")
	for _, text := range []string{"à quelle heure est-il mort le matelot", "what is the great work", "why do people take care of friends", "warum ist die Maschine genial"} {
		if r := l.ask(t, text); r.Outcome != answers.Excerpts {
			t.Errorf("Ask(%q) is %v, want quotes", text, r.Outcome)
		}
	}
}
