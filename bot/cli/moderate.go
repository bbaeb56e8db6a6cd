package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"text/tabwriter"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// A desk is the commands about one kind of what moderators look at, in one guild.
type desk struct {
	*program
	guild string
	hint  string // the command that lists what there is
}

// newDesk returns a desk and the command above its commands.
func (p *program) newDesk(name, short, long string) (*desk, *cobra.Command) {
	d := &desk{program: p, hint: "verbatim " + name + " list"}
	cmd := &cobra.Command{
		Use:   name,
		Short: short,
		Long:  long,
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.PersistentFlags().StringVar(&d.guild, "guild", localGuild, name+" of guild `ID`")
	return d, cmd
}

// with calls fn with the open library and the access of a moderator. What the guild keeps
// no longer goes before, so that it is never shown where no bot runs.
func (d *desk) with(ctx context.Context, fn func(*library, corpus.Access) error) (err error) {
	l, err := d.openStore(ctx, d.settings.DatabaseAddress(), d.guild)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	if err := purgeGuild(ctx, l, l.guild); err != nil {
		return err
	}
	err = fn(l, corpus.Everything(l.guild))
	if errors.Is(err, answers.ErrNotFound) {
		err = fmt.Errorf("%w: %s shows those there are", err, d.hint)
	}
	return err
}

// addJSON adds the flag by which a command prints objects for programs.
func addJSON(cmd *cobra.Command, asJSON *bool) {
	cmd.Flags().BoolVar(asJSON, "json", false, "print one JSON object a line (docs/json.md)")
}

// addAuthor adds the flag that says who makes a change.
func addAuthor(cmd *cobra.Command, author *string) {
	cmd.Flags().StringVar(author, "author", "command line", "who makes the change, as the history names them")
}

// printObject prints an object as one line of JSON.
func (p *program) printObject(object any) error {
	encoder := json.NewEncoder(p.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(object)
}

// A listing says how things of one kind are listed.
type listing[T any] struct {
	none   string         // is said where there are none
	header string         // of the table, its columns separated by tabs
	row    func(T) string // of the table, its columns separated by tabs
	object func(T) any    // what is written as JSON
}

// print lists things in a table, or as JSON, an object a line.
func (l listing[T]) print(p *program, things []T, asJSON bool) error {
	if asJSON {
		for _, thing := range things {
			if err := p.printObject(l.object(thing)); err != nil {
				return err
			}
		}
		return nil
	}
	if len(things) == 0 {
		p.warn("%s", l.none)
		return nil
	}
	table := tabwriter.NewWriter(p.out, 0, 0, 2, ' ', 0)
	if l.header != "" {
		fmt.Fprintln(table, l.header)
	}
	for _, thing := range things {
		fmt.Fprintln(table, l.row(thing))
	}
	return table.Flush()
}

// authorName returns how an author is shown.
func authorName(author string) string {
	if author == answers.FormerMember {
		return "a former member"
	}
	return visible(author)
}
