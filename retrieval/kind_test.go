package retrieval_test

import (
	"strings"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// TestKindOfQuestion: of two sentences with the same words of the question, the one
// that holds what it wants is quoted first, though the other ranks higher.
func TestKindOfQuestion(t *testing.T) {
	tests := []struct{ language, question, answer, other string }{
		{"fr", "Quand le canal fut-il ouvert ?", "Le canal fut ouvert en 1837.", "Le canal fut ouvert avec faste."},
		{"fr", "En quel siècle le canal fut-il ouvert ?", "Le canal fut ouvert au cours du XVIIe siècle.", "Le canal fut ouvert au cours de belles fêtes."},
		{"en", "When was the canal opened?", "The canal was opened in May.", "The canal was opened in haste."},
		{"en", "When will the canal open?", "The canal will open in March.", "The canal will open, it may."},
		{"es", "¿Cuándo se abrió el canal?", "El canal se abrió en marzo.", "El canal se abrió sin prisa."},
		{"es", "¿En qué siglo se abrió el canal?", "El canal se abrió en 1837.", "El canal se abrió sin prisa."},
		{"de", "Wann wurde der Kanal eröffnet?", "Der Kanal wurde 1837 eröffnet.", "Der Kanal wurde feierlich eröffnet."},
		{"de", "In welchem Monat wurde der Kanal eröffnet?", "Der Kanal wurde im März eröffnet.", "Der Kanal wurde feierlich eröffnet."},
		{"it", "Quand'è che fu aperto il canale?", "Il canale fu aperto in maggio.", "Il canale fu aperto con gioia."},
		{"it", "In quale anno fu aperto il canale?", "Il canale fu aperto nel 1837.", "Il canale fu aperto con gioia."},
		{"pt", "Quando o canal foi aberto?", "O canal foi aberto em março.", "O canal foi aberto com festa."},
		{"pt", "Em que ano o canal foi aberto?", "O canal foi aberto em 1837.", "O canal foi aberto com festa."},

		{"fr", "kan fut ouvert le canal", "Le canal fut ouvert en 1837.", "Le canal fut ouvert avec faste."},
		{"en", "wen was the canal opened", "The canal was opened in 1837.", "The canal was opened in haste."},
		{"es", "kuando se abrio el canal", "El canal se abrió en marzo.", "El canal se abrió sin prisa."},
		{"it", "qnd fu aperto il canale", "Il canale fu aperto in maggio.", "Il canale fu aperto con gioia."},
		{"pt", "qdo o canal foi aberto", "O canal foi aberto em março.", "O canal foi aberto com festa."},
		{"fr", "ki a bati le pont", "Le pont, Duval l'a bâti.", "Le pont, on l'a bâti ainsi."},
		{"es", "kien construyo el puente", "El puente lo construyó Duval.", "El puente lo construyó otro."},
		{"es", "xq se cerro el puente", "El puente se cerró porque temblaba.", "El puente se cerró y la calle también."},
		{"es", "x que se cerro el puente", "El puente se cerró porque temblaba.", "El puente se cerró y la calle también."},
		{"it", "xke fu chiuso il ponte", "Il ponte fu chiuso perché tremava.", "Il ponte fu chiuso e anche la strada."},
		{"pt", "pq a ponte foi fechada", "A ponte foi fechada porque tremia.", "A ponte foi fechada e a rua também."},

		{"fr", "Combien de ponts a la ville ?", "La ville a douze ponts.", "La ville a de beaux ponts."},
		{"en", "How many bridges has the town?", "The town has 12 bridges.", "The town has fine bridges."},
		{"es", "¿Cuántos puentes tiene la villa?", "La villa tiene once puentes.", "La villa tiene bellos puentes."},
		{"es", "¿Qué altura tiene el puente?", "El puente tiene 30 metros.", "El puente tiene barandas."},
		{"de", "Wie viele Brücken hat die Stadt?", "Die Stadt hat zwölf Brücken.", "Die Stadt hat schöne Brücken."},
		{"de", "Wie lang ist die Brücke?", "Die Brücke ist 80 Meter lang.", "Die Brücke ist recht lang."},
		{"it", "Quanti ponti ha la città?", "La città ha dodici ponti.", "La città ha bei ponti."},
		{"it", "Qual è la lunghezza del ponte?", "Il ponte ha una lunghezza di 80 metri.", "Il ponte ha una lunghezza notevole e rara."},
		{"pt", "Quantas pontes tem a cidade?", "A cidade tem doze pontes.", "A cidade tem belas pontes."},
		{"pt", "Qual é o comprimento da ponte?", "A ponte tem um comprimento de 80 metros.", "A ponte tem um comprimento notável e raro."},

		{"fr", "Qui a bâti le pont ?", "Le pont, Duval l'a bâti.", "Le pont, on l'a bâti ainsi."},
		{"fr", "Comment s'appelle le pont ?", "Le pont s'appelle Duval.", "Le pont s'appelle ainsi."},
		{"en", "Who built the bridge?", "The bridge that Duval built stands.", "The bridge that they built stands."},
		{"es", "¿Quién construyó el puente?", "El puente lo construyó Duval.", "El puente lo construyó otro."},
		{"es", "¿Cómo se llamaba el puente?", "El puente se llamaba Duval.", "El puente se llamaba otra cosa."},
		{"de", "Wer baute die Brücke?", "Die Brücke baute damals Karl Duval.", "Die Brücke baute damals ein Handwerker."},
		{"de", "Wie heißt die Brücke?", "Die Brücke heißt nach Duval.", "Die Brücke heißt nach jemandem so."},
		{"it", "Chi costruì il ponte?", "Il ponte lo costruì Duval.", "Il ponte lo costruì un altro."},
		{"it", "Come si chiama il ponte?", "Il ponte si chiama Duval.", "Il ponte si chiama in altro modo."},
		{"pt", "Quem construiu a ponte?", "A ponte, construiu-a Duval.", "A ponte, construiu-a outro."},
		{"pt", "Como se chama a ponte?", "A ponte se chama Duval.", "A ponte se chama de outro modo."},

		{"fr", "Où se trouve le pont ?", "Le pont se trouve à Arles.", "Le pont se trouve à vendre."},
		{"en", "Where is the bridge?", "The bridge is in Arles.", "The bridge is in ruins."},
		{"es", "¿Dónde está el puente?", "El puente está en Arles.", "El puente está en ruinas."},
		{"de", "Wo steht die Brücke?", "Die Brücke steht in Arles.", "Die Brücke steht in einem Tal."},
		{"it", "Dov'è il ponte?", "Il ponte è ad Arles.", "Il ponte è ad arco."},
		{"pt", "Onde fica a ponte?", "A ponte fica em Arles.", "A ponte fica em ruínas."},

		{"fr", "Pourquoi le pont est-il fermé ?", "Le pont est fermé car il tremble.", "Le pont est fermé et il tremble."},
		{"en", "Why was the bridge closed?", "The bridge was closed because it shook.", "The bridge was closed and so was the road."},
		{"es", "¿Por qué se cerró el puente?", "El puente se cerró porque temblaba.", "El puente se cerró y la calle también."},
		{"de", "Warum ist die Brücke gesperrt?", "Die Brücke ist gesperrt, weil sie bebt.", "Die Brücke ist gesperrt, und die Straße auch."},
		{"it", "Perché il ponte è chiuso?", "Il ponte è chiuso poiché trema.", "Il ponte è chiuso e la strada pure."},
		{"pt", "Por que a ponte está fechada?", "A ponte está fechada porque treme.", "A ponte está fechada e a rua também."},

		{"fr", "Qu'est-ce qu'une écluse ?", "Une écluse est une porte sur l'eau.", "On voyait là une écluse de bois."},
		{"en", "What is a sluice?", "A sluice is a gate for water.", "They saw that a sluice had rusted."},
		{"es", "¿Qué es una esclusa?", "Una esclusa es una puerta para el agua.", "Se veía allí una esclusa de madera."},
		{"de", "Was ist eine Schleuse?", "Eine Schleuse ist ein Tor für das Wasser.", "Man sah dort eine Schleuse aus Holz."},
		{"it", "Che cos'è una chiusa?", "Una chiusa è una porta per l'acqua.", "Si vedeva là una chiusa e un mulino."},
		{"pt", "O que é uma eclusa?", "Uma eclusa é uma porta para a água.", "Via-se ali uma eclusa e um moinho."},

		// What is asked for first counts, and in Spanish what stands behind ¿.
		{"es", "En la vieja villa de piedra, ¿cuántos puentes hay?", "En la vieja villa de piedra hay once puentes.", "En la vieja villa de piedra hay bellos puentes."},
		{"es", "¿Cuántos puentes quedaban cuando llegó el agua?", "Cuando llegó el agua quedaban once puentes.", "Cuando llegó el agua quedaban, en mayo, puentes."},
		{"es", "¿Con qué frecuencia zarpa el barco?", "El barco zarpa con la frecuencia de 3 viajes.", "El barco zarpa con la frecuencia de siempre."},
		{"de", "Wie viele Brücken standen, wann auch immer das Wasser kam?", "Als das Wasser kam, standen elf Brücken.", "Als das Wasser kam, standen im Mai Brücken."},
		{"de", "Von welchem Meister und durch wen wurde die Brücke gebaut?", "Die Brücke wurde damals durch Duval gebaut.", "Die Brücke wurde damals durch jemand gebaut."},
		{"de", "Wie wurde die Brücke im Volk genannt?", "Die Brücke wurde im Volk nach Duval genannt.", "Die Brücke wurde im Volk so gern genannt."},
		{"de", "Was war der Name der Brücke?", "Der Name der Brücke war aus Duval.", "Der Name der Brücke war vergessen."},
		{"it", "Con quale frequenza parte il battello?", "Il battello parte con la frequenza di 3 corse.", "Il battello parte con la frequenza di sempre."},
		{"pt", "Com que frequência parte o barco?", "O barco parte com a frequência de 3 viagens.", "O barco parte com a frequência de sempre."},
	}
	for _, test := range tests {
		checkFirst(t, test.language, test.question, test.answer, test.other)
	}
}

// checkFirst asks a question of two documents, of which the second must be quoted first
// though it is longer, and so ranks lower.
func checkFirst(t *testing.T, language, question, answer, other string) {
	t.Helper()
	l := open(t)
	head := "---\nlanguage: " + language + "\n---\n"
	l.put(t, guild, map[string]string{"other.txt": head + other, "answer.txt": head + answer + " Hm, hm."})
	found, err := l.Search(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
	check(t, err)
	if len(found.Excerpts) == 0 || !strings.HasPrefix(found.Excerpts[0].Text, answer) {
		t.Errorf("%s: quoted is %q, want %q first", question, texts(found), answer)
	}
}

// TestKeywords: the same for some words that are no question.
func TestKeywords(t *testing.T) {
	tests := []struct{ language, question, answer, other string }{
		{"fr", "ouverture canal date", "L'ouverture du canal eut lieu en 1837.", "L'ouverture du canal eut lieu avec faste."},
		{"en", "year canal opening", "The opening of the canal was in 1837.", "The opening of the canal was in haste."},
		{"es", "apertura canal fecha", "La apertura del canal fue en marzo.", "La apertura del canal fue sin prisa."},
		{"de", "Eröffnung Kanal Datum", "Die Eröffnung des Kanals war 1837.", "Die Eröffnung des Kanals war feierlich."},
		{"it", "apertura canale anno", "L'apertura del canale fu nel 1837.", "L'apertura del canale fu con gioia."},
		{"pt", "abertura canal ano", "A abertura do canal foi em 1837.", "A abertura do canal foi com festa."},
	}
	for _, test := range tests {
		checkFirst(t, test.language, test.question, test.answer, test.other)
	}
}

func texts(r retrieval.Result) []string {
	var all []string
	for _, e := range r.Excerpts {
		all = append(all, e.Text)
	}
	return all
}

// TestShortWhenSure: where one sentence answers, little else is shown.
func TestShortWhenSure(t *testing.T) {
	l := open(t)
	l.put(t, guild, map[string]string{
		"a.txt": "La verrière fut inaugurée à Lille en 1884 par Armand Coste. " + strings.Repeat("Les visiteurs venaient de loin pour la lumière et le silence. ", 6),
		"b.txt": strings.Repeat("La ville de Lille compte des places et des rues où l'on flâne volontiers. ", 12),
		"c.txt": strings.Repeat("La verrière demande des soins et du verre neuf, dit le gardien. ", 12),
	})
	found, err := l.Search(t.Context(), retrieval.Query{Text: "Quand la verrière de Lille fut-elle inaugurée ?", Access: corpus.Everything(guild)}, l.Store)
	check(t, err)
	shown := strings.Join(texts(found), "")
	if n := len([]rune(shown)); n == 0 || n > 500 || !strings.Contains(shown, "1884") {
		t.Errorf("%d characters shown: %q", n, texts(found))
	}
}

// TestExplanationsAreContiguous: what is to explain is quoted as it stands.
func TestExplanationsAreContiguous(t *testing.T) {
	const text = "La digue a cédé en une nuit. Les pluies avaient gonflé le fleuve. L'argile, mal tassée, laissait passer l'eau. Personne ne gardait les vannes."
	l := open(t)
	l.put(t, guild, map[string]string{"a.txt": "Le marché se tient le mardi. " + text + " Le pain manque. La mairie paie.", "b.txt": "La digue longe la route. Elle a un banc."})
	for _, question := range []string{"Pourquoi la digue a-t-elle cédé ?", "Comment la digue a-t-elle cédé ?", "Explique comment la digue a cédé"} {
		found, err := l.Search(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		if len(found.Excerpts) == 0 || !strings.Contains(found.Excerpts[0].Text, text) {
			t.Errorf("%q: quoted is %q, want %q in the first", question, texts(found), text)
		}
	}
}

// TestOnlyAsks: a noun that says what is asked for, and which no text has, is neither missed
// nor read as another word; where it is what is asked about, it is.
func TestOnlyAsks(t *testing.T) {
	tests := []struct {
		language, question string
		isMissed           bool
	}{
		{"fr", "Pour quelle raison la digue a-t-elle cédé ?", false},
		{"fr", "Que dit la digue de la raison ?", true},
		{"fr", "que dit la digue de la raison", true},
		{"en", "For what reason did the dike break?", false},
		{"es", "¿Por qué motivo cedió el dique?", false},
		{"de", "Aus welchem Grund brach der Deich?", false},
		{"it", "Per quale motivo cedette la diga?", false},
		{"pt", "Por que razão o dique cedeu?", false},
		{"fr", "digue définition", false},
		{"es", "dique significado", false},
	}
	l := open(t)
	l.put(t, guild, map[string]string{
		"fr.txt": "---\nlanguage: fr\n---\nLa digue a cédé en une nuit, dit-on.", "en.txt": "---\nlanguage: en\n---\nThe dike broke in the night, they say.",
		"es.txt": "---\nlanguage: es\n---\nEl dique cedió de noche.", "de.txt": "---\nlanguage: de\n---\nDer Deich brach in der Nacht.",
		"it.txt": "---\nlanguage: it\n---\nLa diga cedette di notte.", "pt.txt": "---\nlanguage: pt\n---\nO dique cedeu de noite, dizem.",
	})
	for _, test := range tests {
		q := retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}
		found, err := l.Search(t.Context(), q, l.Store)
		check(t, err)
		if len(found.Excerpts) == 0 || len(found.Excerpts[0].Missing) > 0 != test.isMissed {
			t.Errorf("%s: %d excerpts, missing %v", test.question, len(found.Excerpts), found.Excerpts[0].Missing)
		}
	}
}
