package cli

import (
	"fmt"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/answers/exchange"
	"verbatim/corpus"
)

func (c *curatedCommand) show() *cobra.Command {
	var asYAML bool
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show an answer, or with --yaml print it as edit --file takes it",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				a, err := l.curated.Curated(cmd.Context(), corpus.Everything(l.guild), args[0])
				if err != nil {
					return err
				}
				file, err := l.exchange().Answer(cmd.Context(), l.guild, a.Content)
				if err != nil {
					return err
				}
				if asYAML {
					file.Revision = a.Revision
					return exchange.WriteAnswer(c.out, file)
				}
				stale, err := l.curated.Stale(cmd.Context(), corpus.Everything(l.guild), false)
				if err != nil {
					return err
				}
				return c.showContent(a.Content, *file.Sources, factsOf(a), fatesOf(stale, a.ID))
			})
		},
	}
	cmd.Flags().BoolVar(&asYAML, "yaml", false, "print it as YAML")
	return cmd
}

// fatesOf returns what became of the quotes of an answer that are not what they were, by
// their places among its sources.
func fatesOf(all []answers.StaleAnswer, id string) map[int]answers.Fate {
	fates := map[int]answers.Fate{}
	for _, a := range all {
		for _, q := range a.Quotes {
			if a.ID == id && q.Fate != answers.SameQuote {
				fates[q.Source] = q.Fate
			}
		}
	}
	return fates
}

// factsOf returns the lines that only a curated answer has.
func factsOf(a answers.Curated) [][2]string {
	facts := [][2]string{{"added", at(a.Added) + " by " + authorName(a.Author)}}
	if a.Revision > 1 {
		facts = append(facts, [2]string{"changed", at(a.Edited) + " by " + authorName(a.Editor)})
	}
	facts = append(facts, [2]string{"revision", fmt.Sprint(a.Revision)})
	if !a.Removed.IsZero() {
		facts = append(facts, [2]string{"removed", at(a.Removed)})
	}
	if a.Uses > 0 {
		facts = append(facts, [2]string{"used", fmt.Sprintf("%s, last %s", count(a.Uses, "time"), at(a.Used))})
	}
	return facts
}

// showContent prints a content: names and values in a table, with facts about it in their
// order, and the answer below. Fates are what became of sources, by their places.
func (p *program) showContent(c answers.Content, sources []exchange.Source, facts [][2]string, fates map[int]answers.Fate) error {
	lines := [][2]string{{"question", c.Question}}
	for _, w := range c.Wordings {
		lines = append(lines, [2]string{"also", w})
	}
	lines = append(append(lines, [2]string{"language", c.Language}, [2]string{"course", c.Course}), facts...)
	for i, s := range sources {
		text := sourceLine(s)
		if fate, stale := fates[i]; stale {
			text += fmt.Sprintf(" (%s: see verbatim curated stale)", fate)
		}
		lines = append(lines, [2]string{"source", text})
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	for _, line := range lines {
		if line[1] != "" {
			fmt.Fprintf(table, "%s\t%s\n", line[0], visible(line[1]))
		}
	}
	if err := table.Flush(); err != nil {
		return err
	}
	_, err := fmt.Fprintf(p.out, "\n%s\n", visibleLines(c.Answer))
	return err
}

func at(t time.Time) string { return t.Format("2006-01-02 15:04") }

// visibleLines is visible for a text of several lines.
func visibleLines(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = visible(lines[i])
	}
	return strings.Join(lines, "\n")
}

func (c *curatedCommand) history() *cobra.Command {
	return &cobra.Command{
		Use:   "history ID",
		Short: "List who changed an answer, when, and what",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				history, err := l.curated.History(cmd.Context(), corpus.Everything(l.guild), args[0])
				if err != nil {
					return err
				}
				table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
				for i, r := range history {
					changed := ""
					if i > 0 {
						changed = strings.Join(r.Changed(history[i-1]), ", ")
					}
					fmt.Fprintf(table, "%d\t%s\t%s\t%s\t%s\n", r.Number, at(r.Made), r.Action, authorName(r.Author), changed)
				}
				return table.Flush()
			})
		},
	}
}
