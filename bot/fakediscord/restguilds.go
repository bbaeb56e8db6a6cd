package fakediscord

import (
	"slices"
	"strconv"
)

// guildOf finds the guild of a path, if the bot is in it.
func (s *Server) guildOf(c *call) (*guild, error) {
	g, ok := s.guilds[c.params["guild_id"]]
	switch {
	case !ok:
		return nil, errUnknownGuild
	case g.members[s.bot.ID] == nil:
		return nil, errMissingAccess
	}
	return g, nil
}

func (s *Server) getGuild(c *call) (any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return nil, err
	}
	return guildWithRoles{g.Guild, g.sortedRoles()}, nil
}

// listGuildChannels returns the channels without threads.
//
// Source: docs.discord.com/developers/resources/guild#get-guild-channels
func (s *Server) listGuildChannels(c *call) (any, error) {
	return s.channelsLike(c, func(ch *Channel) bool { return !ch.isThread() })
}

func (s *Server) listActiveThreads(c *call) (any, error) {
	threads, err := s.channelsLike(c, func(ch *Channel) bool {
		return ch.isThread() && !ch.Thread.Archived && s.canSee(s.bot.ID, ch)
	})
	if err != nil {
		return nil, err
	}
	return map[string]any{"threads": threads, "members": []any{}}, nil
}

func (s *Server) channelsLike(c *call, wanted func(*Channel) bool) (any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return nil, err
	}
	listed := slices.DeleteFunc(s.guildChannels(g.ID), func(ch *Channel) bool { return !wanted(ch) })
	return orEmpty(listed), nil
}

// listMembers needs the privileged intent for members.
//
// Source: docs.discord.com/developers/resources/guild#list-guild-members
func (s *Server) listMembers(c *call) (any, error) {
	g, err := s.guildOf(c)
	switch {
	case err != nil:
		return nil, err
	case !s.options.Privileged.has(GuildMembersIntent):
		return nil, errMissingAccess
	}
	limit, err := strconv.Atoi(c.Query.Get("limit"))
	if err != nil {
		limit = 1
	}
	after := c.Query.Get("after")
	members := slices.DeleteFunc(g.sortedMembers(), func(m Member) bool { return compareIDs(m.User.ID, after) <= 0 })
	return orEmpty(members[:min(limit, len(members))]), nil
}

func (s *Server) getMember(c *call) (any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return nil, err
	}
	m, ok := g.members[c.params["user_id"]]
	if !ok {
		return nil, errUnknownMember
	}
	return m, nil
}

func (s *Server) listRoles(c *call) (any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return nil, err
	}
	return g.sortedRoles(), nil
}

func (s *Server) leaveGuild(c *call) (any, error) {
	g, err := s.guildOf(c)
	if err != nil {
		return nil, err
	}
	s.removeBot(g)
	return nil, nil
}

func (s *Server) getSelf(*call) (any, error) { return s.bot, nil }

func (s *Server) getUser(c *call) (any, error) {
	u, ok := s.users[c.params["user_id"]]
	if !ok {
		return nil, errUnknownUser
	}
	return u, nil
}

func (s *Server) getOwnGuilds(*call) (any, error) {
	listed := []map[string]any{}
	for _, g := range s.botGuilds() {
		listed = append(listed, map[string]any{
			"id": g.ID, "name": g.Name, "icon": nil, "owner": false,
			"permissions": s.permissions(g, s.bot.ID, nil), "features": []string{},
		})
	}
	return listed, nil
}

// botGuilds returns the guilds that the bot is in, oldest first.
func (s *Server) botGuilds() []*guild {
	var found []*guild
	for _, g := range s.guilds {
		if g.members[s.bot.ID] != nil {
			found = append(found, g)
		}
	}
	slices.SortFunc(found, func(a, b *guild) int { return compareIDs(a.ID, b.ID) })
	return found
}

// sharesGuild reports whether a user is in a guild with the bot.
func (s *Server) sharesGuild(userID string) bool {
	return slices.ContainsFunc(s.botGuilds(), func(g *guild) bool { return g.members[userID] != nil })
}

func (s *Server) getApplication(*call) (any, error) {
	app := s.app
	app.Bot = &s.bot
	return app, nil
}
