package bot

import (
	"bytes"
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
	rows    []discordgo.MessageComponent // of buttons and selects
	file    *discordgo.File              // nil for none; only an edit can bring one
}

// lists returns the embeds and rows of a reply, none as empty lists: in an edit, what is
// left out stays.
func (r reply) lists() ([]*discordgo.MessageEmbed, []discordgo.MessageComponent) {
	embeds, rows := r.embeds, r.rows
	if embeds == nil {
		embeds = []*discordgo.MessageEmbed{}
	}
	if rows == nil {
		rows = []discordgo.MessageComponent{}
	}
	return embeds, rows
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
	updating                  // acknowledged: the message with the button stays, and will be another
	answered                  // a reply
	uncertain                 // something was sent, and may have been carried out or not
	taken                     // somebody else answers
)

// errTaken is why the bot says nothing more to an interaction.
var errTaken = errors.New("another bot answers with this token: let only one run")

// acknowledgeTime is how long Discord waits for the first response, less some.
const acknowledgeTime = 2800 * time.Millisecond

// acknowledge tells Discord that a reply is coming, for who asked alone or for all.
func (b *Bot) acknowledge(ctx context.Context, t *turn, private bool) error {
	data := &discordgo.InteractionResponseData{AllowedMentions: nobody()}
	if private {
		data.Flags = discordgo.MessageFlagsEphemeral
	}
	return b.accept(ctx, t, thinking, discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseDeferredChannelMessageWithSource, Data: data,
	})
}

// acknowledgeUpdate tells Discord that the message whose button was pressed will change.
func (b *Bot) acknowledgeUpdate(ctx context.Context, t *turn) error {
	return b.accept(ctx, t, updating, discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredMessageUpdate})
}

// accept sends an acknowledgement. One whose answer does not come may have been carried
// out; if it was not, what follows it fails.
func (b *Bot) accept(ctx context.Context, t *turn, after standing, response discordgo.InteractionResponse) error {
	err := b.callback(ctx, t, after, response)
	if errors.Is(err, context.DeadlineExceeded) && ctx.Err() == nil {
		return nil
	}
	return err
}

// respond replies to an interaction that is not acknowledged, for who asked alone.
func (b *Bot) respond(ctx context.Context, t *turn, r reply) error {
	return b.callback(ctx, t, answered, discordgo.InteractionResponse{
		Type: discordgo.InteractionResponseChannelMessageWithSource,
		Data: &discordgo.InteractionResponseData{
			Content: r.content, Embeds: r.embeds, Components: r.rows, AllowedMentions: nobody(), Flags: discordgo.MessageFlagsEphemeral,
		},
	})
}

// proposeChoices answers autocomplete. The client's own type would leave out an empty
// list.
func (b *Bot) proposeChoices(ctx context.Context, t *turn, choices []choice) error {
	if choices == nil {
		choices = []choice{}
	}
	return b.callback(ctx, t, answered, map[string]any{
		"type": discordgo.InteractionApplicationCommandAutocompleteResult,
		"data": map[string]any{"choices": choices},
	})
}

// A choice is what autocomplete proposes.
type choice struct {
	Name  string `json:"name"`
	Value string `json:"value"`
}

// callback sends the first response, after which the interaction stands as it says.
func (b *Bot) callback(ctx context.Context, t *turn, after standing, response any) error {
	ctx, cancel := context.WithTimeout(ctx, b.rhythm.acknowledges)
	defer cancel()
	t.standing = uncertain
	_, err := b.request(ctx, "POST", discordgo.EndpointInteractionResponse(t.ID, t.Token), response, t)
	switch {
	case hasCode(err, codeAcknowledged): // not by the bot: the transport knows its own
		t.standing = taken
		return errTaken
	case err == nil:
		t.standing = after
	}
	return err
}

// A spot is where a message stands.
type spot struct {
	ID        string `json:"id"`
	ChannelID string `json:"channel_id"`
}

