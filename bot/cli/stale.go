package cli

import (
	"errors"
	"fmt"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// stale is the command about curated answers whose quotes are not what they were.
func (c *curatedCommand) stale() *cobra.Command {
	var same, asJSON bool
	cmd := &cobra.Command{
		Use:   "stale",
		Short: "List answers whose quotes moved, changed or are gone",
		Long: `List the answers of which a quote does not stand any more where it stood, because its
document changed: what it said, and what stands there now. Such an answer is still
given, without the quote. take gives a quote that moved its new place.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				list, err := l.curated.Stale(cmd.Context(), corpus.Everything(l.guild), same)
				if err != nil {
					return err
				}
				if asJSON {
					return c.printStale(list)
				}
				if len(list) == 0 {
					c.warn("all quotes stand where they stood")
				}
				for _, a := range list {
					fmt.Fprintf(c.out, "%s  %s\n", a.ID, visible(a.Question))
					for _, q := range a.Quotes {
						fmt.Fprintf(c.out, "  %s in %s\n    - %s\n", q.Fate, visible(orDash(q.Name)), visible(q.Old))
						if q.Fate == answers.ChangedQuote {
							fmt.Fprintf(c.out, "    + %s\n", visible(q.New))
						}
					}
				}
				return nil
			})
		},
	}
	cmd.Flags().BoolVar(&same, "same", false, "list quotes too that stand where they stood, in a document that changed elsewhere")
	addJSON(cmd, &asJSON)
	return cmd
}

// A jsonStale is what curated stale --json prints for each quote, as docs/json.md
// describes it.
type jsonStale struct {
	ID       string `json:"id"`
	Question string `json:"question"`
	Document string `json:"document"`
	Fate     string `json:"fate"`
	Old      string `json:"old"`
	New      string `json:"new"`
}

func (c *curatedCommand) printStale(list []answers.StaleAnswer) error {
	for _, a := range list {
		for _, q := range a.Quotes {
			if err := c.printObject(jsonStale{a.ID, a.Question, q.Name, string(q.Fate), q.Old, q.New}); err != nil {
				return err
			}
		}
	}
	return nil
}

func (c *curatedCommand) take() *cobra.Command {
	var by change
	var changed bool
	cmd := &cobra.Command{
		Use:   "take ID...",
		Short: "Give quotes that moved their new places",
		Long: `Give the quotes of answers that moved in their documents the places where they stand
now; with --changed, those that changed the words that stand there now. stale shows
them. What is gone stays as it was: edit the answer.`,
		Args: atLeast(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if by.revision != 0 && len(ids) > 1 {
				return usage("--revision goes with one answer")
			}
			return c.with(cmd.Context(), func(l *library) error {
				for _, id := range ids {
					access := corpus.Everything(l.guild)
					old, err := l.curated.Curated(cmd.Context(), access, id)
					if err != nil {
						return err
					}
					a, err := l.curated.TakeOver(cmd.Context(), access, id, by.revision, by.author, changed)
					if errors.Is(err, answers.ErrRemoved) {
						return fmt.Errorf("%s: %w", id, err)
					}
					if err := c.done(a, old.Revision, "taken over", err); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	by.addFlags(cmd)
	cmd.Flags().BoolVar(&changed, "changed", false, "take over the new words of quotes that changed too")
	return cmd
}
