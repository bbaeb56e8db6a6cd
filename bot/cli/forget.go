package cli

import (
	"context"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/corpus"
)

// forget is the command that removes what is stored of a member.
func (p *program) forget() *cobra.Command {
	var guild string
	var show bool
	cmd := &cobra.Command{
		Use:   "forget USER",
		Short: "Remove all that is stored of a user, or with --show print it",
		Long: `Remove all that is stored of a user, given by their Discord ID: votes, proposals, and
of what they wanted to be told; in all guilds, or in one with --guild. Curated answers
stay, as those of a former member. What was asked is stored without a name and goes by
itself, after the time that verbatim settings retention says.

With --show nothing is removed; what is stored is printed, a JSON object a guild.`,
		Example: `  verbatim forget 112233445566778899
  verbatim forget --show --guild 998877665544332211 112233445566778899`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			user := args[0]
			if user == "" || user == answers.FormerMember {
				return usage("%q is nobody: give the ID of a user", user)
			}
			any := guild
			if any == "" {
				any = localGuild
			}
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), any)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			guilds := []string{guild}
			if guild == "" {
				if guilds, err = l.db.Guilds(cmd.Context()); err != nil {
					return err
				}
			}
			if show {
				return p.showStored(cmd.Context(), l, guilds, user)
			}
			return p.forgetIn(cmd.Context(), l, guilds, user)
		},
	}
	cmd.Flags().StringVar(&guild, "guild", "", "only in guild `ID`")
	cmd.Flags().BoolVar(&show, "show", false, "print what is stored, and remove nothing")
	return cmd
}

func (p *program) forgetIn(ctx context.Context, l *library, guilds []string, user string) error {
	rows := 0
	for _, g := range guilds {
		forgotten, err := l.curated.Forget(ctx, g, user)
		if err != nil {
			return fmt.Errorf("forget in guild %s: %w", g, err)
		}
		for _, table := range slices.Sorted(maps.Keys(forgotten)) {
			fmt.Fprintf(p.out, "%s\t%s\t%d\n", g, table, forgotten[table])
		}
		rows += forgotten.Rows()
	}
	if rows == 0 {
		p.warn("nothing was stored of %s", visible(user))
	}
	return nil
}

// The object that forget --show prints, as docs/json.md describes it.
type (
	jsonStored struct {
		Guild     string         `json:"guild"`
		Asked     *time.Time     `json:"asked_last,omitempty"`
		Proposals []jsonProposal `json:"proposals"`
		Waiting   []jsonWaiting  `json:"waiting"`
		Votes     []jsonVote     `json:"votes"`
		Written   []jsonWritten  `json:"written"`
		Settled   int            `json:"settled"`
		Glossary  int            `json:"glossary"`
		Logged    int            `json:"logged"`
	}
	jsonWaiting struct {
		Question string    `json:"question"`
		Place    string    `json:"place"`
		Since    time.Time `json:"since"`
	}
	jsonVote struct {
		Reply   string    `json:"reply"`
		Helpful bool      `json:"helpful"`
		Comment string    `json:"comment"`
		Voted   time.Time `json:"voted"`
	}
	jsonWritten struct {
		Curated  string    `json:"curated"`
		Revision int       `json:"revision"`
		Action   string    `json:"action"`
		Made     time.Time `json:"made"`
		Question string    `json:"question"`
	}
)

func (p *program) showStored(ctx context.Context, l *library, guilds []string, user string) error {
	homes, err := bot.NewHomes(l.db, time.Now).Of(ctx, user)
	if err != nil {
		return err
	}
	for _, g := range guilds {
		stored, err := l.curated.Personal(ctx, corpus.Everything(g), user)
		if err != nil {
			return err
		}
		o := jsonStored{g, nil, []jsonProposal{}, []jsonWaiting{}, []jsonVote{}, []jsonWritten{}, stored.Settled, stored.Glossary, stored.Logged}
		if i := slices.IndexFunc(homes, func(h bot.Home) bool { return h.Guild == g }); i >= 0 {
			asked := homes[i].Asked.UTC()
			o.Asked = &asked
		}
		for _, x := range stored.Proposals {
			o.Proposals = append(o.Proposals, newJSONProposal(x))
		}
		for _, f := range stored.Followed {
			o.Waiting = append(o.Waiting, jsonWaiting{f.Text, f.Place, f.Since.UTC()})
		}
		for _, v := range stored.Votes {
			o.Votes = append(o.Votes, jsonVote{v.Reply, v.Helpful, v.Comment, v.Voted.UTC()})
		}
		for _, w := range stored.Written {
			o.Written = append(o.Written, jsonWritten{w.Curated, w.Revision, string(w.Action), w.Made.UTC(), w.Question})
		}
		if err := p.printObject(o); err != nil {
			return err
		}
	}
	return nil
}
