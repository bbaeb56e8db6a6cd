package contract

import (
	"fmt"
	"maps"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"
)

const maxCommandSize = 8000

// Types of https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-types.
const (
	chatInput = iota + 1
	userCommand
	messageCommand
	entryPoint
)

// maxCommands is how many commands of a type an application or a guild can have.
var maxCommands = map[int]int{chatInput: 100, userCommand: 15, messageCommand: 15, entryPoint: 1}

// command is an application command.
type command struct {
	Type int `json:"type"` // absent means chatInput
	named
	Options []option `json:"options"`
}

// named is what commands and their options have in common.
type named struct {
	Name                     string            `json:"name"`
	NameLocalizations        map[string]string `json:"name_localizations"`
	Description              string            `json:"description"`
	DescriptionLocalizations map[string]string `json:"description_localizations"`
}

// checkCommands checks a registration that replaces all commands.
func checkCommands(f *findings, p *payload) {
	var commands []command
	if !decode(p.json, &commands) {
		return
	}
	count, seen := map[int]int{}, map[string]bool{}
	for i, c := range commands {
		at := fmt.Sprintf("/%d", i)
		c.check(f, at)
		key := fmt.Sprint(c.kind(), c.Name)
		if seen[key] {
			f.add(at+"/name", RuleCommand, "second command of type %d with this name", c.kind())
		}
		seen[key] = true
		count[c.kind()]++
	}
	for kind := chatInput; kind <= entryPoint; kind++ {
		if n := count[kind]; n > maxCommands[kind] {
			f.add("", RuleCommandCount, "%d commands of type %d, at most %d", n, kind, maxCommands[kind])
		}
	}
}

func checkCommand(f *findings, p *payload) {
	var c command
	if decode(p.json, &c) {
		c.check(f, "")
	}
}

// checkCommandEdit checks changes to a command. They do not tell its type, but
// only a slash command has a description or options.
func checkCommandEdit(f *findings, p *payload) {
	var c command
	if !decode(p.json, &c) {
		return
	}
	if c.Name != "" && (c.Description != "" || len(c.Options) > 0) {
		c.checkNames(f, "")
	}
	c.checkSize(f, "")
	checkOptions(f, "/options", c.Options)
}

func (c *command) kind() int {
	if c.Type == 0 {
		return chatInput
	}
	return c.Type
}

func (c *command) check(f *findings, at string) {
	switch isSlash := c.kind() == chatInput; {
	case isSlash && c.Description == "":
		f.add(at+"/description", RuleCommand, "missing")
	case !isSlash && c.kind() != entryPoint && c.Description != "":
		f.add(at+"/description", RuleCommand, "a command of type %d has none", c.Type)
	case !isSlash && len(c.Options) > 0:
		f.add(at+"/options", RuleCommand, "a command of type %d has none", c.Type)
	}
	if c.kind() == chatInput {
		c.checkNames(f, at)
	}
	c.checkSize(f, at)
	checkOptions(f, at+"/options", c.Options)
}

// commandName is Discord's rule; RE2 has the scripts under other names.
var commandName = regexp.MustCompile(`^[-_'\p{L}\p{N}\p{Devanagari}\p{Thai}]{1,32}$`)

// checkNames checks the name and its translations.
func (n *named) checkNames(f *findings, at string) {
	checkName(f, at+"/name", n.Name)
	for _, locale := range slices.Sorted(maps.Keys(n.NameLocalizations)) {
		checkName(f, at+"/name_localizations/"+escapePointer(locale), n.NameLocalizations[locale])
	}
}

func checkName(f *findings, at, name string) {
	switch {
	case !commandName.MatchString(name):
		f.add(at, RuleCommandName, "%q does not match %s", name, commandName)
	case strings.ToLower(name) != name:
		f.add(at, RuleCommandName, "%q is not lower case", name)
	}
}

func (c *command) checkSize(f *findings, at string) {
	n := c.named.size()
	for i := range c.Options {
		n += c.Options[i].size()
	}
	if n > maxCommandSize {
		f.add(at, RuleCommandSize, "%d characters in all, at most %d", n, maxCommandSize)
	}
}

func (n *named) size() int {
	return longest(n.Name, n.NameLocalizations) + longest(n.Description, n.DescriptionLocalizations)
}

// longest counts the longest translation, as Discord does.
func longest(s string, translations map[string]string) int {
	n := utf8.RuneCountInString(s)
	for _, t := range translations {
		n = max(n, utf8.RuneCountInString(t))
	}
	return n
}
