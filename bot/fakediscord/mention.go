package fakediscord

import (
	"regexp"
	"slices"
	"strings"
)

// Pings is whom a message notified.
type Pings struct {
	Users    []string // ids, without those who are only members of a pinged role
	Roles    []string
	Everyone bool // @everyone or @here
}

// None reports whether nobody was notified.
func (p Pings) None() bool { return len(p.Users)+len(p.Roles) == 0 && !p.Everyone }

// AllowedMentions says which mentions of a message notify.
//
// Source: docs.discord.com/developers/resources/message#allowed-mentions-object
type AllowedMentions struct {
	Parse       *[]string `json:"parse"`
	Roles       []string  `json:"roles"`
	Users       []string  `json:"users"`
	RepliedUser bool      `json:"replied_user"`
}

var (
	userMention = regexp.MustCompile(`<@!?(\d{1,20})>`)
	roleMention = regexp.MustCompile(`<@&(\d{1,20})>`)
	everyone    = regexp.MustCompile(`@(everyone|here)\b`)
)

// The mentions that notify where a request does not say it.
//
// Source: docs.discord.com/developers/resources/message#allowed-mentions-object-default-settings-for-allowed-mentions
var (
	messageMentions     = AllowedMentions{Parse: &[]string{"users", "roles", "everyone"}, RepliedUser: true}
	interactionMentions = AllowedMentions{Parse: &[]string{"users"}, RepliedUser: true}
)

func (a *AllowedMentions) check(at field) {
	if a == nil {
		return
	}
	at.key("users").count(len(a.Users), 0, 100)
	at.key("roles").count(len(a.Roles), 0, 100)
	for i, kind := range valueOr(a.Parse, nil) {
		oneOf(at.key("parse").index(i), kind, "roles", "users", "everyone")
		if kind == "users" && len(a.Users) > 0 || kind == "roles" && len(a.Roles) > 0 {
			at.fail("MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "parse:[%q] and %s: [ids...] are mutually exclusive.", kind, kind)
		}
	}
}

func (a *AllowedMentions) parses(kind string) bool {
	return slices.Contains(valueOr(a.Parse, nil), kind)
}

// mention fills in what a message mentions and whom it notifies. Discord notifies only of
// what stands in the text and is allowed, and of roles and everyone only if the author
// may: the role is mentionable, or the author has the permission MENTION_EVERYONE. What
// stands in code counts here too, which is stricter than Discord.
func (s *Server) mention(m *Message, allowed *AllowedMentions) {
	text := m.Content
	walk(m.Components, func(c *Component) bool {
		text += "\n" + c.Content
		return true
	})
	ch := s.channels[m.ChannelID]
	mayAll := ch.Type != DirectMessage && s.can(m.Author.ID, ch, MentionEveryone)

	m.Mentions, m.MentionRoles, m.Pinged = nil, nil, Pings{}
	for _, id := range found(userMention, text) {
		if u, ok := s.users[id]; ok && (allowed.parses("users") || slices.Contains(allowed.Users, id)) {
			m.Mentions = append(m.Mentions, *u)
		}
	}
	if m.Type == ReplyMessage && m.Referenced != nil && allowed.RepliedUser && !m.mentions(m.Referenced.Author.ID) {
		m.Mentions = append(m.Mentions, m.Referenced.Author)
	}
	for _, u := range m.Mentions {
		if u.ID != m.Author.ID && s.canSee(u.ID, ch) {
			m.Pinged.Users = append(m.Pinged.Users, u.ID)
		}
	}
	if g := s.guilds[ch.GuildID]; g != nil {
		for _, id := range found(roleMention, text) {
			role, ok := g.roles[id]
			if ok && (role.Mentionable || mayAll) && (allowed.parses("roles") || slices.Contains(allowed.Roles, id)) {
				m.MentionRoles = append(m.MentionRoles, id)
			}
		}
	}
	m.Pinged.Roles = m.MentionRoles
	m.MentionEveryone = mayAll && allowed.parses("everyone") && everyone.MatchString(text)
	m.Pinged.Everyone = m.MentionEveryone
}

// found returns the ids that an expression finds in a text, each once.
func found(re *regexp.Regexp, text string) (ids []string) {
	if !strings.Contains(text, "<@") {
		return nil
	}
	for _, match := range re.FindAllStringSubmatch(text, -1) {
		if !slices.Contains(ids, match[1]) {
			ids = append(ids, match[1])
		}
	}
	return ids
}
