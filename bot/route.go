package bot

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/bwmarrin/discordgo"

	"verbatim/config/database"
)

// task returns what an event asks of the bot, nil for nothing.
func (b *Bot) task(s *shift, e *discordgo.Event) task {
	switch e.Type {
	case "INTERACTION_CREATE":
		var i interaction
		if err := json.Unmarshal(e.RawData, &i); i.ID == "" || i.Token == "" {
			b.options.Log.Warn("an interaction that can't be read", "err", err != nil)
			return nil
		}
		return &turn{interaction: i, bot: b, shift: s}
	case "MESSAGE_CREATE":
		if m := readMessage(e.RawData); m != nil {
			return &posted{message: *m, bot: b, shift: s}
		}
	case "READY", "GUILD_CREATE", "GUILD_DELETE":
		b.pass(s.lease, e)
	case "THREAD_CREATE":
		if c := readThread(e.RawData); c != nil {
			return &opened{channel: *c, bot: b, shift: s}
		}
	}
	return nil
}

// A turn is an interaction under way. It belongs to one goroutine.
type turn struct {
	interaction
	bot      *Bot
	shift    *shift
	again    bool // a former owner of the shard has claimed it, and perhaps acknowledged it
	claimed  bool
	place    int // no other task has it at the same time
	standing standing
	done     string // what was done that stays done if the reply fails: a text that says so, "" for nothing
}

func (t *turn) name() string { return t.ID }

// A handler answers an interaction.
type handler func(*Bot, context.Context, *turn, command) error

// commandHandler returns what answers a command, nil for one that the bot does not know.
func commandHandler(kind discordgo.ApplicationCommandType, name string) handler {
	switch {
	case kind == discordgo.MessageApplicationCommand && name == nameAskAbout:
		return (*Bot).askAbout
	case kind == discordgo.MessageApplicationCommand && name == nameSaveAs:
		return (*Bot).saveAs
	case kind == discordgo.MessageApplicationCommand && name == nameProposeAs:
		return (*Bot).proposeAs
	case kind != discordgo.ChatApplicationCommand && kind != 0:
		return nil
	}
	return map[string]handler{
		nameAsk:     (*Bot).askCommand,
		nameSearch:  (*Bot).search,
		nameSources: (*Bot).sources,
		nameHelp:    (*Bot).help,
		namePrivacy: (*Bot).privacy,
		nameGuild:   (*Bot).chooseGuild,
		nameForum:   (*Bot).forum,

		nameCurated:   (*Bot).curatedCommand,
		nameQuestions: (*Bot).questionsCommand,
		nameReview:    (*Bot).reviewCommand,
		nameGlossary:  (*Bot).glossaryCommand,
		namePropose:   (*Bot).proposeCommand,
		nameSettings:  (*Bot).settings,
		nameCorpus:    (*Bot).corpus,
	}[name]
}

// A presser answers a press of a button, or a choice in a select, for what has an ID.
type presser func(b *Bot, ctx context.Context, t *turn, id string, p press) error

func presserOf(action string) presser {
	switch {
	case strings.HasPrefix(action, replyPrefix):
		return (*Bot).pressReply
	case strings.HasPrefix(action, panelPrefix):
		return (*Bot).pressPanel
	case strings.HasPrefix(action, listPrefix):
		return (*Bot).pressList
	case strings.HasPrefix(action, selfPrefix):
		return (*Bot).pressSelf
	case strings.HasPrefix(action, deskPrefix):
		return (*Bot).pressDesk
	case strings.HasPrefix(action, votePrefix):
		return (*Bot).pressVote
	case strings.HasPrefix(action, doorPrefix):
		return (*Bot).pressDoor
	}
	return nil
}

// The first letters of what buttons do, by what they belong to.
const (
	replyPrefix = "r-" // a reply
	panelPrefix = "p-" // the panel of one
	listPrefix  = "l-" // pages of a list
	selfPrefix  = "s-" // what is the presser's own
	deskPrefix  = "d-" // a desk
	votePrefix  = "v-" // a vote
)

// customID returns what a button is known by: what it does, and the ID of the thing that
// it does it with, which says nothing.
func customID(action, id string) string { return action + ":" + id }

// do answers an interaction. What is to be said when it has ended is dropped, unless there
// is another place for it.
func (t *turn) do(ctx context.Context, place int) error {
	t.place = place
	if !t.inherited(ctx) {
		return nil
	}
	ctx = database.By(ctx, database.Actor{Who: t.seat().user, Via: database.ViaDiscord, Now: t.bot.options.Now})
	answering := ctx
	if t.GuildID != "" { // whose it is that a direct message asks, only the database knows
		answering = database.Near(ctx, t.bot.guild(t.GuildID))
	}
	err := t.answer(answering)
	if t.claimed && t.bot.leaves(ctx, err, t.ID) {
		return nil
	}
	if t.claimed && (err == nil || tooLate(err)) {
		t.bot.settled(ctx, t.shift.lease, t.GuildID, t.ID)
	}
	if tooLate(err) {
		t.bot.options.Log.Warn("a reply is dropped: it came too late", "interaction", t.ID)
		t.standing = answered
		return nil
	}
	return err
}

