package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"

	"github.com/bwmarrin/discordgo"
)

// errNoAPI is why what answers is not taken for Discord.
var errNoAPI = errors.New("something else than Discord's API answers")

// unreached says why a request to the API at base failed that takes nothing but a token
// and a way to Discord. The client would name the address that it means itself.
func unreached(base *url.URL, err error) error {
	at := base.Redacted()
	refused, _ := errors.AsType[*discordgo.RESTError](err)
	switch {
	case err == nil:
		return nil
	case errors.Is(err, errNoAPI):
		return fmt.Errorf("%w at %s: check discord.api_url", errNoAPI, at)
	case errors.Is(err, context.DeadlineExceeded):
		return fmt.Errorf("no answer in time from Discord at %s", at)
	case refused == nil:
		return fmt.Errorf("can't reach Discord at %s: %w", at, withoutAddress(err))
	}
	switch status := refused.Response.StatusCode; {
	case status == http.StatusUnauthorized:
		return &FinalError{status, finalCodes[4004]}
	case status == http.StatusNotFound:
		return fmt.Errorf("no Discord API at %s: check discord.api_url", at)
	case status >= 300 && status < 400:
		return fmt.Errorf("%s sends requests on to another address, to which the token does not go: set discord.api_url to that of Discord's API itself", at)
	}
	return fmt.Errorf("refused by Discord at %s: %w", at, err)
}

// application returns the ID of the bot's application. It is the first request, by
// which a wrong token shows.
func application(ctx context.Context, session *discordgo.Session, base *url.URL) (string, error) {
	body, err := session.RequestWithBucketID("GET", discordgo.EndpointApplications+"/@me", nil, discordgo.EndpointApplications, discordgo.WithContext(ctx))
	if err != nil {
		return "", unreached(base, err)
	}
	var a struct{ ID string }
	if err := json.Unmarshal(body, &a); err != nil || a.ID == "" {
		return "", unreached(base, errNoAPI)
	}
	return a.ID, nil
}