// edit sets what the reply to an acknowledged interaction shows, and returns where it
// stands.
func (b *Bot) edit(ctx context.Context, t *turn, r reply) (spot, error) {
	embeds, rows := r.lists()
	shows := edited{Content: r.content, Embeds: embeds, Components: rows, Attachments: []attached{}, Allowed: nobody()}
	if r.file != nil {
		shows.Attachments = append(shows.Attachments, attached{"0", r.file.Name})
	}
	before := t.standing
	t.standing = uncertain
	body, err := b.upload(ctx, t, shows, r.file)
	if refused(err) { // it is not carried out
		t.standing = before
	}
	if err != nil {
		return spot{}, err
	}
	t.standing = answered
	return read[spot](body), nil
}

// An edited message is all that a reply shows from now on. The client's own type would
// describe a file with fields that Discord does not know.
//
// Source: docs.discord.com/developers/resources/webhook#edit-webhook-message
type edited struct {
	Content     string                            `json:"content"`
	Embeds      []*discordgo.MessageEmbed         `json:"embeds"`
	Components  []discordgo.MessageComponent      `json:"components"`
	Attachments []attached                        `json:"attachments"`
	Allowed     *discordgo.MessageAllowedMentions `json:"allowed_mentions"`
}

// An attached is a file that is sent along: the one with this number in the form.
type attached struct {
	ID   string `json:"id"`
	Name string `json:"filename"`
}

// upload edits the reply to an interaction, with a file if there is one.
func (b *Bot) upload(ctx context.Context, t *turn, shows edited, file *discordgo.File) ([]byte, error) {
	if file == nil {
		return b.request(ctx, "PATCH", original(t), shows, t)
	}
	kind, form, err := discordgo.MultipartBodyWithJSON(shows, []*discordgo.File{file})
	if err != nil {
		return nil, err
	}
	answer, err := b.session.RequestRaw("PATCH", original(t), kind, form, bucket(t), 0, discordgo.WithContext(ctx))
	return answer, failure("PATCH", t, err)
}

// textFile is a file for a reply.
func textFile(name, kind string, data []byte) *discordgo.File {
	return &discordgo.File{Name: name, ContentType: kind, Reader: bytes.NewReader(data)}
}

// followUp sends a further message to an interaction, for who asked alone or for all.
func (b *Bot) followUp(ctx context.Context, t *turn, r reply, private bool) error {
	_, err := b.followUpAt(ctx, t, r, private)
	return err
}

func (b *Bot) followUpAt(ctx context.Context, t *turn, r reply, private bool) (spot, error) {
	p := &discordgo.WebhookParams{Content: r.content, Embeds: r.embeds, Components: r.rows, AllowedMentions: nobody()}
	if private {
		p.Flags = discordgo.MessageFlagsEphemeral
	}
	body, err := b.request(ctx, "POST", discordgo.EndpointWebhookToken(t.AppID, t.Token)+"?wait=true", p, t)
	return read[spot](body), err
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
	answer, err := b.session.RequestWithBucketID(method, endpoint, body, bucket(t), discordgo.WithContext(ctx))
	return answer, failure(method, t, err)
}

func bucket(t *turn) string { return fmt.Sprintf("place %d", t.place) }

// failure says of which request an error is.
func failure(method string, t *turn, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s interaction %s: %w", method, t.ID, withoutAddress(err))
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
		return errors.New(rateLimited(limited.RetryAfter))
	}
	return err
}

// Codes of errors of Discord: docs.discord.com/developers/topics/opcodes-and-status-codes.
const (
	codeUnknownMessage     = 10008
	codeMissingPermissions = 50013
	codeUnknownWebhook     = 10015 // of an interaction: it is not acknowledged
	codeInvalidToken       = 50027 // of an interaction: it is over
	codeAcknowledged       = 40060
)

// hasCode reports whether an error is Discord's with a code.
func hasCode(err error, code int) bool {
	var refused *discordgo.RESTError
	return errors.As(err, &refused) && refused.Message != nil && refused.Message.Code == code
}
