package fakediscord

import (
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"maps"
)

// interactionEvent is the form of INTERACTION_CREATE.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
type interactionEvent struct {
	ID             string            `json:"id"`
	ApplicationID  string            `json:"application_id"`
	Type           InteractionType   `json:"type"`
	Data           any               `json:"data"`
	Guild          *partialGuild     `json:"guild,omitempty"`
	GuildID        string            `json:"guild_id,omitempty"`
	Channel        *Channel          `json:"channel"`
	ChannelID      string            `json:"channel_id"`
	Member         *Member           `json:"member,omitempty"` // in a guild
	User           *User             `json:"user,omitempty"`   // in a direct message
	Token          string            `json:"token"`
	Version        int               `json:"version"`
	Message        *Message          `json:"message,omitempty"`
	AppPermissions Permissions       `json:"app_permissions"`
	Locale         string            `json:"locale"`
	GuildLocale    string            `json:"guild_locale,omitempty"`
	Entitlements   []any             `json:"entitlements"`
	Owners         map[string]string `json:"authorizing_integration_owners"`
	Context        int               `json:"context"`
	SizeLimit      int               `json:"attachment_size_limit"`
}

// partialGuild is what interactions say of their guild.
type partialGuild struct {
	ID       string   `json:"id"`
	Locale   string   `json:"locale"`
	Features []string `json:"features"`
}

// directPermissions is what an application may do in direct messages.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-structure
const directPermissions = AttachFiles | EmbedLinks | MentionEveryone | UseExternalEmojis

// interact makes an interaction, which send then sends.
func (p *Person) interact(ch *Channel, kind InteractionType) *Interaction {
	return &Interaction{
		ID: p.server.nextID(), Token: newToken(), Type: kind, GuildID: ch.GuildID, ChannelID: ch.ID,
		UserID: p.ID, Created: p.server.now(), server: p.server,
	}
}

// newToken returns a token as long as Discord's.
func newToken() string {
	secret := make([]byte, 120)
	_, _ = rand.Read(secret) // never fails
	return "aW50ZXJhY3Rpb24" + base64.RawURLEncoding.EncodeToString(secret)
}

// send sends an interaction to the bot.
func (p *Person) send(i *Interaction, data any) {
	s := p.server
	s.interactions[i.ID] = i
	s.byToken[i.Token] = i
	event := interactionEvent{
		ID: i.ID, ApplicationID: s.app.ID, Type: i.Type, Data: data, GuildID: i.GuildID, ChannelID: i.ChannelID,
		Channel: s.partialChannel(s.channels[i.ChannelID], p.ID), Token: i.Token, Version: 1,
		AppPermissions: directPermissions, Locale: s.locales[p.ID], Entitlements: []any{},
		Owners: i.owners(), Context: 1, SizeLimit: maxFile,
	}
	if i.message != nil {
		event.Message = copyOf(i.message)
	}
	g, inGuild := s.guilds[i.GuildID]
	if !inGuild {
		event.User = s.users[p.ID]
	} else {
		ch := s.channels[i.ChannelID]
		set := s.permissions(g, p.ID, ch)
		member := *g.members[p.ID]
		member.Permissions = &set
		event.Member, event.Context = &member, 0
		event.Guild = &partialGuild{g.ID, g.PreferredLocale, g.Features}
		event.GuildLocale = g.PreferredLocale
		event.AppPermissions = s.permissions(g, s.bot.ID, ch)
	}
	s.dispatch(i.GuildID, noIntent, "INTERACTION_CREATE", func(Intents) any { return s.withFields(event) })
	s.fields = nil
	state := i.state()
	s.emit(Event{Kind: InteractionSent, GuildID: i.GuildID, ChannelID: i.ChannelID, For: i.UserID, Interaction: &state})
}

// NextInteraction lets the event of the next interaction hold other values in some of its
// fields, for what Discord may send one day and clients do not know yet.
func (s *Server) NextInteraction(fields map[string]json.RawMessage) {
	s.locked(func() { s.fields = fields })
}

// withFields returns an interaction's event with what NextInteraction wants it to hold.
func (s *Server) withFields(event interactionEvent) any {
	if s.fields == nil {
		return event
	}
	all := map[string]json.RawMessage{}
	data, err := json.Marshal(event)
	if err == nil {
		err = json.Unmarshal(data, &all)
	}
	if err != nil {
		panic("events are always JSON objects: " + err.Error())
	}
	maps.Copy(all, s.fields)
	return all
}
