package bot

import (
	"context"
	"encoding/json"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/bot/shards"
)

// An opened is a new post of a forum as something to answer, if a moderator wants that and
// the texts hold an answer.
type opened struct {
	channel
	bot     *Bot
	shift   *shift
	claimed bool

	counted bool     // it counts among what is asked
	out     *outcome // of asking, once that is done
}

// readThread reads a thread that somebody has opened: nil for one that the bot is only
// told of.
func readThread(data json.RawMessage) *channel {
	var c struct {
		channel
		NewlyCreated bool `json:"newly_created"`
	}
	_ = json.Unmarshal(data, &c)
	if !c.NewlyCreated || c.ID == "" || c.GuildID == "" || c.Type != channelPublicThread {
		return nil
	}
	return &c.channel
}

func (o *opened) name() string { return o.ID }

// claim claims a post of a forum whose posts are answered.
func (o *opened) claim(ctx context.Context) (bool, error) {
	b := o.bot
	if o.claimed {
		return true, nil
	}
	on := false
	err := b.untilBack(ctx, func() (err error) {
		on, err = b.options.Homes.Forum(ctx, b.guild(o.GuildID), o.ParentID)
		return err
	})
	if err != nil || !on {
		b.options.Log.Debug("a post of a channel whose posts are not answered", "post", o.ID)
		return false, err
	}
	self, err := b.self(ctx)
	if err != nil || o.OwnerID == self {
		return false, err
	}
	return o.shift.claim(ctx, shards.Question{Server: o.GuildID, ID: o.ID, Kind: kindPost, Channel: o.ParentID})
}

func (o *opened) do(ctx context.Context, _ int) error {
	ctx = under(ctx, o.shift.lease)
	err := o.bot.untilBack(ctx, func() error { return o.answer(ctx) })
	if o.bot.leaves(ctx, err, o.ID) {
		return nil
	}
	if err == nil {
		o.bot.settled(ctx, o.shift.lease, o.GuildID, o.ID)
	}
	return err
}

func (o *opened) answer(ctx context.Context) error {
	b := o.bot
	at := seat{discordGuild: o.GuildID, channel: o.ID, parent: o.ParentID, user: o.OwnerID}
	if !o.counted { // once, however often it is tried to answer it
		o.counted = true
		if text, wait := b.limits.question(at.user, o.ParentID, o.GuildID); wait > 0 {
			b.options.Log.Info("a post is not answered", "post", o.ID, "limit", text)
			return nil
		}
	}
	if o.out == nil {
		if err := o.ask(ctx, at); err != nil || o.out == nil {
			return err
		}
	}
	spot, err := b.post(ctx, o.ID, "", o.ID, o.out.show)
	if refused(err) {
		b.options.Log.Info("the bot may not answer in a forum", "post", o.ID, "err", err)
		return nil
	}
	if err == nil {
		b.shown(ctx, asking{seat: at}, *o.out, spot)
	}
	return err
}

// ask asks for an answer to the title, or else to what the post says.
func (o *opened) ask(ctx context.Context, at seat) error {
	for _, text := range []func(context.Context) (string, error){o.title, o.body} {
		question, err := text(ctx)
		if err != nil {
			return err
		}
		if answers.Check(question) != nil {
			continue
		}
		out, err := o.bot.ask(ctx, asking{seat: at, text: question, forum: true})
		if err != nil {
			return err
		}
		if out.given != nil && out.given.reply.Outcome != answers.None {
			o.out = &out
			return nil
		}
	}
	return nil
}

func (o *opened) title(context.Context) (string, error) { return o.channel.Name, nil }

// body returns what the post says, "" where the host has not switched that on.
func (o *opened) body(ctx context.Context) (string, error) {
	if !o.bot.options.MessageContent {
		return "", nil
	}
	// The first message of a post has its ID, and may come a moment later than the post.
	body, err := o.bot.fetch(ctx, "GET", discordgo.EndpointChannelMessage(o.ID, o.ID), nil)
	for pause := o.bot.rhythm.firstPause; hasCode(err, codeUnknownMessage) && pause < 8*o.bot.rhythm.firstPause; pause *= 2 {
		if err := sleep(ctx, pause); err != nil {
			return "", err
		}
		body, err = o.bot.fetch(ctx, "GET", discordgo.EndpointChannelMessage(o.ID, o.ID), nil)
	}
	if refused(err) {
		o.bot.options.Log.Info("the bot may not read a post", "post", o.ID, "err", err)
		return "", nil
	}
	return withoutMentions(read[message](body).Content), err
}

// Nobody has asked the bot: it says nothing where it has no room, or fails.

func (o *opened) busy(context.Context, int)     {}
func (o *opened) failed(context.Context, error) {}

// forum answers /forum.
func (b *Bot) forum(ctx context.Context, t *turn, c command) error {
	at, w := t.seat(), t.words()
	if at.direct {
		return b.tell(ctx, t, w.say("forum_not"))
	}
	chosen := c.Resolved.Channels[c.text(nameChannel)]
	if chosen.ID == "" || chosen.Type != channelForum {
		return b.tell(ctx, t, w.say("forum_kind"))
	}
	// What may be done where the command is used says nothing of another channel.
	if there := (member{Permissions: chosen.Permissions}); !there.may(permissionManageChannels) {
		return b.tell(ctx, t, w.say("forum_not"))
	}
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	on := c.yes(nameOn)
	if err := b.options.Homes.SetForum(ctx, b.guild(at.discordGuild), chosen.ID, on); err != nil {
		return err
	}
	text := "forum_off"
	if on {
		text = "forum_on"
	}
	_, err := b.edit(ctx, t, reply{content: w.say(text, "Forum", "<#"+chosen.ID+">")})
	return err
}
