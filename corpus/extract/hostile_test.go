// The race detector makes these ten to twenty times slower, and has nothing to find in
// them: a reader starts no goroutine.

//go:build !race

package extract_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"verbatim/corpus/extract"
)

// readWithin fails if a text is not read in time. Each here takes less than two seconds
// of a processor; where time grows with the square of the size it would be minutes.
func readWithin(t *testing.T, name, source string) {
	const limit = time.Minute
	done := make(chan struct{})
	go func() {
		defer close(done)
		extract.File(name, []byte(source), nil)
	}()
	select {
	case <-done:
	case <-time.After(limit):
		t.Fatalf("%s of %d bytes not read within %v", name, len(source), limit)
	}
}

// TestHostileMarkdown reads texts on which Markdown readers take very long.
func TestHostileMarkdown(t *testing.T) {
	for name, s := range map[string]string{
		"emphasis": strings.Repeat("*a_", 50_000),
		"links":    strings.Repeat("[a](", 50_000),
		"quotes":   strings.Repeat("> ", 20_000) + "deep",
		"lists":    strings.Repeat("- ", 20_000) + "deep",
		"brackets": strings.Repeat("[", 100_000),
		"ticks":    strings.Repeat("`a ``b ", 30_000),
		"comments": strings.Repeat("<!-- ", 30_000),
		"notes":    strings.Repeat("[^a]: b\n", 20_000),
		"numbers":  strings.Repeat("1. ", 200_000) + "deep",
		"mixed":    strings.Repeat("> 1. - ", 20_000) + "deep",
		"indents":  indented(1_500, "- a"),
		"steps":    indented(1_500, "1. a"),
		"heading":  "# " + strings.Repeat("*a_", 50_000),
		"setext":   strings.Repeat("*a_", 50_000) + "\n===\n",
		"item":     "- " + strings.Repeat("*a_", 50_000),
		"lines":    strings.Repeat("*a_\n", 50_000),
		"fenced":   "- ```\n  ```\n" + strings.Repeat("*a_", 50_000),
		"row":      "|a|b|\n|-|-|\n|" + strings.Repeat("*a_", 50_000) + "|\n",
		"no table": "<!--\n\n|a|b|\n|-|-|\n-->\n" + strings.Repeat("|*a_*a_*a_|\n", 20_000),
		"columns":  strings.Repeat("|a", 2_000) + "\n" + strings.Repeat("|-", 2_000) + "\n" + strings.Repeat("a\n", 50_000),
		"bars":     "|a|\n|-|\n" + strings.Repeat("|`\\|`|\n", 80_000),
		"titles":   strings.Repeat("[a](b \"", 50_000),
		"targets":  strings.Repeat("[a]: b\n", 150_000),
		"many":     strings.Repeat(strings.Repeat("*a_", 660)+"\n\n", 100),
		"tags":     strings.Repeat("<a b='", 50_000),
		"entities": strings.Repeat("&", 200_000),
	} {
		t.Run(name, func(t *testing.T) { readWithin(t, "a.md", s) })
	}
}

// TestHostileText reads plain texts that are made to cost much.
func TestHostileText(t *testing.T) {
	prose := strings.Repeat("Les familles du bourg louaient leurs métiers à la semaine et ne voyaient jamais la ", 5)
	numbered := func(n int, between string) string {
		var out strings.Builder
		for i := range n {
			fmt.Fprintf(&out, "%d%s", i+1, between)
		}
		return out.String()
	}
	for name, s := range map[string]string{
		"superscripts":         strings.Repeat("a¹", 200_000),
		"superscript lines":    strings.Repeat("¹ a\n", 200_000),
		"superscript notes":    strings.Repeat("mot¹ ", 30_000) + "\n\n" + strings.Repeat("¹ Cf. p. 3.\n\n", 30_000),
		"numbered lines":       numbered(100_000, ". Une ligne\n"),
		"numbered paragraphs":  numbered(100_000, ". Une ligne.\n\n"),
		"numbered notes":       strings.Repeat("mot [1] ", 20_000) + "\n\n" + strings.Repeat("[1] a\n\n", 20_000),
		"named notes":          strings.Repeat("mot[^1] ", 50_000) + "\n\n" + strings.Repeat("[^1]: a\n", 50_000),
		"numbers":              strings.Repeat("1\n2\n3\n", 170_000),
		"numbers apart":        strings.Repeat("1\n\n2\n\n3\n\n", 100_000),
		"roman":                strings.Repeat("i\n\nv\n\nx\n\n", 100_000),
		"pages":                numbered(2_000, "\n\n"+prose+"\n\n"),
		"glued pages":          numbered(2_000, " "+prose+"\n\n"),
		"commas":               strings.Repeat("a,\n\n", 250_000),
		"long commas":          strings.Repeat(prose+",\n\n", 3_000),
		"long cuts":            strings.Repeat(prose+"\n\nCf. p. 3\n\n", 3_000),
		"one line":             strings.Repeat("mot ", 500_000),
		"one word":             strings.Repeat("é", 500_000),
		"one sentence":         strings.Repeat(prose, 2_000),
		"two long lines":       strings.Repeat("mot ", 200_000) + "la\n\n" + strings.Repeat("mot ", 200_000),
		"hyphens":              strings.Repeat("a-\n", 300_000),
		"hyphens in a row":     strings.Repeat("-", 1_000_000),
		"soft hyphens":         strings.Repeat("a\u00AD\n\n", 200_000),
		"parentheses":          strings.Repeat("(", 300_000) + "\n\n" + strings.Repeat(")", 300_000),
		"opened":               strings.Repeat(strings.Repeat("mot (", 20)+"\n\n", 10_000),
		"dots":                 strings.Repeat(".", 1_000_000),
		"leaders":              strings.Repeat("a ..... 3\n", 100_000),
		"leaders and hyphens":  strings.Repeat("a- ..... 3\n", 100_000),
		"leaders in a row":     strings.Repeat("a ..... 3 ", 100_000),
		"form feeds":           strings.Repeat("\f", 1_000_000),
		"form feeds in a row":  "a\n" + strings.Repeat("\f", 1_000_000) + "a",
		"form feeds and text":  strings.Repeat("a\f", 300_000),
		"form feeds and pages": numbered(2_000, "\n\n"+prose+"\n\f\f\f"),
		"spaces":               strings.Repeat(" ", 1_000_000) + "a",
		"lines":                strings.Repeat("\n", 1_000_000) + "a",
		"capitals":             strings.Repeat("TITRE\n\n", 150_000),
		"headings":             numbered(50_000, " Titre\n\n"),
		"entities":             strings.Repeat("[&]quot;", 100_000),
		"citations":            strings.Repeat("Cf. Lenoir, p. 3. ", 50_000),
		"cited notes":          strings.Repeat(prose+"\n\n"+strings.Repeat("Cf. Lenoir, p. 3. ", 100)+"\n\nroue.\n\n", 500),
		"stars":                strings.Repeat("mot* ", 100_000) + "\n\n" + strings.Repeat("* a\n\n", 100_000),
		"braces":               strings.Repeat("^{", 300_000),
		"leftovers":            strings.Repeat("Partager\n\n", 100_000) + "Laisser un commentaire",
		"page marks":           strings.Repeat("<!-- page 3 -->\n", 50_000) + "a",
	} {
		t.Run(name, func(t *testing.T) { readWithin(t, "a.txt", s) })
	}
}
