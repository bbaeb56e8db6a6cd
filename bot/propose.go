package bot

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
)

// proposeCommand answers /propose: a member writes an answer, which moderators accept or
// decline.
func (b *Bot) proposeCommand(ctx context.Context, t *turn, _ command) error {
	return b.openWindow(ctx, t, &draft{purpose: toPropose, form: newForm(answers.Content{}, nil)}, onWrite)
}

// propose sends a draft to the moderators.
func (d *draft) propose(ctx context.Context, s *bench, c answers.Content) error {
	p, err := s.bot.options.Curated.Propose(ctx, s.access, s.at.user, c)
	if err != nil {
		return d.wrong(ctx, s, err)
	}
	s.done("proposed")
	s.work = &proposed{of: p.ID}
	return nil
}

// A proposed desk is that of a member whose proposal waits.
type proposed struct {
	plain
	of   string // ID
	told bool   // the member wants to be told what becomes of it
}

// What the buttons of a proposal do, for who made it.
const (
	onWithdraw = deskPrefix + "withdraw"
	onFollow   = deskPrefix + "follow"
)

func (*proposed) forMembers() bool { return true }

func (p *proposed) press(ctx context.Context, s *bench, action string, _ press) error {
	switch action {
	case onWithdraw:
		err := s.bot.options.Curated.Withdraw(ctx, s.guild, p.of, s.at.user)
		if errors.Is(err, answers.ErrSettled) {
			s.note("proposal_settled")
			s.work = &finished{open: true}
			return nil
		}
		if err != nil {
			return err
		}
		s.done("proposal_withdrawn")
		s.work = &finished{open: true}
	case onFollow:
		if err := s.bot.options.Curated.FollowProposal(ctx, s.guild, p.of, s.at.user); err != nil {
			return err
		}
		p.told = true
		s.done("proposal_followed")
	}
	return nil
}

func (p *proposed) show(_ context.Context, s *bench) (reply, error) {
	var buttons []discordgo.MessageComponent
	if !p.told {
		buttons = append(buttons, s.button("button_follow", onFollow, discordgo.PrimaryButton))
	}
	return reply{rows: rowOf(nil, append(buttons, s.button("button_withdraw", onWithdraw, discordgo.SecondaryButton))...)}, nil
}
