package fakediscord

import (
	"cmp"
	"fmt"
	"time"
)

// The methods in this file build the world in which the bot lives. They make an id where
// none is given. An unknown id in them is a mistake of the program that calls them, and
// panics.

// NewPerson adds a person with a language, "fr" or "en-US".
func (s *Server) NewPerson(name, locale string) *Person {
	return s.NewUser(User{Username: name}, locale)
}

// NewUser adds a person with a language.
func (s *Server) NewUser(spec User, locale string) *Person {
	s.mu.Lock()
	defer s.mu.Unlock()
	spec.ID = cmp.Or(spec.ID, s.nextID())
	spec.Discriminator = "0" // as all people's since usernames are unique
	if spec.GlobalName == nil {
		spec.GlobalName = &spec.Username
	}
	s.users[spec.ID] = &spec
	s.locales[spec.ID] = locale
	return &Person{ID: spec.ID, Name: spec.Username, server: s}
}

// NewGuild adds a guild, in which the bot has been for a month. Fields that are missing are filled: the id,
// the locale "en-US", an owner.
func (s *Server) NewGuild(spec Guild) Guild {
	owner := spec.OwnerID
	if owner == "" {
		owner = s.NewPerson("owner of "+spec.Name, cmp.Or(spec.PreferredLocale, "en-US")).ID
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	spec.OwnerID = owner
	spec.ID = cmp.Or(spec.ID, s.nextID())
	spec.PreferredLocale = cmp.Or(spec.PreferredLocale, "en-US")
	spec.Features, spec.Emojis, spec.Stickers = orEmpty(spec.Features), []any{}, []any{}
	g := &guild{Guild: spec, roles: map[string]Role{}, members: map[string]*Member{}}
	g.roles[g.ID] = Role{ID: g.ID, Name: "@everyone", Permissions: MemberPermissions}
	s.guilds[g.ID] = g
	s.join(g, s.users[spec.OwnerID])
	s.addBot(g, s.now().UTC().AddDate(0, -1, 0))
	return g.Guild
}

// NewRole adds a role to a guild.
func (s *Server) NewRole(guildID string, spec Role) Role {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.mustGuild(guildID)
	spec.ID, spec.Position = cmp.Or(spec.ID, s.nextID()), len(g.roles)
	g.roles[spec.ID] = spec
	s.dispatch(g.ID, GuildsIntent, "GUILD_ROLE_CREATE", func(Intents) any { return map[string]any{"guild_id": g.ID, "role": spec} })
	s.emit(Event{Kind: GuildChanged, GuildID: g.ID})
	return spec
}

// NewChannel adds a channel to a guild. Its GuildID is required.
func (s *Server) NewChannel(spec Channel) Channel {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.mustGuild(spec.GuildID)
	spec.ID, spec.Position = cmp.Or(spec.ID, s.nextID()), len(s.guildChannels(g.ID))
	for i := range spec.AvailableTags {
		spec.AvailableTags[i].ID = cmp.Or(spec.AvailableTags[i].ID, s.nextID())
	}
	s.channels[spec.ID] = &spec
	s.dispatchIn(&spec, GuildsIntent, "CHANNEL_CREATE", spec)
	s.emit(Event{Kind: ChannelOpened, GuildID: g.ID, ChannelID: spec.ID, Channel: copyOf(&spec)})
	return spec
}

// SetOverwrites sets who may do what in a channel.
func (s *Server) SetOverwrites(channelID string, overwrites ...Overwrite) {
	s.mu.Lock()
	defer s.mu.Unlock()
	ch, ok := s.channels[channelID]
	if !ok {
		panic(fmt.Sprintf("fakediscord: no channel %s", channelID))
	}
	ch.Overwrites = overwrites
	s.dispatchIn(ch, GuildsIntent, "CHANNEL_UPDATE", *ch)
	s.emit(Event{Kind: GuildChanged, GuildID: ch.GuildID, ChannelID: ch.ID})
}

// SetDirectMessages says whether a person takes direct messages of the bot.
func (s *Server) SetDirectMessages(userID string, open bool) {
	s.locked(func() { s.noDirect[userID] = !open })
}

// RemoveBot takes the bot out of a guild: GUILD_DELETE.
func (s *Server) RemoveBot(guildID string) {
	s.locked(func() { s.removeBot(s.mustGuild(guildID)) })
}

// AddBot invites the bot again into a guild: GUILD_CREATE.
func (s *Server) AddBot(guildID string) {
	s.locked(func() { s.addBot(s.mustGuild(guildID), s.now().UTC()) })
}

// SetAvailable tells of an outage of a guild, or of its end.
//
// Source: docs.discord.com/developers/events/gateway-events#guild-delete
func (s *Server) SetAvailable(guildID string, available bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	g := s.mustGuild(guildID)
	if g.members[s.bot.ID] == nil {
		return
	}
	if available {
		s.dispatch(g.ID, GuildsIntent, "GUILD_CREATE", func(i Intents) any { return s.guildEvent(g, i) })
		return
	}
	s.dispatch(g.ID, GuildsIntent, "GUILD_DELETE", func(Intents) any { return unavailableGuild{g.ID, true} })
}

func (s *Server) mustGuild(id string) *guild {
	g, ok := s.guilds[id]
	if !ok {
		panic(fmt.Sprintf("fakediscord: no guild %s", id))
	}
	return g
}

// join makes a user a member.
func (s *Server) join(g *guild, u *User, roles ...string) {
	g.members[u.ID] = &Member{User: u, Roles: orEmpty(roles), JoinedAt: s.now().UTC()}
	member := struct {
		Member
		GuildID string `json:"guild_id"`
	}{*g.members[u.ID], g.ID}
	if u.ID != s.bot.ID {
		s.dispatch(g.ID, GuildMembersIntent, "GUILD_MEMBER_ADD", func(Intents) any { return member })
	}
	s.emit(Event{Kind: GuildChanged, GuildID: g.ID})
}

// addBot lets the bot join, with a role of its own as an invitation makes it.
func (s *Server) addBot(g *guild, joined time.Time) {
	if g.members[s.bot.ID] != nil {
		return
	}
	role := Role{ID: s.nextID(), Name: s.bot.Username, Managed: true, Permissions: s.options.BotPermissions}
	g.roles[role.ID] = role
	g.joined = joined
	s.join(g, &s.bot, role.ID)
	s.dispatch(g.ID, GuildsIntent, "GUILD_CREATE", func(i Intents) any { return s.guildEvent(g, i) })
}

func (s *Server) removeBot(g *guild) {
	m, ok := g.members[s.bot.ID]
	if !ok {
		return
	}
	for _, id := range m.Roles {
		if g.roles[id].Managed {
			delete(g.roles, id)
		}
	}
	delete(g.members, s.bot.ID)
	delete(s.commands, g.ID)
	s.dispatch(g.ID, GuildsIntent, "GUILD_DELETE", func(Intents) any { return unavailableGuild{ID: g.ID} })
	s.emit(Event{Kind: GuildChanged, GuildID: g.ID})
}
