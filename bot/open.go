package bot

import (
	"context"
	"errors"

	"verbatim/answers"
)

// Questions without an answer go to the moderators: those asked before all by themselves,
// those asked in private when their asker says so.

// gather adds a question to the open ones for a reason, and returns its ID, "" for none.
func (b *Bot) gather(ctx context.Context, g *given, reason answers.Reason) (string, error) {
	open, err := b.options.Answerer.Gather(ctx, answers.Asking{
		Text: g.question, Access: g.asked.Access, Language: g.reply.Language, Reason: reason, Private: g.private,
	})
	if err != nil {
		return "", err
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	g.open = open.ID
	return open.ID, nil
}

// send sends a question to the moderators. It does so once.
func (b *Bot) send(ctx context.Context, t *turn, g *given) error {
	text := "already_sent"
	g.mutex.Lock()
	first := !g.sent
	g.sent = true
	g.mutex.Unlock()
	if first {
		if _, err := b.gather(ctx, g, answers.Sent); err != nil {
			g.mutex.Lock()
			g.sent = false
			g.mutex.Unlock()
			return err
		}
		text = "sent"
	}
	_, err := b.edit(ctx, t, reply{content: t.words().say(text)})
	return err
}

// follow keeps that who presses wants to be told when a question is answered. One that was
// asked in private is thereby sent to the moderators.
func (b *Bot) follow(ctx context.Context, t *turn, g *given) error {
	g.mutex.Lock()
	open := g.open
	g.mutex.Unlock()
	follow := func() error {
		at := t.seat()
		f := answers.Follower{Member: at.user, Text: g.question, Asked: at.places()}
		return b.options.Curated.Follow(ctx, g.asked.Access, open, f)
	}
	err := error(answers.ErrNotFound)
	if open != "" {
		err = follow()
	}
	if errors.Is(err, answers.ErrNotFound) { // not sent yet, or settled since
		reason := answers.Unanswered
		if g.private {
			reason = answers.Sent
		}
		if open, err = b.gather(ctx, g, reason); err == nil {
			err = follow()
		}
	}
	text := "will_tell"
	switch {
	case errors.Is(err, answers.ErrNotFound):
		text = "not_followed" // moderators have dismissed it
	case errors.Is(err, answers.ErrTooMany):
		text = "too_many_follow"
	case err != nil:
		return err
	}
	_, err = b.edit(ctx, t, reply{content: t.words().say(text)})
	return err
}
