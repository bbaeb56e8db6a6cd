package bot

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/config"
	"verbatim/corpus"
)

// keepDigesting writes the digests that are due, and forgets the files that nobody has
// confirmed, until ctx is done.
func (b *Bot) keepDigesting(ctx context.Context) {
	for sleep(ctx, b.rhythm.digests) == nil {
		b.pile.expire()
		if err := b.digestAll(ctx); err != nil && ctx.Err() == nil {
			b.options.Log.Warn("write digests", "err", err)
		}
	}
}

func (b *Bot) digestAll(ctx context.Context) error {
	guilds, err := b.options.Homes.Present(ctx)
	var failed []error
	for _, guild := range guilds {
		l := b.leaseFor(guild)
		if l == nil {
			continue
		}
		err := b.guardedDigest(under(ctx, l), guild)
		failed = append(failed, err)
		if isUnauthorized(err) {
			break // Discord bans who goes on asking
		}
	}
	return errors.Join(append(failed, err)...)
}

// guardedDigest is digest with an error in the place of a panic.
func (b *Bot) guardedDigest(ctx context.Context, guild string) (err error) {
	defer func() {
		if recover() != nil {
			err = errors.New("panic")
			b.options.Log.Error("panic", "in", "digest", "stack", string(debug.Stack()))
		}
	}()
	ctx, cancel := context.WithTimeout(ctx, handleTime)
	defer cancel()
	return b.digest(ctx, guild)
}

// digest writes the digest of a guild if it is due. That it is written is noted before, so
// that no fault writes it twice; one that Discord could not take is tried again.
func (b *Bot) digest(ctx context.Context, guild string) error {
	settings, err := b.options.Settings.Get(ctx, guild)
	if err != nil || settings.Digest == 0 || settings.DigestChannel == "" {
		return err
	}
	last, err := b.options.Homes.Digested(ctx, guild)
	now := b.options.Now()
	early := now.Sub(last) < settings.Digest && !last.After(now) // later, by a clock that was wrong
	if err != nil || early {
		return err
	}
	r, something, err := b.writeDigest(ctx, guild, settings, last, now)
	if err != nil {
		return err
	}
	first, err := b.options.Homes.SetDigested(ctx, guild, last, now)
	if err != nil || !first || !something {
		return err
	}
	// The next attempt has the same nonce, in case that Discord has carried this one out.
	_, err = b.post(ctx, settings.DigestChannel, "", "digest-"+strconv.FormatInt(max(0, last.Unix()), 36)+guild[max(0, len(guild)-6):], r)
	if refused(err) {
		b.options.Log.Info("the bot may not write the digest", "guild", guild, "err", err)
		return nil
	}
	if err != nil {
		_, back := b.options.Homes.SetDigested(context.WithoutCancel(ctx), guild, now, last)
		return errors.Join(fmt.Errorf("digest of guild %s: %w", guild, err), back)
	}
	return nil
}

// digestQuestions is how many open questions stand in a digest.
const digestQuestions = 5

// writeDigest writes what waits for moderators. Something is false where nothing does.
func (b *Bot) writeDigest(ctx context.Context, guild string, settings config.Guild, last, now time.Time) (r reply, something bool, err error) {
	all := corpus.Everything(guild)
	open, err := b.options.Curated.OpenQuestions(ctx, all, false)
	if err != nil {
		return r, false, err
	}
	proposals, err := b.options.Curated.Proposals(ctx, all, false)
	if err != nil {
		return r, false, err
	}
	stale, err := b.options.Curated.Stale(ctx, all, false)
	if err != nil {
		return r, false, err
	}
	since := last
	if since.IsZero() {
		since = now.Add(-settings.Digest)
	}
	helpful, unhelpful, err := b.options.Curated.VotesSince(ctx, all, since)
	if err != nil || len(open)+len(proposals)+len(stale)+helpful+unhelpful == 0 {
		return r, false, err
	}
	w, err := b.guildWords(ctx, guild, settings)
	if err != nil {
		return r, false, err
	}
	lines := []string{"**" + w.say("digest_title") + "**"}
	if len(open) > 0 {
		lines = append(lines, "- "+w.count("digest_open", len(open)))
	}
	for _, q := range open[:min(len(open), digestQuestions)] {
		lines = append(lines, "  - "+escape(cut(q.Text, maxTitle, escapedLen))+" · "+w.count("times", q.Times))
	}
	if len(proposals) > 0 {
		lines = append(lines, "- "+w.count("digest_proposals", len(proposals)))
	}
	if len(stale) > 0 {
		lines = append(lines, "- "+w.count("digest_stale", len(stale)))
	}
	if helpful+unhelpful > 0 {
		lines = append(lines, "- "+w.say("digest_votes", "Helpful", helpful, "Unhelpful", unhelpful))
	}
	door := func(text, action string) discordgo.MessageComponent {
		return discordgo.Button{Label: w.say(text), Style: discordgo.SecondaryButton, CustomID: customID(action, b.discordGuild(guild))}
	}
	var doors []discordgo.MessageComponent
	if len(open) > 0 {
		doors = append(doors, door("button_questions", doorQuestions))
	}
	if len(proposals) > 0 {
		doors = append(doors, door("button_proposals", doorReview))
	}
	r.content = stacked(lines, maxContent)
	if doors != nil {
		r.rows = rowOf(nil, doors...)
	}
	return r, true, nil
}

// guildWords returns what the bot says to all of a guild: in the language that is set, else
// in that of the server on Discord.
func (b *Bot) guildWords(ctx context.Context, guild string, settings config.Guild) (words, error) {
	if settings.Language != "auto" {
		return wordsIn(settings.Language), nil
	}
	body, err := b.fetch(ctx, "GET", discordgo.EndpointGuild(b.discordGuild(guild)), nil)
	if err != nil && !refused(err) {
		return words{}, err
	}
	locale := read[struct {
		Locale string `json:"preferred_locale"`
	}](body).Locale
	return wordsIn(cmp.Or(strings.TrimSpace(locale), "en")), nil
}
