package fakediscord

import "slices"

// resolved holds the objects of which the data has ids.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-resolved-data-structure
type resolved struct {
	Users       map[string]*User      `json:"users,omitempty"`
	Members     map[string]*Member    `json:"members,omitempty"`
	Roles       map[string]Role       `json:"roles,omitempty"`
	Channels    map[string]*Channel   `json:"channels,omitempty"`
	Messages    map[string]*Message   `json:"messages,omitempty"`
	Attachments map[string]Attachment `json:"attachments,omitempty"`
}

func (r *resolved) orNil() *resolved {
	if r.Users == nil && r.Roles == nil && r.Channels == nil && r.Attachments == nil {
		return nil
	}
	return r
}

func put[T any](into *map[string]T, id string, value T) {
	if *into == nil {
		*into = map[string]T{}
	}
	(*into)[id] = value
}

// user adds a user and, in a guild, the member without what members lack here.
func (r *resolved) user(s *Server, ch *Channel, u *User) {
	put(&r.Users, u.ID, u)
	if g := s.guilds[ch.GuildID]; g != nil && g.members[u.ID] != nil {
		m := g.members[u.ID].withoutUser()
		set := s.permissions(g, u.ID, ch)
		m.Permissions = &set
		put(&r.Members, u.ID, m)
	}
}

// entity takes the id of a user, role or channel.
func (f *filler) entity(o Option, value any) (any, error) {
	id, _ := value.(string)
	if !f.resolve(id, entityKinds[o.Type], o.ChannelTypes) {
		return nil, refuse("option %q does not take %v", o.Name, value)
	}
	return id, nil
}

type entityKind int

const (
	aUser entityKind = 1 << iota
	aRole
	aChannel
)

var entityKinds = map[OptionType]entityKind{
	UserOption: aUser, RoleOption: aRole, MentionableOption: aUser | aRole, ChannelOption: aChannel,
}

// resolve adds the object with an id to the resolved data, if it is of a wanted kind and
// the person can name it.
func (f *filler) resolve(id string, kind entityKind, types []ChannelType) bool {
	s := f.person.server
	if u, ok := s.users[id]; ok && kind&aUser != 0 {
		f.resolved.user(s, f.channel, u)
		return true
	}
	if g := s.guilds[f.channel.GuildID]; g != nil && kind&aRole != 0 {
		if role, ok := g.roles[id]; ok {
			put(&f.resolved.Roles, id, role)
			return true
		}
	}
	ch, ok := s.channels[id]
	if !ok || kind&aChannel == 0 || ch.GuildID != f.channel.GuildID || !s.canSee(f.person.ID, ch) ||
		len(types) > 0 && !slices.Contains(types, ch.Type) {
		return false
	}
	put(&f.resolved.Channels, id, s.partialChannel(ch, f.person.ID))
	return true
}
