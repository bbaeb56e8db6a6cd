package cli

import (
	"fmt"
	"strings"

	"verbatim/answers"
	"verbatim/retrieval"
)

// explain says what the score of a quote is made of, and which words of the question
// it holds.
func explain(e answers.Excerpt) string {
	var out strings.Builder
	x := e.Explanation
	fmt.Fprintf(&out, "  score %.2f = words %.2f", x.Total(), x.Words)
	for _, part := range partsOf(x) {
		if part.value != 0 {
			fmt.Fprintf(&out, " + %s %.2f", part.name, part.value)
		}
	}
	if x.Weight != 1 {
		fmt.Fprintf(&out, ", × %.2f", x.Weight)
	}
	if x.Phrases > 0 {
		fmt.Fprintf(&out, "; before others for its phrases: %d", x.Phrases)
	}
	fmt.Fprintf(&out, "\n  found: %s\n", visible(strings.Join(e.Found, ", ")))
	if len(e.Missing) > 0 {
		fmt.Fprintf(&out, "  missing: %s\n", visible(strings.Join(e.Missing, ", ")))
	}
	return out.String()
}

type part struct {
	name  string
	value float64
}

// partsOf returns the parts of a score beside that of the words.
func partsOf(x retrieval.Explanation) []part {
	return []part{
		{"beginnings of words", x.Beginnings},
		{"order", x.Order},
		{"nearness", x.Nearness},
		{"headings", x.Headings},
		{"names", x.Names},
	}
}
