package bot

import (
	"context"
	"fmt"
	"regexp"
	"strings"

	"verbatim/answers"
)

// askCommand answers /ask.
func (b *Bot) askCommand(ctx context.Context, t *turn, c command) error {
	at := t.seat()
	return b.answer(ctx, t, asking{
		seat:     at,
		text:     c.text(nameQuestion),
		course:   c.text(nameCourse),
		document: c.text(nameDocument),
		private:  c.yes(namePrivate) || at.direct,
		unsaid:   !c.gives(namePrivate) && !at.direct,
	})
}

// askAbout answers the command on a message: its text is the question, and the reply is
// for who uses the command alone, for another wrote it.
func (b *Bot) askAbout(ctx context.Context, t *turn, c command) error {
	text := withoutMentions(c.Resolved.Messages[c.TargetID].Content)
	if answers.Check(text) == answers.ErrEmpty {
		return b.tell(ctx, t, t.words().say("no_text_in_message"))
	}
	return b.answer(ctx, t, asking{seat: t.seat(), text: text, private: true})
}

// answer answers a question: it acknowledges at once and then edits the reply.
func (b *Bot) answer(ctx context.Context, t *turn, q asking) error {
	w := t.words()
	if err := answers.Check(q.text); err != nil {
		return b.tell(ctx, t, w.refusal(err))
	}
	if text, wait := b.limits.question(q.seat.user, q.seat.channel, q.seat.discordGuild); wait > 0 && !t.again {
		return b.tell(ctx, t, w.say(text, "Seconds", seconds(wait)))
	}
	if !t.claim(ctx) {
		b.options.Log.Info("another process answers", "question", t.ID)
		return nil
	}
	q, text := b.agreed(ctx, q, w)
	if text != "" {
		return b.tell(ctx, t, text)
	}
	if goesOn, err := b.acknowledgeOnce(ctx, t, q.private); err != nil || !goesOn {
		return err
	}
	if t.claimed {
		ctx = under(ctx, t.shift.lease)
	}
	if q.seat.direct {
		home, text, err := b.askedAtHome(ctx, q.seat, w)
		if err != nil {
			return err
		}
		if text != "" {
			_, err := b.bring(ctx, t, q, reply{content: text})
			return err
		}
		q.seat = home
	}
	out, err := b.ask(ctx, q)
	if err != nil {
		return err
	}
	if out.given != nil {
		out.given.by = &turn{interaction: t.interaction, bot: b}
	}
	at, err := b.bring(ctx, t, q, out.show)
	if err != nil {
		return err
	}
	b.shown(ctx, q, out, at)
	return nil
}

// acknowledgeOnce acknowledges an interaction, unless a former owner of the shard has done so.
// It reports false if there is nothing left to say.
func (b *Bot) acknowledgeOnce(ctx context.Context, t *turn, private bool) (goesOn bool, err error) {
	if t.again {
		if err := b.look(ctx, t); err != nil {
			return false, err
		}
		if t.standing != silent {
			return t.standing == thinking, nil
		}
		if b.discordNow().Sub(askedAt(t.ID)) > acknowledgeTime {
			b.options.Log.Info("nobody has acknowledged an interaction in time", "interaction", t.ID)
			return false, nil
		}
	}
	return true, b.acknowledge(ctx, t, private)
}

// tooLate reports whether an interaction has ended before its reply.
func tooLate(err error) bool { return hasCode(err, codeInvalidToken) }

// bring shows the reply to an acknowledged question, however late it comes.
func (b *Bot) bring(ctx context.Context, t *turn, q asking, r reply) (spot, error) {
	at, err := b.edit(ctx, t, r)
	if tooLate(err) {
		return b.deliver(ctx, t, q, r)
	}
	return at, err
}

// deliver brings a reply that comes too late for its interaction: as a message, where all
// may read it. One for the asker alone is dropped.
func (b *Bot) deliver(ctx context.Context, t *turn, q asking, r reply) (spot, error) {
	if q.private && !q.seat.direct {
		b.options.Log.Warn("a reply is dropped: it came too late", "interaction", t.ID)
		return spot{}, nil
	}
	at, err := b.post(ctx, q.seat.channel, "", t.ID, r)
	if refused(err) {
		b.options.Log.Warn("a reply is dropped: it came too late, and the bot may not write in the channel", "interaction", t.ID, "err", err)
		err = nil
	}
	t.standing = answered
	if err != nil {
		return spot{}, fmt.Errorf("deliver late: %w", err)
	}
	return at, nil
}

var mentions = regexp.MustCompile(`<(?:@[!&]?|#)\d+>`)

// withoutMentions takes mentions out of a text of Discord's.
func withoutMentions(text string) string {
	return strings.TrimSpace(mentions.ReplaceAllString(text, " "))
}
