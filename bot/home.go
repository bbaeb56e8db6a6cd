package bot

import (
	"context"
	"errors"
	"fmt"
	"net/url"

	"github.com/bwmarrin/discordgo"
)

// A direct message belongs to no guild. It is answered from the texts of that in which its
// asker has asked last, or has chosen with /guild, as long as the asker is a member there.

// atHome notes where somebody has asked. That it could not costs nobody a reply.
func (b *Bot) atHome(ctx context.Context, s seat) {
	if s.direct || s.discordGuild == "" {
		return
	}
	if err := b.options.Homes.Settle(ctx, b.guild(s.discordGuild), s.user); err != nil && ctx.Err() == nil {
		b.options.Log.Warn("note where somebody asked", "err", err)
	}
}

// homeOf returns the seat of an asker of direct messages in the guild from which they are
// answered, or if there is none, what to say.
func (b *Bot) homeOf(ctx context.Context, s seat, w words) (home seat, text string, err error) {
	homes, err := b.options.Homes.Of(ctx, s.user)
	if err != nil {
		return s, "", err
	}
	if len(homes) == 0 {
		return s, w.say("no_home"), nil
	}
	there := b.discordGuild(homes[0].Guild)
	m, found, err := b.member(ctx, there, s.user)
	if err != nil {
		return s, "", err
	}
	if !found {
		return s, w.say("home_left"), nil
	}
	s.discordGuild, s.roles = there, m.Roles
	return s, "", nil
}

// askedAtHome is homeOf for a question, which counts for the guild.
func (b *Bot) askedAtHome(ctx context.Context, s seat, w words) (home seat, text string, err error) {
	home, text, err = b.homeOf(ctx, s, w)
	if err != nil || text != "" {
		return home, text, err
	}
	if limit, wait := b.limits.direct(home.discordGuild); wait > 0 {
		text = w.say(limit, "Seconds", seconds(wait))
	}
	return home, text, nil
}

// seatNow returns the seat of who presses a button of what was shown from the texts of a
// Discord guild. Found is false for who was shown it in a direct message and is no member
// of that guild any more: there, Discord says nothing of the guild, and it is asked.
func (b *Bot) seatNow(ctx context.Context, t *turn, guild string) (s seat, found bool, err error) {
	s = t.seat()
	if !s.direct {
		return s, true, nil
	}
	m, found, err := b.member(ctx, guild, s.user)
	s.discordGuild, s.roles = guild, m.Roles
	return s, found, err
}

// discordGuild returns the Discord guild that is answered from the texts of a guild.
func (b *Bot) discordGuild(guild string) string {
	if guild == b.options.LocalGuild {
		return b.options.SingleGuild
	}
	return guild
}

// member returns a member of a guild, as it is now. Found is false for who is none, and
// where the bot is not.
func (b *Bot) member(ctx context.Context, guild, id string) (m member, found bool, err error) {
	if guild == "" {
		return m, false, nil
	}
	body, err := b.fetch(ctx, "GET", discordgo.EndpointGuildMember(url.PathEscape(guild), url.PathEscape(id)), nil)
	if refused(err) {
		return m, false, nil
	}
	if err != nil {
		return m, false, fmt.Errorf("read a member: %w", err)
	}
	return read[member](body), true, nil
}

// guildName returns the name of a guild, "" if it can't be read.
func (b *Bot) guildName(ctx context.Context, guild string) string {
	body, err := b.fetch(ctx, "GET", discordgo.EndpointGuild(url.PathEscape(guild)), nil)
	if err != nil {
		b.options.Log.Info("the name of a server can't be read", "err", err)
		return ""
	}
	return read[struct{ Name string }](body).Name
}

