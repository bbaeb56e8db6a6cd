package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"runtime/debug"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// keepTelling tells those who want to know what became of their questions, until ctx is
// done.
func (b *Bot) keepTelling(ctx context.Context) {
	for sleep(ctx, b.rhythm.notices) == nil {
		if err := b.tellAll(ctx); err != nil && ctx.Err() == nil {
			b.options.Log.Warn("tell what became of questions", "err", err)
		}
	}
}

// maxNotices is how many are told at a time in one guild.
const maxNotices = 20

func (b *Bot) tellAll(ctx context.Context) error {
	guilds, err := b.options.Homes.guilds(ctx)
	if err != nil {
		return err
	}
	var failed []error
	for _, guild := range guilds {
		if b.discordGuild(guild) == "" {
			continue // of the command line, as long as no server is answered from it
		}
		l := b.leaseFor(guild)
		if l == nil {
			continue
		}
		ctx := under(ctx, l)
		notices, err := b.options.Curated.Notices(ctx, guild, maxNotices)
		failed = append(failed, err)
		for _, n := range notices {
			err := b.guardedNotify(ctx, guild, n)
			if err == nil {
				err = b.options.Curated.Delivered(ctx, guild, n)
			}
			failed = append(failed, err)
			if isUnauthorized(err) || ctx.Err() != nil {
				return errors.Join(failed...) // Discord bans who goes on asking
			}
		}
	}
	return errors.Join(failed...)
}

// guardedNotify is notify with an error in the place of a panic, which would end the
// process. Its value may hold what people wrote, and is not logged.
func (b *Bot) guardedNotify(ctx context.Context, guild string, n answers.Notice) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("panic")
			b.options.Log.Error("panic", "in", "notices", "stack", string(debug.Stack()))
		}
	}()
	return b.notify(ctx, guild, n)
}

// notify tells a member in a direct message what became of their question. Who is not
// there any more, takes no messages of the bot or may not see the answer is not told. Where
// only the place in which they asked shows it, they are told to ask there.
func (b *Bot) notify(ctx context.Context, guild string, n answers.Notice) error {
	m, found, err := b.member(ctx, b.discordGuild(guild), n.Member)
	if err != nil || !found {
		return err
	}
	w := wordsIn(languageOf(n.Text))
	r, ok, err := b.notice(ctx, guild, n, m.Roles, w)
	if err != nil {
		return err
	}
	if !ok {
		b.options.Log.Info("a member may not see an answer", "guild", guild)
		return nil
	}
	body, err := b.fetch(ctx, "POST", discordgo.EndpointUserChannels("@me"), map[string]string{"recipient_id": n.Member})
	if err == nil {
		_, err = b.post(ctx, read[spot](body).ID, "", noticeNonce(n), r)
	}
	if refused(err) {
		b.options.Log.Info("a member takes no direct messages", "err", err)
		return nil
	}
	if err != nil {
		return fmt.Errorf("tell a member: %w", err)
	}
	return nil
}

// notice writes what a member with some roles is told; ok is false where there is nothing
// that may be.
func (b *Bot) notice(ctx context.Context, guild string, n answers.Notice, roles []string, w words) (r reply, ok bool, err error) {
	name := b.named(ctx, b.discordGuild(guild), w)
	question := escape(cut(n.Text, maxTitle, escapedLen))
	if n.Outcome == answers.FollowDismissed || n.Outcome == answers.FollowDeclined {
		text := "told_dismissed"
		if n.Outcome == answers.FollowDeclined {
			text = "told_declined"
		}
		lines := []string{w.say(text, "Guild", name, "Question", question)}
		if n.Reason != "" {
			lines = append(lines, "> "+escape(cut(n.Reason, maxContent/2, escapedLen)))
		}
		return reply{content: strings.Join(lines, "\n")}, true, nil
	}
	text := "told"
	if n.Outcome == answers.FollowAccepted {
		text = "told_accepted"
	}
	told := reply{content: w.say(text, "Guild", name, "Question", question)}
	for _, places := range [][]string{nil, n.Asked} {
		access, err := b.options.Texts.AccessOf(ctx, guild, corpus.Asker{Roles: roles, Channels: places})
		if err != nil {
			return reply{}, false, err
		}
		c, err := b.options.Curated.Curated(ctx, access, n.Curated)
		if errors.Is(err, answers.ErrNotFound) || err == nil && !c.Removed.IsZero() {
			continue
		}
		if err != nil {
			return reply{}, false, err
		}
		if len(places) > 0 { // which a direct message is not
			told.content += "\n" + w.say("told_where", "Channel", "<#"+places[0]+">")
			return told, true, nil
		}
		curated := answers.CuratedReply{Curated: c}
		if curated.Shown, err = b.options.Curated.Sources(ctx, access, c); err != nil {
			return reply{}, false, err
		}
		frame, err := b.framing(ctx, seat{discordGuild: b.discordGuild(guild), roles: roles, direct: true}, false, access, w)
		if err != nil {
			return reply{}, false, err
		}
		told.embeds = curatedEmbeds(curated, frame, maxEmbeds)
		return told, true, nil
	}
	return reply{}, false, nil
}

// noticeNonce is the same each time that a notice is tried, and another for what became of
// the question later. Discord takes 25 characters.
func noticeNonce(n answers.Notice) string {
	h := fnv.New64a()
	fmt.Fprint(h, n.Member, "/", n.Question, "/", n.Outcome, "/", n.Curated)
	return fmt.Sprintf("notice-%x", h.Sum64())
}
