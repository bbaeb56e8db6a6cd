package bot

import (
	"context"
	"slices"

	"verbatim/corpus"
)

// A seat is who asks, and where.
type seat struct {
	discordGuild string // "" in a direct message whose asker has no server
	channel      string
	parent       string // the channel of the thread that channel is, "" for none
	user         string
	roles        []string
	permissions  member
	locale       string // of the asker's Discord, "" if it is not known
	guildLocale  string
	direct       bool // in a direct message
}

// seat returns who uses an interaction.
func (i *interaction) seat() seat {
	at := read[channel](i.Channel)
	s := seat{discordGuild: i.GuildID, channel: i.ChannelID, locale: i.Locale, guildLocale: i.GuildLocale, direct: i.GuildID == ""}
	if at.isThread() {
		s.parent = at.ParentID
	}
	if s.direct {
		s.user = read[user](i.User).ID
		return s
	}
	s.permissions = read[member](i.Member)
	s.user, s.roles = s.permissions.User.ID, s.permissions.Roles
	return s
}

// moderates reports whether who sits there moderates the guild now: may manage messages
// there, or has one of the roles that the guild has set. In direct messages nobody does,
// for Discord says nothing of permissions there.
func (b *Bot) moderates(ctx context.Context, s seat) (bool, error) {
	if s.direct || s.discordGuild == "" {
		return false, nil
	}
	if s.permissions.may(permissionManageMessages) {
		return true, nil
	}
	settings, err := b.options.Settings.Get(ctx, b.guild(s.discordGuild))
	if err != nil {
		return false, err
	}
	return slices.ContainsFunc(settings.ModeratorRoles, func(role string) bool { return slices.Contains(s.roles, role) }), nil
}

// language returns the language of who asks, as Discord names it.
func (s seat) language() string {
	if s.locale != "" {
		return s.locale
	}
	return s.guildLocale
}

// guild returns whose texts a Discord guild is answered from.
func (b *Bot) guild(discordGuild string) string {
	if discordGuild != "" && discordGuild == b.options.SingleGuild {
		return b.options.LocalGuild
	}
	return discordGuild
}

// asker returns who asks, of package corpus.
func (s seat) asker(public bool) corpus.Asker {
	return corpus.Asker{Roles: s.roles, Channels: s.places(), Public: public}
}

// access returns what may be shown at a seat now: to the asker alone, or to all who read
// the channel.
func (b *Bot) access(ctx context.Context, s seat, public bool) (corpus.Access, error) {
	return b.options.Texts.AccessOf(ctx, b.guild(s.discordGuild), s.asker(public))
}

// places returns the channels of the guild in which somebody sits: a thread and its
// channel. A direct message is none.
func (s seat) places() []string {
	switch {
	case s.direct:
		return nil
	case s.parent != "":
		return []string{s.channel, s.parent}
	}
	return []string{s.channel}
}

// A channel is what the bot knows of one.
type channel struct {
	ID       string `json:"id"`
	Type     int    `json:"type"`
	GuildID  string `json:"guild_id"`
	ParentID string `json:"parent_id"`
	OwnerID  string `json:"owner_id"`
	Name     string `json:"name"`
	Position int    `json:"position"`

	// Permissions are what who uses an interaction may do there, "" outside of one.
	Permissions string `json:"permissions"`
}

// Types of channels: docs.discord.com/developers/resources/channel#channel-object-channel-types.
const (
	channelForum         = 15
	channelNewsThread    = 10
	channelPublicThread  = 11
	channelPrivateThread = 12
)

func (c channel) isThread() bool {
	return c.Type == channelNewsThread || c.Type == channelPublicThread || c.Type == channelPrivateThread
}
