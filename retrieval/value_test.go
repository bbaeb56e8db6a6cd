package retrieval_test

import (
	"cmp"
	"testing"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// sentenceValues returns what the sentences of texts in a language are worth for a question, by
// themselves. The texts are by their titles.
func sentenceValues(t *testing.T, language, question string, byTitle map[string]string) map[string]float64 {
	t.Helper()
	l := open(t)
	put := map[string]string{}
	for title, text := range byTitle {
		put[title+".md"] = "---\nlanguage: " + language + "\ntitle: " + title + "\n---\n" + text
	}
	l.put(t, guild, put)
	values, err := l.SentenceValues(t.Context(), retrieval.Query{Text: question, Access: corpus.Everything(guild)}, l.Store)
	check(t, err)
	return values
}

// TestPlacesOfWords: a word of the question speaks for a sentence by the best place in which it
// stands, whatever other places it has besides.
func TestPlacesOfWords(t *testing.T) {
	values := sentenceValues(t, "en", "lanterns", map[string]string{
		"Lanterns": "Oil is dear. Ada sold lanterns in May. Ben sold a lantern in June.",
		"Oil":      "Cleo sold lanterns in May.",
		"Wicks":    "Dora sold a lantern in June.",
		"Fish":     "Emil caught some lanternfish.",
		"Trade":    "Finn left early. Gus sold a lantern. Hal came late. Ida went on. Jon slept.",
		"Tides":    "Kim left early. Lea sold lanterns. Max came late. Ned sold lanterns. Ole sold lanterns again.",
	})
	const exact, title, form, before, behind, nowhere = 6, 5, 4, 3, 2, 1
	places := map[string]int{
		"Ada sold lanterns in May.": exact, "Cleo sold lanterns in May.": exact, "Ned sold lanterns.": exact, "Ole sold lanterns again.": exact,
		"Oil is dear.": title, "Ben sold a lantern in June.": title, // which is above all of them
		"Dora sold a lantern in June.": form, "Gus sold a lantern.": form, "Emil caught some lanternfish.": form, // or begins alike
		"Hal came late.": before, "Max came late.": before, // also where it stands behind too
		"Finn left early.": behind, "Kim left early.": behind,
		"Ida went on.": nowhere, "Jon slept.": nowhere,
	}
	for one, place := range places {
		for other, than := range places {
			if cmp.Compare(values[one], values[other]) != cmp.Compare(place, than) {
				t.Errorf("%q is worth %.2f, %q %.2f, at places %d and %d", one, values[one], other, values[other], place, than)
			}
		}
	}
}

// TestHeavyWords: a word that few texts hold speaks more for a sentence than one that many hold, and
// one that is corrected less than one in another form.
func TestHeavyWords(t *testing.T) {
	texts := map[string]string{"a": "One lighthouse burned.", "b": "A harbour woke.", "c": "The harbour slept.", "d": "The harbour froze."}
	value := func(question, sentence string) float64 {
		t.Helper()
		return sentenceValues(t, "en", question, texts)[sentence]
	}
	if rare, frequent := value("harbour lighthouse", "One lighthouse burned."), value("harbour lighthouse", "A harbour woke."); rare <= frequent {
		t.Errorf("a rare word gives %.2f, a frequent one %.2f", rare, frequent)
	}
	if form, corrected := value("lighthouses", "One lighthouse burned."), value("lighthuose", "One lighthouse burned."); corrected >= form || corrected == 0 {
		t.Errorf("another form gives %.2f, a corrected word %.2f", form, corrected)
	}
}

// TestSignsOfSentences: of two sentences of a text that hold as many words of the question, the
// first is worth more where something speaks for it besides, and else as much as the second.
func TestSignsOfSentences(t *testing.T) {
	for _, test := range []struct {
		name, language, question string
		text                     string
		better, other            string
		same                     bool
	}{
		{"neighbours", "fr", "la garde rouge", "La garde rouge défile. Rouge est la garde ici.", "La garde rouge défile.", "Rouge est la garde ici.", false},
		{"a phrase", "en", `the "red guard" of Riga`, "The red guard left. The guard wore red. Riga slept.", "The red guard left.", "The guard wore red.", false},
		{"two phrases", "en", `"red guard" or "old port"`, "The red guard left the old port. The old red guard left a red port.",
			"The red guard left the old port.", "The old red guard left a red port.", false},
		{"a pronoun", "en", "Larkin Dublin", "Larkin came to Dublin. He left in May. Larkin was in Dublin. Snow fell in May.", "He left in May.", "Snow fell in May.", false},
		{"one with an apostrophe", "en", "Larkin Dublin", "Larkin came to Dublin. He's left in May. Larkin was in Dublin. Snow's lost in May.", "He's left in May.", "Snow's lost in May.", false},
		{"a pronoun behind more words", "en", "Larkin Dublin strike", "Larkin came to Dublin. He left in May. Some struck. A strike began. He spoke in May.", "He left in May.", "He spoke in May.", false},
		{"a pronoun behind nothing", "en", "Larkin Dublin", "He left in May. Snow lay about. Larkin came to Dublin.", "He left in May.", "", true},
		{"a pronoun inside", "en", "Larkin Dublin", "Larkin came to Dublin. Snow hid him in May. Larkin was in Dublin. Snow fell in May.", "Snow hid him in May.", "Snow fell in May.", true},
		{"a Spanish pronoun", "es", "Larkin Dublín", "Larkin vino a Dublín. Él salió en mayo. Larkin estuvo en Dublín. Nieve hubo en mayo.", "Él salió en mayo.", "Nieve hubo en mayo.", false},

		{"a definition", "en", "What is a lantern?", "A lantern is a lamp. A lantern lit a lamp.", "A lantern is a lamp.", "A lantern lit a lamp.", false},
		{"one in capitals", "en", "What is a lantern?", "A LANTERN IS A LAMP. A LANTERN LIT A LAMP.", "A LANTERN IS A LAMP.", "A LANTERN LIT A LAMP.", false},
		{"one behind another word of the question", "en", "What is the paper lantern?", "A lantern of fine white Chinese rag paper is a lamp. A lantern of fine white Chinese rag paper lit a lamp.",
			"A lantern of fine white Chinese rag paper is a lamp.", "A lantern of fine white Chinese rag paper lit a lamp.", false},
		{"a verb far behind", "en", "What is a lantern?", "A lantern that Ada and the others bought is big. A lantern that Ada and the others bought lit up.",
			"A lantern that Ada and the others bought is big.", "A lantern that Ada and the others bought lit up.", true},
		{"a word far behind", "en", "What is a lantern?", "When the ships came home from the north in autumn, Ada's new lantern is lit. When the ships came home from the north in autumn, Ada's new lantern got lit.",
			"When the ships came home from the north in autumn, Ada's new lantern is lit.", "When the ships came home from the north in autumn, Ada's new lantern got lit.", true},
		{"one without the word", "en", "What is a lantern?", "Oil is dear. Oil got dear. Then a lantern fell.", "Oil is dear.", "", true},
		{"no question for one", "en", "Ada's lantern", "A lantern is a lamp. A lantern lit a lamp.", "A lantern is a lamp.", "A lantern lit a lamp.", true},

		{"a date", "en", "When did the lantern fall?", "The lantern fell in 1612. The lantern fell in haste.", "The lantern fell in 1612.", "The lantern fell in haste.", false},
	} {
		values := sentenceValues(t, test.language, test.question, map[string]string{"Notes": test.text})
		better, isThere := values[test.better]
		other, otherIsThere := values[test.other]
		if !isThere || otherIsThere == (test.other == "") || better != other && test.same || better <= other && !test.same {
			t.Errorf("%s: %q is worth %.3f, %q %.3f (same: %t); all are %v", test.name, test.better, better, test.other, other, test.same, values)
		}
	}
}
