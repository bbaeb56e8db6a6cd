package fakediscord

import (
	"slices"
	"time"
)

// A User is an account: a person or a bot.
//
// Source: docs.discord.com/developers/resources/user
type User struct {
	ID            string  `json:"id"`
	Username      string  `json:"username"`
	Discriminator string  `json:"discriminator"`
	GlobalName    *string `json:"global_name"`
	Avatar        *string `json:"avatar"`
	Bot           bool    `json:"bot,omitempty"`
	PublicFlags   int     `json:"public_flags"`
}

// A Member is a user in a guild.
//
// Source: docs.discord.com/developers/resources/guild#guild-member-object
type Member struct {
	User         *User        `json:"user,omitempty"`
	Nick         *string      `json:"nick"`
	Avatar       *string      `json:"avatar"`
	Roles        []string     `json:"roles"`
	JoinedAt     time.Time    `json:"joined_at"`
	PremiumSince *time.Time   `json:"premium_since"`
	Deaf         bool         `json:"deaf"`
	Mute         bool         `json:"mute"`
	Flags        int          `json:"flags"`
	Pending      bool         `json:"pending"`
	Permissions  *Permissions `json:"permissions,omitempty"` // only in interactions
}

func (m *Member) has(roleID string) bool { return slices.Contains(m.Roles, roleID) }

// withoutUser is the partial member that stands beside its user.
func (m *Member) withoutUser() *Member {
	partial := *m
	partial.User = nil
	return &partial
}

// A Role is a named set of permissions in a guild. The role with the guild's id is
// @everyone.
//
// Source: docs.discord.com/developers/topics/permissions#role-object
type Role struct {
	ID          string      `json:"id"`
	Name        string      `json:"name"`
	Color       int         `json:"color"`
	Hoist       bool        `json:"hoist"`
	Position    int         `json:"position"`
	Permissions Permissions `json:"permissions"`
	Managed     bool        `json:"managed"`
	Mentionable bool        `json:"mentionable"`
	Flags       int         `json:"flags"`
}

// A Guild is a Discord server.
//
// Source: docs.discord.com/developers/resources/guild#guild-object
type Guild struct {
	ID                    string   `json:"id"`
	Name                  string   `json:"name"`
	Icon                  *string  `json:"icon"`
	OwnerID               string   `json:"owner_id"`
	PreferredLocale       string   `json:"preferred_locale"`
	Features              []string `json:"features"`
	VerificationLevel     int      `json:"verification_level"`
	DefaultNotifications  int      `json:"default_message_notifications"`
	ExplicitContentFilter int      `json:"explicit_content_filter"`
	MFALevel              int      `json:"mfa_level"`
	PremiumTier           int      `json:"premium_tier"`
	NSFWLevel             int      `json:"nsfw_level"`
	AFKTimeout            int      `json:"afk_timeout"`
	SystemChannelID       *string  `json:"system_channel_id"`
	SystemChannelFlags    int      `json:"system_channel_flags"`
	Emojis                []any    `json:"emojis"`
	Stickers              []any    `json:"stickers"`
}

// guild is a Guild with what stands in it.
type guild struct {
	Guild
	roles   map[string]Role
	members map[string]*Member
	joined  time.Time // when the bot joined last
}

// guildWithRoles is the form in which REST answers.
type guildWithRoles struct {
	Guild
	Roles []Role `json:"roles"`
}

// guildCreate is the form of the event GUILD_CREATE.
//
// Source: docs.discord.com/developers/events/gateway-events#guild-create
type guildCreate struct {
	guildWithRoles
	JoinedAt    time.Time `json:"joined_at"`
	Large       bool      `json:"large"`
	Unavailable bool      `json:"unavailable"`
	MemberCount int       `json:"member_count"`
	Members     []Member  `json:"members"`
	Channels    []Channel `json:"channels"`
	Threads     []Channel `json:"threads"`
	VoiceStates []any     `json:"voice_states"`
	Presences   []any     `json:"presences"`
	Stages      []any     `json:"stage_instances"`
	Events      []any     `json:"guild_scheduled_events"`
	Soundboard  []any     `json:"soundboard_sounds"`
}

// unavailableGuild stands for a guild in READY and GUILD_DELETE.
type unavailableGuild struct {
	ID          string `json:"id"`
	Unavailable bool   `json:"unavailable,omitempty"`
}

func (g *guild) sortedRoles() []Role {
	roles := make([]Role, 0, len(g.roles))
	for _, r := range g.roles {
		roles = append(roles, r)
	}
	slices.SortFunc(roles, func(a, b Role) int { return compareIDs(a.ID, b.ID) })
	return roles
}

func (g *guild) sortedMembers() []Member {
	members := make([]Member, 0, len(g.members))
	for _, m := range g.members {
		members = append(members, *m)
	}
	slices.SortFunc(members, func(a, b Member) int { return compareIDs(a.User.ID, b.User.ID) })
	return members
}

// event returns the guild as GUILD_CREATE shows it to a bot with these intents: without
// the intent for members it is told of itself only.
func (s *Server) guildEvent(g *guild, intents Intents) guildCreate {
	members := g.sortedMembers()
	if !intents.has(GuildMembersIntent) {
		members = []Member{*g.members[s.bot.ID]}
	}
	event := guildCreate{
		guildWithRoles: guildWithRoles{Guild: g.Guild, Roles: g.sortedRoles()},
		JoinedAt:       g.joined, MemberCount: len(g.members), Members: members,
		Channels: []Channel{}, Threads: []Channel{}, VoiceStates: []any{}, Presences: []any{},
		Stages: []any{}, Events: []any{}, Soundboard: []any{},
	}
	for _, ch := range s.guildChannels(g.ID) {
		switch {
		case !ch.isThread():
			event.Channels = append(event.Channels, *ch)
		case s.permissions(g, s.bot.ID, ch).Has(ViewChannel):
			event.Threads = append(event.Threads, *ch)
		}
	}
	return event
}
