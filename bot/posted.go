package bot

import (
	"context"
	"encoding/json"
	"errors"
	"slices"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/bot/shards"
)

// A message is what somebody wrote, as far as the bot looks at it.
type message struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
	GuildID   string `json:"guild_id"`
	Type      int    `json:"type"`
	WebhookID string `json:"webhook_id"`
	Author    user   `json:"author"`
	Member    member `json:"member"`
	Content   string `json:"content"`
	Mentions  []user `json:"mentions"`
	Replied   *struct {
		ID      string `json:"id"`
		Author  user   `json:"author"`
		Content string `json:"content"`
	} `json:"referenced_message"`
}

// Types of messages: docs.discord.com/developers/resources/message#message-object-message-types.
const (
	messageDefault = 0
	messageReply   = 19
)

// readMessage reads a message that a person wrote to somebody: nil for all others.
func readMessage(data json.RawMessage) *message {
	var m message
	_ = json.Unmarshal(data, &m) // parts that can't be read are not looked at
	switch {
	case m.ID == "" || m.ChannelID == "" || m.Author.ID == "" || m.Author.Bot || m.WebhookID != "",
		m.Type != messageDefault && m.Type != messageReply,
		m.GuildID != "" && len(m.Mentions) == 0:
		return nil
	}
	return &m
}

// A posted is a message as something to answer: a direct one, or one that mentions the bot.
type posted struct {
	message
	bot   *Bot
	shift *shift
	read  bool // it was not told but read, without what the writer is in the server
	mine  bool // it is for the bot, and claimed

	counted bool     // it counts among what is asked
	out     *outcome // of asking, once that is done: asked again, it would follow up itself
}

func (p *posted) name() string { return p.ID }

// claim claims a message that is for the bot.
func (p *posted) claim(ctx context.Context) (bool, error) {
	b := p.bot
	if p.mine {
		return true, nil
	}
	if p.GuildID != "" {
		self, err := b.self(ctx)
		if err != nil || !slices.ContainsFunc(p.Mentions, func(u user) bool { return u.ID == self }) {
			return false, err
		}
	}
	var err error
	p.mine, err = p.shift.claim(ctx, shards.Question{Server: p.GuildID, ID: p.ID, Kind: kindMessage, Channel: p.ChannelID})
	return p.mine, err
}

func (p *posted) do(ctx context.Context, _ int) error {
	ctx = under(ctx, p.shift.lease)
	if p.read && p.GuildID != "" {
		m, _, err := p.bot.member(ctx, p.GuildID, p.Author.ID)
		if err != nil {
			return err
		}
		p.Member = m
	}
	err := p.bot.untilBack(ctx, func() error { return p.bot.hear(ctx, p) })
	if p.bot.leaves(ctx, err, p.ID) {
		return nil
	}
	if err == nil {
		p.bot.settled(ctx, p.shift.lease, p.GuildID, p.ID)
	}
	return err
}

// hear answers a message.
func (b *Bot) hear(ctx context.Context, p *posted) error {
	q := asking{seat: p.seat(), text: withoutMentions(p.Content), private: p.GuildID == ""}
	if q.text == "" && p.Replied != nil && !p.Replied.Author.Bot {
		q.text = withoutMentions(p.Replied.Content)
	}
	if p.Replied != nil && p.Replied.Author.Bot {
		q.replied = p.Replied.ID
	}
	w := b.wordsOf(ctx, q)
	if err := answers.Check(q.text); err != nil {
		if errors.Is(err, answers.ErrTooLong) {
			return p.say(ctx, w.refusal(err))
		}
		return p.sayHelp(ctx, q.seat, w)
	}
	if passedOver, err := p.limited(ctx, q.seat, w); err != nil || passedOver {
		return err
	}
	var err error
	if q.seat.direct {
		var text string
		if q.seat, text, err = b.askedAtHome(ctx, q.seat, w); err != nil {
			return err
		}
		if text != "" {
			return p.say(ctx, text)
		}
	} else if q.seat.parent, err = b.parentOf(ctx, p.ChannelID); err != nil {
		return err
	}
	if p.out == nil {
		out, err := b.ask(ctx, q)
		if err != nil {
			return err
		}
		p.out = &out
	}
	at, err := p.answer(ctx, p.out.show)
	if err == nil {
		b.shown(ctx, q, *p.out, at)
	}
	return err
}

// limited reports whether a message is over a limit. That is said, unless it was just before.
// A message counts once, however often it is tried to answer it.
func (p *posted) limited(ctx context.Context, at seat, w words) (bool, error) {
	b := p.bot
	if p.counted {
		return false, nil
	}
	p.counted = true
	text, wait := b.limits.question(at.user, at.channel, at.discordGuild)
	if wait <= 0 {
		return false, nil
	}
	if !b.limits.mayTell(at.user) {
		b.options.Log.Info("a message over a limit is passed over", "message", p.ID, "limit", text)
		return true, nil
	}
	return true, p.say(ctx, w.say(text, "Seconds", seconds(wait)))
}

