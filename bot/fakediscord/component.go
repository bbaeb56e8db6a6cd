package fakediscord

import "encoding/json"

// ComponentType says what a component is.
type ComponentType int

// The types of components.
//
// Source: docs.discord.com/developers/components/reference#component-object-component-types
const (
	ActionRow         ComponentType = 1
	Button            ComponentType = 2
	StringSelect      ComponentType = 3
	TextInput         ComponentType = 4
	UserSelect        ComponentType = 5
	RoleSelect        ComponentType = 6
	MentionableSelect ComponentType = 7
	ChannelSelect     ComponentType = 8
	Section           ComponentType = 9
	TextDisplay       ComponentType = 10
	Thumbnail         ComponentType = 11
	MediaGallery      ComponentType = 12
	FileComponent     ComponentType = 13
	Separator         ComponentType = 14
	Container         ComponentType = 17
	Label             ComponentType = 18
	FileUpload        ComponentType = 19
	RadioGroup        ComponentType = 21
	CheckboxGroup     ComponentType = 22
	Checkbox          ComponentType = 23
)

// The button styles that are special: they send no interaction.
const (
	LinkStyle    = 5
	PremiumStyle = 6
)

// A Component is a part of a message or modal that a person can use, or that holds
// others. Which fields it has depends on its type.
//
// Source: docs.discord.com/developers/components/reference
type Component struct {
	Type          ComponentType   `json:"type"`
	ID            int             `json:"id,omitempty"`
	CustomID      string          `json:"custom_id,omitempty"`
	Style         int             `json:"style,omitempty"` // of a button or text input
	Label         string          `json:"label,omitempty"` // of a button, text input or label
	Emoji         *Emoji          `json:"emoji,omitempty"`
	URL           string          `json:"url,omitempty"`
	SKU           string          `json:"sku_id,omitempty"`
	Disabled      bool            `json:"disabled,omitempty"`
	Placeholder   string          `json:"placeholder,omitempty"`
	Options       []SelectOption  `json:"options,omitempty"`
	DefaultValues []DefaultValue  `json:"default_values,omitempty"`
	ChannelTypes  []ChannelType   `json:"channel_types,omitempty"`
	MinValues     *int            `json:"min_values,omitempty"`
	MaxValues     *int            `json:"max_values,omitempty"`
	MinLength     *int            `json:"min_length,omitempty"`
	MaxLength     *int            `json:"max_length,omitempty"`
	Required      *bool           `json:"required,omitempty"` // absent: required
	Value         string          `json:"value,omitempty"`
	Default       bool            `json:"default,omitempty"`     // of a checkbox
	Content       string          `json:"content,omitempty"`     // of a text display
	Description   string          `json:"description,omitempty"` // of a label or thumbnail
	Accent        *int            `json:"accent_color,omitempty"`
	Spoiler       bool            `json:"spoiler,omitempty"`
	Divider       *bool           `json:"divider,omitempty"`
	Spacing       int             `json:"spacing,omitempty"`
	Media         json.RawMessage `json:"media,omitempty"`
	Items         json.RawMessage `json:"items,omitempty"`
	File          json.RawMessage `json:"file,omitempty"`
	Accessory     *Component      `json:"accessory,omitempty"` // of a section
	Component     *Component      `json:"component,omitempty"` // of a label
	Components    []Component     `json:"components,omitempty"`
}

// An Emoji stands on a button or option.
type Emoji struct {
	ID       string `json:"id,omitempty"`
	Name     string `json:"name,omitempty"`
	Animated bool   `json:"animated,omitempty"`
}

// A SelectOption is one choice of a string select.
type SelectOption struct {
	Label       string `json:"label"`
	Value       string `json:"value"`
	Description string `json:"description,omitempty"`
	Emoji       *Emoji `json:"emoji,omitempty"`
	Default     bool   `json:"default,omitempty"`
}

// A DefaultValue is chosen beforehand in a select of users, roles or channels.
type DefaultValue struct {
	ID   string `json:"id"`
	Type string `json:"type"`
}

// walk calls yield for each component and all inside it, outer before inner, until it
// returns false. It reports whether yield never did.
func walk(components []Component, yield func(*Component) bool) bool {
	for i := range components {
		c := &components[i]
		if !yield(c) || !walk(c.Components, yield) {
			return false
		}
		for _, inner := range []*Component{c.Accessory, c.Component} {
			if inner != nil && !walk([]Component{*inner}, yield) {
				return false
			}
		}
	}
	return true
}

// findComponent returns the component with a custom id.
func findComponent(components []Component, customID string) (found Component, ok bool) {
	walk(components, func(c *Component) bool {
		if c.CustomID == customID && customID != "" {
			found, ok = *c, true
		}
		return !ok
	})
	return found, ok
}

func (c *Component) isSelect() bool {
	return c.Type == StringSelect || c.Type >= UserSelect && c.Type <= ChannelSelect
}

// isGroup reports whether the component shows all that can be chosen, in a modal.
func (c *Component) isGroup() bool { return c.Type == RadioGroup || c.Type == CheckboxGroup }

// required reports whether a person must fill the component of a modal.
func (c *Component) required() bool { return c.Required == nil || *c.Required }

// selectable returns how few and how many values a select or group takes; both default to 1,
// and the most of boxes to all.
func (c *Component) selectable() (least, most int) {
	if c.Type == CheckboxGroup {
		return valueOr(c.MinValues, 1), valueOr(c.MaxValues, len(c.Options))
	}
	return valueOr(c.MinValues, 1), valueOr(c.MaxValues, 1)
}

func valueOr[T any](p *T, otherwise T) T {
	if p == nil {
		return otherwise
	}
	return *p
}

// numbered returns the components with ids in order of appearance, where none is given.
func numbered(components []Component) []Component {
	next := 0
	var number func([]Component) []Component
	number = func(in []Component) []Component {
		out := make([]Component, len(in))
		for i, c := range in {
			if next++; c.ID == 0 {
				c.ID = next
			}
			if c.Components != nil {
				c.Components = number(c.Components)
			}
			if c.Component != nil {
				c.Component = &number([]Component{*c.Component})[0]
			}
			if c.Accessory != nil {
				c.Accessory = &number([]Component{*c.Accessory})[0]
			}
			out[i] = c
		}
		return out
	}
	return number(components)
}
