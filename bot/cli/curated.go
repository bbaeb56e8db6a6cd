package cli

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// curated is the command about the curated answers of a guild.
func (p *program) curated() *cobra.Command {
	c := &curatedCommand{program: p}
	cmd := &cobra.Command{
		Use:   "curated",
		Short: "Add, edit, list, search, remove and restore moderators' answers",
		Long: `Moderators' answers to questions that come again. They are what a question is
answered with first. docs/curated.md shows how to write them.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().StringVar(&c.guild, "guild", localGuild, "answers of guild `ID`")
	cmd.AddCommand(c.add(), c.edit(), c.remove(), c.restore(), c.list(), c.show(), c.search(), c.history(), c.revert(), c.stale(), c.take(),
		c.importFile(c.files()), c.exportFile(c.files()))
	return cmd
}

// A curatedCommand is the commands about curated answers of one guild.
type curatedCommand struct {
	*program
	guild string
}

// with calls fn with the open library.
func (c *curatedCommand) with(ctx context.Context, fn func(*library) error) (err error) {
	l, err := c.openStore(ctx, c.settings.DatabaseAddress(), c.guild)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	err = fn(l)
	if errors.Is(err, answers.ErrNotFound) {
		err = fmt.Errorf("%w: verbatim curated list --removed shows those there are", err)
	}
	return err
}

// A change is what the commands that change an answer are told besides it.
type change struct {
	author   string
	revision int
}

func (c *change) addFlags(cmd *cobra.Command) {
	cmd.Flags().StringVar(&c.author, "author", "command line", "who makes the change, as the history names them")
	if !strings.HasPrefix(cmd.Use, "add") {
		cmd.Flags().IntVar(&c.revision, "revision", 0, "the revision `N` that you have seen: if it is not the current one any more, nothing is changed")
	}
}

func (c *curatedCommand) add() *cobra.Command {
	var in contentInput
	var by change
	cmd := &cobra.Command{
		Use:   "add --question TEXT --answer TEXT | --file FILE",
		Short: "Add an answer",
		Long: `Add an answer, from flags or from a YAML file (- for standard input); a flag goes
before what the file says. A quote must stand in its document word for word.`,
		Example: `  verbatim curated add --question "C'est quoi un soviet ?" --answer "Un conseil." \
    --wording "définition de soviet" --quote "notes.md: Le soviet est un conseil"
  verbatim curated add --file answer.yaml`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				content, _, err := in.read(cmd, l, answers.Content{})
				if err != nil {
					return err
				}
				a, err := l.curated.Add(cmd.Context(), l.guild, by.author, content)
				if err != nil {
					return err
				}
				fmt.Fprintf(c.out, "%s added\n", a.ID)
				return c.warnOfOpenCourse(cmd.Context(), l, a.Course)
			})
		},
	}
	in.addFlags(cmd)
	by.addFlags(cmd)
	return cmd
}

func (c *curatedCommand) edit() *cobra.Command {
	var in contentInput
	var by change
	cmd := &cobra.Command{
		Use:   "edit ID",
		Short: "Change the parts of an answer that are given",
		Long: `Change those parts of an answer that are given as flags or in a YAML file (- for
standard input); all others stay. verbatim curated show --yaml prints such a file,
with the revision: if someone else changed the answer since, nothing is changed.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				old, err := l.curated.Curated(cmd.Context(), corpus.Everything(l.guild), args[0])
				if err != nil {
					return err
				}
				content, base, err := in.read(cmd, l, old.Content)
				if err != nil {
					return err
				}
				if by.revision != 0 {
					base = by.revision
				}
				if base == 0 { // what is not given is that of this revision
					base = old.Revision
				}
				a, err := l.curated.Edit(cmd.Context(), l.guild, args[0], base, by.author, content)
				if err := c.done(a, old.Revision, "edited", err); err != nil || a.Course == old.Course {
					return err
				}
				return c.warnOfOpenCourse(cmd.Context(), l, a.Course)
			})
		},
	}
	in.addFlags(cmd)
	by.addFlags(cmd)
	return cmd
}

// done prints what became of an answer that had a revision.
func (c *curatedCommand) done(a answers.Curated, before int, verb string, err error) error {
	switch {
	case err != nil:
		return err
	case a.Revision == before:
		fmt.Fprintf(c.out, "%s: nothing to do\n", a.ID)
	default:
		fmt.Fprintf(c.out, "%s %s, revision %d\n", a.ID, verb, a.Revision)
	}
	return nil
}

