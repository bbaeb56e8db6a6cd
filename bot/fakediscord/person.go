package fakediscord

import (
	"maps"
	"slices"
)

// A Person is a user who acts through Discord's client. What Discord's client would not
// let a person do, or Discord would refuse, is an error that wraps ErrRefused.
type Person struct {
	ID   string
	Name string

	server *Server
}

// Person returns a person who was added before.
func (s *Server) Person(userID string) (*Person, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	u, ok := s.users[userID]
	if !ok || u.Bot {
		return nil, false
	}
	return &Person{ID: u.ID, Name: u.Username, server: s}, true
}

// Mention is how a text mentions the person.
func (p *Person) Mention() string { return "<@" + p.ID + ">" }

// Join makes the person a member of a guild, with roles.
func (p *Person) Join(guildID string, roles ...string) *Person {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	p.server.join(p.server.mustGuild(guildID), p.server.users[p.ID], roles...)
	return p
}

// Leave takes the person out of a guild.
func (p *Person) Leave(guildID string) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	g := p.server.mustGuild(guildID)
	delete(g.members, p.ID)
	p.server.dispatch(g.ID, GuildMembersIntent, "GUILD_MEMBER_REMOVE", func(Intents) any {
		return map[string]any{"guild_id": g.ID, "user": p.server.users[p.ID]}
	})
	p.server.emit(Event{Kind: GuildChanged, GuildID: g.ID})
}

// SetRoles replaces the person's roles in a guild.
func (p *Person) SetRoles(guildID string, roles ...string) error {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	g, ok := p.server.guilds[guildID]
	if !ok || g.members[p.ID] == nil {
		return refuse("%s is not in guild %s", p.Name, guildID)
	}
	for _, id := range roles {
		if _, ok := g.roles[id]; !ok {
			return refuse("guild %s has no role %s", g.Name, id)
		}
	}
	changed := *g.members[p.ID]
	changed.Roles = orEmpty(slices.Clone(roles))
	g.members[p.ID] = &changed
	p.server.dispatch(g.ID, GuildMembersIntent, "GUILD_MEMBER_UPDATE", func(Intents) any {
		return struct {
			Member
			GuildID string `json:"guild_id"`
		}{changed, g.ID}
	})
	p.server.emit(Event{Kind: GuildChanged, GuildID: g.ID})
	return nil
}

// SetLocale changes the language of the person's client.
func (p *Person) SetLocale(locale string) {
	p.server.locked(func() { p.server.locales[p.ID] = locale })
}

// Locale returns the language of the person's client.
func (p *Person) Locale() string {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return p.server.locales[p.ID]
}

// Direct opens the direct messages with the bot.
func (p *Person) Direct() Channel {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	return *p.server.directChannel(p.server.users[p.ID])
}

// Guilds returns the guilds that the person is in, oldest first.
func (p *Person) Guilds() []Guild {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	var all []Guild
	for _, id := range slices.SortedFunc(maps.Keys(p.server.guilds), compareIDs) {
		if p.isIn(id) {
			all = append(all, p.server.guilds[id].Guild)
		}
	}
	return all
}

// Permissions returns what the person may do in a channel that the person sees, all in a
// direct message.
func (p *Person) Permissions(channelID string) Permissions {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, err := p.channel(channelID)
	switch {
	case err != nil:
		return 0
	case ch.Type == DirectMessage:
		return AllPermissions
	}
	return p.server.permissions(p.server.guilds[ch.GuildID], p.ID, ch)
}

// Channels returns the channels and threads of a guild that the person sees.
func (p *Person) Channels(guildID string) []Channel {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	var seen []Channel
	for _, ch := range p.server.guildChannels(guildID) {
		if p.server.canSee(p.ID, ch) {
			seen = append(seen, *ch)
		}
	}
	return seen
}

// Messages returns what the person sees in a channel, oldest first.
func (p *Person) Messages(channelID string) []Message {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, ok := p.server.channels[channelID]
	if !ok || !p.server.can(p.ID, ch, ViewChannel|ReadMessageHistory) {
		return nil
	}
	return slices.DeleteFunc(p.server.inChannel(channelID), func(m Message) bool { return !m.sees(p.ID) })
}

// channel finds a channel that the person sees.
func (p *Person) channel(id string) (*Channel, error) {
	ch, ok := p.server.channels[id]
	if !ok || !p.server.canSee(p.ID, ch) {
		return nil, refuse("%s sees no channel %s", p.Name, id)
	}
	return ch, nil
}

// message finds a message that the person sees.
func (p *Person) message(id string) (*Channel, *Message, error) {
	m, ok := p.server.messages[id]
	if !ok || !m.sees(p.ID) {
		return nil, nil, refuse("%s sees no message %s", p.Name, id)
	}
	ch, err := p.channel(m.ChannelID)
	return ch, m, err
}
