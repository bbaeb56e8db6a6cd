package eval

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"text/tabwriter"
)

// Text returns the report as a table for people. What can't be measured shows as –;
// the line of times is left out of a report without them.
func (r Report) Text() string {
	var out strings.Builder
	w := tabwriter.NewWriter(&out, 0, 0, 2, ' ', 0)
	line := func(name string, cells ...string) {
		fmt.Fprintln(w, strings.Join(append([]string{name}, cells...), "\t"))
	}
	line(r.Set, fmt.Sprintf("%d questions", r.N))
	line("recall at 1, 5, 10", number(r.RecallAt1), number(r.RecallAt5), number(r.RecallAt10))
	line("MRR, nDCG at 10", number(r.MRRAt10), number(r.NDCGAt10))
	line("in characters", "300", "600", "900")
	line("  answer in reply", r.AnswerInReply.cells()...)
	line("  answered", r.Answered.cells()...)
	line("refused", number(&r.Refused))
	line("characters shown", fmt.Sprintf("%.0f", r.CharactersShown))
	line("false answers", "firm", "perhaps", "of")
	line("  foreign", r.FalseAnswers.Foreign.cells()...)
	line("  near", r.FalseAnswers.Near.cells()...)
	line("  other", r.FalseAnswers.Other.cells()...)
	line("untrue quotes", fmt.Sprint(r.UntrueQuotes))
	if c := r.Curated; c != nil {
		line("curated, found first", fmt.Sprint(c.FoundFirst), "of", fmt.Sprint(c.Asks))
		line("curated, wrongly found", fmt.Sprint(c.WronglyFound), "of", fmt.Sprint(c.Misses))
	}
	if l := r.LeaveOut; l != nil {
		line("left out", "AUROC", "coverage at 95")
		line("  indexed", number(l.Indexed), number(l.Coverage))
		line("  answer in reply", number(l.InReply))
	}
	if len(r.Kinds) > 0 {
		line("kind", "questions", "answer in 900", "answered", "refused")
	}
	for _, name := range slices.Sorted(maps.Keys(r.Kinds)) {
		k := r.Kinds[name]
		line("  "+name, fmt.Sprint(k.N), k.AnswerInReply.cells()[2], k.Answered.cells()[2], number(&k.Refused))
	}
	if r.QuestionsASecond > 0 {
		line("questions a second", fmt.Sprintf("%.0f", r.QuestionsASecond),
			fmt.Sprintf("p50 %.2f ms", r.P50), fmt.Sprintf("p99 %.2f ms", r.P99))
	}
	w.Flush() // to memory, can't fail
	return out.String()
}

func number(share *float64) string {
	if share == nil {
		return "–"
	}
	return fmt.Sprintf("%.3f", *share)
}

func (s *Shares) cells() []string {
	if s == nil {
		return []string{"–", "–", "–"}
	}
	return []string{number(&s.In300), number(&s.In600), number(&s.In900)}
}

func (c FalseCount) cells() []string {
	return []string{fmt.Sprint(c[0]), fmt.Sprint(c[1]), fmt.Sprint(c[2])}
}
