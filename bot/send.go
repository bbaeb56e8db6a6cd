package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Everything that the bot sends goes out here, and pings nobody.

// A reply is what a message shows.
type reply struct {
	content string
	embeds  []*discordgo.MessageEmbed
}

// nobody is the mentions that a message may make.
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// A standing is what Discord shows of an interaction, as far as the bot knows.
type standing int

const (
	silent    standing = iota // the bot has said nothing
	thinking                  // acknowledged: "is thinking…"
	answered                  // a reply
	uncertain                 // something was sent, and may have been carried out or not
)

// acknowledgeTime is how long Discord waits for the first response, less some.
const acknowledgeTime = 2800 * time.Millisecond

// acknowledge tells Discord that a reply is coming.
func (b *Bot) acknowledge(ctx context.Context, t *turn) error {
	return b.callback(ctx, t, thinking, discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{AllowedMentions: nobody()},
	})
}

// respond replies to an interaction that is not acknowledged, for who asked alone.
func (b *Bot) respond(ctx context.Context, t *turn, content string) error {
	return b.callback(ctx, t, answered, discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{
			Content: content, AllowedMentions: nobody(), Flags: discordgo.MessageFlagsEphemeral,
		},
	})
}

// proposeNothing answers autocomplete. The client's own type would leave out an empty
// list.
func (b *Bot) proposeNothing(ctx context.Context, t *turn) error {
	return b.callback(ctx, t, answered, map[string]any{
		"type": discordgo.InteractionApplicationCommandAutocompleteResult,
		"data": map[string]any{"choices": []string{}},
	})
}

// callback sends the first response, after which the interaction stands as it says.
func (b *Bot) callback(ctx context.Context, t *turn, after standing, response any) error {
	ctx, cancel := context.WithTimeout(ctx, acknowledgeTime)
	defer cancel()
	t.standing = uncertain
	if _, err := b.request(ctx, "POST", discordgo.EndpointInteractionResponse(t.ID, t.Token), response, t); err != nil {
		return err
	}
	t.standing = after
	return nil
}

// edit sets what the reply to an acknowledged interaction shows.
func (b *Bot) edit(ctx context.Context, t *turn, r reply) error {
	embeds := r.embeds
	if embeds == nil {
		embeds = []*discordgo.MessageEmbed{}
	}
	t.standing = uncertain
	if _, err := b.request(ctx, "PATCH", original(t), &discordgo.WebhookEdit{Content: &r.content, Embeds: &embeds, AllowedMentions: nobody()}, t); err != nil {
		return err
	}
	t.standing = answered
	return nil
}

// original is the address of the reply to an interaction.
func original(t *turn) string {
	return discordgo.EndpointWebhookMessage(t.AppID, t.Token, "@original")
}

// look finds out how an interaction stands.
func (b *Bot) look(ctx context.Context, t *turn) error {
	body, err := b.request(ctx, "GET", original(t), nil, t)
	if hasCode(err, codeUnknownWebhook) {
		t.standing = silent
		return nil
	}
	if err != nil {
		return err
	}
	var shown struct{ Flags discordgo.MessageFlags }
	if err := json.Unmarshal(body, &shown); err != nil {
		return fmt.Errorf("GET interaction %s: %w", t.ID, err)
	}
	t.standing = answered
	if shown.Flags&discordgo.MessageFlagsLoading != 0 {
		t.standing = thinking
	}
	return nil
}

// request sends a request of an interaction. The client lets the requests of a bucket
// wait for each other, whatever their contexts, and keeps every bucket for ever: so
// each place has one, which interactions under way do not share.
func (b *Bot) request(ctx context.Context, method, endpoint string, body any, t *turn) ([]byte, error) {
	answer, err := b.session.RequestWithBucketID(method, endpoint, body, fmt.Sprintf("place %d", t.place), discordgo.WithContext(ctx))
	if err != nil {
		return nil, fmt.Errorf("%s interaction %s: %w", method, t.ID, withoutAddress(err))
	}
	return answer, nil
}

// withoutAddress takes the address out of an error, for that of an interaction holds
// its token.
func withoutAddress(err error) error {
	var failed *url.Error
	var limited *discordgo.RateLimitError
	switch {
	case errors.As(err, &failed):
		return failed.Err
	case errors.As(err, &limited):
		return fmt.Errorf("rate limited for %s more", limited.RetryAfter)
	}
	return err
}

// Codes of errors of Discord: docs.discord.com/developers/topics/opcodes-and-status-codes.
const (
	codeUnknownWebhook = 10015 // of an interaction: it is not acknowledged
	codeAcknowledged   = 40060
)

// hasCode reports whether an error is Discord's with a code.
func hasCode(err error, code int) bool {
	var refused *discordgo.RESTError
	return errors.As(err, &refused) && refused.Message != nil && refused.Message.Code == code
}
