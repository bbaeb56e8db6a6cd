package bot

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"runtime/debug"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/shards"
)

// A passing is what the gateway tells of the bot's being in guilds.
//
// Source: docs.discord.com/developers/events/gateway-events#guild-create, #guild-delete, #ready
type passing struct {
	event    string
	sequence int64
	lease    *shards.Lease

	ID          string    `json:"id"`
	Unavailable bool      `json:"unavailable"`
	JoinedAt    time.Time `json:"joined_at"`
	Locale      string    `json:"preferred_locale"`
	Owner       string    `json:"owner_id"`
	System      string    `json:"system_channel_id"`
	Updates     string    `json:"public_updates_channel_id"` // which moderators read
	Channels    []channel `json:"channels"`
	Guilds      []channel `json:"guilds"` // all in which the bot is, in READY: their IDs
}

// maxPassings is how many events wait to be noted: Discord tells of every guild at the
// beginning of a session.
const maxPassings = 5000

// pass takes an event about guilds, to be noted in its turn.
func (b *Bot) pass(l *shards.Lease, e *discordgo.Event) {
	p := passing{event: e.Type, sequence: e.Sequence, lease: l}
	_ = json.Unmarshal(e.RawData, &p) // parts that can't be read are not looked at
	if p.ID == "" && p.event != "READY" || p.Unavailable && p.event != "READY" {
		return // an outage is no departure
	}
	select {
	case b.passings <- p:
	default:
		b.options.Log.Warn("too many servers at a time to note", "event", p.event)
	}
}

// keepHouse notes in which guilds the bot is, until ctx is done.
func (b *Bot) keepHouse(ctx context.Context) {
	latest := map[string]int64{} // sequence of the last event of a guild
	var greetings sync.WaitGroup
	defer greetings.Wait()
	for {
		select {
		case <-ctx.Done():
			return
		case p := <-b.passings:
			if p.event == "READY" {
				maps.DeleteFunc(latest, func(id string, _ int64) bool { return p.lease.Owns(id) })
			} else if p.sequence < latest[p.ID] {
				continue // events come in any order
			}
			latest[p.ID] = p.sequence
			arrival, err := b.guardedHouse(ctx, p)
			if err != nil && ctx.Err() == nil {
				b.options.Log.Warn("note where the bot is", "event", p.event, "err", err)
			}
			if arrival != Stayed {
				greetings.Go(func() { b.greetUntilHeard(ctx, p, arrival) })
			}
		}
	}
}

// guardedHouse is house with an error in the place of a panic.
func (b *Bot) guardedHouse(ctx context.Context, p passing) (arrival Arrival, err error) {
	defer b.recovered(&err)
	ctx, cancel := context.WithTimeout(ctx, handleTime)
	defer cancel()
	return b.house(ctx, p)
}

// recovered makes an error of a panic while arrivals are noted.
func (b *Bot) recovered(err *error) {
	if recover() != nil {
		*err = errors.New("panic")
		b.options.Log.Error("panic", "in", "arrivals", "stack", string(debug.Stack()))
	}
}

// house notes where the bot is, and returns what is to be greeted.
func (b *Bot) house(ctx context.Context, p passing) (Arrival, error) {
	switch p.event {
	case "READY":
		return Stayed, b.missing(ctx, p)
	case "GUILD_DELETE":
		return Stayed, b.leave(ctx, p.ID)
	}
	if err := b.learn(ctx, b.guild(p.ID)); err != nil {
		b.options.Log.Warn("settings are not known", "err", err) // they are read again at each question
	}
	arrival, err := b.options.Homes.Join(ctx, b.guild(p.ID), p.JoinedAt)
	if err != nil || b.options.Now().Sub(p.JoinedAt) > greetTime {
		return Stayed, err
	}
	return arrival, nil
}

// missing notes the guilds that the bot has left while it was not connected, and those to
// which it has come again.
func (b *Bot) missing(ctx context.Context, p passing) error {
	present, err := b.options.Homes.Present(ctx)
	if err != nil {
		return err
	}
	departed, err := b.options.Homes.Departed(ctx)
	if err != nil {
		return err
	}
	isIn := func(guild string) bool {
		return slices.ContainsFunc(p.Guilds, func(g channel) bool { return b.guild(g.ID) == guild })
	}
	for _, guild := range present {
		if p.lease.Owns(b.discordGuild(guild)) && !isIn(guild) {
			err = errors.Join(err, b.leave(ctx, b.discordGuild(guild)))
		}
	}
	for _, guild := range departed {
		if isIn(guild) {
			err = errors.Join(err, b.options.Homes.Return(ctx, guild))
		}
	}
	if err == nil {
		b.locate(p.lease)
	}
	return err
}

