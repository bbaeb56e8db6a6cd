package bot

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/shards"
)

// plan asks Discord in how many shards it wants the bot's servers divided, in as many tries
// as it takes. It returns a FinalError when trying is of no use.
func (b *Bot) plan(ctx context.Context) (shards.Plan, error) {
	for pause := b.rhythm.firstPause; ; pause = min(2*pause, b.rhythm.longestPause) {
		p, err := b.recommended(ctx)
		if final, is := errors.AsType[*FinalError](err); is {
			return p, final
		}
		if err == nil || ctx.Err() != nil {
			return p, nil
		}
		b.options.Log.Warn("no connection to the gateway", "again_in", pause, "err", err)
		if sleep(ctx, pause) != nil {
			return p, nil
		}
	}
}

// recommended returns how Discord wants the servers divided.
//
// Source: docs.discord.com/developers/events/gateway#get-gateway-bot
func (b *Bot) recommended(ctx context.Context) (shards.Plan, error) {
	body, err := b.session.RequestWithBucketID("GET", discordgo.EndpointGatewayBot, nil, discordgo.EndpointGatewayBot, discordgo.WithContext(ctx))
	if err != nil {
		return shards.Plan{}, unreached(b.rest.base, err)
	}
	var said struct {
		Shards int `json:"shards"`
		Limit  struct {
			Concurrency int `json:"max_concurrency"`
		} `json:"session_start_limit"`
	}
	if err := json.Unmarshal(body, &said); err != nil {
		return shards.Plan{}, fmt.Errorf("read the number of shards: %w", err)
	}
	return shards.Plan{Shards: max(1, said.Shards), Concurrency: max(1, said.Limit.Concurrency), Pause: b.rhythm.identifying}, nil
}
