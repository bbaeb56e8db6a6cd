package cli

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/corpus"
)

// A member is the commands that do what a member does on Discord, as one of them.
type member struct {
	*desk
	user  string // ID
	asker corpus.Asker
}

// member is the command of what members do.
func (p *program) member() *cobra.Command {
	d, cmd := p.newDesk("member", "Do what a member does on Discord: ask, vote, propose, follow",
		`Do as one of the members what members do on Discord, to rehearse it and for tests: ask,
send a question to the moderators, ask to be told, vote, propose an answer, and see what
became of all that. --as names the member; what they see is what has no limits, and
what --as-role and --in-channel open to them.`)
	d.hint = "verbatim member list"
	m := &member{desk: d}
	flags := cmd.PersistentFlags()
	flags.StringVar(&m.user, "as", "", "the `USER` who does it, by their Discord ID")
	flags.StringArrayVar(&m.asker.Roles, "as-role", nil, "the member has the role `ID`; may be given several times")
	flags.StringArrayVar(&m.asker.Channels, "in-channel", nil, "it is done in the channel `ID`; may be given several times")
	cmd.AddCommand(m.ask(), m.send(), m.vote(), m.follow(), m.unfollow(), m.propose(), m.withdraw(), m.list(), m.news())
	return cmd
}

// with calls fn with the open library and the access of the member.
func (m *member) with(ctx context.Context, fn func(*library, corpus.Access) error) error {
	if m.user == "" || m.user == answers.FormerMember {
		return usage("say who does it: --as USER, a Discord ID")
	}
	return m.desk.with(ctx, func(l *library, _ corpus.Access) error {
		access, err := l.store.AccessOf(ctx, l.guild, m.asker)
		if err != nil {
			return err
		}
		return fn(l, access)
	})
}

// asking calls fn with a session that asks the texts of the guild.
func (m *member) asking(ctx context.Context, public bool, fn func(*session) error) error {
	m.asker.Public = public
	return m.with(ctx, func(l *library, access corpus.Access) error {
		if err := m.openIndexes(l, m.settings.Data); err != nil {
			return err
		}
		s, err := m.sessionOf(ctx, l, form{})
		if err != nil {
			return err
		}
		s.access = &access
		return fn(s)
	})
}

// gather adds a question to the open ones and says where.
func (m *member) gather(ctx context.Context, s *session, r reply, reason answers.Reason, private bool) error {
	asked := answers.Question{Text: r.question, Access: *s.access}
	q, err := s.answerer.Gather(ctx, answers.AskingOf(asked, r.Reply, reason, private))
	if err != nil {
		return err
	}
	state := "waits for the moderators"
	if !q.Dismissed.IsZero() {
		state = "is dismissed"
	}
	_, err = fmt.Fprintf(m.out, "%s %s: %s\n", q.ID, state, visible(q.Text))
	return err
}

func (m *member) ask() *cobra.Command {
	return &cobra.Command{
		Use:   "ask QUESTION",
		Short: "Ask in public: what finds no answer waits for the moderators",
		Args:  oneQuestion,
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.asking(cmd.Context(), true, func(s *session) error {
				r := s.ask(cmd.Context(), args[0], "")
				if r.err != nil {
					return r.err
				}
				if err := s.print(r); err != nil {
					return err
				}
				if err := s.countUse(cmd.Context(), r); err != nil {
					return err
				}
				if r.Outcome == answers.None {
					m.status = statusNoAnswer
				}
				if !r.IsOpen() {
					return nil
				}
				return m.gather(cmd.Context(), s, r, answers.Unanswered, false)
			})
		},
	}
}

func (m *member) send() *cobra.Command {
	return &cobra.Command{
		Use:   "send QUESTION",
		Short: "Send a question that was asked in private to the moderators",
		Args:  oneQuestion,
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.asking(cmd.Context(), false, func(s *session) error {
				r := s.ask(cmd.Context(), args[0], "")
				if r.err != nil {
					return r.err
				}
				if r.Empty {
					return usage("there are no texts that %s sees: verbatim index DIR adds some", visible(m.user))
				}
				if !r.IsOpen() {
					return usage("the question has an answer: verbatim member ask shows it")
				}
				return m.gather(cmd.Context(), s, r, answers.Sent, true)
			})
		},
	}
}

func (m *member) vote() *cobra.Command {
	var helpful, unhelpful, back bool
	var comment string
	cmd := &cobra.Command{
		Use:   "vote QUESTION --helpful | --unhelpful | --take-back",
		Short: "Vote on the public reply to a question",
		Long: `Vote on the public reply to a question, in the place of a vote that the member gave on
it before. Replies to the same question are one here; on Discord each is its own.`,
		Args: oneQuestion,
		RunE: func(cmd *cobra.Command, args []string) error {
			sum := sha256.Sum256([]byte(args[0]))
			v := answers.Vote{Reply: "command line " + hex.EncodeToString(sum[:8]), Member: m.user, Helpful: helpful, Comment: comment}
			return m.asking(cmd.Context(), true, func(s *session) error {
				if back {
					if err := s.curated.TakeBack(cmd.Context(), s.guild, v.Reply, v.Member); err != nil {
						return err
					}
				} else {
					r := s.ask(cmd.Context(), args[0], "")
					if r.err != nil {
						return r.err
					}
					asked := answers.Question{Text: args[0], Access: *s.access}
					if err := s.answerer.Vote(cmd.Context(), s.guild, v, answers.ShownOf(asked, r.Reply, false)); err != nil {
						return err
					}
				}
				yes, no, err := s.curated.Votes(cmd.Context(), *s.access, v.Reply)
				if err == nil {
					fmt.Fprintf(m.out, "+%d -%d\n", yes, no)
				}
				return err
			})
		},
	}
	cmd.Flags().BoolVar(&helpful, "helpful", false, "it helped")
	cmd.Flags().BoolVar(&unhelpful, "unhelpful", false, "it did not help")
	cmd.Flags().BoolVar(&back, "take-back", false, "take the vote back")
	cmd.Flags().StringVar(&comment, "comment", "", "what the member says of it, for the moderators")
	cmd.MarkFlagsOneRequired("helpful", "unhelpful", "take-back")
	cmd.MarkFlagsMutuallyExclusive("helpful", "unhelpful", "take-back")
	return cmd
}

