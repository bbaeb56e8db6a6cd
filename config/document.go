package config

import (
	"fmt"
	"strings"
)

// FileName is the name of the configuration file that is looked for.
const FileName = "verbatim.yaml"

// Template returns a configuration file in which every setting stands as a comment, with
// what it means and its default. As it stands it sets nothing.
func Template() string {
	var text strings.Builder
	text.WriteString(`# Settings of Verbatim. Each stands here with its default: take the # away to change
# one, also before the name of its section, such as discord.
# Variables (VERBATIM_DATA, …) and flags (--data, …) go before this file; verbatim config
# shows what is in force and where it comes from.
`)
	section := ""
	for _, k := range keys() {
		outer, name, nested := strings.Cut(k.name, ".")
		if !nested {
			outer, name = "", k.name
		}
		indent := ""
		if nested {
			indent = "  "
		}
		text.WriteString("\n")
		if outer != section {
			fmt.Fprintf(&text, "# %s:\n", outer)
			section = outer
		}
		fmt.Fprintf(&text, "%s# %s\n", indent, k.description)
		if k.advice != "" {
			fmt.Fprintf(&text, "%s# %s\n", indent, k.advice)
		}
		fmt.Fprintf(&text, "%s# %s: %s\n", indent, name, quotedYAML(k.documentedDefault()))
	}
	return text.String()
}

func quotedYAML(value string) string {
	if value == "" || strings.ContainsAny(value, ":#") {
		return `"` + value + `"`
	}
	return value
}

// documentedDefault is the default as documents name it: that of folders differs between
// users.
func (k key) documentedDefault() string {
	if k.usual != "" {
		return k.usual
	}
	value, err := k.fallback()
	if err != nil {
		return ""
	}
	return value
}

// Document returns docs/configuration.md.
func Document() string {
	var text strings.Builder
	text.WriteString(`# Configuration

This page is made from the code: ` + "`go test ./config -run TestDocument -update`" + ` writes it anew.

## Of an instance

Set by who hosts the bot, in one of these places; each goes before those named before it:

1. the default,
2. the file ` + "`verbatim.yaml`" + ` in the folder in which the program is started, or the one that ` + "`--config FILE`" + ` names (` + "`verbatim init`" + ` writes one with all settings in it),
3. variables of the environment (an empty one counts as unset),
4. flags of the command line. Secrets have none, for other users of the machine would see them.

What is unknown or not allowed is an error that names the place. ` + "`verbatim config`" + ` shows what is in force and where it comes from.

| key | default | variable | flag | what |
| --- | --- | --- | --- | --- |
`)
	flags := map[string]bool{}
	for _, k := range Keys() {
		flags[k.Name] = true
	}
	for _, k := range keys() {
		var variables []string
		for _, v := range k.variables() {
			variables = append(variables, "`"+v+"`")
		}
		option := "none"
		if flags[k.name] {
			option = "`" + flag(k.name) + "`"
		}
		what := k.description
		if k.advice != "" {
			what += " " + k.advice
		}
		fmt.Fprintf(&text, "| `%s` | %s | %s | %s | %s |\n", k.name, code(k.documentedDefault()), strings.Join(variables, ", "), option, what)
	}
	text.WriteString(`
The file has the part before the dot as a section:

` + "```yaml" + `
data: /srv/verbatim
log:
  level: info
discord:
  token_file: /run/secrets/token
` + "```" + `

Besides, the program follows ` + "`HTTPS_PROXY`, `NO_PROXY`, `NO_COLOR`" + ` and the folders of the XDG Base Directory Specification.

## Of a server

Set by its moderators, with ` + "`/settings`" + ` on Discord, or ` + "`verbatim settings --guild ID NAME VALUE`" + ` on the command line:

| name | default | allowed | what |
| --- | --- | --- | --- |
`)
	for _, k := range guildKeys() {
		fmt.Fprintf(&text, "| `%s` | %s | %s | %s |\n", k.name, code(k.fallback), strings.ReplaceAll(wanted(k.allowed, k.most), "|", " \\| "), k.description)
	}
	return text.String()
}

func code(value string) string {
	if value == "" {
		return "none"
	}
	return "`" + value + "`"
}
