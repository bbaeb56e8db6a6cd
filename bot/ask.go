package bot

import (
	"context"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"verbatim/answers"
	"verbatim/corpus"
)

// interaction handles an interaction of any kind. What the client could not read has
// no data.
func (b *Bot) interaction(ctx context.Context, t *turn) error {
	data, ok := t.Data.(discordgo.ApplicationCommandInteractionData)
	if t.Type != discordgo.InteractionApplicationCommand || !ok || data.Name != commandAsk {
		return b.tell(ctx, t, textsOf(localeOf(t)).unknown)
	}
	return b.ask(ctx, t, data)
}

// ask answers /ask: it acknowledges at once and then edits the reply.
func (b *Bot) ask(ctx context.Context, t *turn, data discordgo.ApplicationCommandInteractionData) error {
	words := textsOf(localeOf(t))
	if t.GuildID == "" {
		return b.tell(ctx, t, words.onlyInServers)
	}
	question := option(data, optionQuestion)
	if err := answers.Check(question); err != nil {
		return b.tell(ctx, t, words.refusal(err))
	}
	// An acknowledgement whose answer does not come may have been carried out; if it
	// was not, the edit fails.
	if err := b.acknowledge(ctx, t); err != nil && (!errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil) {
		return err
	}
	guild := b.guild(t.GuildID)
	settings, err := b.options.Settings.Get(ctx, guild)
	if err != nil {
		return err
	}
	reply, err := b.options.Answerer.Ask(ctx, answers.Question{
		Text:     question,
		Access:   corpus.Everything(guild),
		Caution:  answers.Caution(settings.Answers),
		Excerpts: settings.Excerpts,
	})
	if err != nil {
		return err
	}
	language := settings.Language
	if language == "auto" {
		language = reply.Language
	}
	return b.edit(ctx, t, message(reply, textsOf(language)))
}

// option returns the text of an option of a command, "" if it is not given.
func option(data discordgo.ApplicationCommandInteractionData, name string) string {
	for _, o := range data.Options {
		if o.Name == name && o.Type == discordgo.ApplicationCommandOptionString {
			text, _ := o.Value.(string)
			return text
		}
	}
	return ""
}

// localeOf returns the language of who asks.
func localeOf(t *turn) string {
	if t.Locale != "" {
		return string(t.Locale)
	}
	if t.GuildLocale != nil {
		return string(*t.GuildLocale)
	}
	return ""
}

// tell says something to who asked alone. Autocomplete has no place for words: it gets
// no proposals. An interaction of a type that is not known gets nothing, for nobody
// knows what Discord would take.
func (b *Bot) tell(ctx context.Context, t *turn, text string) error {
	switch t.Type {
	case discordgo.InteractionApplicationCommand, discordgo.InteractionMessageComponent, discordgo.InteractionModalSubmit:
		return b.respond(ctx, t, text)
	case discordgo.InteractionApplicationCommandAutocomplete:
		return b.proposeNothing(ctx, t)
	}
	b.options.Log.Warn("an interaction of an unknown type", "interaction", t.ID, "type", int(t.Type))
	return nil
}

// busy says that there is no room.
func (b *Bot) busy(ctx context.Context, t *turn) {
	if err := b.tell(ctx, t, textsOf(localeOf(t)).busy); err != nil {
		b.options.Log.Warn("say that the bot is busy", "interaction", t.ID, "err", err)
	}
}

// failed says that something went wrong, with the interaction's ID, which stands in
// the log. It does so in the way that is left, and in the place of no answer.
func (b *Bot) failed(ctx context.Context, t *turn) {
	text := fmt.Sprintf(textsOf(localeOf(t)).failed, t.ID)
	var err error
	if t.standing == uncertain {
		err = b.look(ctx, t)
	}
	switch t.standing {
	case silent:
		err = b.tell(ctx, t, text)
	case thinking:
		err = b.edit(ctx, t, reply{content: text})
	case answered:
		b.options.Log.Info("the reply stands although the bot did not hear so", "interaction", t.ID)
	}
	if err != nil {
		b.options.Log.Warn("say that an interaction failed", "interaction", t.ID, "err", err)
	}
}
