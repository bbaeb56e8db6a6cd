package cli

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// A glossaryCommand is the commands about the glossary of one guild.
type glossaryCommand struct {
	*program
	guild string
}

func (p *program) glossary() *cobra.Command {
	c := &glossaryCommand{program: p}
	cmd := &cobra.Command{
		Use:   "glossary",
		Short: "Say which terms are equal, also across languages",
		Long: `Groups of equal terms: a question in one of them finds texts and answers that hold
another, in whatever language. docs/glossary.md says more.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().StringVar(&c.guild, "guild", localGuild, "glossary of guild `ID`")
	cmd.AddCommand(c.add(), c.edit(), c.remove(), c.list(),
		c.importFile(c.files()), c.exportFile(c.files()))
	return cmd
}

// with calls fn with the open library.
func (c *glossaryCommand) with(ctx context.Context, fn func(*library) error) (err error) {
	l, err := c.openStore(ctx, c.settings.DatabaseAddress(), c.guild)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	err = fn(l)
	if errors.Is(err, answers.ErrNoGroup) {
		err = fmt.Errorf("%w: verbatim glossary list shows those there are", err)
	}
	return err
}

func (c *glossaryCommand) add() *cobra.Command {
	var by change
	cmd := &cobra.Command{
		Use:     "add TERM TERM...",
		Short:   "Add a group of equal terms",
		Example: `  verbatim glossary add IC Komintern "Internationale communiste" "Third International"`,
		Args:    atLeast(2),
		RunE: func(cmd *cobra.Command, terms []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				g, err := l.curated.AddGroup(cmd.Context(), l.guild, by.author, terms)
				if err == nil {
					fmt.Fprintf(c.out, "%s added: %s\n", g.ID, visible(strings.Join(g.Terms, ", ")))
				}
				return err
			})
		},
	}
	by.addFlags(cmd)
	return cmd
}

func (c *glossaryCommand) edit() *cobra.Command {
	var by change
	cmd := &cobra.Command{
		Use:   "edit ID TERM TERM...",
		Short: "Give a group other terms, all of them",
		Args:  atLeast(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				g, err := l.curated.EditGroup(cmd.Context(), l.guild, args[0], by.revision, by.author, args[1:])
				if err == nil {
					fmt.Fprintf(c.out, "%s revision %d: %s\n", g.ID, g.Revision, visible(strings.Join(g.Terms, ", ")))
				}
				return err
			})
		},
	}
	by.addFlags(cmd)
	return cmd
}

func (c *glossaryCommand) remove() *cobra.Command {
	return &cobra.Command{
		Use:   "remove ID...",
		Short: "Remove groups for good",
		Args:  atLeast(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				var changes []answers.GroupChange
				for _, id := range ids {
					changes = append(changes, answers.GroupChange{ID: id, Remove: true})
				}
				groups, err := l.curated.ChangeGroups(cmd.Context(), l.guild, "", changes, false)
				if failed, ok := errors.AsType[answers.ItemErrors](err); ok {
					err = failed[0].Err
				}
				for _, g := range groups {
					fmt.Fprintf(c.out, "%s removed: %s\n", g.ID, visible(strings.Join(g.Terms, ", ")))
				}
				return err
			})
		},
	}
}

func (c *glossaryCommand) list() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List the groups of equal terms",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				groups, err := l.curated.Glossary(cmd.Context(), corpus.Everything(l.guild))
				if err != nil {
					return err
				}
				if len(groups) == 0 {
					c.warn("no equal terms yet: add some with verbatim glossary add")
				}
				table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
				for i, g := range groups {
					if i == 0 {
						fmt.Fprintln(table, "ID\tREVISION\tTERMS")
					}
					fmt.Fprintf(table, "%s\t%d\t%s\n", g.ID, g.Revision, visible(strings.Join(g.Terms, ", ")))
				}
				return table.Flush()
			})
		},
	}
}
