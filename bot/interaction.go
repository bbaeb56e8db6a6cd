package bot

import (
	"encoding/json"
	"slices"
	"strconv"

	"github.com/bwmarrin/discordgo"
)

// An interaction is what somebody did with the bot. It is read here, and not by the
// client, part by part: what Discord adds one day to a part that the bot does not look
// at costs nobody a reply.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object
type interaction struct {
	ID          string                    `json:"id"`
	AppID       string                    `json:"application_id"`
	Type        discordgo.InteractionType `json:"type"`
	Token       string                    `json:"token"`
	GuildID     string                    `json:"guild_id"`
	ChannelID   string                    `json:"channel_id"`
	Locale      string                    `json:"locale"`
	GuildLocale string                    `json:"guild_locale"`
	Data        json.RawMessage           `json:"data"`
	Member      json.RawMessage           `json:"member"`
	User        json.RawMessage           `json:"user"`
	Channel     json.RawMessage           `json:"channel"`
	Message     json.RawMessage           `json:"message"`
}

// A member is who did it, in a guild.
type member struct {
	User        user     `json:"user"`
	Roles       []string `json:"roles"`
	Permissions string   `json:"permissions"` // in the channel
}

type user struct {
	ID  string `json:"id"`
	Bot bool   `json:"bot"`
}

// may reports whether a member has a permission.
func (m member) may(permission uint64) bool {
	has, err := strconv.ParseUint(m.Permissions, 10, 64)
	return err == nil && (has&permission != 0 || has&permissionAdministrator != 0)
}

// Permissions: docs.discord.com/developers/topics/permissions.
const (
	permissionAdministrator      = 1 << 3
	permissionManageChannels     = 1 << 4
	permissionViewChannel        = 1 << 10
	permissionSendMessages       = 1 << 11
	permissionManageMessages     = 1 << 13
	permissionEmbedLinks         = 1 << 14
	permissionReadHistory        = 1 << 16
	permissionSendInThreads      = 1 << 38
	invitePermissions        int = permissionViewChannel | permissionSendMessages | permissionSendInThreads | permissionEmbedLinks | permissionReadHistory
)

// A command is the data of a command, and of typing in one.
type command struct {
	Name     string                           `json:"name"`
	Type     discordgo.ApplicationCommandType `json:"type"`
	Options  []option                         `json:"options"`
	TargetID string                           `json:"target_id"`
	Resolved struct {
		Messages map[string]struct {
			spot
			Content string `json:"content"`
		} `json:"messages"`
		Channels    map[string]channel    `json:"channels"`
		Attachments map[string]attachment `json:"attachments"`
	} `json:"resolved"`
}

type option struct {
	Name    string                                 `json:"name"`
	Type    discordgo.ApplicationCommandOptionType `json:"type"`
	Value   json.RawMessage                        `json:"value"`
	Focused bool                                   `json:"focused"`
	Options []option                               `json:"options"` // of a subcommand
}

// sub returns the subcommand that is used, as a command, "" if there is none.
func (c command) sub() (string, command) {
	for _, o := range c.Options {
		if o.Type == discordgo.ApplicationCommandOptionSubCommand {
			c.Options = o.Options
			return o.Name, c
		}
	}
	return "", c
}

// text returns an option that is a text or an ID, "" if it is not given.
func (c command) text(name string) string {
	var text string
	for _, o := range c.Options {
		if o.Name == name {
			_ = json.Unmarshal(o.Value, &text) // a forged one is none
		}
	}
	return text
}

// gives reports whether an option is given.
func (c command) gives(name string) bool {
	return slices.ContainsFunc(c.Options, func(o option) bool { return o.Name == name })
}

// yes returns an option that is true or false, false if it is not given.
func (c command) yes(name string) bool {
	var yes bool
	for _, o := range c.Options {
		if o.Name == name {
			_ = json.Unmarshal(o.Value, &yes)
		}
	}
	return yes
}

// focused returns the name of the option in which somebody types.
func (c command) focused() string {
	for _, o := range c.Options {
		if o.Focused {
			return o.Name
		}
	}
	return ""
}

// A press is the data of a button or select.
type press struct {
	CustomID string   `json:"custom_id"`
	Values   []string `json:"values"`
	Resolved struct {
		Channels map[string]channel         `json:"channels"`
		Roles    map[string]json.RawMessage `json:"roles"`
	} `json:"resolved"`
}

// one returns what was chosen in a select of which one thing is chosen, "" if that is not so.
func (p press) one() string {
	if len(p.Values) != 1 {
		return ""
	}
	return p.Values[0]
}

// resolves reports whether Discord names all that was chosen in a select of roles or
// channels: what it does not name is forged.
func (p press) resolves() bool {
	for _, id := range p.Values {
		_, isChannel := p.Resolved.Channels[id]
		_, isRole := p.Resolved.Roles[id]
		if !isChannel && !isRole {
			return false
		}
	}
	return true
}

// read reads a part of an interaction, as far as it can be read.
func read[T any](part json.RawMessage) T {
	var value T
	if len(part) > 0 {
		_ = json.Unmarshal(part, &value)
	}
	return value
}
