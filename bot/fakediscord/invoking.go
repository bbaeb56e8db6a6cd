package fakediscord

import (
	"encoding/json"
	"slices"
	"strings"
)

// Commands returns the commands that the person can use in a channel, those of the guild
// first.
func (p *Person) Commands(channelID string) ([]Command, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, err := p.channel(channelID)
	if err != nil {
		return nil, err
	}
	return p.usable(ch), nil
}

// usable applies who may use a command where.
//
// Source: docs.discord.com/developers/interactions/application-commands#permissions and #contexts
func (p *Person) usable(ch *Channel) []Command {
	all := slices.Clone(p.server.commands[""])
	context := 1
	if ch.GuildID != "" {
		context = 0
		all = slices.Concat(p.server.commands[ch.GuildID], all)
	}
	g := p.server.guilds[ch.GuildID]
	return slices.DeleteFunc(all, func(c Command) bool {
		switch {
		case c.Contexts != nil && !slices.Contains(c.Contexts, context):
			return true
		case g == nil:
			return !valueOr(c.DMPermission, true) || !p.server.sharesGuild(p.ID)
		case g.members[p.server.bot.ID] == nil || !p.server.can(p.ID, ch, UseApplicationCommands):
			return true
		case c.DefaultMemberPermissions == nil:
			return false
		}
		need := *c.DefaultMemberPermissions
		if need == 0 {
			need = Administrator
		}
		return !p.server.permissions(g, p.ID, ch).Has(need)
	})
}

// Slash uses a slash command. The name has the subcommands in it: "curated add".
func (p *Person) Slash(channelID, name string, values Values) (*Interaction, error) {
	return p.slash(channelID, name, values, "")
}

// Autocomplete types in an option of a slash command, whose other options may be filled or
// not. Wait for the bot's proposals with Choices.
func (p *Person) Autocomplete(channelID, name, option string, values Values) (*Interaction, error) {
	return p.slash(channelID, name, values, option)
}

func (p *Person) slash(channelID, name string, values Values, focused string) (*Interaction, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, err := p.channel(channelID)
	if err != nil {
		return nil, err
	}
	path := strings.Fields(name)
	if len(path) == 0 {
		return nil, refuse("a command has a name")
	}
	command, err := p.command(ch, SlashCommand, path[0])
	if err != nil {
		return nil, err
	}
	options, wrap, err := descend(command, path[1:])
	if err != nil {
		return nil, err
	}
	filler := &filler{person: p, channel: ch, focused: focused, resolved: &resolved{}}
	given, err := filler.fill(options, values)
	if err != nil {
		return nil, err
	}
	i := p.interact(ch, CommandInteraction)
	if focused != "" {
		i.Type = AutocompleteInteraction
	}
	i.Command, i.options, i.focused = strings.Join(path, " "), options, focused
	p.send(i, commandData{
		ID: command.ID, Name: command.Name, Type: command.Type, GuildID: command.GuildID,
		Options: wrap(given), Resolved: filler.resolved.orNil(),
	})
	return i, nil
}

// command finds a command that the person can use.
func (p *Person) command(ch *Channel, kind CommandType, name string) (Command, error) {
	for _, c := range p.usable(ch) {
		if c.Type == kind && c.Name == name {
			return c, nil
		}
	}
	return Command{}, refuse("%s has no command %q in this channel", p.Name, name)
}

// descend goes down to a subcommand. It returns the options of it, and a function that
// wraps what is given for them as Discord sends it.
func descend(c Command, path []string) ([]Option, func([]dataOption) []dataOption, error) {
	options := c.Options
	var parents []Option
	for _, name := range path {
		i := slices.IndexFunc(options, func(o Option) bool {
			return o.Name == name && (o.Type == SubCommand || o.Type == SubCommandGroup)
		})
		if i < 0 {
			return nil, nil, refuse("command %q has no subcommand %q", c.Name, name)
		}
		parents = append(parents, options[i])
		options = options[i].Options
	}
	if len(options) > 0 && (options[0].Type == SubCommand || options[0].Type == SubCommandGroup) {
		return nil, nil, refuse("command %q needs one of its subcommands", c.Name)
	}
	wrap := func(given []dataOption) []dataOption {
		for _, parent := range slices.Backward(parents) {
			given = []dataOption{{Name: parent.Name, Type: parent.Type, Options: given}}
		}
		return given
	}
	return options, wrap, nil
}

// MessageCommand uses a command on a message.
func (p *Person) MessageCommand(messageID, name string) (*Interaction, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, m, err := p.message(messageID)
	if err != nil {
		return nil, err
	}
	command, err := p.command(ch, MessageCommand, name)
	if err != nil {
		return nil, err
	}
	i := p.interact(ch, CommandInteraction)
	i.Command, i.target = command.Name, m
	p.send(i, commandData{
		ID: command.ID, Name: command.Name, Type: command.Type, GuildID: command.GuildID, TargetID: m.ID,
		Resolved: &resolved{Messages: map[string]*Message{m.ID: m}},
	})
	return i, nil
}

// UserCommand uses a command on a user, seen from a channel.
func (p *Person) UserCommand(channelID, userID, name string) (*Interaction, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, err := p.channel(channelID)
	if err != nil {
		return nil, err
	}
	u, ok := p.server.users[userID]
	if !ok {
		return nil, refuse("no user %s", userID)
	}
	command, err := p.command(ch, UserCommand, name)
	if err != nil {
		return nil, err
	}
	i := p.interact(ch, CommandInteraction)
	i.Command, i.person = command.Name, u
	seen := &resolved{}
	seen.user(p.server, ch, u)
	p.send(i, commandData{
		ID: command.ID, Name: command.Name, Type: command.Type, GuildID: command.GuildID, TargetID: u.ID, Resolved: seen,
	})
	return i, nil
}

// Raw sends an interaction with any type and data, for what Discord may send and this
// package does not know, and for what a forged client would send. The message may be "".
func (p *Person) Raw(channelID, messageID string, kind InteractionType, data json.RawMessage) (*Interaction, error) {
	if !json.Valid(data) {
		return nil, refuse("the data is not JSON")
	}
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, err := p.channel(channelID)
	if err != nil {
		return nil, err
	}
	i := p.interact(ch, kind)
	i.message = p.server.messages[messageID]
	p.send(i, data)
	return i, nil
}
