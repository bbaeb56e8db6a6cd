package fakediscord

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
)

// saved is what was said, as it is written down: threads, posts and direct messages, with
// all messages, and the languages and roles of people. Guilds, people and the other channels
// are made by who starts the server.
type saved struct {
	URL      string          `json:"url"` // of the server, which stands in the addresses of files
	Channels []Channel       `json:"channels"`
	Messages []savedMessage  `json:"messages"`
	Files    map[string]File `json:"files"`

	Locales map[string]string              `json:"locales"` // of people
	Roles   map[string]map[string][]string `json:"roles"`   // of people in guilds
}

type savedMessage struct {
	Message
	Guild  string `json:"guild,omitempty"`
	For    string `json:"for,omitempty"`
	Pinged Pings  `json:"pinged"`
}

// Save returns what was said, for Restore.
func (s *Server) Save() ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	all := saved{URL: s.url, Channels: []Channel{}, Messages: []savedMessage{}, Files: map[string]File{},
		Locales: maps.Clone(s.locales), Roles: map[string]map[string][]string{}}
	for _, g := range s.guilds {
		all.Roles[g.ID] = map[string][]string{}
		for id, m := range g.members {
			all.Roles[g.ID][id] = m.Roles
		}
	}
	for _, ch := range s.channels {
		if ch.isThread() || ch.Type == DirectMessage {
			all.Channels = append(all.Channels, *ch)
		}
	}
	for _, m := range s.messages {
		if m.Flags&Loading != 0 {
			continue
		}
		all.Messages = append(all.Messages, savedMessage{Message: *m, Guild: m.GuildID, For: m.For, Pinged: m.Pinged})
		for _, a := range m.Attachments {
			if f, ok := s.files[a.ID]; ok {
				all.Files[a.ID] = f
			}
		}
	}
	slices.SortFunc(all.Channels, func(a, b Channel) int { return compareIDs(a.ID, b.ID) })
	slices.SortFunc(all.Messages, func(a, b savedMessage) int { return compareIDs(a.ID, b.ID) })
	return json.Marshal(all)
}

// Restore brings back what Save has returned, before anybody is connected. What stood in
// channels that are not there is left out.
func (s *Server) Restore(data []byte) error {
	var head struct{ URL string }
	if err := json.Unmarshal(data, &head); err != nil {
		return fmt.Errorf("restore what was said: %w", err)
	}
	if head.URL != "" {
		data = []byte(strings.ReplaceAll(string(data), head.URL+"/", s.url+"/"))
	}
	var all saved
	if err := json.Unmarshal(data, &all); err != nil {
		return fmt.Errorf("restore what was said: %w", err)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, ch := range all.Channels {
		_, hasParent := s.channels[ch.ParentID]
		knows := func(u User) bool { _, ok := s.users[u.ID]; return ok }
		if ch.isThread() && hasParent || ch.Type == DirectMessage && len(ch.Recipients) == 1 && knows(ch.Recipients[0]) {
			s.channels[ch.ID] = &ch
		}
	}
	for _, one := range all.Messages {
		m := one.Message
		m.GuildID, m.For, m.Pinged = one.Guild, one.For, one.Pinged
		ch, ok := s.channels[m.ChannelID]
		if !ok {
			continue
		}
		m.complete()
		s.messages[m.ID], s.revisions[m.ID] = &m, []Message{m}
		ch.LastMessageID = &m.ID
	}
	maps.Copy(s.files, all.Files)
	for id, locale := range all.Locales {
		if s.users[id] != nil {
			s.locales[id] = locale
		}
	}
	for guild, members := range all.Roles {
		s.restoreRoles(guild, members)
	}
	s.wake()
	return nil
}

// restoreRoles gives the members of a guild their roles again, as far as these are there.
func (s *Server) restoreRoles(guild string, members map[string][]string) {
	g := s.guilds[guild]
	if g == nil {
		return
	}
	for id, roles := range members {
		if m := g.members[id]; m != nil {
			changed := *m
			changed.Roles = orEmpty(slices.DeleteFunc(slices.Clone(roles), func(role string) bool { _, there := g.roles[role]; return !there }))
			g.members[id] = &changed
		}
	}
}
