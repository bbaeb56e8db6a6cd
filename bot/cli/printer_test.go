package cli

import (
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/retrieval"
)

func replyOf(text string, marks ...corpus.Range) reply {
	return reply{Reply: answers.Reply{
		Outcome: answers.Excerpts, Language: "fr",
		Quotes: []answers.Excerpt{{Excerpt: retrieval.Excerpt{Text: text, Marks: marks}, Citation: "A. Rosmer, Les soviets, p.\u00A012"}},
	}}
}

// TestPrinterOnTerminal: lines keep to the width, words of the question are marked,
// and nothing in a text commands the terminal.
func TestPrinterOnTerminal(t *testing.T) {
	var out strings.Builder
	p := printer{out: &out, columns: 30}
	text := "Le soviet siège\x1b[31m au palais\u202E de Tauride."
	if err := p.print(replyOf(text, corpus.Range{Start: 3, End: 9})); err != nil {
		t.Fatal(err)
	}
	want := "  Le " + marked + "soviet" + reset + " siège[31m au\n  palais de Tauride.\n" +
		source + "  — A. Rosmer, Les soviets,\n  p.\u00A012" + reset + "\n\n"
	if out.String() != want {
		t.Errorf("printed\n%q\nwant\n%q", out.String(), want)
	}
}

func TestPrinterElsewhere(t *testing.T) {
	var out strings.Builder
	r := replyOf("Le soviet siège.", corpus.Range{Start: 3, End: 9})
	r.Hedged = true
	if err := (printer{out: &out}).print(r); err != nil {
		t.Fatal(err)
	}
	if want := "Peut-être dans ces passages\u00A0:\n\n> Le soviet siège.\n— A. Rosmer, Les soviets, p.\u00A012\n\n"; out.String() != want {
		t.Errorf("printed %q, want %q", out.String(), want)
	}
}

// TestPrinterReadings: a reply says what else was searched, a no what could be meant, an
// answer to a wider question what it says nothing of.
func TestPrinterReadings(t *testing.T) {
	read := []retrieval.Reading{{Typed: "kornilof", Read: []string{"Kornilov"}}, {Typed: "syndiact", Read: []string{"syndicat", "syndical"}}}
	wider := &answers.CuratedReply{
		Curated:  answers.Curated{Content: answers.Content{Answer: "Au secrétariat."}},
		Likeness: retrieval.Likeness{Beyond: []string{"Suisse", "Bâle"}},
	}
	tests := []struct {
		name  string
		reply answers.Reply
		want  string
	}{
		{"firm", answers.Reply{Outcome: answers.Excerpts, Language: "fr", SearchedAlso: read}, "Cherché aussi\u00A0: Kornilov, syndicat, syndical.\n\n"},
		{"hedged", answers.Reply{Outcome: answers.Excerpts, Language: "en", Hedged: true, SearchedAlso: read[:1]}, "Searched also: Kornilov.\nPerhaps in these passages:\n\n"},
		{"no", answers.Reply{Outcome: answers.None, Language: "es", SearchedAlso: read, DidYouMean: []string{"Kornilov"}}, "Los textos no responden a esta pregunta.\n¿Quiso decir: Kornilov?\n\n"},
		{"wider", answers.Reply{Outcome: answers.ByHand, Language: "fr", Hedged: true, Curated: wider}, "Réponse à une question plus large. Elle ne dit rien de\u00A0: Suisse, Bâle.\n\nAu secrétariat.\n\n"},
		{"commands", answers.Reply{Outcome: answers.None, DidYouMean: []string{"Korni\x1blov"}}, "The texts do not answer this question.\nDid you mean: Kornilov?\n\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var out strings.Builder
			if err := (printer{out: &out}).print(reply{Reply: test.reply}); err != nil {
				t.Fatal(err)
			}
			if out.String() != test.want {
				t.Errorf("printed %q, want %q", out.String(), test.want)
			}
		})
	}
}