// sayHelp says how to ask. Where nothing was written that has a language, it is said in that
// of the server.
func (p *posted) sayHelp(ctx context.Context, at seat, w words) error {
	if !at.direct {
		guild := p.bot.guild(at.discordGuild)
		settings, err := p.bot.options.Settings.Get(ctx, guild)
		if err == nil {
			if of, err := p.bot.guildWords(ctx, guild, settings); err == nil {
				w = of
			}
		}
	}
	return p.say(ctx, w.say("mention_help"))
}

// seat returns who wrote the message, and where.
func (p *posted) seat() seat {
	return seat{discordGuild: p.GuildID, channel: p.ChannelID, user: p.Author.ID, roles: p.Member.Roles, direct: p.GuildID == ""}
}

// wordsOf returns what the bot says to a message, of whose writer no language is known.
func (b *Bot) wordsOf(ctx context.Context, q asking) words {
	settings, err := b.options.Settings.Get(ctx, b.guild(q.seat.discordGuild))
	if err == nil && settings.Language != "auto" && !q.seat.direct {
		return wordsIn(settings.Language)
	}
	return wordsIn(languageOf(q.text))
}

// answer posts a reply to the message. Where the bot may not write, the log says so.
func (p *posted) answer(ctx context.Context, r reply) (spot, error) {
	at, err := p.bot.post(ctx, p.ChannelID, p.ID, p.ID, r)
	if refused(err) {
		p.bot.options.Log.Info("the bot may not answer in a channel", "message", p.ID, "err", err)
		return spot{}, nil
	}
	return at, err
}

func (p *posted) say(ctx context.Context, text string) error {
	_, err := p.answer(ctx, reply{content: text})
	return err
}

// busy says that there is no room.
func (p *posted) busy(ctx context.Context, _ int) {
	p.tell(ctx, wordsIn(languageOf(p.Content)).say("busy"), "say that the bot is busy")
}

func (p *posted) failed(ctx context.Context, why error) {
	p.tell(ctx, wordsIn(languageOf(p.Content)).fault(why, p.ID), "say that an answer failed")
}

// tell says what stands in the place of an answer. If it can't, the message stays one that
// is not answered.
func (p *posted) tell(ctx context.Context, text, what string) {
	ctx = under(ctx, p.shift.lease)
	if err := p.say(ctx, text); err != nil {
		p.bot.options.Log.Warn(what, "message", p.ID, "err", err)
		return
	}
	p.bot.settled(ctx, p.shift.lease, p.GuildID, p.ID)
}

// A posting is a message as the bot sends it. The client has no field for a nonce that
// Discord enforces.
//
// Source: docs.discord.com/developers/resources/message#create-message
type posting struct {
	Content      string                            `json:"content,omitempty"`
	Embeds       []*discordgo.MessageEmbed         `json:"embeds,omitempty"`
	Components   []discordgo.MessageComponent      `json:"components,omitempty"`
	Allowed      *discordgo.MessageAllowedMentions `json:"allowed_mentions"`
	Reference    map[string]any                    `json:"message_reference,omitempty"`
	Nonce        string                            `json:"nonce,omitempty"`
	EnforceNonce bool                              `json:"enforce_nonce,omitempty"`
}

// post sends a message to a channel, in reply to another if that is named. With the same
// nonce it is sent once, however often it is tried.
func (b *Bot) post(ctx context.Context, channel, replyTo, nonce string, r reply) (spot, error) {
	body := posting{Content: r.content, Embeds: r.embeds, Components: r.rows, Allowed: nobody(), Nonce: nonce, EnforceNonce: true}
	if replyTo != "" {
		body.Reference = map[string]any{"message_id": replyTo, "fail_if_not_exists": false}
	}
	send := func() ([]byte, error) {
		return b.fetch(ctx, "POST", discordgo.EndpointChannelMessages(channel), body, discordgo.WithHeader(nonceHeader, nonce))
	}
	answer, err := send()
	if hasCode(err, codeMissingPermissions) && len(r.embeds) > 0 { // that for frames, perhaps
		body.Content, body.Embeds = r.plain(), nil
		answer, err = send()
	}
	return read[spot](answer), err
}

// parentOf returns the channel of a thread, "" for what is none. It is remembered for a
// while: a thread never moves.
func (b *Bot) parentOf(ctx context.Context, id string) (string, error) {
	if parent, ok := b.parents.get(id); ok {
		return parent, nil
	}
	body, err := b.fetch(ctx, "GET", discordgo.EndpointChannel(id), nil)
	if err != nil {
		return "", err
	}
	parent := ""
	if c := read[channel](body); c.isThread() {
		parent = c.ParentID
	}
	b.parents.set(id, parent)
	return parent, nil
}

const (
	maxParents  = 5000
	parentsLife = time.Hour
)
