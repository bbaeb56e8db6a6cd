package cli

import (
	"context"
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// proposals is the command about answers that members suggest.
func (p *program) proposals() *cobra.Command {
	d, cmd := p.newDesk("proposals", "List, accept and decline the answers that members suggest",
		`Answers that members suggest wait here for a moderator, who accepts them as they are
or edited, or declines them with a reason that the member sees.`)
	cmd.AddCommand(d.proposalList(), d.proposalShow(), d.proposalAccept(), d.proposalDecline())
	return cmd
}

var proposalListing = listing[answers.Proposal]{
	none:   "no proposals",
	header: "ID\tSTATE\tMADE\tBY\tCOURSE\tQUESTION",
	row: func(p answers.Proposal) string {
		return fmt.Sprintf("%s\t%s\t%s\t%s\t%s\t%s", p.ID, p.State, p.Made.Format(time.DateOnly), authorName(p.Member),
			visible(orDash(p.Course)), visible(p.Question))
	},
	object: func(p answers.Proposal) any { return newJSONProposal(p) },
}

func (d *desk) proposalList() *cobra.Command {
	var settled, asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the proposals that wait, the oldest first",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				list, err := l.curated.Proposals(cmd.Context(), access, settled)
				if err != nil {
					return err
				}
				return proposalListing.print(d.program, list, asJSON)
			})
		},
	}
	cmd.Flags().BoolVar(&settled, "settled", false, "list those that were accepted or declined")
	addJSON(cmd, &asJSON)
	return cmd
}

// tellUnseen says what of a proposal its member may not see any more.
func (d *desk) tellUnseen(ctx context.Context, l *library, access corpus.Access, p answers.Proposal, member corpus.Asker) error {
	seen, err := l.store.AccessOf(ctx, l.guild, member)
	if err != nil {
		return err
	}
	unseen, err := l.curated.Unseen(ctx, access, p.ID, seen)
	if err != nil {
		return err
	}
	var what []string
	if unseen.Course {
		what = append(what, "the course "+orDash(p.Course))
	}
	what = append(what, unseen.Documents...)
	without := " without a role: see that they still have it (--as-role ID says which they have)"
	if len(member.Roles)+len(member.Channels) > 0 {
		without = " any more"
	}
	if len(what) > 0 {
		d.warn("%s does not see %s%s", authorName(p.Member), visible(strings.Join(what, ", ")), without)
	}
	return nil
}

// addMember adds the flags that say what the member of a proposal has.
func addMember(cmd *cobra.Command, a *corpus.Asker) {
	cmd.Flags().StringArrayVar(&a.Roles, "as-role", nil, "its member has the role `ID` now; may be given several times")
	cmd.Flags().StringArrayVar(&a.Channels, "in-channel", nil, "its member is in the channel `ID`; may be given several times")
}

func (d *desk) proposalShow() *cobra.Command {
	var member corpus.Asker
	cmd := &cobra.Command{
		Use:   "show ID",
		Short: "Show a proposal",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				p, err := l.curated.Proposal(cmd.Context(), access, args[0])
				if err != nil {
					return err
				}
				file, err := l.exchange().Answer(cmd.Context(), l.guild, p.Content)
				if err != nil {
					return err
				}
				facts := [][2]string{{"made", at(p.Made) + " by " + authorName(p.Member)}, {"state", string(p.State)}}
				if !p.Settled.IsZero() {
					facts = append(facts, [2]string{"settled", at(p.Settled) + " by " + authorName(p.Moderator)})
				}
				facts = append(facts, [2]string{"reason", p.Reason}, [2]string{"became", p.Curated})
				if err := d.showContent(p.Content, *file.Sources, facts, nil); err != nil || p.State != answers.Pending {
					return err
				}
				return d.tellUnseen(cmd.Context(), l, access, p, member)
			})
		},
	}
	addMember(cmd, &member)
	return cmd
}

func (d *desk) proposalAccept() *cobra.Command {
	var in contentInput
	var author string
	var member corpus.Asker
	cmd := &cobra.Command{
		Use:   "accept ID",
		Short: "Make a curated answer of a proposal, with the changes that are given",
		Long: `Make a curated answer of a proposal. Parts that are given as flags or in a YAML file
(- for standard input) go before those of the member, and the answer then is the
moderator's.`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				p, err := l.curated.Proposal(cmd.Context(), access, args[0])
				if err != nil {
					return err
				}
				content, _, err := in.read(cmd, l, p.Content)
				if err != nil {
					return err
				}
				if p.State == answers.Pending {
					if err := d.tellUnseen(cmd.Context(), l, access, p, member); err != nil {
						return err
					}
				}
				a, err := l.curated.Accept(cmd.Context(), access, p.ID, author, &content)
				if err != nil {
					return err
				}
				fmt.Fprintf(d.out, "%s accepted as %s\n", p.ID, a.ID)
				return d.warnOfOpenCourse(cmd.Context(), l, a.Course)
			})
		},
	}
	in.addFlags(cmd)
	addMember(cmd, &member)
	addAuthor(cmd, &author)
	return cmd
}

func (d *desk) proposalDecline() *cobra.Command {
	var author, reason string
	cmd := &cobra.Command{
		Use:   "decline ID --reason TEXT",
		Short: "Decline a proposal, with a reason that the member sees",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return d.with(cmd.Context(), func(l *library, access corpus.Access) error {
				err := l.curated.Decline(cmd.Context(), access, args[0], author, reason)
				if err == nil {
					fmt.Fprintf(d.out, "%s declined\n", args[0])
				}
				return err
			})
		},
	}
	addAuthor(cmd, &author)
	cmd.Flags().StringVar(&reason, "reason", "", "why, told to the member")
	if err := cmd.MarkFlagRequired("reason"); err != nil {
		panic(err) // there is such a flag
	}
	return cmd
}

// A jsonProposal is what proposals --json prints, as docs/json.md describes it.
type jsonProposal struct {
	ID       string    `json:"id"`
	Member   string    `json:"member"`
	State    string    `json:"state"`
	Made     time.Time `json:"made"`
	Question string    `json:"question"`
	Wordings []string  `json:"wordings"`
	Answer   string    `json:"answer"`
	Course   string    `json:"course"`
	Language string    `json:"language"`
	Reason   string    `json:"reason"`
	Curated  string    `json:"curated"`
}

func newJSONProposal(p answers.Proposal) jsonProposal {
	return jsonProposal{p.ID, p.Member, string(p.State), p.Made.UTC(), p.Question, append([]string{}, p.Wordings...), p.Answer,
		p.Course, p.Language, p.Reason, p.Curated}
}
