package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

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

// authorName returns how an author is shown.
func authorName(author string) string {
	if author == answers.FormerMember {
		return "a former member"
	}
	return visible(author)
}
