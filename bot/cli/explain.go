package cli

import (
	"fmt"
	"slices"
	"strings"

	"verbatim/answers"
	"verbatim/retrieval"
)

// explainReply says what a reply to a question was decided by.
func explainReply(r reply) string {
	switch {
	case r.Curated != nil:
		l := r.Curated.Likeness
		return fmt.Sprintf("  answers the question with probability %.2f\n"+
			"  of the question, by weight of its words: %.0f %% in the wording most like it, %.0f %% more in the others, %.0f %% more in the answer\n"+
			"  of that wording: %.0f %% in the question\n"+
			"  score %.2f of the best among curated answers\n",
			r.Confidence, 100*l.Question, 100*l.Wordings, 100*l.Answer, 100*l.Wording, l.Score)
	case len(r.Quotes) > 0:
		return fmt.Sprintf("  the texts speak of it with probability %.2f; an answer stands in the first quote with %.2f\n", r.Belongs, r.Confidence)
	}
	return ""
}

// explain says what the score of a quote's passage is made of, and which words of the
// question stand where.
func explain(e answers.Excerpt) string {
	var out strings.Builder
	x := e.Explanation
	fmt.Fprintf(&out, "  score of its passage %.2f = ", x.Total())
	parts := []string{fmt.Sprintf("words %.2f", x.Words)}
	for _, part := range partsOf(x) {
		if part.value != 0 {
			parts = append(parts, fmt.Sprintf("%s %.2f", part.name, part.value))
		}
	}
	sum := strings.Join(parts, " + ")
	if x.Weight != 1 {
		sum = fmt.Sprintf("(%s) × %.2f for another language or a list of sources", sum, x.Weight)
	}
	out.WriteString(sum)
	if x.Phrases > 0 {
		fmt.Fprintf(&out, "; before others for its phrases: %d", x.Phrases)
	}
	nowhere := slices.DeleteFunc(slices.Clone(e.Missing), func(word string) bool { return slices.Contains(e.Elsewhere, word) })
	for _, line := range []struct {
		head  string
		words []string
	}{
		{"found in it, its title or its headings", e.Found},
		{"found elsewhere in its passage", e.Elsewhere},
		{"missing", nowhere},
	} {
		if len(line.words) > 0 {
			fmt.Fprintf(&out, "\n  %s: %s", line.head, visible(strings.Join(line.words, ", ")))
		}
	}
	return out.String() + "\n"
}

type part struct {
	name  string
	value float64
}

// partsOf returns the parts of a score beside that of the words.
func partsOf(x retrieval.Explanation) []part {
	return []part{
		{"words that begin alike", x.Beginnings},
		{"order", x.Order},
		{"nearness", x.Nearness},
		{"headings", x.Headings},
		{"names", x.Names},
	}
}
