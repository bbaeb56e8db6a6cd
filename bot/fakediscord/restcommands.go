package fakediscord

import "slices"

// scope returns the guild whose commands a path names, "" for the global ones.
func (s *Server) scope(c *call) (string, error) {
	if c.params["application_id"] != s.app.ID {
		return "", errUnknownApplication
	}
	id := c.params["guild_id"]
	if id == "" {
		return "", nil
	}
	_, err := s.guildOf(c)
	return id, err
}

func (s *Server) listCommands(c *call) (any, error) {
	scope, err := s.scope(c)
	if err != nil {
		return nil, err
	}
	commands := orEmpty(slices.Clone(s.commands[scope]))
	if c.Query.Get("with_localizations") != "true" {
		for i := range commands {
			commands[i] = commands[i].withoutLocalizations()
		}
	}
	return commands, nil
}

// replaceCommands is PUT: the whole set is replaced. A command that keeps its type and
// name keeps its id, and its version if it is the same. An Entry Point command can't be
// left out.
//
// Source: docs.discord.com/developers/interactions/application-commands#bulk-overwrite-global-application-commands
func (s *Server) replaceCommands(c *call) (any, error) {
	scope, err := s.scope(c)
	if err != nil {
		return nil, err
	}
	var bodies []commandBody
	if err := c.decode(&bodies); err != nil {
		return nil, err
	}
	commands := []Command{}
	for _, b := range bodies {
		commands = append(commands, s.newCommand(scope, b))
	}
	f := &form{}
	checkCommands(f.root(), commands, func(i int) field { return f.root().index(i) })
	if f.err() != nil {
		return nil, f.err()
	}
	for _, old := range s.commands[scope] {
		stays := func(c Command) bool { return c.Type == old.Type && c.Name == old.Name }
		if old.Type == EntryPoint && !slices.ContainsFunc(commands, stays) {
			return nil, errEntryPointGone
		}
	}
	s.setCommands(scope, commands)
	return commands, nil
}

// createCommand is POST, which changes a command of the same type and name.
func (s *Server) createCommand(c *call) (any, error) {
	scope, err := s.scope(c)
	if err != nil {
		return nil, err
	}
	var b commandBody
	if err := c.decode(&b); err != nil {
		return nil, err
	}
	return s.putCommand(scope, s.newCommand(scope, b))
}

func (s *Server) editCommand(c *call) (any, error) {
	scope, i, err := s.findCommand(c)
	if err != nil {
		return nil, err
	}
	var b commandBody
	if err := c.decode(&b); err != nil {
		return nil, err
	}
	changed := b.applyTo(s.commands[scope][i])
	changed.Version = s.nextID()
	return s.putCommand(scope, changed)
}

// putCommand adds a command, or replaces the one with its id.
func (s *Server) putCommand(scope string, command Command) (any, error) {
	commands := slices.Clone(s.commands[scope])
	at := slices.IndexFunc(commands, func(c Command) bool { return c.ID == command.ID })
	if at < 0 {
		at = len(commands)
		commands = append(commands, command)
	} else {
		commands[at] = command
	}
	f := &form{}
	checkCommands(f.root(), commands, func(int) field { return f.root() })
	if f.err() != nil {
		return nil, f.err()
	}
	s.setCommands(scope, commands)
	return commands[at], nil
}

func (s *Server) getCommand(c *call) (any, error) {
	scope, i, err := s.findCommand(c)
	if err != nil {
		return nil, err
	}
	return s.commands[scope][i], nil
}

func (s *Server) deleteCommand(c *call) (any, error) {
	scope, i, err := s.findCommand(c)
	if err != nil {
		return nil, err
	}
	s.setCommands(scope, slices.Delete(slices.Clone(s.commands[scope]), i, i+1))
	return nil, nil
}

func (s *Server) findCommand(c *call) (scope string, i int, err error) {
	scope, err = s.scope(c)
	if err != nil {
		return "", 0, err
	}
	i = slices.IndexFunc(s.commands[scope], func(k Command) bool { return k.ID == c.params["command_id"] })
	if i < 0 {
		return "", 0, errUnknownCommand
	}
	return scope, i, nil
}

// newCommand makes a command of a body, with the id of the one that it replaces.
func (s *Server) newCommand(scope string, b commandBody) Command {
	c := b.applyTo(Command{Type: SlashCommand, GuildID: scope, ApplicationID: s.app.ID})
	if scope == "" {
		inDirect := valueOr(c.DMPermission, true)
		c.DMPermission = &inDirect
	}
	if scope == "" && c.IntegrationTypes == nil {
		c.IntegrationTypes = []int{0}
	}
	for _, old := range s.commands[scope] {
		if old.Type == c.Type && old.Name == c.Name {
			c.ID, c.Version = old.ID, old.Version
			if !c.sameAs(old) {
				c.Version = s.nextID()
			}
			return c
		}
	}
	c.ID, c.Version = s.nextID(), s.nextID()
	return c
}

func (s *Server) setCommands(scope string, commands []Command) {
	s.commands[scope] = commands
	s.emit(Event{Kind: CommandsChanged, GuildID: scope})
}
