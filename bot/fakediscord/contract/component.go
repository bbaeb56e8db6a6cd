package contract

import (
	"encoding/json"
	"fmt"
	"iter"
	"slices"
)

// Types of https://docs.discord.com/developers/components/reference#component-object-component-types.
const (
	typeActionRow    = 1
	typeButton       = 2
	typeStringSelect = 3
	typeTextInput    = 4
)

const (
	maxRows         = 5
	maxComponentsV2 = 40
)

// component holds what the rules need of a component of any type.
type component struct {
	Type      int             `json:"type"`
	ID        int             `json:"id"`
	CustomID  string          `json:"custom_id"`
	Style     int             `json:"style"`
	Label     string          `json:"label"`
	URL       string          `json:"url"`
	SKU       string          `json:"sku_id"`
	Emoji     json.RawMessage `json:"emoji"`
	Options   []selectOption  `json:"options"`
	MinValues *int            `json:"min_values"`
	MaxValues *int            `json:"max_values"`
	MinLength *int            `json:"min_length"`
	MaxLength *int            `json:"max_length"`

	Components []component `json:"components"`
	Component  *component  `json:"component"` // in a label
	Accessory  *component  `json:"accessory"` // in a section
}

type selectOption struct {
	Value string `json:"value"`
}

// all yields the components and everything in them, with their pointers.
func all(components []component, at string) iter.Seq2[string, *component] {
	return func(yield func(string, *component) bool) {
		for i := range components {
			if !components[i].walk(fmt.Sprintf("%s/%d", at, i), yield) {
				return
			}
		}
	}
}

func (c *component) walk(at string, yield func(string, *component) bool) bool {
	if c == nil {
		return true
	}
	if !yield(at, c) || !c.Component.walk(at+"/component", yield) || !c.Accessory.walk(at+"/accessory", yield) {
		return false
	}
	for p, inner := range all(c.Components, at+"/components") {
		if !yield(p, inner) {
			return false
		}
	}
	return true
}

// checkComponents checks the components of one message or modal.
func checkComponents(f *findings, at string, components []component) {
	customIDs, ids := map[string]string{}, map[int]string{}
	for p, c := range all(components, at) {
		if first, ok := customIDs[c.CustomID]; ok && c.CustomID != "" {
			f.add(p+"/custom_id", RuleCustomID, "%q is that of %s", c.CustomID, first)
		} else {
			customIDs[c.CustomID] = p
		}
		if first, ok := ids[c.ID]; ok && c.ID != 0 {
			f.add(p+"/id", RuleCustomID, "%d is that of %s", c.ID, first)
		} else {
			ids[c.ID] = p
		}
		c.check(f, p)
	}
}

func (c *component) check(f *findings, at string) {
	switch c.Type {
	case typeActionRow:
		c.checkRow(f, at)
	case typeButton:
		c.checkButton(f, at)
	case typeTextInput:
		checkRange(f, at, RuleTextInput, "length", c.MinLength, c.MaxLength)
	case typeStringSelect:
		c.checkOptions(f, at)
		fallthrough
	default:
		checkRange(f, at, RuleSelect, "values", c.MinValues, c.MaxValues)
	}
}

// checkRow demands that anything but a button is alone in its row. A text input
// in a row brings its own label; inside a label component it needs none.
func (c *component) checkRow(f *findings, at string) {
	other := slices.IndexFunc(c.Components, func(c component) bool { return c.Type != typeButton })
	if other < 0 {
		return
	}
	p := fmt.Sprintf("%s/components/%d", at, other)
	inner := &c.Components[other]
	if len(c.Components) > 1 {
		f.add(p, RuleRows, "a component of type %d must be alone in its row", inner.Type)
	}
	if inner.Type == typeTextInput && inner.Label == "" {
		f.add(p, RuleTextInput, "no label")
	}
}

func (c *component) checkOptions(f *findings, at string) {
	seen := map[string]bool{}
	for i, o := range c.Options {
		if seen[o.Value] {
			f.add(fmt.Sprintf("%s/options/%d/value", at, i), RuleSelect, "second option with the value %q", o.Value)
		}
		seen[o.Value] = true
	}
}

// checkRange compares min_what and max_what, which default to 0 or 1 and to 1
// or no limit: no default can be wrong, so both must be given.
func checkRange(f *findings, at string, rule Rule, what string, least, most *int) {
	if least != nil && most != nil && *least > *most {
		f.add(at+"/min_"+what, rule, "%d, more than max_%s %d", *least, what, *most)
	}
}
