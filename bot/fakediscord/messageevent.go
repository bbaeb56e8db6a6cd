package fakediscord

import "slices"

// messageEvent is the form of MESSAGE_CREATE and MESSAGE_UPDATE.
//
// Source: docs.discord.com/developers/events/gateway-events#message-create
type messageEvent struct {
	Message
	GuildID  string        `json:"guild_id,omitempty"`
	Member   *Member       `json:"member,omitempty"`
	Mentions []mentionUser `json:"mentions"`
}

// mentionUser is a mentioned user of a guild, with the member.
type mentionUser struct {
	User
	Member *Member `json:"member,omitempty"`
}

// mentions reports whether the message mentions a user.
func (m *Message) mentions(userID string) bool {
	return slices.ContainsFunc(m.Mentions, func(u User) bool { return u.ID == userID })
}

// stripped returns the message as an application sees it that may not read the content of
// messages, unless the rules except this one.
//
// Source: docs.discord.com/developers/events/gateway#message-content-intent
func (m Message) stripped(botID string) Message {
	if m.Author.ID == botID || m.GuildID == "" || m.mentions(botID) {
		return m
	}
	m.Content = ""
	m.Embeds, m.Components, m.Attachments = []Embed{}, []Component{}, []Attachment{}
	return m
}

// visible applies stripped to a message and the one that it answers.
func (m Message) visible(botID string, intents Intents) Message {
	if intents.has(MessageContentIntent) {
		return m
	}
	if m.Referenced != nil {
		r := m.Referenced.stripped(botID)
		m.Referenced = &r
	}
	return m.stripped(botID)
}

// event returns the message as events show it.
func (s *Server) messageEvent(m Message, intents Intents) messageEvent {
	m = m.visible(s.bot.ID, intents)
	event := messageEvent{Message: m, GuildID: m.GuildID, Mentions: []mentionUser{}}
	g := s.guilds[m.GuildID]
	for _, u := range m.Mentions {
		mention := mentionUser{User: u}
		if g != nil && g.members[u.ID] != nil {
			mention.Member = g.members[u.ID].withoutUser()
		}
		event.Mentions = append(event.Mentions, mention)
	}
	if g != nil && g.members[m.Author.ID] != nil && m.WebhookID == "" {
		event.Member = g.members[m.Author.ID].withoutUser()
	}
	return event
}