func (m *member) follow() *cobra.Command {
	return &cobra.Command{
		Use:   "follow ID",
		Short: "Ask to be told what becomes of an open question",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.with(cmd.Context(), func(l *library, access corpus.Access) error {
				q, err := l.curated.OpenQuestion(cmd.Context(), access, args[0])
				if err != nil {
					return err
				}
				return l.curated.Follow(cmd.Context(), access, q.ID, answers.Follower{Member: m.user, Text: q.Text})
			})
		},
	}
}

func (m *member) unfollow() *cobra.Command {
	return &cobra.Command{
		Use:   "unfollow ID",
		Short: "Ask no longer to be told of a question",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.with(cmd.Context(), func(l *library, _ corpus.Access) error {
				return l.curated.Unfollow(cmd.Context(), l.guild, args[0], m.user)
			})
		},
	}
}

func (m *member) propose() *cobra.Command {
	var in contentInput
	cmd := &cobra.Command{
		Use:   "propose --question TEXT --answer TEXT | --file FILE",
		Short: "Suggest an answer to the moderators",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.with(cmd.Context(), func(l *library, access corpus.Access) error {
				content, _, err := in.read(cmd, l, answers.Content{})
				if err != nil {
					return err
				}
				p, err := l.curated.Propose(cmd.Context(), access, m.user, content)
				if err != nil {
					return err
				}
				fmt.Fprintf(m.out, "%s proposed\n", p.ID)
				return m.warnOfOpenCourse(cmd.Context(), l, p.Course)
			})
		},
	}
	in.addFlags(cmd)
	return cmd
}

func (m *member) withdraw() *cobra.Command {
	return &cobra.Command{
		Use:   "withdraw ID",
		Short: "Take back a proposal that waits",
		Args:  takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return m.with(cmd.Context(), func(l *library, _ corpus.Access) error {
				err := l.curated.Withdraw(cmd.Context(), l.guild, args[0], m.user)
				if err == nil {
					fmt.Fprintf(m.out, "%s withdrawn\n", args[0])
				}
				return err
			})
		},
	}
}

func (m *member) list() *cobra.Command {
	return &cobra.Command{
		Use:   "list",
		Short: "List what the member proposed, and waits to be told of",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.with(cmd.Context(), func(l *library, access corpus.Access) error {
				proposals, err := l.curated.ProposalsOf(cmd.Context(), access, m.user)
				if err != nil {
					return err
				}
				mine, err := l.curated.Personal(cmd.Context(), access, m.user)
				if err != nil {
					return err
				}
				if len(proposals)+len(mine.Followed) == 0 {
					m.warn("nothing proposed, and nothing to be told of")
				}
				table := tabwriter.NewWriter(m.out, 0, 0, 2, ' ', 0)
				for _, p := range proposals {
					fmt.Fprintf(table, "%s\tproposal\t%s\t%s\t%s\t%s\n", p.ID, p.State, p.Made.Format(time.DateOnly), visible(p.Question), visible(p.Reason))
				}
				for _, f := range mine.Followed {
					fmt.Fprintf(table, "%s\tquestion\tto be told\t%s\t%s\t\n", f.Question, f.Since.Format(time.DateOnly), visible(f.Text))
				}
				return table.Flush()
			})
		},
	}
}

// mostNotices is more than there can be of a guild: each of its questions and its
// followers.
const mostNotices = 1 << 20

func (m *member) news() *cobra.Command {
	return &cobra.Command{
		Use:   "news",
		Short: "Tell the member what became of questions, and forget that they wanted to know",
		Args:  cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return m.with(cmd.Context(), func(l *library, access corpus.Access) error {
				notices, err := l.curated.Notices(cmd.Context(), l.guild, mostNotices)
				if err != nil {
					return err
				}
				notices = slices.DeleteFunc(notices, func(n answers.Notice) bool { return n.Member != m.user })
				if len(notices) == 0 {
					m.warn("no news")
				}
				for _, n := range notices {
					if err := m.tell(cmd.Context(), l, access, n); err != nil {
						return err
					}
					if err := l.curated.Delivered(cmd.Context(), l.guild, n); err != nil {
						return err
					}
				}
				return nil
			})
		},
	}
}

// tell prints a notice. Of an answer that the member can't see, nothing is said.
func (m *member) tell(ctx context.Context, l *library, access corpus.Access, n answers.Notice) error {
	if n.Outcome == answers.FollowDismissed {
		_, err := fmt.Fprintf(m.out, "%s dismissed: %s\n", visible(n.Text), visible(orDash(n.Reason)))
		return err
	}
	c, err := l.curated.Curated(ctx, access, n.Curated)
	if errors.Is(err, answers.ErrNotFound) || err == nil && !c.Removed.IsZero() {
		return nil
	}
	if err == nil {
		_, err = fmt.Fprintf(m.out, "%s answered:\n%s\n", visible(n.Text), visibleLines(c.Answer))
	}
	return err
}
