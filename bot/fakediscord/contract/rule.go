package contract

import "fmt"

// Rule names what a request broke.
type Rule string

// Rules that follow from Discord's API description.
const (
	RuleRoute     Rule = "route"         // no such path, or not with this method
	RuleParameter Rule = "parameter"     // a path or query parameter is missing, unknown or ill-typed
	RuleBody      Rule = "body"          // missing, unexpected, or of the wrong media type
	RuleSchema    Rule = "schema"        // the body does not match the schema
	RuleUnknown   Rule = "unknown-field" // the schema has no such field; Discord would ignore it
)

// Rules that Discord documents elsewhere; DOCS is https://docs.discord.com/developers.
const (
	// DOCS/resources/message#allowed-mentions-object. Demanding the field is
	// this package's own rule.
	RuleAllowedMentions Rule = "allowed-mentions"
	// DOCS/resources/message#create-message: up to 2000 characters. The schema
	// has 4000, which holds for some users only.
	RuleContent Rule = "content-length"
	// DOCS/resources/message#create-message: at least one of content, embeds,
	// components, files and so on.
	RuleEmpty Rule = "empty-message"
	// DOCS/resources/message#embed-object-embed-limits.
	RuleEmbedSum Rule = "embed-sum"
	// The flags field of each endpoint that takes a message.
	RuleFlags Rule = "message-flags"
	// DOCS/components/reference#legacy-message-component-behavior, and for a
	// modal DOCS/interactions/receiving-and-responding#interaction-response-object-modal.
	RuleRows Rule = "rows"
	// DOCS/components/reference: what the flag IS_COMPONENTS_V2 demands and forbids.
	RuleComponentsV2 Rule = "components-v2"
	// DOCS/components/reference#anatomy-of-a-component.
	RuleCustomID Rule = "custom-id"
	// DOCS/components/reference#button.
	RuleButton Rule = "button"
	// DOCS/components/reference#string-select, and the answer
	// SELECT_COMPONENT_OPTION_VALUE_DUPLICATED.
	RuleSelect Rule = "select"
	// DOCS/components/reference#text-input.
	RuleTextInput Rule = "text-input"
	// DOCS/interactions/application-commands#application-command-object-application-command-option-choice-structure.
	RuleChoice Rule = "choice"
	// DOCS/interactions/application-commands#application-command-object-application-command-naming.
	RuleCommandName Rule = "command-name"
	// DOCS/interactions/application-commands#application-command-object.
	RuleCommand Rule = "command"
	// DOCS/interactions/application-commands#slash-commands: 8000 characters.
	RuleCommandSize Rule = "command-size"
	// DOCS/interactions/application-commands#registering-a-command: how many.
	RuleCommandCount Rule = "command-count"
	// DOCS/reference#uploading-files.
	RuleFile Rule = "file"
)

// Violation is one thing wrong with a request.
type Violation struct {
	// Route is the method and the path's template, or the path itself where
	// no template fits.
	Route string
	// Pointer is the JSON pointer of the culprit in the body, empty for the
	// whole request. A parameter is written "path channel_id" or "query limit",
	// a part of a form "form files[0]".
	Pointer string
	Rule    Rule
	Detail  string
}

func (v *Violation) Error() string {
	at := v.Pointer
	if at == "" {
		at = "request"
	}
	return fmt.Sprintf("%s: %s: %s: %s", v.Route, at, v.Rule, v.Detail)
}

// findings collects the violations of one request.
type findings struct {
	route string
	errs  []error
}

func (f *findings) add(pointer string, rule Rule, format string, args ...any) {
	f.errs = append(f.errs, &Violation{f.route, pointer, rule, fmt.Sprintf(format, args...)})
}
