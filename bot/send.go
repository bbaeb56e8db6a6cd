package bot

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"net/url"
	"time"

	"github.com/bwmarrin/discordgo"
)

// Everything that the bot sends goes out here, and pings nobody.

// A reply is what a message shows.
type reply struct {
	content string
	embeds  []*discordgo.MessageEmbed
	private bool // only for who asked; fixed by the acknowledgement
}

// private is a reply of words that only who asked sees.
func private(content string) reply { return reply{content: content, private: true} }

// nobody is the mentions that a message may make.
func nobody() *discordgo.MessageAllowedMentions {
	return &discordgo.MessageAllowedMentions{Parse: []discordgo.AllowedMentionType{}}
}

// acknowledgeTime is how long Discord waits for the first response, less some.
const acknowledgeTime = 2800 * time.Millisecond

// acknowledge tells Discord that a reply is coming.
func (b *Bot) acknowledge(ctx context.Context, i *discordgo.Interaction) error {
	return b.callback(ctx, i, &discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{AllowedMentions: nobody()},
	})
}

// respond replies to an interaction that is not acknowledged.
func (b *Bot) respond(ctx context.Context, i *discordgo.Interaction, r reply) error {
	data := &discordgo.InteractionResponseData{Content: r.content, Embeds: r.embeds, AllowedMentions: nobody()}
	if r.private {
		data.Flags = discordgo.MessageFlagsEphemeral
	}
	return b.callback(ctx, i, &discordgo.InteractionResponse{Type: discordgo.InteractionResponseChannelMessageWithSource, Data: data})
}

func (b *Bot) callback(ctx context.Context, i *discordgo.Interaction, response *discordgo.InteractionResponse) error {
	ctx, cancel := context.WithTimeout(ctx, acknowledgeTime)
	defer cancel()
	endpoint := discordgo.EndpointInteractionResponse(i.ID, i.Token)
	return b.request(ctx, "POST", endpoint, response, i)
}

// edit sets what the reply to an acknowledged interaction shows.
func (b *Bot) edit(ctx context.Context, i *discordgo.Interaction, r reply) error {
	embeds := r.embeds
	if embeds == nil {
		embeds = []*discordgo.MessageEmbed{}
	}
	endpoint := discordgo.EndpointWebhookMessage(i.AppID, i.Token, "@original")
	return b.request(ctx, "PATCH", endpoint, &discordgo.WebhookEdit{Content: &r.content, Embeds: &embeds, AllowedMentions: nobody()}, i)
}

// buckets is how many rate-limit buckets the requests of interactions of one method
// share. The client gives one to all of them, where they wait for each other; one for
// each would be kept for ever. Acknowledgements, which are urgent, wait for no edit.
const buckets = 256

func (b *Bot) request(ctx context.Context, method, endpoint string, body any, i *discordgo.Interaction) error {
	h := fnv.New32a()
	h.Write([]byte(i.ID))
	bucket := fmt.Sprintf("interaction %s %d", method, h.Sum32()%buckets)
	_, err := b.session.RequestWithBucketID(method, endpoint, body, bucket, discordgo.WithContext(ctx))
	if err != nil {
		return fmt.Errorf("%s interaction %s: %w", method, i.ID, withoutToken(err))
	}
	return nil
}

// withoutToken takes the address out of an error, for that of an interaction holds its
// token.
func withoutToken(err error) error {
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
