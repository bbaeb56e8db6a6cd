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