// fetch sends a request that is no interaction's.
func (b *Bot) fetch(ctx context.Context, method, endpoint string, body any, options ...discordgo.RequestOption) ([]byte, error) {
	var lane int
	select {
	case lane = <-b.lanes:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	defer func() { b.lanes <- lane }()
	answer, err := b.session.RequestWithBucketID(method, endpoint, body, fmt.Sprintf("lane %d", lane),
		append(options, discordgo.WithContext(ctx))...)
	if err != nil {
		return nil, withoutAddress(err)
	}
	return answer, nil
}

// maxLanes is how many requests that are no interaction's are under way at a time.
const maxLanes = 16

const (
	// maxHomes is how many guilds /guild offers: as many as a select takes, but one.
	maxHomes = 24
	// maxLookedAt is of how many guilds it asks Discord, the last ones first.
	maxLookedAt = 40
)

// forgetHome is the value of the choice by which all guilds are forgotten.
const forgetHome = "forget"

// chooseGuild answers /guild: in a guild, it makes that the one for direct messages; in a
// direct message, it offers those in which the asker has asked.
func (b *Bot) chooseGuild(ctx context.Context, t *turn, _ command) error {
	at, w := t.seat(), t.words()
	if err := b.acknowledge(ctx, t, true); err != nil {
		return err
	}
	if !at.direct {
		if err := b.options.Homes.Settle(ctx, b.guild(at.discordGuild), at.user); err != nil {
			return err
		}
		_, err := b.edit(ctx, t, reply{content: w.say("home_set", "Guild", b.named(ctx, at.discordGuild, w))})
		return err
	}
	homes, err := b.options.Homes.Of(ctx, at.user)
	if err != nil {
		return err
	}
	var options []discordgo.SelectMenuOption
	for _, home := range homes[:min(len(homes), maxLookedAt)] {
		guild := b.discordGuild(home.Guild)
		_, found, err := b.member(ctx, guild, at.user)
		if err != nil {
			return err
		}
		if !found || len(options) == maxHomes {
			continue
		}
		if name := b.guildName(ctx, guild); name != "" {
			options = append(options, discordgo.SelectMenuOption{Label: label(name), Value: guild, Default: len(options) == 0})
		}
	}
	if len(options) == 0 {
		_, err := b.edit(ctx, t, reply{content: w.say("no_home")})
		return err
	}
	options = append(options, discordgo.SelectMenuOption{Label: w.say("home_forget"), Value: forgetHome, Description: label(w.say("home_nothing"))})
	_, err = b.edit(ctx, t, reply{content: w.say("home_choose"), rows: []discordgo.MessageComponent{
		selectRow(customID(pressHome, b.selves.put(at.user)), "", options),
	}})
	return err
}

// What is pressed on what is the presser's own.
const (
	pressHome   = selfPrefix + "home"
	pressExport = selfPrefix + "export"
	pressForget = selfPrefix + "forget"
)

// pressSelf answers what concerns the presser alone.
func (b *Bot) pressSelf(ctx context.Context, t *turn, id string, p press) error {
	at := t.seat()
	owner, ok := b.selves.get(id)
	if !ok || owner != at.user {
		return b.stale(ctx, t)
	}
	switch p.CustomID {
	case customID(pressHome, id):
		if len(p.Values) == 1 {
			return b.moveHome(ctx, t, p.Values[0])
		}
	case customID(pressExport, id):
		return b.exportSelf(ctx, t)
	case customID(pressForget, id):
		return b.forgetSelf(ctx, t)
	}
	return b.stale(ctx, t)
}

// moveHome takes the choice of a guild.
func (b *Bot) moveHome(ctx context.Context, t *turn, guild string) error {
	at, w := t.seat(), t.words()
	if err := b.acknowledgeUpdate(ctx, t); err != nil {
		return err
	}
	if guild == forgetHome {
		if err := b.options.Homes.Forget(ctx, "", at.user); err != nil {
			return err
		}
		_, err := b.edit(ctx, t, reply{content: w.say("home_forgotten")})
		return err
	}
	homes, err := b.options.Homes.Of(ctx, at.user)
	if err != nil {
		return err
	}
	known := false // a forged choice is none
	for _, home := range homes {
		known = known || b.discordGuild(home.Guild) == guild
	}
	found := false
	if known {
		_, found, err = b.member(ctx, guild, at.user)
	}
	switch {
	case err != nil:
		return err
	case !found:
		_, err = b.edit(ctx, t, reply{content: w.say("home_left")})
		return err
	}
	if err := b.options.Homes.Settle(ctx, b.guild(guild), at.user); err != nil {
		return err
	}
	_, err = b.edit(ctx, t, reply{content: w.say("home_set", "Guild", b.named(ctx, guild, w))})
	return err
}

// named returns the name of a guild to be shown.
func (b *Bot) named(ctx context.Context, guild string, w words) string {
	if name := b.guildName(ctx, guild); name != "" {
		return "**" + escape(cut(name, maxTitle, escapedLen)) + "**"
	}
	return w.say("server")
}

var errNoUser = errors.New("no user")

// self returns the ID of the bot's user, which mentions name.
func (b *Bot) self(ctx context.Context) (string, error) {
	if id := b.selfID.Load(); id != nil {
		return *id, nil
	}
	body, err := b.fetch(ctx, "GET", discordgo.EndpointUser("@me"), nil)
	if err != nil {
		return "", fmt.Errorf("read who the bot is: %w", err)
	}
	id := read[user](body).ID
	if id == "" {
		return "", errNoUser
	}
	b.selfID.Store(&id)
	return id, nil
}
