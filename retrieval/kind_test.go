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
		{"es", "¿Cuándo se abrió el canal?", "El canal se abrió en marzo.", "El canal se abrió sin prisa."},
		{"de", "Wann wurde der Kanal eröffnet?", "Der Kanal wurde 1837 eröffnet.", "Der Kanal wurde feierlich eröffnet."},
		{"it", "In quale anno fu aperto il canale?", "Il canale fu aperto nel 1837.", "Il canale fu aperto con gioia."},
		{"pt", "Em que ano o canal foi aberto?", "O canal foi aberto em 1837.", "O canal foi aberto com festa."},
		{"fr", "Combien de ponts a la ville ?", "La ville a douze ponts.", "La ville a de beaux ponts."},
		{"en", "How many bridges has the town?", "The town has 12 bridges.", "The town has fine bridges."},
		{"fr", "Qui a bâti le pont ?", "Le pont, Duval l'a bâti.", "Le pont, on l'a bâti ainsi."},
		{"en", "Who built the bridge?", "The bridge that Duval built stands.", "The bridge that they built stands."},
		{"fr", "Où se trouve le pont ?", "Le pont se trouve à Arles.", "Le pont se trouve à vendre."},
		{"en", "Why was the bridge closed?", "The bridge was closed because it shook.", "The bridge was closed and so was the road."},
		{"fr", "Pourquoi le pont est-il fermé ?", "Le pont est fermé car il tremble.", "Le pont est fermé et il tremble."},
		{"en", "What is a sluice?", "A sluice is a gate for water.", "They saw that a sluice had rusted."},
		{"fr", "Qu'est-ce qu'une écluse ?", "Une écluse est une porte sur l'eau.", "On voyait là une écluse de bois."},
	}
	for _, test := range tests {
		l := open(t)
		head := "---\nlanguage: " + test.language + "\n---\n"
		l.put(t, guild, map[string]string{
			"other.txt":  head + test.other,
			"answer.txt": head + test.answer + " Hm, hm.", // longer, and so of a lower score
		})
		found, err := l.Search(t.Context(), retrieval.Query{Text: test.question, Access: corpus.Everything(guild)}, l.Store)
		check(t, err)
		if len(found.Excerpts) == 0 || !strings.HasPrefix(found.Excerpts[0].Text, test.answer) {
			t.Errorf("%s: quoted is %q, want %q first", test.question, texts(found), test.answer)
		}
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
