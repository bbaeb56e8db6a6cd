package cli

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

var logListing = listing[answers.Logged]{
	none: "nothing is logged",
	row: func(e answers.Logged) string {
		return fmt.Sprintf("%s\t%s\t%s\t%s %s\t%s", at(e.Made), authorName(e.Who), e.Via, e.Kind, e.Action, visible(loggedName(e)))
	},
	object: func(e answers.Logged) any { return newJSONLogged(e) },
}

// moderationLog is the command that shows what people changed of a guild.
func (p *program) moderationLog() *cobra.Command {
	var asJSON bool
	var guild string
	most := 50
	cmd := &cobra.Command{
		Use:   "log",
		Short: "Show what was changed of a guild, and by whom",
		Long: `Show what people changed of a guild, on Discord and on the command line, and who did
it: texts, courses, settings, curated answers, open questions, proposals and the
glossary; the last change first. Entries go after the time that verbatim settings
retention says.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) (err error) {
			if most < 1 {
				return usage("--most %d: give a number from 1", most)
			}
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), guild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			entries, err := l.curated.Log(cmd.Context(), corpus.Everything(guild), most)
			if err != nil {
				return err
			}
			return logListing.print(p, entries, asJSON)
		},
	}
	cmd.Flags().StringVar(&guild, "guild", localGuild, "log of guild `ID`")
	cmd.Flags().IntVar(&most, "most", most, "show at most `N` entries")
	addJSON(cmd, &asJSON)
	return cmd
}

// loggedName says what an entry is about: its name, or its ID where nobody has named it.
func loggedName(e answers.Logged) string {
	name := e.Name
	if name == "" {
		name = e.Subject
	}
	if e.Detail != "" {
		name += ": " + strings.TrimSpace(e.Detail)
	}
	return name
}

// A jsonLogged is the object that log --json prints, as docs/json.md describes it.
type jsonLogged struct {
	Number  int64     `json:"number"`
	Made    time.Time `json:"made"`
	Who     string    `json:"who"`
	Via     string    `json:"via"`
	Kind    string    `json:"kind"`
	Action  string    `json:"action"`
	Subject string    `json:"subject"`
	Name    string    `json:"name"`
	Detail  string    `json:"detail"`
	Course  string    `json:"course"`
}

func newJSONLogged(e answers.Logged) jsonLogged {
	return jsonLogged{e.Number, e.Made.UTC(), e.Who, e.Via, e.Kind, e.Action, e.Subject, e.Name, e.Detail, e.Course}
}
