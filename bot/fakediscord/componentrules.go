package fakediscord

import "strings"

// The limits of components.
//
// Source: docs.discord.com/developers/components/reference
const (
	maxRows            = 5
	maxButtonsInRow    = 5
	maxComponentsV2    = 40
	maxCustomID        = 100
	maxButtonLabel     = 80
	maxButtonURL       = 512
	maxSelectOptions   = 25
	maxGroup           = 10 // boxes, or uploaded files
	maxOptionText      = 100
	maxPlaceholder     = 150
	maxInputText       = 4000
	maxInputHint       = 100
	maxLabel           = 45
	maxLabelHint       = 100
	maxModalTitle      = 45
	maxModalComponents = 5
	maxTextDisplays    = 4000 // over all text displays of a message
)

// checker checks the components of one message or modal.
type checker struct {
	customIDs map[string]bool
	modal     bool
	v2        bool
	count     int
	text      int // characters in text displays
}

// checkComponents refuses components that a message can not hold.
func checkComponents(at field, components []Component, v2 bool) {
	c := &checker{customIDs: map[string]bool{}, v2: v2}
	if !v2 {
		at.count(len(components), 0, maxRows)
	}
	for i, component := range components {
		if !v2 && component.Type != ActionRow {
			oneOf(at.index(i).key("type"), component.Type, ActionRow)
			continue
		}
		c.component(at.index(i), component)
	}
	if v2 && c.count > maxComponentsV2 {
		at.fail("BASE_TYPE_BAD_LENGTH", "Must be between 1 and %d in length.", maxComponentsV2)
	}
	if c.text > maxTextDisplays {
		at.fail("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "The displayable text size exceeds the maximum size of %d", maxTextDisplays)
	}
}

// component checks a component that stands at the top or in a container.
func (c *checker) component(at field, v Component) {
	c.count++
	switch v.Type {
	case ActionRow:
		c.row(at, v)
	case Section:
		at.key("components").count(len(v.Components), 1, 3)
		c.children(at, v)
		if v.Accessory == nil {
			at.key("accessory").required()
		} else if c.count++; v.Accessory.Type == Button {
			c.button(at.key("accessory"), *v.Accessory)
		}
	case TextDisplay:
		at.key("content").length(v.Content, 1, maxInputText)
		c.text += textLength(v.Content)
	case Container:
		c.children(at, v)
	case MediaGallery, FileComponent, Separator:
	default:
		at.key("type").fail("UNION_TYPE_CHOICES", "Value of field %q must be one of (1, 9, 10, 12, 13, 14, 17).", "type")
	}
}

func (c *checker) children(at field, v Component) {
	for i, child := range v.Components {
		c.component(at.key("components").index(i), child)
	}
}

// row checks an action row: up to five buttons, or one select; in a modal one text input.
//
// Source: docs.discord.com/developers/components/reference#action-row
func (c *checker) row(at field, row Component) {
	at = at.key("components")
	at.count(len(row.Components), 1, maxButtonsInRow)
	for i, child := range row.Components {
		c.count++
		if child.Type != Button && len(row.Components) > 1 {
			at.index(i).fail("COMPONENT_LAYOUT_WIDTH_EXCEEDED", "The specified component exceeds the maximum width")
		}
		c.interactive(at.index(i), child)
	}
}

// interactive checks a component that a person can use.
func (c *checker) interactive(at field, v Component) {
	switch {
	case v.Type == Button && !c.modal:
		c.button(at, v)
	case v.Type == TextInput && c.modal:
		c.input(at, v)
	case v.isSelect():
		c.selectMenu(at, v)
	case v.Type == FileUpload && c.modal:
		c.customID(at, v.CustomID)
		at.key("max_values").between(valueOr(v.MaxValues, 1), 1, maxGroup)
	case v.Type == Checkbox && c.modal:
		c.customID(at, v.CustomID)
	case v.isGroup() && c.modal:
		c.group(at, v)
	default:
		at.key("type").fail("UNION_TYPE_CHOICES", "Value of field %q must be one of (2, 3, 5, 6, 7, 8).", "type")
	}
}

// button checks a button: which fields it needs depends on its style.
//
// Source: docs.discord.com/developers/components/reference#button
func (c *checker) button(at field, v Component) {
	at.key("style").between(v.Style, 1, PremiumStyle)
	at.key("label").length(v.Label, 0, maxButtonLabel)
	switch v.Style {
	case LinkStyle:
		at.key("url").length(v.URL, 1, maxButtonURL)
		if v.URL != "" && !strings.HasPrefix(v.URL, "https://") && !strings.HasPrefix(v.URL, "http://") && !strings.HasPrefix(v.URL, "discord://") {
			at.key("url").fail("URL_TYPE_INVALID_SCHEME", "Scheme is not supported. Scheme must be one of ('discord', 'http', 'https').")
		}
		if v.CustomID != "" {
			at.fail("BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
		}
	case PremiumStyle:
		at.key("sku_id").length(v.SKU, 1, maxCustomID)
	default:
		c.customID(at, v.CustomID)
		if v.URL != "" {
			at.fail("BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "A custom id and url cannot both be specified")
		}
		if v.Label == "" && v.Emoji == nil {
			at.fail("BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "A button must have a label or an emoji")
		}
	}
}

// customID refuses ids that are empty, too long or used twice.
//
// Source: docs.discord.com/developers/components/reference#anatomy-of-a-component-custom-id
func (c *checker) customID(at field, id string) {
	at.key("custom_id").length(id, 1, maxCustomID)
	if id != "" && c.customIDs[id] {
		at.key("custom_id").fail("COMPONENT_CUSTOM_ID_DUPLICATED", "Component custom id cannot be duplicated")
	}
	c.customIDs[id] = true
}

// selectMenu checks a select.
//
// Source: docs.discord.com/developers/components/reference#string-select
func (c *checker) selectMenu(at field, v Component) {
	c.customID(at, v.CustomID)
	at.key("placeholder").length(v.Placeholder, 0, maxPlaceholder)
	least, most := v.selectable()
	at.key("min_values").between(least, 0, maxSelectOptions)
	at.key("max_values").between(most, max(1, least), maxSelectOptions)
	if v.Type == StringSelect {
		checkOptions(at.key("options"), v.Options, most)
	}
	if c.modal && v.Disabled {
		at.key("disabled").fail("COMPONENT_MODAL_DISABLED", "Modals can not have disabled components")
	}
}

// group checks a group of radio buttons or of boxes.
//
// Source: docs.discord.com/developers/components/reference#radio-group
func (c *checker) group(at field, v Component) {
	c.customID(at, v.CustomID)
	least, most := v.selectable()
	at.key("options").count(len(v.Options), map[ComponentType]int{RadioGroup: 2, CheckboxGroup: 1}[v.Type], maxGroup)
	at.key("min_values").between(least, 0, maxGroup)
	at.key("max_values").between(most, max(1, least), maxGroup)
	checkOptions(at.key("options"), v.Options, most)
}

func checkOptions(at field, options []SelectOption, most int) {
	at.count(len(options), 1, maxSelectOptions)
	if len(options) > 0 && most > len(options) {
		at.fail("BASE_TYPE_BAD_LENGTH", "Must have at least as many options as max_values.")
	}
	values := map[string]bool{}
	for i, o := range options {
		at.index(i).key("label").length(o.Label, 1, maxOptionText)
		at.index(i).key("value").length(o.Value, 1, maxOptionText)
		at.index(i).key("description").length(o.Description, 0, maxOptionText)
		if values[o.Value] {
			at.index(i).key("value").fail("SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "The specified option value is already used")
		}
		values[o.Value] = true
	}
}

// input checks a text input. Inside a label it has no label of its own.
//
// Source: docs.discord.com/developers/components/reference#text-input
func (c *checker) input(at field, v Component) {
	c.customID(at, v.CustomID)
	at.key("style").between(v.Style, 1, 2)
	at.key("min_length").between(valueOr(v.MinLength, 0), 0, maxInputText)
	at.key("max_length").between(valueOr(v.MaxLength, maxInputText), max(1, valueOr(v.MinLength, 0)), maxInputText)
	at.key("value").length(v.Value, 0, valueOr(v.MaxLength, maxInputText))
	at.key("placeholder").length(v.Placeholder, 0, maxInputHint)
}