func (t *turn) answer(ctx context.Context) error {
	switch t.Type {
	case discordgo.InteractionApplicationCommand:
		data := read[command](t.Data)
		if handle := commandHandler(data.Type, data.Name); handle != nil {
			return t.bot.pressed(ctx, t, func() error { return handle(t.bot, ctx, t, data) })
		}
	case discordgo.InteractionApplicationCommandAutocomplete:
		return t.bot.propose(ctx, t, read[command](t.Data))
	case discordgo.InteractionMessageComponent:
		data := read[press](t.Data)
		action, id, _ := strings.Cut(data.CustomID, ":")
		if handle := presserOf(action); handle != nil {
			return t.bot.pressed(ctx, t, func() error { return handle(t.bot, ctx, t, id, data) })
		}
	case discordgo.InteractionModalSubmit:
		data := read[submission](t.Data)
		action, id, _ := strings.Cut(data.CustomID, ":")
		if strings.HasPrefix(action, doorPrefix) {
			return t.bot.pressed(ctx, t, func() error { return t.bot.submitDoor(ctx, t, id, action, data) })
		}
		if strings.HasPrefix(action, deskPrefix) {
			return t.bot.pressed(ctx, t, func() error { return t.bot.submitDesk(ctx, t, id, action, data.values()) })
		}
	}
	t.bot.options.Log.Warn("an interaction that the bot does not know", "interaction", t.ID, "type", int(t.Type))
	return t.bot.tell(ctx, t, t.words().say("unknown", "ID", t.ID))
}

// pressed lets a command or a press be answered unless there are too many.
func (b *Bot) pressed(ctx context.Context, t *turn, answer func() error) error {
	if text, wait := b.limits.press(t.seat().user); wait > 0 && !t.again {
		return b.tell(ctx, t, t.words().say(text, "Seconds", seconds(wait)))
	}
	return answer()
}

// words returns what the bot says to who uses an interaction, alone.
func (t *turn) words() words { return wordsIn(t.seat().language()) }

// tell says something to who asked alone. Autocomplete has no place for words: it gets
// no proposals. An interaction of a type that is not known gets nothing, for nobody
// knows what Discord would take.
func (b *Bot) tell(ctx context.Context, t *turn, text string) error {
	return b.show(ctx, t, reply{content: text})
}

// show is tell with more than text.
func (b *Bot) show(ctx context.Context, t *turn, r reply) error {
	switch t.Type {
	case discordgo.InteractionApplicationCommand, discordgo.InteractionMessageComponent, discordgo.InteractionModalSubmit:
		return b.respond(ctx, t, r)
	case discordgo.InteractionApplicationCommandAutocomplete:
		return b.proposeChoices(ctx, t, nil)
	}
	return nil
}

// stale refuses a button that is too old, forged or of somebody else. All are told the
// same.
func (b *Bot) stale(ctx context.Context, t *turn) error {
	return b.tell(ctx, t, t.words().say("stale"))
}

// busy says that there is no room.
func (t *turn) busy(ctx context.Context, place int) {
	t.place = place
	if err := t.bot.tell(ctx, t, t.words().say("busy")); err != nil {
		t.bot.options.Log.Warn("say that the bot is busy", "interaction", t.ID, "err", err)
	}
}

// failed says what went wrong. It does so in the way that is left, and in the place of no answer, be it the
// bot's or that of another with its token.
func (t *turn) failed(ctx context.Context, why error) {
	b := t.bot
	if t.claimed {
		ctx = under(ctx, t.shift.lease)
	}
	text := reply{content: t.words().fault(why, t.ID)}
	if t.done != "" {
		text.content = t.words().say(t.done)
	}
	var err error
	if t.standing == uncertain {
		err = b.look(ctx, t)
	}
	if t.standing == answered {
		b.options.Log.Info("the reply stands although the bot did not hear so", "interaction", t.ID)
		if t.done != "" { // which may not stand there
			err = b.followUp(ctx, t, text, true)
		}
	} else if told := b.tellAnyway(ctx, t, text); told != nil {
		err = told
	}
	if err != nil {
		b.options.Log.Warn("say that an interaction failed", "interaction", t.ID, "err", err)
	} else if t.claimed {
		b.settled(ctx, t.shift.lease, t.GuildID, t.ID)
	}
}

// tellAnyway says something to who asked, in the way that is left: nothing where somebody
// else answers, or nobody knows.
func (b *Bot) tellAnyway(ctx context.Context, t *turn, r reply) (err error) {
	switch t.standing {
	case silent:
		err = b.show(ctx, t, r)
	case thinking:
		_, err = b.edit(ctx, t, r)
	case updating:
		err = b.followUp(ctx, t, r, true)
	}
	return err
}
