package corpus_test

import (
	"strings"
	"testing"
	"time"

	"verbatim/corpus"
)

// TestSentences has a line for each text, with | where sentences are parted. Add
// lines as you meet texts that are parted wrongly.
func TestSentences(t *testing.T) {
	for _, want := range []string{
		// French
		"Il naît en 1894.|Il meurt en 1930.",
		"M. Leguia part avec Mme. Duval.|Il revient.",
		"Cf. p. 391. du même auteur.|Autre phrase.",
		"Le P.C. de Cuba fut fondé en 1925.|Il fut reconnu en 1927.",
		"César naît en 100 av. J.-C. à Rome.|Il y meurt.",
		"Que faire ?|Rien !|Presque.",
		"« Tout le pouvoir aux soviets ! » crie la foule.|Elle attend.",
		"Il écrit : « Rien ne va. »|Puis il part.",
		"Une ligne\nqui continue\nsur trois lignes.|Une autre.",
		"C'était en 1917.|Il gèle.",
		"Le congrès, etc.|La suite.",
		"Le vol. 3, chap. 2, art. 5 dit cela.|Bien.",
		// Spanish
		"¿Quién fundó Amauta?|La fundó Mariátegui.",
		"El Sr. García vive en la Av. Washington.|Escribe.",
		"Véase la pág. 12 del núm. 3.|Fin.",
		// English
		"Mr. Smith met Dr. Jones.|They talked.",
		"He saw J. P. Morgan in the U.S. in May.|It rained.",
		"See e.g. the first chapter.|Then stop.",
		"1. The first item.",
		"No full stop at the end",
	} {
		text := strings.ReplaceAll(want, "|", " ")
		d := draft(t, "a.txt", text)
		var got []string
		for _, p := range d.Passages {
			for _, s := range p.Sentences {
				got = append(got, d.Source[s.Start():s.End()])
			}
		}
		if joined := strings.Join(got, "|"); joined != want {
			t.Errorf("%q is parted %q, want %q", text, joined, want)
		}
	}
}

func TestLanguage(t *testing.T) {
	tests := []struct{ text, want string }{
		{"Quand a eu lieu la primaire de 2011 ?", "fr"},
		{"c koi la difference entre les deux primaires", "fr"},
		{"¿Cuándo murió Mariátegui?", "es"},
		{"quien fundo la revista amauta", "es"},
		{"Who founded the magazine?", "en"},
		{"Wann wurde die Partei gegründet?", "de"},
		{"Chi ha fondato la rivista?", "it"},
		{"Quem fundou o partido no Brasil?", "pt"},
		{"Pourquoi Kornilov a-t-il échoué ?", "fr"},
		{"que hizo mariategui en europa", "es"},
		{"Chi era Mariátegui?", "it"},
		{"lenin april theses", ""},
		{"Kornilof", ""},
		{"Amauta", ""},
		{"", ""},
	}
	for _, test := range tests {
		if got := corpus.Language(test.text); got != test.want {
			t.Errorf("Language(%q) = %q, want %q", test.text, got, test.want)
		}
	}
}

// TestHostileSentences reads long lines on which parting sentences could
// take very long.
func TestHostileSentences(t *testing.T) {
	for name, piece := range map[string]string{
		"initials":    "$-M.",
		"full stops":  ".",
		"closers":     ")",
		"guillemets":  "» ",
		"quotes":      `"'`,
		"stop, quote": `."`,
		"spaces":      "\u00A0",
		"digits":      "1",
		"numbers":     "1. ",
		"marks":       "\u0301",
		"joiners":     "\u200D",
		"small":       "a. b",
		"capitals":    "A. B",
		"unbroken":    "x",
		"questions":   "? ",
	} {
		t.Run(name, func(t *testing.T) {
			for _, head := range []string{"", "a. ("} {
				text := head + strings.Repeat(piece, 1<<18/len(piece)) + "z"
				done := make(chan struct{})
				go func() {
					defer close(done)
					corpus.Read(corpus.File{Name: "a.txt", Data: []byte(text)})
				}()
				select {
				case <-done:
				case <-time.After(20 * time.Second):
					t.Fatalf("not read within 20 s after %q", head)
				}
			}
		})
	}
}
