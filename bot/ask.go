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
func (b *Bot) interaction(ctx context.Context, i *discordgo.Interaction) error {
	if i.Type != discordgo.InteractionApplicationCommand || i.Data == nil {
		return b.respond(ctx, i, private(textsOf(localeOf(i)).unknown))
	}
	data, ok := i.Data.(discordgo.ApplicationCommandInteractionData)
	if !ok || data.Name != commandAsk {
		return b.respond(ctx, i, private(textsOf(localeOf(i)).unknown))
	}
	return b.ask(ctx, i, data)
}

// ask answers /ask: it acknowledges at once and then edits the reply.
func (b *Bot) ask(ctx context.Context, i *discordgo.Interaction, data discordgo.ApplicationCommandInteractionData) error {
	words := textsOf(localeOf(i))
	if i.GuildID == "" {
		return b.respond(ctx, i, private(words.onlyInServers))
	}
	question := option(data, optionQuestion)
	if err := answers.Check(question); err != nil {
		return b.respond(ctx, i, private(words.refusal(err)))
	}
	// An acknowledgement whose answer does not come may have been carried out; if it
	// was not, the edit fails.
	if err := b.acknowledge(ctx, i); err != nil && (!errors.Is(err, context.DeadlineExceeded) || ctx.Err() != nil) {
		return err
	}
	guild := b.guild(i.GuildID)
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
	return b.edit(ctx, i, message(reply, textsOf(language)))
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
func localeOf(i *discordgo.Interaction) string {
	if i.Locale != "" {
		return string(i.Locale)
	}
	if i.GuildLocale != nil {
		return string(*i.GuildLocale)
	}
	return ""
}

// busy says that there is no room.
func (b *Bot) busy(ctx context.Context, i *discordgo.Interaction) {
	if err := b.respond(ctx, i, private(textsOf(localeOf(i)).busy)); err != nil {
		b.options.Log.Warn("say that the bot is busy", "interaction", i.ID, "err", err)
	}
}

// failed says that something went wrong, with the interaction's ID, which stands in
// the log. The interaction may be acknowledged or not.
func (b *Bot) failed(ctx context.Context, i *discordgo.Interaction, _ error) {
	text := fmt.Sprintf(textsOf(localeOf(i)).failed, i.ID)
	err := b.respond(ctx, i, private(text))
	if hasCode(err, codeAcknowledged) {
		err = b.edit(ctx, i, reply{content: text})
	}
	if err != nil {
		b.options.Log.Warn("say that an interaction failed", "interaction", i.ID, "err", err)
	}
}

// Codes of errors of Discord: docs.discord.com/developers/topics/opcodes-and-status-codes.
const (
	codeAcknowledged = 40060
)

// hasCode reports whether an error is Discord's with a code.
func hasCode(err error, code int) bool {
	var refused *discordgo.RESTError
	return errors.As(err, &refused) && refused.Message != nil && refused.Message.Code == code
}
