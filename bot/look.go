package bot

import (
	"context"
	"encoding/json"
	"net/http"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A Look is what Discord says of a bot to who has its token.
type Look struct {
	Application string // ID
	Name        string
	// MessageContent says that the privileged intent for message content is switched on in
	// the developer portal.
	MessageContent bool
	Servers        int       // in which it is, about
	Clock          time.Time // of Discord, to the second; the zero time where it is not told
}

// Flags of an application that say that it may have the content of messages: large bots
// are granted it, small ones switch it on. Source: docs.discord.com/developers/resources/application
const (
	flagMessageContent        = 1 << 18
	flagMessageContentLimited = 1 << 19
)

// LookUp asks Discord about the bot that a token belongs to, with one request. It returns
// a FinalError for a token that Discord refuses.
func LookUp(ctx context.Context, api, token string) (Look, error) {
	rest, err := newTransport(api)
	if err != nil {
		return Look{}, err
	}
	var l Look
	session := newSession(bare(token), roundTripper(func(r *http.Request) (*http.Response, error) {
		response, err := rest.RoundTrip(r)
		if err == nil {
			l.Clock, _ = http.ParseTime(response.Header.Get("Date")) // else it is not told
		}
		return response, err
	}))
	body, err := session.RequestWithBucketID("GET", discordgo.EndpointApplications+"/@me", nil, discordgo.EndpointApplications, discordgo.WithContext(ctx))
	if err != nil {
		return l, unreached(rest.base, err)
	}
	var a struct {
		ID      string
		Name    string
		Flags   int
		Servers int `json:"approximate_guild_count"`
	}
	if err := json.Unmarshal(body, &a); err != nil || a.ID == "" {
		return l, unreached(rest.base, errNoAPI)
	}
	l.Application, l.Name, l.Servers = a.ID, visible(a.Name), a.Servers
	l.MessageContent = a.Flags&(flagMessageContent|flagMessageContentLimited) != 0
	return l, nil
}
