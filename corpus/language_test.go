package corpus_test

import (
	"os"
	"strings"
	"testing"

	"verbatim/corpus"
)

// TestLanguage reads testdata/languages: a code, ? for none, and a question or text on
// each line. Add lines as you meet some that are told wrongly.
func TestLanguage(t *testing.T) {
	for _, name := range []string{"questions.txt", "texts.txt"} {
		t.Run(name, func(t *testing.T) {
			data, err := os.ReadFile("testdata/languages/" + name)
			if err != nil {
				t.Fatal(err)
			}
			tested := 0
			for line := range strings.Lines(string(data)) {
				want, text, found := strings.Cut(strings.TrimSpace(line), ": ")
				if !found || strings.HasPrefix(line, "#") {
					continue
				}
				tested++
				if got := corpus.Language(text); got != strings.Trim(want, "?") {
					t.Errorf("Language(%q) = %q, want %s", text, got, want)
				}
			}
			if tested == 0 {
				t.Error("no line was tested")
			}
		})
	}
}

const (
	spanish = "El congreso se abrió a comienzos del invierno. Los delegados que venían de las provincias no se conocían todavía, y varios de ellos nunca habían salido de su pueblo, pero hablaron de la tierra."
	french  = "Le congrès s'ouvrit au début de l'hiver. Les délégués venus des provinces ne se connaissaient pas encore, et plusieurs d'entre eux n'avaient jamais quitté leur village, mais on parla de la terre."
	english = "The congress opened at the beginning of winter. The delegates from the provinces did not know one another yet, and several of them had never left their village, but they spoke of land."
	german  = "Der Kongress begann zu Anfang des Winters. Die Abgeordneten aus den Provinzen kannten sich noch nicht, und einige von ihnen hatten ihr Dorf nie verlassen, aber sie sprachen über das Land."
)

func TestPassageLanguage(t *testing.T) {
	tests := []struct{ name, passage, document, want string }{
		{"the document's", french, "fr", "fr"},
		{"Spanish in French", spanish, "fr", "es"},
		{"English in French", english, "fr", "en"},
		{"German in French", german, "fr", "de"},
		{"French in German", french, "de", "fr"},
		{"French in Spanish", french, "es", "fr"},
		{"Russian in French", "Съезд открылся в начале зимы, в плохо натопленном зале. Делегаты из губерний ещё не знали друг друга, и некоторые из них никогда не покидали своей деревни, но о земле говорили все.", "fr", "ru"},
		{"in a document of no language", english, "", "en"},
		{"in a document of another language", english, "ru", "en"},
		{"too short", "They spoke of land, then of bread, and at last of peace.", "fr", "fr"},
		{"half and half", french + " " + english, "fr", "fr"},
		{"a quote that is introduced", "Le rapporteur lut ceci, que personne ne discuta : « " + spanish + " »", "fr", "es"},
		{"Spanish titles in a French note", "Cf. J. C. Mariátegui, « El problema de la tierra », in 7 ensayos de interpretación de la realidad peruana, Lima, Amauta, 1928, p. 50-104 ; R. Martínez de la Torre, Apuntes para una interpretación marxista de la historia social del Perú, t. II, Lima, 1948, p. 12.", "fr", "fr"},
		{"English titles in a French note", "E. H. Carr, The Bolshevik Revolution, vol. 1, Londres, 1950 ; A. Rabinowitch, The Bolsheviks Come to Power: The Revolution of 1917 in Petrograd, New York, 1976 ; S. Smith, Red Petrograd: Revolution in the Factories, Cambridge, 1983, p. 12, 34 et 56.", "fr", "fr"},
		{"English titles alone", "The Origins of the Russian Revolution ; A History of the World in the Age of the Machine ; The Making of the Working Class in the North of England ; On the Theory of the State ; From the Other Shore and Back by the River", "fr", "fr"},
		{"few small words", "Workers demand bread, land, peace, factory committees, shorter working days, immediate elections, and complete separation of church from state schools.", "fr", "fr"},
		{"twice as much English", french + " " + english + " " + english, "fr", "fr"},
		{"names", "Lima Cuzco Trujillo Arequipa Buenos Aires Montevideo Santiago Valparaíso La Paz Bogotá Caracas México La Habana San José Managua Tegucigalpa San Salvador", "fr", "fr"},
	}
	for _, test := range tests {
		if got := corpus.PassageLanguage(test.passage, test.document); got != test.want {
			t.Errorf("%s: PassageLanguage = %q, want %q", test.name, got, test.want)
		}
	}
}

// TestDocumentLanguage: a document has a language also where a question of its length
// would have none, for it is read in one of them in any case.
func TestDocumentLanguage(t *testing.T) {
	for text, want := range map[string]string{
		"Le conseil de Kronstadt décide.": "fr",
		"El puerto de Lima.":              "es",
		"Der Hafen.":                      "de",
		"Порт открыт для кораблей.":       "ru",
		"1917": "",
	} {
		if d := draft(t, "a.txt", text); d.Language != want {
			t.Errorf("a document %q is in %q, want %q", text, d.Language, want)
		}
	}
}

// TestLanguageOfMarkup: the words of a document tell its language before what its program
// wrote into it, which holds where they don't tell.
func TestLanguageOfMarkup(t *testing.T) {
	for _, test := range []struct{ text, want string }{{french, "fr"}, {"Xyzzy 1917.", "en"}} {
		d, err := corpus.Read(corpus.File{Name: "a.html", Data: []byte(`<html lang="en"><body><p>` + test.text)})
		if err != nil || d.Language != test.want {
			t.Errorf("Read(%.20q) is in %q, %v, want %s", test.text, d.Language, err, test.want)
		}
	}
}
