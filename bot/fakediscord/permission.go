package fakediscord

import (
	"encoding/json"
	"fmt"
	"strconv"
)

// Permissions is a set of permissions. On the wire it is a decimal string.
//
// Source: docs.discord.com/developers/topics/permissions
type Permissions uint64

// The permissions that this package knows by name.
const (
	Administrator          Permissions = 1 << 3
	ManageChannels         Permissions = 1 << 4
	ManageGuild            Permissions = 1 << 5
	AddReactions           Permissions = 1 << 6
	ViewChannel            Permissions = 1 << 10
	SendMessages           Permissions = 1 << 11
	ManageMessages         Permissions = 1 << 13
	EmbedLinks             Permissions = 1 << 14
	AttachFiles            Permissions = 1 << 15
	ReadMessageHistory     Permissions = 1 << 16
	MentionEveryone        Permissions = 1 << 17
	UseExternalEmojis      Permissions = 1 << 18
	ManageRoles            Permissions = 1 << 28
	UseApplicationCommands Permissions = 1 << 31
	ManageThreads          Permissions = 1 << 34
	CreatePublicThreads    Permissions = 1 << 35
	CreatePrivateThreads   Permissions = 1 << 36
	SendMessagesInThreads  Permissions = 1 << 38

	// AllPermissions is what the owner of a guild and its administrators have.
	AllPermissions Permissions = 1<<53 - 1
	// MemberPermissions is what @everyone has in a new guild, as far as this package
	// looks at it.
	MemberPermissions = AddReactions | ViewChannel | SendMessages | EmbedLinks | AttachFiles |
		ReadMessageHistory | UseExternalEmojis | UseApplicationCommands |
		CreatePublicThreads | SendMessagesInThreads
)

// Has reports whether the set holds all of the others.
func (p Permissions) Has(others Permissions) bool { return p&others == others }

// MarshalJSON writes the set as Discord does, as a string.
func (p Permissions) MarshalJSON() ([]byte, error) {
	return []byte(`"` + strconv.FormatUint(uint64(p), 10) + `"`), nil
}

// UnmarshalJSON reads the set from a string, or from a number as older clients write it.
func (p *Permissions) UnmarshalJSON(data []byte) error {
	var n json.Number
	if err := json.Unmarshal(data, &n); err != nil {
		return fmt.Errorf("permissions: %w", err)
	}
	set, err := strconv.ParseUint(n.String(), 10, 64)
	*p = Permissions(set)
	return err
}

// An Overwrite changes the permissions of a role or a member in one channel.
type Overwrite struct {
	ID    string        `json:"id"`
	Type  OverwriteType `json:"type"`
	Allow Permissions   `json:"allow"`
	Deny  Permissions   `json:"deny"`
}

// OverwriteType says whose permissions an Overwrite changes.
type OverwriteType int

// The types of overwrites.
const (
	RoleOverwrite   OverwriteType = 0
	MemberOverwrite OverwriteType = 1
)

// permissions computes what a member may do in a channel of the guild, or in the guild
// itself if the channel is nil. Someone who is no member may do nothing.
//
// Source: docs.discord.com/developers/topics/permissions#permission-overwrites
func (s *Server) permissions(g *guild, userID string, ch *Channel) Permissions {
	m, isMember := g.members[userID]
	switch {
	case !isMember:
		return 0
	case g.OwnerID == userID:
		return AllPermissions
	}
	set := g.roles[g.ID].Permissions
	for _, id := range m.Roles {
		set |= g.roles[id].Permissions
	}
	if set.Has(Administrator) {
		return AllPermissions
	}
	if ch == nil {
		return set
	}
	if ch.isThread() {
		if parent, ok := s.channels[ch.ParentID]; ok {
			ch = parent
		}
	}
	set = overwritten(set, g.ID, m, ch.Overwrites)
	if !set.Has(ViewChannel) {
		return 0 // whoever does not see a channel can do nothing in it
	}
	if !set.Has(SendMessages) {
		set &^= MentionEveryone | AttachFiles | EmbedLinks
	}
	return set
}

// overwritten applies the overwrites in the order that Discord gives: everyone, roles,
// member; in each denials first.
func overwritten(set Permissions, everyone string, m *Member, overwrites []Overwrite) Permissions {
	var allow, deny, memberAllow, memberDeny Permissions
	for _, o := range overwrites {
		switch {
		case o.ID == everyone:
			set = set&^o.Deny | o.Allow
		case o.Type == RoleOverwrite && m.has(o.ID):
			allow, deny = allow|o.Allow, deny|o.Deny
		case o.Type == MemberOverwrite && o.ID == m.User.ID:
			memberAllow, memberDeny = o.Allow, o.Deny
		}
	}
	set = set&^deny | allow
	return set&^memberDeny | memberAllow
}