func (c *curatedCommand) remove() *cobra.Command {
	return c.byID("remove", "Take answers out of all replies; restore brings them back",
		func(ctx context.Context, l *library, id string, by change) (answers.Curated, error) {
			return l.curated.Remove(ctx, l.guild, id, by.revision, by.author)
		})
}

func (c *curatedCommand) restore() *cobra.Command {
	return c.byID("restore", "Bring removed answers back",
		func(ctx context.Context, l *library, id string, by change) (answers.Curated, error) {
			return l.curated.Restore(ctx, l.guild, id, by.revision, by.author)
		})
}

// byID is a command that does the same to each answer it is given.
func (c *curatedCommand) byID(verb, short string, do func(context.Context, *library, string, change) (answers.Curated, error)) *cobra.Command {
	var by change
	cmd := &cobra.Command{
		Use:   verb + " ID...",
		Short: short,
		Args:  atLeast(1),
		RunE: func(cmd *cobra.Command, ids []string) error {
			if by.revision != 0 && len(ids) > 1 {
				return usage("--revision goes with one answer")
			}
			return c.with(cmd.Context(), func(l *library) error {
				for _, id := range ids { // all are there before the first is changed
					if _, err := l.curated.Curated(cmd.Context(), corpus.Everything(l.guild), id); err != nil {
						return err
					}
				}
				for _, id := range ids {
					a, err := do(cmd.Context(), l, id, by)
					if errors.Is(err, answers.ErrRemoved) || errors.Is(err, answers.ErrNotRemoved) {
						fmt.Fprintf(c.out, "%s: nothing to do\n", id)
						continue
					}
					if err := c.done(a, 0, verb+"d", err); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
	by.addFlags(cmd)
	return cmd
}

func (c *curatedCommand) list() *cobra.Command {
	var removed bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the answers",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				list, err := l.curated.List(cmd.Context(), corpus.Everything(l.guild), removed)
				if err == nil && len(list) == 0 {
					c.warn("no curated answers yet: add one with verbatim curated add")
				}
				if err != nil {
					return err
				}
				return c.table(cmd.Context(), l, list)
			})
		},
	}
	cmd.Flags().BoolVar(&removed, "removed", false, "list removed answers too")
	return cmd
}

func (c *curatedCommand) search() *cobra.Command {
	return &cobra.Command{
		Use:   "search WORD...",
		Short: "List the answers that hold all the words, in any form",
		Args:  atLeast(1),
		RunE: func(cmd *cobra.Command, words []string) error {
			return c.with(cmd.Context(), func(l *library) error {
				found, err := l.curated.Search(cmd.Context(), corpus.Everything(l.guild), strings.Join(words, " "))
				if err == nil && len(found) == 0 {
					c.warn("no curated answer holds these words")
				}
				if err != nil {
					return err
				}
				return c.table(cmd.Context(), l, found)
			})
		},
	}
}

// table prints a line for each answer, and marks those that are stale.
func (c *curatedCommand) table(ctx context.Context, l *library, list []answers.Curated) error {
	stale, err := l.curated.Stale(ctx, corpus.Everything(l.guild), false)
	if err != nil {
		return err
	}
	isStale := map[string]bool{}
	for _, a := range stale {
		isStale[a.ID] = true
	}
	table := tabwriter.NewWriter(c.out, 0, 0, 2, ' ', 0)
	for i, a := range list {
		if i == 0 {
			fmt.Fprintln(table, "ID\tLANGUAGE\tCOURSE\tUSES\tREVISION\tQUESTION\t")
		}
		state := ""
		if isStale[a.ID] {
			state = "stale"
		}
		if !a.Removed.IsZero() {
			state = "removed " + a.Removed.Format("2006-01-02")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%d\t%s\t%s\n", a.ID, visible(orDash(a.Language)), visible(orDash(a.Course)),
			a.Uses, a.Revision, visible(a.Question), state)
	}
	return table.Flush()
}

func (c *curatedCommand) revert() *cobra.Command {
	var by change
	cmd := &cobra.Command{
		Use:   "revert ID N",
		Short: "Give an answer what it said in revision N, also a removed one",
		Args:  takes(2, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			to, err := strconv.Atoi(args[1])
			if err != nil || to < 1 {
				return usage("revision %q: give a number that verbatim curated history shows", args[1])
			}
			return c.with(cmd.Context(), func(l *library) error {
				old, err := l.curated.Curated(cmd.Context(), corpus.Everything(l.guild), args[0])
				if err != nil {
					return err
				}
				a, err := l.curated.Revert(cmd.Context(), l.guild, args[0], by.revision, to, by.author)
				return c.done(a, old.Revision, "reverted", err)
			})
		},
	}
	by.addFlags(cmd)
	return cmd
}
