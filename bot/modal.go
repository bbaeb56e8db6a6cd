package bot

import (
	"context"
	"encoding/json"
	"unicode/utf16"

	"github.com/bwmarrin/discordgo"
)

// A modal is a window with fields to write in. Discord takes it as the first response to
// an interaction only: what stands in its fields has to be at hand.
type modal struct {
	title  string
	action string // what sending it does, as that of a button
	fields []field
}

// A field of a modal takes a text.
type field struct {
	name     string
	label    string
	hint     string // below the label, "" for none
	value    string // what stands there
	most     int    // how many characters it takes
	lines    bool   // several, else one
	required bool
}

// Limits of modals: docs.discord.com/developers/components/reference#label.
const (
	maxModalTitle = 45
	maxFieldLabel = 45
	maxFieldHint  = 100
	maxField      = 4000
)

// Numbers of components that the client does not know:
// docs.discord.com/developers/components/reference#component-object-component-types.
const (
	componentText  = 4
	componentLabel = 18
)

// openModal shows a modal, which sends its fields to what has the ID.
func (b *Bot) openModal(ctx context.Context, t *turn, id string, m modal) error {
	var labels []any
	for _, f := range m.fields {
		style := discordgo.TextInputShort
		if f.lines {
			style = discordgo.TextInputParagraph
		}
		input := map[string]any{"type": componentText, "custom_id": f.name, "style": style, "required": f.required, "max_length": f.most}
		if f.value != "" {
			input["value"] = f.value
		}
		label := map[string]any{"type": componentLabel, "label": cut(f.label, maxFieldLabel, utf16.RuneLen), "component": input}
		if f.hint != "" {
			label["description"] = cut(f.hint, maxFieldHint, utf16.RuneLen)
		}
		labels = append(labels, label)
	}
	return b.callback(ctx, t, answered, map[string]any{
		"type": discordgo.InteractionResponseModal,
		"data": map[string]any{"custom_id": customID(m.action, id), "title": cut(m.title, maxModalTitle, utf16.RuneLen), "components": labels},
	})
}

// A submission is the data of a modal that was sent.
type submission struct {
	CustomID   string            `json:"custom_id"`
	Components []json.RawMessage `json:"components"`
	Resolved   struct {
		Attachments map[string]attachment `json:"attachments"`
	} `json:"resolved"`
}

// values returns what was written, by the names of the fields.
func (s submission) values() map[string]string {
	all := map[string]string{}
	for _, part := range s.Components {
		type input struct {
			CustomID string `json:"custom_id"`
			Value    string `json:"value"`
		}
		label := read[struct {
			Component  input   `json:"component"`
			Components []input `json:"components"`
		}](part)
		for _, in := range append(label.Components, label.Component) {
			if in.CustomID != "" {
				all[in.CustomID] = in.Value
			}
		}
	}
	return all
}
