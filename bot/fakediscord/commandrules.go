package fakediscord

import (
	"regexp"
	"slices"
	"strings"
)

// The limits of commands.
//
// Source: docs.discord.com/developers/interactions/application-commands
const (
	maxCommandName        = 32
	maxCommandDescription = 100
	maxCommandOptions     = 25
	maxChoices            = 25
	maxChoiceText         = 100
	maxCommandText        = 8000 // names, descriptions and values of a command
	maxOptionLength       = 6000
)

// maxCommands is the number of commands of each type, globally and for each guild.
var maxCommands = map[CommandType]int{SlashCommand: 100, UserCommand: 15, MessageCommand: 15, EntryPoint: 1}

// commandName is the rule for names of slash commands and options. Go writes
// \p{Devanagari} for \p{sc=Deva}.
//
// Source: docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-naming
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// locales are the languages that Discord knows.
//
// Source: docs.discord.com/developers/reference#locales
var locales = strings.Fields(`id da de en-GB en-US es-ES es-419 fr hr it lt hu nl no pl pt-BR
	ro fi sv-SE vi tr cs el bg ru uk hi th zh-CN ja zh-TW ko`)

// checkCommands refuses a set of commands, of one guild or global.
func checkCommands(at field, commands []Command, each func(int) field) {
	counts := map[CommandType]int{}
	names := map[string]bool{}
	for i, c := range commands {
		checkCommand(each(i), c)
		counts[c.Type]++
		if key := string(rune(c.Type)) + c.Name; names[key] {
			each(i).fail("APPLICATION_COMMANDS_DUPLICATE_NAME", "Application command names must be unique")
		} else {
			names[key] = true
		}
	}
	for kind, n := range counts {
		if most, known := maxCommands[kind]; known && n > most {
			at.fail("APPLICATION_COMMANDS_MAX", "Maximum number of application commands reached (%d)", most)
		}
	}
}

// checkCommand refuses a command that breaks a rule.
func checkCommand(at field, c Command) {
	oneOf(at.key("type"), c.Type, SlashCommand, UserCommand, MessageCommand, EntryPoint)
	if c.Type == SlashCommand {
		checkName(at, c.Name, c.NameLocalizations)
		checkDescription(at, c.Description, c.DescriptionLocalizations)
	} else {
		at.key("name").length(c.Name, 1, maxCommandName)
		if c.Description != "" && c.Type != EntryPoint {
			at.key("description").fail("APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", "Context menu commands cannot have description")
		}
		if len(c.Options) > 0 {
			at.key("options").fail("APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID", "Context menu commands cannot have options")
		}
	}
	checkCommandOptions(at.key("options"), c.Options, 0)
	if n := commandText(c.Name, c.NameLocalizations) + commandText(c.Description, c.DescriptionLocalizations) + optionsText(c.Options); n > maxCommandText {
		at.fail("APPLICATION_COMMAND_TOO_LARGE", "Command exceeds maximum size (%d)", maxCommandText)
	}
	for i, context := range c.Contexts {
		oneOf(at.key("contexts").index(i), context, 0, 1, 2)
	}
}

func checkName(at field, name string, localized map[string]string) {
	one := func(at field, name string) {
		if name == "" {
			at.required()
		} else if !commandName.MatchString(name) || strings.ToLower(name) != name {
			at.fail("APPLICATION_COMMAND_INVALID_NAME", "Command name is invalid")
		}
	}
	one(at.key("name"), name)
	checkLocales(at.key("name_localizations"), localized, one)
}

func checkDescription(at field, description string, localized map[string]string) {
	one := func(at field, text string) { at.length(text, 1, maxCommandDescription) }
	one(at.key("description"), description)
	checkLocales(at.key("description_localizations"), localized, one)
}

func checkLocales(at field, localized map[string]string, one func(field, string)) {
	for locale, text := range localized {
		if !slices.Contains(locales, locale) {
			at.fail("DICT_TYPE_KEY_INVALID", "%q is not a locale", locale)
		}
		one(at.key(locale), text)
	}
}

// checkCommandOptions checks options at a depth: a command may hold groups, which hold
// subcommands, which hold parameters.
func checkCommandOptions(at field, options []Option, depth int) {
	at.count(len(options), 0, maxCommandOptions)
	names := map[string]bool{}
	optionalSeen, nested := false, 0
	for i, o := range options {
		at := at.index(i)
		checkName(at, o.Name, o.NameLocalizations)
		checkDescription(at, o.Description, o.DescriptionLocalizations)
		if names[o.Name] {
			at.fail("APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "Option names must be unique")
		}
		names[o.Name] = true
		if o.Type == SubCommand || o.Type == SubCommandGroup {
			nested++
			checkSubCommand(at, o, depth)
			continue
		}
		if o.Required && optionalSeen {
			at.fail("APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "Required options must be placed before non-required options")
		}
		optionalSeen = optionalSeen || !o.Required
		checkParameter(at, o)
	}
	if nested > 0 && nested < len(options) {
		at.fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-command and sub-command group option types are mutually exclusive to all other types")
	}
}

func checkSubCommand(at field, o Option, depth int) {
	if depth > 1 || depth == 1 && o.Type == SubCommandGroup {
		at.key("type").fail("APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "Sub-commands can only be nested one level deep")
	}
	if o.Type == SubCommand {
		depth++ // nothing but parameters below
	}
	checkCommandOptions(at.key("options"), o.Options, depth+1)
}

func checkParameter(at field, o Option) {
	at.key("type").between(int(o.Type), int(SubCommand), int(AttachmentOption))
	texts := o.Type == StringOption || o.Type == IntegerOption || o.Type == NumberOption
	if o.Autocomplete && (len(o.Choices) > 0 || !texts) {
		at.key("autocomplete").fail("APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "autocomplete may not be set here")
	}
	at.key("min_length").between(valueOr(o.MinLength, 0), 0, maxOptionLength)
	at.key("max_length").between(valueOr(o.MaxLength, maxOptionLength), 1, maxOptionLength)
	checkChoices(at.key("choices"), o.Choices, o.Type)
}

// checkChoices checks the choices of an option, or those that autocomplete proposes.
func checkChoices(at field, choices []Choice, of OptionType) {
	at.count(len(choices), 0, maxChoices)
	for i, c := range choices {
		at.index(i).key("name").length(c.Name, 1, maxChoiceText)
		text, isText := c.Value.(string)
		_, isNumber := c.Value.(float64)
		switch {
		case isText && of == StringOption:
			at.index(i).key("value").length(text, 1, maxChoiceText)
		case !isNumber || of == StringOption:
			at.index(i).key("value").fail("BASE_TYPE_INVALID", "Value does not have the option's type")
		}
	}
}

func optionsText(options []Option) (n int) {
	for _, o := range options {
		n += commandText(o.Name, o.NameLocalizations) + commandText(o.Description, o.DescriptionLocalizations) + optionsText(o.Options)
		for _, c := range o.Choices {
			text, _ := c.Value.(string)
			n += commandText(c.Name, c.NameLocalizations) + textLength(text)
		}
	}
	return n
}

// commandText is the length of a text in its longest language.
//
// Source: docs.discord.com/developers/interactions/application-commands#localization
func commandText(text string, localized map[string]string) int {
	n := textLength(text)
	for _, l := range localized {
		n = max(n, textLength(l))
	}
	return n
}
