package contract

import (
	"fmt"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// correction changes a property of some schemas, where the description raises
// a false alarm about a request that Discord accepts.
type correction struct {
	schemas  []string // below /components/schemas
	property string
	schema   string // what it is to be, as JSON
	replaces bool   // whether the description has the property; if not, it is added
	reason   string
}

const (
	docsReason  = "documented, but missing in the description"
	strayReason = "discordgo v0.29 does not leave it out of the body; Discord ignores fields it does not know"
	zeroReason  = "discordgo v0.29 always writes it; empty it means nothing, and Discord ignores fields it does not know"
)

// corrections are all known false alarms. A field that a library writes without
// need is allowed only while it is empty.
var corrections = []correction{
	{commands, "default_member_permissions", `{"type": ["string", "null"], "pattern": "^(0|[1-9][0-9]*)$"}`, true,
		"the documentation and all libraries write the bit set as a string; the description wants a number"},
	{commands, "nsfw", `{"type": ["boolean", "null"]}`, false, docsReason},
	{[]string{"ApplicationCommandAttachmentOption", "FileUploadComponentForModalRequest"},
		"file_types", `{"type": "array", "items": {"type": "string"}, "maxItems": 10}`, false, docsReason},
	{[]string{"ComponentEmojiForRequest"}, "animated", `{"type": "boolean"}`, false, docsReason},
	{[]string{"MessageAttachmentRequest"}, "id", `{"type": ["string", "integer"], "pattern": "^(0|[1-9][0-9]*)$"}`, true,
		"documented as snowflake or number"},
	{[]string{"MessageReferenceRequest"}, "type", `{"enum": [null, 0, 1]}`, true,
		"a bot may forward (1), as documented; the description knows only replies"},

	{optionsBut("Channel"), "channel_types", empty, false, zeroReason},
	{optionsBut("Subcommand", "SubcommandGroup"), "options", empty, false, zeroReason},
	{optionsBut("String", "Integer", "Number"), "choices", empty, false, zeroReason},
	{optionsBut("String", "Integer", "Number"), "autocomplete", empty, false, zeroReason},

	{notMessages, "tts", empty, false, zeroReason},
	{notMessages, "content", empty, false, zeroReason},
	{notMessages, "embeds", empty, false, zeroReason},
	{notMessages[1:], "components", empty, false, zeroReason},
	{[]string{"IncomingWebhookUpdateForInteractionCallbackRequestPartial", "BaseCreateMessageCreateRequest"},
		"tts", empty, false, zeroReason},
	{[]string{"CreateForumThreadRequest", "CreateTextThreadWithMessageRequest"}, "invitable", empty, false, zeroReason},
	{[]string{"MessageEditRequestPartial"}, "ID", `{"type": "string"}`, false, strayReason},
	{[]string{"MessageEditRequestPartial"}, "Channel", `{"type": "string"}`, false, strayReason},
}

// empty matches what a Go program writes for a field that it did not set.
const empty = `{"enum": [null, false, "", []]}`

var commands = []string{
	"ApplicationCommandCreateRequest", "ApplicationCommandUpdateRequest", "ApplicationCommandPatchRequestPartial",
}

// notMessages are the callbacks which discordgo writes with the same struct as
// a message: a modal, which has components, and the choices for autocompletion.
var notMessages = []string{
	"ModalInteractionCallbackRequestData",
	"InteractionApplicationCommandAutocompleteCallbackStringData",
	"InteractionApplicationCommandAutocompleteCallbackIntegerData",
	"InteractionApplicationCommandAutocompleteCallbackNumberData",
}

// optionsBut names the schemas of command options of all kinds but those given.
func optionsBut(kinds ...string) []string {
	var names []string
	for k := range strings.FieldsSeq("Attachment Boolean Channel Integer Mentionable Number Role String Subcommand SubcommandGroup User") {
		if !slices.Contains(kinds, k) {
			names = append(names, "ApplicationCommand"+k+"Option")
		}
	}
	return names
}

// applyCorrections changes doc. It is an error if a correction no longer fits:
// then the copy of the description is newer, and the table is to be reviewed.
func applyCorrections(doc any) error {
	schemas, ok := object(object(doc, "components"), "schemas").(map[string]any)
	if !ok {
		return fmt.Errorf("no components/schemas")
	}
	for _, c := range corrections {
		for _, name := range c.schemas {
			if err := c.apply(object(schemas[name], "properties")); err != nil {
				return fmt.Errorf("schema %s: %w", name, err)
			}
		}
	}
	return nil
}

func (c correction) apply(properties any) error {
	p, ok := properties.(map[string]any)
	if !ok {
		return fmt.Errorf("no such schema")
	}
	if _, exists := p[c.property]; exists != c.replaces {
		return fmt.Errorf("property %s: exists = %t, want %t", c.property, exists, c.replaces)
	}
	schema, err := jsonschema.UnmarshalJSON(strings.NewReader(c.schema))
	if err != nil {
		return fmt.Errorf("property %s: %w", c.property, err)
	}
	p[c.property] = schema
	return nil
}

// object returns a member of v, nil if v has none of this name.
func object(v any, name string) any {
	m, _ := v.(map[string]any)
	return m[name]
}
