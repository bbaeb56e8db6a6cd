package fakediscord

import (
	"encoding/json"
	"math"
	"slices"
)

// Values is what a person fills in: by the names of a command's options, or the custom ids
// of a modal's fields. A value is a string, number or bool; an id for a user, role or
// channel; a File; or []string for a select in a modal, and []File for several files there.
type Values map[string]any

// commandData is the data of a command's interaction.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-application-command-data-structure
type commandData struct {
	ID       string       `json:"id"`
	Name     string       `json:"name"`
	Type     CommandType  `json:"type"`
	Resolved *resolved    `json:"resolved,omitempty"`
	Options  []dataOption `json:"options,omitempty"`
	GuildID  string       `json:"guild_id,omitempty"`
	TargetID string       `json:"target_id,omitempty"`
}

type dataOption struct {
	Name    string       `json:"name"`
	Type    OptionType   `json:"type"`
	Value   any          `json:"value,omitempty"`
	Options []dataOption `json:"options,omitempty"`
	Focused bool         `json:"focused,omitempty"`
}

// filler fills options with values.
type filler struct {
	person   *Person
	channel  *Channel
	focused  string
	resolved *resolved
}

// fill returns the data for the options that have a value. While a person still types,
// required options may be missing.
func (f *filler) fill(options []Option, values Values) ([]dataOption, error) {
	var filled []dataOption
	known := map[string]bool{}
	for _, o := range options {
		known[o.Name] = true
		value, given := values[o.Name]
		switch {
		case !given && o.Name == f.focused:
			value = ""
		case !given && o.Required && f.focused == "":
			return nil, refuse("option %q is required", o.Name)
		case !given:
			continue
		}
		data, err := f.option(o, value)
		if err != nil {
			return nil, err
		}
		filled = append(filled, data)
	}
	for name := range values {
		if !known[name] {
			return nil, refuse("there is no option %q", name)
		}
	}
	if f.focused != "" && !slices.ContainsFunc(options, func(o Option) bool { return o.Name == f.focused && o.Autocomplete }) {
		return nil, refuse("option %q has no autocomplete", f.focused)
	}
	return filled, nil
}

func (f *filler) option(o Option, value any) (dataOption, error) {
	data := dataOption{Name: o.Name, Type: o.Type}
	if o.Name == f.focused {
		data.Focused = true // its value is what is typed so far, whatever the type
		text, ok := value.(string)
		if !ok {
			return data, refuse("what is typed in option %q is a string", o.Name)
		}
		data.Value = text
		return data, nil
	}
	var err error
	switch o.Type {
	case StringOption:
		data.Value, err = textValue(o, value)
	case IntegerOption, NumberOption:
		data.Value, err = numberValue(o, value)
	case BooleanOption:
		truth, ok := value.(bool)
		if data.Value = truth; !ok {
			err = refuse("option %q takes true or false", o.Name)
		}
	case AttachmentOption:
		data.Value, err = f.file(o, value)
	default:
		data.Value, err = f.entity(o, value)
	}
	return data, err
}

func textValue(o Option, value any) (any, error) {
	text, ok := value.(string)
	n := textLength(text)
	switch {
	case !ok || n == 0:
		return nil, refuse("option %q takes a text", o.Name)
	case n < valueOr(o.MinLength, 0) || n > valueOr(o.MaxLength, maxOptionLength):
		return nil, refuse("option %q takes %d to %d characters", o.Name, valueOr(o.MinLength, 0), valueOr(o.MaxLength, maxOptionLength))
	case !o.offers(text):
		return nil, refuse("option %q has no choice %q", o.Name, text)
	}
	return text, nil
}

func numberValue(o Option, value any) (any, error) {
	raw, err := json.Marshal(value)
	var n float64
	if err != nil || json.Unmarshal(raw, &n) != nil || o.Type == IntegerOption && n != math.Trunc(n) {
		return nil, refuse("option %q takes a number", o.Name)
	}
	if n < valueOr(o.MinValue, -1<<53) || n > valueOr(o.MaxValue, 1<<53) || !o.offers(n) {
		return nil, refuse("option %q does not take %v", o.Name, n)
	}
	return n, nil
}

// offers reports whether a value is among the choices, if there are any.
func (o Option) offers(value any) bool {
	return len(o.Choices) == 0 || slices.ContainsFunc(o.Choices, func(c Choice) bool { return c.Value == value })
}

func (f *filler) file(o Option, value any) (any, error) {
	file, ok := value.(File)
	if !ok || len(file.Data) > maxFile {
		return nil, refuse("option %q takes a file of up to %d bytes", o.Name, maxFile)
	}
	a := f.person.server.upload(f.channel.ID, file)
	a.Ephemeral = true
	put(&f.resolved.Attachments, a.ID, a)
	return a.ID, nil
}
