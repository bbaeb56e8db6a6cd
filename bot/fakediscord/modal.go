package fakediscord

// A Modal is a window with fields that an application shows to one person.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
type Modal struct {
	CustomID   string      `json:"custom_id"`
	Title      string      `json:"title"`
	Components []Component `json:"components"`
}

// checkModal refuses a modal that breaks a limit. Its components are labels and texts,
// or in the older form action rows with one text input each.
func checkModal(at field, m Modal) {
	at.key("custom_id").length(m.CustomID, 1, maxCustomID)
	at.key("title").length(m.Title, 1, maxModalTitle)
	at.key("components").count(len(m.Components), 1, maxModalComponents)
	c := &checker{customIDs: map[string]bool{}, modal: true}
	for i, v := range m.Components {
		at := at.key("components").index(i)
		switch v.Type {
		case ActionRow:
			c.inputRow(at, v)
		case Label:
			c.label(at, v)
		case TextDisplay:
			at.key("content").length(v.Content, 1, maxInputText)
		default:
			at.key("type").fail("UNION_TYPE_CHOICES", "Value of field %q must be one of (1, 10, 18).", "type")
		}
	}
}

func (c *checker) inputRow(at field, row Component) {
	at.key("components").count(len(row.Components), 1, 1)
	for i, v := range row.Components {
		at := at.key("components").index(i)
		if v.Type != TextInput {
			oneOf(at.key("type"), v.Type, TextInput)
			continue
		}
		at.key("label").length(v.Label, 1, maxLabel)
		c.input(at, v)
	}
}

// label checks a label and the component in it.
//
// Source: docs.discord.com/developers/components/reference#label
func (c *checker) label(at field, v Component) {
	at.key("label").length(v.Label, 1, maxLabel)
	at.key("description").length(v.Description, 0, maxLabelHint)
	if v.Component == nil {
		at.key("component").required()
		return
	}
	c.interactive(at.key("component"), *v.Component)
}
