package answers_test

import (
	"errors"
	"strings"
	"testing"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/retrieval"
)

const walked = `---
title: Cours
---

# Février

La grève éclate à Vyborg.

# Mars

Le soviet siège au palais.[^1]

# Avril

Lénine arrive à la gare.

[^1]: Celui de Tauride.
`

// TestAround: what stands around a quote is the passages before and after it, without the
// notes between, and no further than the text goes.
func TestAround(t *testing.T) {
	l := open(t)
	l.put(t, "cours.md", walked)
	quote := l.ask(t, "Où siège le soviet ?").Quotes[0]
	for _, test := range []struct {
		step          int
		want          string
		reached       int
		before, after bool
	}{
		{0, "soviet", 0, true, true},
		{-1, "Vyborg", -1, false, true},
		{1, "Lénine", 1, true, false},
		{5, "Lénine", 1, true, false},
		{-5, "Vyborg", -1, false, true},
	} {
		got, err := l.Around(t.Context(), corpus.Everything(guild), quote, test.step)
		if err != nil || !strings.Contains(got.Text, test.want) || got.Step != test.reached || got.Before != test.before || got.After != test.after {
			t.Errorf("Around %d = %q at %d, before %v, after %v, %v, want %+v", test.step, got.Text, got.Step, got.Before, got.After, err, test)
		}
	}
	l.put(t, "cours.md", strings.ReplaceAll(walked, "Vyborg", "Cronstadt"))
	if _, err := l.Around(t.Context(), corpus.Everything(guild), quote, 0); !errors.Is(err, corpus.ErrStale) {
		t.Errorf("Around in a text that has changed = %v, want ErrStale", err)
	}
}

// TestList: all passages that bear on a question come in their order, part by part, and
// only those that a filter leaves.
func TestList(t *testing.T) {
	l := open(t)
	for _, name := range []string{"a.txt", "b.txt", "c.txt"} {
		l.put(t, name, "Le soviet siège au palais. Ceci est "+name+".")
	}
	seen := map[string]bool{}
	for after, more := range map[int]bool{0: true, 1: true, 2: false} {
		got, err := l.List(t.Context(), answers.Question{Text: "soviet", Access: corpus.Everything(guild)}, after, 1)
		if err != nil || len(got.Quotes) != 1 || got.More != more {
			t.Fatalf("List after %d = %+v, %v, want one and more: %v", after, got, err, more)
		}
		seen[got.Quotes[0].Document.Name] = true
	}
	if len(seen) != 3 {
		t.Errorf("listed %v, want three texts", seen)
	}
	d, err := l.store.DocumentNamed(t.Context(), corpus.Everything(guild), "b.txt")
	if err != nil {
		t.Fatal(err)
	}
	got, err := l.List(t.Context(), answers.Question{Text: "soviet", Access: corpus.Everything(guild), Filter: retrieval.Filter{Documents: []string{d.ID}}}, 0, 5)
	if err != nil || len(got.Quotes) != 1 || got.Quotes[0].Document.Name != "b.txt" || got.More {
		t.Errorf("List of one text = %+v, %v", got, err)
	}
}

// TestLacking: a no names the words that no text holds, as they were typed.
func TestLacking(t *testing.T) {
	l := open(t)
	l.put(t, "a.txt", "Le soviet siège au palais en 1917. La grève éclate.")
	for question, want := range map[string]string{
		"Comment la Photosynthèse marche-t-elle au palais ?": "Photosynthèse",
		"Que dit le palais de Zimmerwald en 1915 ?":          "Zimmerwald 1915",
	} {
		if got := strings.Join(l.ask(t, question).Lacking, " "); !strings.Contains(got, want) {
			t.Errorf("%s: lacking %q, want %q", question, got, want)
		}
	}
}

// TestRefer: a reference in each style, with what is known and nothing else.
func TestRefer(t *testing.T) {
	excerpt := func(d corpus.Metadata, section, page, note string) answers.Excerpt {
		var e answers.Excerpt
		e.Document.Name, e.Document.Metadata, e.Note, e.Citation = "cours/a.md", d, note, "la citation"
		if section != "" {
			e.Section = []string{section}
		}
		if page != "" {
			e.Pages = strings.Split(page, " ")
		}
		return e
	}
	whole := excerpt(corpus.Metadata{Title: "Les soviets", Author: "Alfred Rosmer", Date: "1932-05", Language: "fr", Link: "https://example.org/a"}, "Naissance", "12 13", "3")
	bare := excerpt(corpus.Metadata{}, "", "", "")
	for _, test := range []struct {
		name  string
		e     answers.Excerpt
		style answers.Style
		want  string
	}{
		{"plain", whole, answers.Plain, "la citation"},
		{"whole", whole, answers.ISO690, "ROSMER, Alfred. Les soviets. 1932, Naissance, p.\u00a012–13, note\u00a03. https://example.org/a."},
		{"bare", bare, answers.ISO690, "cours/a.md."},
		{"particle", excerpt(corpus.Metadata{Title: "T", Author: "Simone de Beauvoir"}, "", "", ""), answers.ISO690, "DE BEAUVOIR, Simone. T."},
		{"two authors", excerpt(corpus.Metadata{Title: "T", Author: "A. B, C. D"}, "", "", ""), answers.ISO690, "A. B, C. D. T."},
		{"whole", whole, answers.BibTeX, "@misc{rosmer1932,\n  author = {Alfred Rosmer},\n  title = {Les soviets},\n  year = {1932},\n  pages = {12--13},\n  note = {Naissance, note 3},\n  url = {https://example.org/a}\n}"},
		{"signs of TeX", excerpt(corpus.Metadata{Title: `50 % & {x} \end`}, "", "", ""), answers.BibTeX, "@misc{text,\n  title = {50 \\% \\& \\{x\\} \\textbackslash{}end}\n}"},
	} {
		if got := answers.Refer(test.e, test.style); got != test.want {
			t.Errorf("%s, %s:\n%s\nwant\n%s", test.name, test.style, got, test.want)
		}
	}
}