// leave notes that the bot is not in a guild any more, and forgets what it holds of it in
// memory. The guild that is answered from the texts of the command line is the host's own:
// it keeps what it has.
func (b *Bot) leave(ctx context.Context, guild string) error {
	b.options.Log.Info("the bot has left a server", "guild", guild)
	b.replies.remove(func(g *given) bool { return g.seat.discordGuild == guild })
	b.panels.remove(func(p *panel) bool { return p.given.seat.discordGuild == guild })
	b.lists.remove(func(p *paged) bool { return p.seat.discordGuild == guild })
	b.desks.remove(func(d *desk) bool { return d.seat.discordGuild == guild })
	if b.guild(guild) == b.options.LocalGuild {
		return nil
	}
	return b.options.Homes.Depart(ctx, b.guild(guild))
}

// greetTime is for how long after it has joined the bot greets: a bot that sees a guild for
// the first time because it is newer than that says nothing.
const greetTime = 24 * time.Hour

// greetLongest bounds how long a greeting is tried. So long Discord knows its nonce, by which
// it stands there once though an answer was lost.
const greetLongest = 3 * time.Minute

// greetUntilHeard greets, and tries again where Discord fails or does not answer.
func (b *Bot) greetUntilHeard(ctx context.Context, p passing, arrival Arrival) {
	ctx, cancel := context.WithTimeout(ctx, greetLongest)
	defer cancel()
	for pause := b.rhythm.firstPause; ; pause *= 2 {
		err := b.guardedGreet(ctx, p, arrival)
		if err == nil {
			b.options.Log.Info("a server is greeted", "guild", p.ID)
			return
		}
		b.options.Log.Warn("a server is not greeted", "guild", p.ID, "again_in", pause, "err", err)
		if isUnauthorized(err) || sleep(ctx, pause) != nil {
			return
		}
	}
}

func (b *Bot) guardedGreet(ctx context.Context, p passing, arrival Arrival) (err error) {
	defer b.recovered(&err)
	return b.greet(under(ctx, p.lease), p, arrival)
}

// greet says in a channel what there is to do, with a button for each step: where
// moderators read, if the bot can write there, else where Discord greets, else in the first
// channel that takes it, else to the owner.
func (b *Bot) greet(ctx context.Context, p passing, arrival Arrival) error {
	w := wordsIn(p.Locale)
	hello := w.say("greeting")
	if arrival == CameAgain {
		hello = w.say("greeting_again")
	}
	r := reply{content: strings.Join([]string{hello, w.say("greeting_steps"), "1. " + w.say("greeting_settings"), "2. " + w.say("greeting_texts"), "3. " + w.say("greeting_ask")}, "\n")}
	button := func(text, action string) discordgo.MessageComponent {
		return discordgo.Button{Label: w.say(text), Style: discordgo.PrimaryButton, CustomID: customID(action, p.ID)}
	}
	r.rows = rowOf(nil, button("button_first", doorSettings), button("button_second", doorTexts), button("button_third", doorAsk))
	nonce := fmt.Sprintf("hi-%s-%s", strconv.FormatInt(p.JoinedAt.UnixMilli(), 36), p.ID[max(0, len(p.ID)-8):])
	for _, channel := range p.places() {
		_, err := b.post(ctx, channel, "", nonce, r)
		if err == nil || !refused(err) {
			return err
		}
	}
	body, err := b.fetch(ctx, "POST", discordgo.EndpointUserChannels("@me"), map[string]string{"recipient_id": p.Owner})
	if err == nil {
		r.rows = nil // which know a guild only in it
		_, err = b.post(ctx, read[spot](body).ID, "", nonce, r)
	}
	if refused(err) {
		b.options.Log.Info("nobody may be written to in a server", "guild", p.ID, "err", err)
		return nil
	}
	return err
}

// places returns where a greeting can stand, the best first.
func (p passing) places() []string {
	channels := slices.Clone(p.Channels)
	slices.SortStableFunc(channels, func(x, y channel) int { return cmp.Compare(x.Position, y.Position) })
	all := []string{p.Updates, p.System}
	for _, c := range channels {
		if c.Type == int(discordgo.ChannelTypeGuildText) && len(all) < 8 {
			all = append(all, c.ID)
		}
	}
	all = slices.DeleteFunc(all, func(id string) bool { return id == "" })
	return slices.Compact(all)
}
