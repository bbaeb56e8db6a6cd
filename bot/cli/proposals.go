package cli

import (
	"fmt"
	"text/tabwriter"
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
				if asJSON {
					for _, p := range list {
						if err := d.printObject(newJSONProposal(p)); err != nil {
							return err
						}
					}
					return nil
				}
				if len(list) == 0 {
					d.warn("no proposals")
				}
				table := tabwriter.NewWriter(d.out, 0, 0, 2, ' ', 0)
				for i, p := range list {
					if i == 0 {
						fmt.Fprintln(table, "ID\tSTATE\tMADE\tBY\tCOURSE\tQUESTION")
					}
					fmt.Fprintf(table, "%s\t%s\t%s\t%s\t%s\t%s\n", p.ID, p.State, p.Made.Format(time.DateOnly), authorName(p.Member),
						visible(orDash(p.Course)), visible(p.Question))
				}
				return table.Flush()
			})
		},
	}
	cmd.Flags().BoolVar(&settled, "settled", false, "list those that were accepted or declined")
	addJSON(cmd, &asJSON)
	return cmd
}

func (d *desk) proposalShow() *cobra.Command {
	return &cobra.Command{
		Use:   "show ID",
		Short: "Show a proposal",
		Args:  cobra.ExactArgs(1),
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
				table := tabwriter.NewWriter(d.out, 0, 0, 2, ' ', 0)
				line := func(name, value string) {
					if value != "" {
						fmt.Fprintf(table, "%s\t%s\n", name, visible(value))
					}
				}
				line("question", p.Question)
				for _, w := range p.Wordings {
					line("also", w)
				}
				line("language", p.Language)
				line("course", p.Course)
				line("made", at(p.Made)+" by "+authorName(p.Member))
				line("state", string(p.State))
				if !p.Settled.IsZero() {
					line("settled", at(p.Settled)+" by "+authorName(p.Moderator))
				}
				line("reason", p.Reason)
				line("became", p.Curated)
				for _, s := range *file.Sources {
					line("source", sourceLine(s))
				}
				if err := table.Flush(); err != nil {
					return err
				}
				_, err = fmt.Fprintf(d.out, "\n%s\n", visibleLines(p.Answer))
				return err
			})
		},
	}
}

func (d *desk) proposalAccept() *cobra.Command {
	var in contentInput
	var author string
	cmd := &cobra.Command{
		Use:   "accept ID",
		Short: "Make a curated answer of a proposal, with the changes that are given",
		Long: `Make a curated answer of a proposal. Parts that are given as flags or in a YAML file
(- for standard input) go before those of the member, and the answer then is the
moderator's.`,
		Args: cobra.ExactArgs(1),
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
				a, err := l.curated.Accept(cmd.Context(), access, p.ID, author, &content)
				if err == nil {
					fmt.Fprintf(d.out, "%s accepted as %s\n", p.ID, a.ID)
				}
				return err
			})
		},
	}
	in.addFlags(cmd)
	addAuthor(cmd, &author)
	return cmd
}

func (d *desk) proposalDecline() *cobra.Command {
	var author, reason string
	cmd := &cobra.Command{
		Use:   "decline ID --reason TEXT",
		Short: "Decline a proposal, with a reason that the member sees",
		Args:  cobra.ExactArgs(1),
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
