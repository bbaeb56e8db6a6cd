package fakediscord

import "encoding/json"

// CommandType says where a command is used.
type CommandType int

// The types of commands.
const (
	SlashCommand   CommandType = 1
	UserCommand    CommandType = 2
	MessageCommand CommandType = 3
	EntryPoint     CommandType = 4 // starts the application's Activity
)

// OptionType says what an option takes.
type OptionType int

// The types of options.
//
// Source: docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type
const (
	SubCommand        OptionType = 1
	SubCommandGroup   OptionType = 2
	StringOption      OptionType = 3
	IntegerOption     OptionType = 4
	BooleanOption     OptionType = 5
	UserOption        OptionType = 6
	ChannelOption     OptionType = 7
	RoleOption        OptionType = 8
	MentionableOption OptionType = 9
	NumberOption      OptionType = 10
	AttachmentOption  OptionType = 11
)

// A Command is what an application has registered, globally or in one guild.
//
// Source: docs.discord.com/developers/interactions/application-commands#application-command-object
type Command struct {
	ID                       string            `json:"id"`
	ApplicationID            string            `json:"application_id"`
	GuildID                  string            `json:"guild_id,omitempty"`
	Version                  string            `json:"version"`
	Type                     CommandType       `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
	Options                  []Option          `json:"options,omitempty"`
	DefaultMemberPermissions *Permissions      `json:"default_member_permissions"`
	DMPermission             *bool             `json:"dm_permission,omitempty"`
	Contexts                 []int             `json:"contexts"`
	IntegrationTypes         []int             `json:"integration_types,omitempty"`
	NSFW                     bool              `json:"nsfw"`
	Handler                  int               `json:"handler,omitempty"` // of an Entry Point: 1 the application, 2 Discord
}

// An Option is a parameter of a command, or a subcommand.
type Option struct {
	Type                     OptionType        `json:"type"`
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations,omitempty"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations,omitempty"`
	Required                 bool              `json:"required,omitempty"`
	Choices                  []Choice          `json:"choices,omitempty"`
	Options                  []Option          `json:"options,omitempty"`
	ChannelTypes             []ChannelType     `json:"channel_types,omitempty"`
	MinValue                 *float64          `json:"min_value,omitempty"`
	MaxValue                 *float64          `json:"max_value,omitempty"`
	MinLength                *int              `json:"min_length,omitempty"`
	MaxLength                *int              `json:"max_length,omitempty"`
	Autocomplete             bool              `json:"autocomplete,omitempty"`
}

// A Choice is a value that an option can take, or that autocomplete proposes.
type Choice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations,omitempty"`
	Value             any               `json:"value"` // string or number
}

// commandBody is the body that makes or changes a command: a Command in which it matters
// what is absent.
type commandBody struct {
	Type                     patch[CommandType]       `json:"type"`
	Name                     patch[string]            `json:"name"`
	NameLocalizations        patch[map[string]string] `json:"name_localizations"`
	Description              patch[string]            `json:"description"`
	DescriptionLocalizations patch[map[string]string] `json:"description_localizations"`
	Options                  patch[[]Option]          `json:"options"`
	DefaultMemberPermissions patch[*Permissions]      `json:"default_member_permissions"`
	DMPermission             patch[*bool]             `json:"dm_permission"`
	Contexts                 patch[[]int]             `json:"contexts"`
	IntegrationTypes         patch[[]int]             `json:"integration_types"`
	NSFW                     patch[bool]              `json:"nsfw"`
	Handler                  patch[int]               `json:"handler"`
}

// applyTo returns the command with the changes of the body.
func (b *commandBody) applyTo(c Command) Command {
	set(&c.Type, b.Type)
	set(&c.Name, b.Name)
	set(&c.NameLocalizations, b.NameLocalizations)
	set(&c.Description, b.Description)
	set(&c.DescriptionLocalizations, b.DescriptionLocalizations)
	set(&c.Options, b.Options)
	set(&c.DefaultMemberPermissions, b.DefaultMemberPermissions)
	set(&c.DMPermission, b.DMPermission)
	set(&c.Contexts, b.Contexts)
	set(&c.IntegrationTypes, b.IntegrationTypes)
	set(&c.NSFW, b.NSFW)
	set(&c.Handler, b.Handler)
	return c
}

func set[T any](to *T, from patch[T]) {
	if from.Set {
		*to = from.Value
	}
}

// withoutLocalizations is the form that lists have unless with_localizations asks.
func (c Command) withoutLocalizations() Command {
	c.NameLocalizations, c.DescriptionLocalizations = nil, nil
	c.Options = optionsWithoutLocalizations(c.Options)
	return c
}

func optionsWithoutLocalizations(options []Option) []Option {
	var bare []Option
	for _, o := range options {
		o.NameLocalizations, o.DescriptionLocalizations = nil, nil
		o.Options = optionsWithoutLocalizations(o.Options)
		bare = append(bare, o)
	}
	return bare
}

// sameAs reports whether two commands are equal but for what the server sets.
func (c Command) sameAs(other Command) bool {
	c.ID, c.Version, c.ApplicationID, c.GuildID = other.ID, other.Version, other.ApplicationID, other.GuildID
	a, errA := json.Marshal(c)
	b, errB := json.Marshal(other)
	return errA == nil && errB == nil && string(a) == string(b)
}
