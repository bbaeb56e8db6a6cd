package cli

import (
	"errors"
	"fmt"
	"strconv"

	"github.com/spf13/cobra"

	"verbatim/corpus"
)

// corpusQuotes limits how much is quoted on Discord of texts of a licence or a course.
func (p *program) corpusQuotes(guild *string) *cobra.Command {
	var limit corpus.QuoteLimit
	cmd := &cobra.Command{
		Use:   "quotes [CHARACTERS | any]",
		Short: "Limit how long a quote on Discord may be, by licence or course",
		Long: `Limit how long a quote on Discord may be of texts of a licence or a course, and refuse
to show them in context. Without arguments, list the limits.`,
		Example: `  verbatim corpus quotes --licence "All rights reserved" 200
  verbatim corpus quotes --course "Cours de licence" any`,
		Args: takes(0, 1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if (len(args) == 1) != (limit.Licence != "" || limit.Course != "") {
				return usage("give a number of characters, or any, with --licence NAME or --course NAME; nothing lists the limits")
			}
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), *guild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			if len(args) == 0 {
				return p.listQuoteLimits(cmd, l)
			}
			if args[0] != "any" {
				if limit.Runes, err = strconv.Atoi(args[0]); err != nil || limit.Runes <= 0 {
					return usage("%q is no number of characters: give one from %d on, or any", args[0], corpus.MinQuote)
				}
			}
			err = l.store.SetQuoteLimit(cmd.Context(), l.guild, limit)
			if errors.Is(err, corpus.ErrLimits) {
				return usageError{err}
			}
			return err
		},
	}
	cmd.Flags().StringVar(&limit.Licence, "licence", "", "texts of the licence `NAME`")
	cmd.Flags().StringVar(&limit.Course, "course", "", "texts of the course `NAME`")
	cmd.MarkFlagsMutuallyExclusive("licence", "course")
	return cmd
}

func (p *program) listQuoteLimits(cmd *cobra.Command, l *library) error {
	limits, err := l.store.QuoteLimits(cmd.Context(), corpus.Everything(l.guild))
	for _, limit := range limits {
		kind, name := "licence", limit.Licence
		if limit.Course != "" {
			kind, name = "course", limit.Course
		}
		fmt.Fprintf(p.out, "%s\t%s\t%d\n", kind, visible(name), limit.Runes)
	}
	return err
}
