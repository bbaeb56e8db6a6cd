package bot

import (
	"context"
	"errors"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// reviewCommand answers /review: the answers that members propose one after another, the
// oldest first.
func (b *Bot) reviewCommand(ctx context.Context, t *turn, _ command) error {
	return b.openDesk(ctx, t, &reviewQueue{})
}

// A reviewQueue shows the pending proposals one by one.
type reviewQueue struct {
	plain
	queue
	shown *answers.Proposal // nil for none
	form  *form             // of it
}

// What the buttons of the queue do, besides those of the other.
const (
	onAccept  = deskPrefix + "accept"
	onDecline = deskPrefix + "decline"
)

func (q *reviewQueue) window(w words, action string) *modal {
	if q.shown == nil {
		return nil
	}
	switch action {
	case onEdit:
		return q.form.window(w, "form_edit", onEdit)
	case onDecline:
		return reasonWindow(w, "form_decline", "form_decline_hint", onDecline)
	}
	return nil
}

func (q *reviewQueue) submit(ctx context.Context, s *bench, action string, values map[string]string) error {
	if q.shown == nil {
		return nil
	}
	switch action {
	case onEdit:
		d := &draft{purpose: toAccept, of: q.shown.ID, member: q.shown.Member, form: q.form, back: q}
		s.work = d
		return d.submit(ctx, s, action, values)
	case onDecline:
		if told, err := s.overtaken(ctx, "proposal", q.shown.ID); err != nil || told {
			return err
		}
		if err := s.bot.options.Curated.Decline(ctx, s.access, q.shown.ID, s.at.user, values["reason"]); err != nil {
			return err
		}
		s.done("proposal_declined", "Question", escape(cut(q.shown.Question, maxTitle, escapedLen)))
	}
	return nil
}

func (q *reviewQueue) press(ctx context.Context, s *bench, action string, _ press) error {
	q.step(action)
	switch action {
	case onAccept:
		if q.shown == nil {
			return nil
		}
		if told, err := s.overtaken(ctx, "proposal", q.shown.ID); err != nil || told {
			return err
		}
		if _, err := s.bot.options.Curated.Accept(ctx, s.access, q.shown.ID, s.at.user, nil); err != nil {
			return err
		}
		s.done("draft_accepted", "Question", escape(cut(q.shown.Question, maxTitle, escapedLen)), "Who", s.words.person(q.shown.Member))
	}
	return nil
}

func (q *reviewQueue) show(ctx context.Context, s *bench) (reply, error) {
	all, err := s.bot.options.Curated.Proposals(ctx, s.access, false)
	if err != nil {
		return reply{}, err
	}
	var ids []string
	for _, p := range all {
		ids = append(ids, p.ID)
	}
	at := q.next(ids)
	if at < 0 {
		q.shown = nil
		return s.queueEnd(len(all), "proposals_none", "proposals_passed", nil), nil
	}
	p := all[at]
	q.shown, q.last = &p, p.ID
	if q.form, err = s.formOf(ctx, p.Content); err != nil {
		return reply{}, err
	}
	r, err := s.answerShown(ctx, answers.Curated{Content: p.Content})
	if err != nil {
		return r, err
	}
	w := s.words
	unseen, err := s.unseenShown(ctx, p)
	if err != nil {
		return r, err
	}
	r.content = lines(w.say("proposal_title", "Number", at+1, "Of", len(all), "Who", s.words.person(p.Member), "When", moment(p.Made)), unseen, r.content)
	r.rows = rowOf(nil,
		s.button("button_accept", onAccept, discordgo.SuccessButton),
		s.button("button_edit", onEdit, discordgo.PrimaryButton),
		s.button("button_decline", onDecline, discordgo.DangerButton),
		s.button("button_pass", onPass, discordgo.SecondaryButton))
	return r, nil
}

// unseenShown says what of a proposal its member does not see any more, "" for nothing: who
// accepts it is to know.
func (s *bench) unseenShown(ctx context.Context, p answers.Proposal) (string, error) {
	unseen, err := s.unseen(ctx, p, nil)
	if err != nil || !unseen.Course && len(unseen.Documents) == 0 {
		return "", err
	}
	text := "proposal_unseen"
	m, _, err := s.bot.member(ctx, s.at.discordGuild, p.Member) // who is not there any more has no roles
	if err != nil {
		s.bot.options.Log.Warn("the roles of who made a proposal are not known", "err", err)
		text = "proposal_unsure"
	} else if unseen, err = s.unseen(ctx, p, m.Roles); err != nil {
		return "", err
	}
	what := unseen.Documents
	if unseen.Course {
		what = append([]string{p.Course}, what...)
	}
	if len(what) == 0 {
		return "", nil
	}
	return s.say(text, "Who", s.words.person(p.Member), "What", enumerated(what)), nil
}

func (s *bench) unseen(ctx context.Context, p answers.Proposal, roles []string) (answers.Unseen, error) {
	member, err := s.bot.options.Texts.AccessOf(ctx, s.guild, corpus.Asker{Roles: roles})
	if err != nil {
		return answers.Unseen{}, err
	}
	unseen, err := s.bot.options.Curated.Unseen(ctx, s.access, p.ID, member)
	if errors.Is(err, answers.ErrNotFound) { // somebody else has settled it, as accepting it will tell
		return answers.Unseen{}, nil
	}
	return unseen, err
}
