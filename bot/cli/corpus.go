package cli

import (
	"context"
	"fmt"
	"io"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"verbatim/corpus"
)

// corpus is the command about the documents of a guild.
func (p *program) corpus() *cobra.Command {
	var guild string
	cmd := &cobra.Command{
		Use:   "corpus",
		Short: "Check, add, replace, rename, move, remove and restore documents, and say who sees them",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().StringVar(&guild, "guild", localGuild, "documents of guild `ID`")
	cmd.AddCommand(p.corpusCheck(&guild), p.corpusList(&guild), p.corpusShow(&guild),
		p.corpusAdd(&guild), p.corpusReplace(&guild), p.corpusRename(&guild), p.corpusMove(&guild), p.corpusRemove(&guild), p.corpusRestore(&guild),
		p.corpusCourses(&guild), p.corpusLimit(&guild), p.corpusQuotes(&guild))
	return cmd
}

func (p *program) corpusList(guild *string) *cobra.Command {
	var removed bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the documents of the data folder",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), *guild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			documents, err := l.store.Documents(cmd.Context(), corpus.Everything(l.guild), removed)
			if err != nil {
				return err
			}
			if len(documents) == 0 {
				p.warn("no documents yet: add some with verbatim index DIR")
			}
			return listDocuments(p.out, documents)
		},
	}
	cmd.Flags().BoolVar(&removed, "removed", false, "list removed documents too")
	return cmd
}

// listDocuments prints a table with a line for each document.
func listDocuments(out io.Writer, documents []corpus.Document) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	for i, d := range documents {
		if i == 0 {
			fmt.Fprintln(table, "NAME\tLANGUAGE\tCOURSE\tPASSAGES\tAUTHOR\tTITLE\t")
		}
		state := ""
		if !d.Removed.IsZero() {
			state = "removed " + d.Removed.Format("2006-01-02")
		}
		fmt.Fprintf(table, "%s\t%s\t%s\t%d\t%s\t%s\t%s\n", visible(d.Name), visible(orDash(d.Language)),
			visible(orDash(d.Course)), d.Passages, visible(orDash(d.Author)), visible(d.Title), state)
	}
	return table.Flush()
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}

func (p *program) corpusShow(guild *string) *cobra.Command {
	var asText, marked bool
	from := texts{}
	cmd := &cobra.Command{
		Use:   "show DOCUMENT",
		Short: "Show what is known of a document, or with --text its source text",
		Long: `Show what is known of a document, named by its path below the folder it was read
from, or with --text print its source text, to whose bytes ranges refer. With --marks
the text stands as a reader reads it, with headings, pages and notes in brackets.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if err := from.check(cmd); err != nil {
				return err
			}
			from.guild = *guild
			l, err := from.open(cmd.Context(), p)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			access := corpus.Everything(l.guild)
			d, err := l.store.DocumentNamed(cmd.Context(), access, args[0])
			if err != nil {
				return fmt.Errorf("%w: verbatim corpus list shows the documents there are", err)
			}
			if marked {
				return l.printMarked(cmd.Context(), p.out, d)
			}
			if !asText {
				return showDocument(p.out, d)
			}
			text, err := l.store.Text(cmd.Context(), access, d.ID, corpus.Range{Start: 0, End: d.Bytes})
			if err != nil {
				return err
			}
			_, err = io.WriteString(p.out, text)
			return err
		},
	}
	cmd.Flags().BoolVar(&asText, "text", false, "print the source text")
	cmd.Flags().BoolVar(&marked, "marks", false, "print the text as it is read, with its headings, pages and notes")
	cmd.MarkFlagsMutuallyExclusive("text", "marks")
	cmd.Flags().StringVar(&from.docs, "docs", "", "show a document of the texts below `DIR`")
	return cmd
}

func showDocument(out io.Writer, d corpus.Document) error {
	table := tabwriter.NewWriter(out, 0, 0, 2, ' ', 0)
	line := func(name, value string) {
		if value != "" {
			fmt.Fprintf(table, "%s\t%s\n", name, visible(value))
		}
	}
	line("name", d.Name)
	line("title", d.Title)
	line("author", d.Author)
	line("date", d.Date)
	line("language", d.Language)
	line("course", d.Course)
	line("licence", d.Licence)
	line("link", d.Link)
	line("from", d.Origin)
	line("size", fmt.Sprintf("%s, %s", count(d.Bytes, "byte"), count(d.Passages, "passage")))
	line("added", d.Added.Format("2006-01-02 15:04"))
	if !d.Replaced.IsZero() {
		line("replaced", d.Replaced.Format("2006-01-02 15:04"))
	}
	if !d.Removed.IsZero() {
		line("removed", d.Removed.Format("2006-01-02 15:04"))
	}
	line("revision", d.Revision)
	return table.Flush()
}

func (p *program) corpusRemove(guild *string) *cobra.Command {
	return p.corpusChange(guild, "remove", "Take documents out of all answers; restore brings them back", func(l *library, cmd *cobra.Command, d corpus.Document) error {
		return l.store.Remove(cmd.Context(), l.guild, d.ID)
	})
}

func (p *program) corpusRestore(guild *string) *cobra.Command {
	return p.corpusChange(guild, "restore", "Bring removed documents back", func(l *library, cmd *cobra.Command, d corpus.Document) error {
		return l.store.Restore(cmd.Context(), l.guild, d.ID)
	})
}

// corpusChange is a command that does the same to each document it is given.
func (p *program) corpusChange(guild *string, verb, short string, change func(*library, *cobra.Command, corpus.Document) error) *cobra.Command {
	return &cobra.Command{
		Use:   verb + " DOCUMENT...",
		Short: short,
		Args:  atLeast(1),
		RunE: func(cmd *cobra.Command, names []string) error {
			return p.withDocuments(cmd.Context(), *guild, names, func(l *library, d corpus.Document) error {
				if d.Removed.IsZero() == (verb == "restore") {
					fmt.Fprintf(p.out, "%s: nothing to do\n", d.Name)
					return nil
				}
				if err := change(l, cmd, d); err != nil {
					return err
				}
				fmt.Fprintf(p.out, "%s %sd\n", d.Name, verb)
				return nil
			})
		},
	}
}

// withStore opens the library to be changed.
func (p *program) withStore(ctx context.Context, guild string, do func(*library) error) (err error) {
	l, err := p.openStore(ctx, p.settings.DatabaseAddress(), guild)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	return do(l)
}

// withDocuments does the same to each document that is named. All are there before the
// first is changed.
func (p *program) withDocuments(ctx context.Context, guild string, names []string, do func(*library, corpus.Document) error) error {
	return p.withStore(ctx, guild, func(l *library) error {
		var documents []corpus.Document
		for _, name := range names {
			d, err := l.store.DocumentNamed(ctx, corpus.Everything(l.guild), name)
			if err != nil {
				return fmt.Errorf("%w: verbatim corpus list --removed shows the documents there are", err)
			}
			documents = append(documents, d)
		}
		for _, d := range documents {
			if err := do(l, d); err != nil {
				return err
			}
		}
		return nil
	})
}
