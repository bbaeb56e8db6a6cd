package fakediscord

import (
	"maps"
	"slices"
)

// Guilds returns all guilds, oldest first.
func (s *Server) Guilds() []Guild {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []Guild
	for _, id := range slices.SortedFunc(maps.Keys(s.guilds), compareIDs) {
		all = append(all, s.guilds[id].Guild)
	}
	return all
}

// Roles returns the roles of a guild, nil if there is no such guild.
func (s *Server) Roles(guildID string) []Role {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g, ok := s.guilds[guildID]; ok {
		return g.sortedRoles()
	}
	return nil
}

// Members returns the members of a guild, nil if there is no such guild.
func (s *Server) Members(guildID string) []Member {
	s.mu.Lock()
	defer s.mu.Unlock()
	if g, ok := s.guilds[guildID]; ok {
		return g.sortedMembers()
	}
	return nil
}

// Bot returns the bot's user.
func (s *Server) Bot() User { return s.bot }

// Message returns a message, ephemeral ones too.
func (s *Server) Message(id string) (Message, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	m, ok := s.messages[id]
	if !ok {
		return Message{}, false
	}
	return *m, true
}

// Messages returns all messages of a channel, ephemeral ones too, oldest first.
func (s *Server) Messages(channelID string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.inChannel(channelID)
}

// Revisions returns all versions of a message, oldest first, also of one that is deleted.
func (s *Server) Revisions(messageID string) []Message {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.revisions[messageID])
}

// Commands returns the commands of a guild, the global ones for "".
func (s *Server) Commands(guildID string) []Command {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.commands[guildID])
}

// File returns an uploaded file by the id of its attachment.
func (s *Server) File(attachmentID string) (File, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f, ok := s.files[attachmentID]
	return f, ok
}
