package contract

import (
	"encoding/json"
	"fmt"
	"unicode/utf8"
)

const maxChoiceValue = 100

// choice is a value offered for a command's option. The schema has the limits
// of its name.
type choice struct {
	Name              string            `json:"name"`
	NameLocalizations map[string]string `json:"name_localizations"`
	Value             json.RawMessage   `json:"value"`
}

// checkChoices checks the answer to an autocompletion.
func checkChoices(f *findings, p *payload) {
	var data struct {
		Choices []choice `json:"choices"`
	}
	if !decode(p.json, &data) {
		return
	}
	for i, c := range data.Choices {
		c.check(f, fmt.Sprintf("/data/choices/%d", i))
	}
}

func (c choice) check(f *findings, at string) {
	if text, ok := c.text(); ok && utf8.RuneCountInString(text) > maxChoiceValue {
		f.add(at+"/value", RuleChoice, "%d characters, at most %d", utf8.RuneCountInString(text), maxChoiceValue)
	}
}

// text returns the value if it is a string.
func (c choice) text() (s string, ok bool) {
	return s, json.Unmarshal(c.Value, &s) == nil
}

// size counts towards the size of a command.
func (c choice) size() int {
	n := longest(c.Name, c.NameLocalizations)
	if text, ok := c.text(); ok {
		return n + utf8.RuneCountInString(text)
	}
	return n + len(c.Value)
}
