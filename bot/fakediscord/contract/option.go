package contract

import "fmt"

// Types of https://docs.discord.com/developers/interactions/application-commands#application-command-object-application-command-option-type.
const (
	subcommand      = 1
	subcommandGroup = 2
)

// option is an option of a command, or a subcommand with its own options.
type option struct {
	Type int `json:"type"`
	named
	Required     bool     `json:"required"`
	Autocomplete bool     `json:"autocomplete"`
	Choices      []choice `json:"choices"`
	Options      []option `json:"options"`
}

func (o *option) isSubcommand() bool {
	return o.Type == subcommand || o.Type == subcommandGroup
}

// checkOptions checks the options on one level, and then those below.
func checkOptions(f *findings, at string, options []option) {
	seen := map[string]bool{}
	for i := range options {
		o, p := &options[i], fmt.Sprintf("%s/%d", at, i)
		if seen[o.Name] {
			f.add(p+"/name", RuleCommand, "second option with this name")
		}
		seen[o.Name] = true
		if i > 0 {
			o.checkAfter(f, p, &options[i-1])
		}
		o.check(f, p)
	}
}

// checkAfter checks what depends on the option before. If every pair is in
// order, so is the list.
func (o *option) checkAfter(f *findings, at string, before *option) {
	if o.Required && !before.Required {
		f.add(at+"/required", RuleCommand, "required, but after one that is not")
	}
	if o.isSubcommand() != before.isSubcommand() {
		f.add(at+"/type", RuleCommand, "subcommands and options do not mix")
	}
}

func (o *option) check(f *findings, at string) {
	o.checkNames(f, at)
	if o.Autocomplete && len(o.Choices) > 0 {
		f.add(at+"/autocomplete", RuleCommand, "excluded by the choices")
	}
	for i, c := range o.Choices {
		c.check(f, fmt.Sprintf("%s/choices/%d", at, i))
	}
	checkOptions(f, at+"/options", o.Options)
}

func (o *option) size() int {
	n := o.named.size()
	for _, c := range o.Choices {
		n += c.size()
	}
	for i := range o.Options {
		n += o.Options[i].size()
	}
	return n
}
