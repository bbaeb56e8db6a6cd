package fakediscord_test

import (
	"fmt"
	"strings"
	"testing"

	"verbatim/bot/fakediscord"
)

// long is a text of n characters.
func long(n int) string { return strings.Repeat("x", n) }

// many is a list of n equal things.
func many[T any](n int, v T) []T {
	list := make([]T, n)
	for i := range list {
		list[i] = v
	}
	return list
}

// at splits a path in errors.
func at(path string) []string {
	if path == "" {
		return nil
	}
	return strings.Split(path, ".")
}

// rule is a body that breaks a rule, and what is wrong with it where.
type rule struct {
	name string
	body any
	code string
	path string
}

// Source: docs.discord.com/developers/resources/message#create-message and #embed-object-embed-limits
func TestMessageRules(t *testing.T) {
	w := newWorld(t)
	embed := func(e object) object { return object{"embeds": []object{e}} }
	fields := func(f object, n int) object { return embed(object{"fields": many(n, f)}) }
	rules := []rule{
		{"content", object{"content": long(2001)}, "BASE_TYPE_MAX_LENGTH", "content"},
		{"content in emoji", object{"content": strings.Repeat("🙂", 2001)}, "BASE_TYPE_MAX_LENGTH", "content"},
		{"content of a wrong type", object{"content": 5}, "BASE_TYPE_INVALID", "content"},
		{"embeds", object{"embeds": many(11, object{"title": "x"})}, "BASE_TYPE_MAX_LENGTH", "embeds"},
		{"6,000 over all", object{"embeds": many(2, object{"description": long(3001)})}, "MAX_EMBED_SIZE_EXCEEDED", "embeds"},
		{"title", embed(object{"title": long(257)}), "BASE_TYPE_MAX_LENGTH", "embeds.0.title"},
		{"description", embed(object{"description": long(4097)}), "BASE_TYPE_MAX_LENGTH", "embeds.0.description"},
		{"footer", embed(object{"footer": object{"text": long(2049)}}), "BASE_TYPE_MAX_LENGTH", "embeds.0.footer.text"},
		{"author", embed(object{"author": object{"name": long(257)}}), "BASE_TYPE_MAX_LENGTH", "embeds.0.author.name"},
		{"url", embed(object{"title": "x", "url": "javascript:alert(1)"}), "URL_TYPE_INVALID_SCHEME", "embeds.0.url"},
		{"fields", fields(object{"name": "n", "value": "v"}, 26), "BASE_TYPE_MAX_LENGTH", "embeds.0.fields"},
		{"field name", fields(object{"name": long(257), "value": "v"}, 1), "BASE_TYPE_BAD_LENGTH", "embeds.0.fields.0.name"},
		{"field value", fields(object{"name": "n", "value": long(1025)}, 1), "BASE_TYPE_BAD_LENGTH", "embeds.0.fields.0.value"},
		{"no field value", fields(object{"name": "n", "value": " "}, 1), "BASE_TYPE_REQUIRED", "embeds.0.fields.0.value"},
		{"nonce", object{"content": "x", "nonce": long(26)}, "BASE_TYPE_MAX_LENGTH", "nonce"},
		{"flags", object{"content": "x", "flags": 64}, "MESSAGE_FLAGS_INVALID", "flags"},
		{"mentions", object{"content": "x", "allowed_mentions": object{"parse": []string{"all"}}}, "BASE_TYPE_CHOICES", "allowed_mentions.parse.0"},
		{"mentions twice", object{"content": "x", "allowed_mentions": object{"parse": []string{"users"}, "users": []string{"1"}}},
			"MESSAGE_ALLOWED_MENTIONS_PARSE_EXCLUSIVE", "allowed_mentions"},
		{"reply to nothing", object{"content": "x", "message_reference": object{"message_id": "1"}}, "REPLIES_UNKNOWN_MESSAGE", "message_reference"},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			w.do("POST", "/channels/"+w.channel.ID+"/messages", r.body).wantError(r.code, at(r.path)...)
		})
	}
	w.do("POST", "/channels/"+w.channel.ID+"/messages", object{"content": "  "}).want(400, 50006)
	w.do("POST", "/channels/"+w.channel.ID+"/messages", object{"content": strings.Repeat("🙂", 2000)}).want(200, 0)
}

// Source: docs.discord.com/developers/components/reference
func TestComponentRules(t *testing.T) {
	w := newWorld(t)
	n := 0
	button := func(change object) object {
		n++
		b := object{"type": 2, "style": 1, "label": "x", "custom_id": fmt.Sprint("b", n)}
		for k, v := range change {
			b[k] = v
		}
		return b
	}
	row := func(inner ...object) []object { return []object{{"type": 1, "components": inner}} }
	options := func(n int, change object) []object {
		var list []object
		for i := range n {
			o := object{"label": "x", "value": fmt.Sprint(i)}
			for k, v := range change {
				o[k] = v
			}
			list = append(list, o)
		}
		return list
	}
	menu := func(change object) []object {
		m := object{"type": 3, "custom_id": "menu", "options": options(3, nil)}
		for k, v := range change {
			m[k] = v
		}
		return row(m)
	}
	var rows []object
	for range 6 {
		rows = append(rows, row(button(nil))...)
	}
	rules := []rule{
		{"rows", rows, "BASE_TYPE_MAX_LENGTH", "components"},
		{"buttons in a row", row(button(nil), button(nil), button(nil), button(nil), button(nil), button(nil)), "BASE_TYPE_BAD_LENGTH", "components.0.components"},
		{"an empty row", row(), "BASE_TYPE_BAD_LENGTH", "components.0.components"},
		{"a button outside a row", []object{button(nil)}, "BASE_TYPE_CHOICES", "components.0.type"},
		{"custom id", row(button(object{"custom_id": long(101)})), "BASE_TYPE_BAD_LENGTH", "components.0.components.0.custom_id"},
		{"no custom id", row(button(object{"custom_id": ""})), "BASE_TYPE_REQUIRED", "components.0.components.0.custom_id"},
		{"custom id twice", row(button(object{"custom_id": "a"}), button(object{"custom_id": "a"})), "COMPONENT_CUSTOM_ID_DUPLICATED", "components.0.components.1.custom_id"},
		{"label", row(button(object{"label": long(81)})), "BASE_TYPE_MAX_LENGTH", "components.0.components.0.label"},
		{"no label", row(button(object{"label": ""})), "BUTTON_COMPONENT_LABEL_OR_EMOJI_REQUIRED", "components.0.components.0"},
		{"style", row(button(object{"style": 9})), "NUMBER_TYPE_RANGE", "components.0.components.0.style"},
		{"link with custom id", row(button(object{"style": 5, "url": "https://example.org"})), "BUTTON_COMPONENT_CUSTOM_ID_URL_MUTUALLY_EXCLUSIVE", "components.0.components.0"},
		{"link without url", row(object{"type": 2, "style": 5, "label": "x"}), "BASE_TYPE_REQUIRED", "components.0.components.0.url"},
		{"unknown type", row(object{"type": 99}), "UNION_TYPE_CHOICES", "components.0.components.0.type"},
		{"text input in a message", row(object{"type": 4, "custom_id": "a", "style": 1, "label": "x"}), "UNION_TYPE_CHOICES", "components.0.components.0.type"},
		{"options", menu(object{"options": options(26, nil)}), "BASE_TYPE_BAD_LENGTH", "components.0.components.0.options"},
		{"no options", menu(object{"options": []object{}}), "BASE_TYPE_BAD_LENGTH", "components.0.components.0.options"},
		{"option label", menu(object{"options": options(1, object{"label": long(101)})}), "BASE_TYPE_BAD_LENGTH", "components.0.components.0.options.0.label"},
		{"option value", menu(object{"options": options(1, object{"value": long(101)})}), "BASE_TYPE_BAD_LENGTH", "components.0.components.0.options.0.value"},
		{"option description", menu(object{"options": options(1, object{"description": long(101)})}), "BASE_TYPE_MAX_LENGTH", "components.0.components.0.options.0.description"},
		{"option twice", menu(object{"options": options(2, object{"value": "same"})}), "SELECT_COMPONENT_OPTION_VALUE_DUPLICATED", "components.0.components.0.options.1.value"},
		{"placeholder", menu(object{"placeholder": long(151)}), "BASE_TYPE_MAX_LENGTH", "components.0.components.0.placeholder"},
		{"max values", menu(object{"max_values": 26}), "NUMBER_TYPE_RANGE", "components.0.components.0.max_values"},
		{"a select beside a button", row(button(nil), menu(nil)[0]["components"].([]object)[0]), "COMPONENT_LAYOUT_WIDTH_EXCEEDED", "components.0.components.1"},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			w.do("POST", "/channels/"+w.channel.ID+"/messages", object{"content": "x", "components": r.body}).wantError(r.code, at(r.path)...)
			i := w.ask()
			path := append([]string{"data"}, at(r.path)...)
			w.callback(i, fakediscord.AnswerNow, object{"content": "x", "components": r.body}).wantError(r.code, path...)
		})
	}
	w.do("POST", "/channels/"+w.channel.ID+"/messages", object{"components": menu(nil)}).want(200, 0)
}

func TestComponentsV2(t *testing.T) {
	w := newWorld(t)
	path := "/channels/" + w.channel.ID + "/messages"
	text := object{"type": 10, "content": "hello"}
	w.do("POST", path, object{"components": []object{text}}).wantError("BASE_TYPE_CHOICES", "components", "0", "type")
	w.do("POST", path, object{"flags": 1 << 15, "content": "x", "components": []object{text}}).
		wantError("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2")
	w.do("POST", path, object{"flags": 1 << 15, "components": many(41, text)}).wantError("BASE_TYPE_BAD_LENGTH", "components")
	var m fakediscord.Message
	w.do("POST", path, object{"flags": 1 << 15, "components": many(40, text)}).want(200, 0).into(&m)
	w.do("PATCH", path+"/"+m.ID, object{"components": []object{text}}).want(200, 0)
}

// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-modal
func TestModalRules(t *testing.T) {
	w := newWorld(t)
	input := func(change object) object {
		v := object{"type": 4, "custom_id": "a", "style": 1, "label": "x"}
		for k, c := range change {
			v[k] = c
		}
		return object{"type": 1, "components": []object{v}}
	}
	modal := func(change object, inner ...object) object {
		m := object{"custom_id": "m", "title": "x", "components": inner}
		for k, c := range change {
			m[k] = c
		}
		return m
	}
	rules := []rule{
		{"title", modal(object{"title": long(46)}, input(nil)), "BASE_TYPE_BAD_LENGTH", "title"},
		{"no title", modal(object{"title": ""}, input(nil)), "BASE_TYPE_REQUIRED", "title"},
		{"custom id", modal(object{"custom_id": long(101)}, input(nil)), "BASE_TYPE_BAD_LENGTH", "custom_id"},
		{"no components", modal(nil), "BASE_TYPE_BAD_LENGTH", "components"},
		{"six components", modal(nil, many(6, input(nil))...), "BASE_TYPE_BAD_LENGTH", "components"},
		{"label", modal(nil, input(object{"label": long(46)})), "BASE_TYPE_BAD_LENGTH", "components.0.components.0.label"},
		{"value", modal(nil, input(object{"value": long(4001)})), "BASE_TYPE_MAX_LENGTH", "components.0.components.0.value"},
		{"value over its own limit", modal(nil, input(object{"value": "long", "max_length": 3})), "BASE_TYPE_MAX_LENGTH", "components.0.components.0.value"},
		{"max length", modal(nil, input(object{"max_length": 4001})), "NUMBER_TYPE_RANGE", "components.0.components.0.max_length"},
		{"placeholder", modal(nil, input(object{"placeholder": long(101)})), "BASE_TYPE_MAX_LENGTH", "components.0.components.0.placeholder"},
		{"custom id twice", modal(nil, input(nil), input(nil)), "COMPONENT_CUSTOM_ID_DUPLICATED", "components.1.components.0.custom_id"},
		{"a button", modal(nil, object{"type": 1, "components": []object{{"type": 2, "style": 1, "label": "x", "custom_id": "b"}}}), "BASE_TYPE_CHOICES", "components.0.components.0.type"},
		{"an empty label", modal(nil, object{"type": 18, "label": "x"}), "BASE_TYPE_REQUIRED", "components.0.component"},
		{"a label's text", modal(nil, object{"type": 18, "label": long(46), "component": object{"type": 4, "custom_id": "a", "style": 1}}), "BASE_TYPE_BAD_LENGTH", "components.0.label"},
	}
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			path := append([]string{"data"}, at(r.path)...)
			w.callback(w.ask(), fakediscord.ShowModal, r.body).wantError(r.code, path...)
		})
	}
	i := w.ask()
	w.callback(i, fakediscord.ShowModal, modal(nil, input(nil))).want(204, 0)
	w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": "no message"}).want(404, 10008)
}

// Source: docs.discord.com/developers/interactions/application-commands
func TestCommandRules(t *testing.T) {
	w := newWorld(t)
	command := func(change object) object {
		c := object{"name": "ask", "description": "d"}
		for k, v := range change {
			c[k] = v
		}
		return c
	}
	option := func(change object) object {
		o := object{"type": 3, "name": "o", "description": "d"}
		for k, v := range change {
			o[k] = v
		}
		return command(object{"options": []object{o}})
	}
	named := func(n int) (list []object) {
		for i := range n {
			list = append(list, object{"type": 3, "name": fmt.Sprint("o", i), "description": "d"})
		}
		return list
	}
	choices := func(n int, value any) (list []object) {
		for range n {
			list = append(list, object{"name": "n", "value": value})
		}
		return list
	}
	sub := func(kind int, inner ...object) object {
		return object{"type": kind, "name": "s", "description": "d", "options": inner}
	}
	rules := []rule{
		{"upper case", command(object{"name": "Ask"}), "APPLICATION_COMMAND_INVALID_NAME", "name"},
		{"a space", command(object{"name": "ask me"}), "APPLICATION_COMMAND_INVALID_NAME", "name"},
		{"33 characters", command(object{"name": long(33)}), "APPLICATION_COMMAND_INVALID_NAME", "name"},
		{"no name", command(object{"name": ""}), "BASE_TYPE_REQUIRED", "name"},
		{"localized name", command(object{"name_localizations": object{"fr": "Demander"}}), "APPLICATION_COMMAND_INVALID_NAME", "name_localizations.fr"},
		{"a locale", command(object{"name_localizations": object{"xx": "x"}}), "DICT_TYPE_KEY_INVALID", "name_localizations"},
		{"description", command(object{"description": long(101)}), "BASE_TYPE_BAD_LENGTH", "description"},
		{"no description", command(object{"description": ""}), "BASE_TYPE_REQUIRED", "description"},
		{"localized description", command(object{"description_localizations": object{"fr": long(101)}}), "BASE_TYPE_BAD_LENGTH", "description_localizations.fr"},
		{"type", command(object{"type": 9}), "BASE_TYPE_CHOICES", "type"},
		{"26 options", command(object{"options": named(26)}), "BASE_TYPE_MAX_LENGTH", "options"},
		{"option name", option(object{"name": "O"}), "APPLICATION_COMMAND_INVALID_NAME", "options.0.name"},
		{"option description", option(object{"description": ""}), "BASE_TYPE_REQUIRED", "options.0.description"},
		{"option type", option(object{"type": 12}), "NUMBER_TYPE_RANGE", "options.0.type"},
		{"options of the same name", command(object{"options": append(named(1), named(1)...)}), "APPLICATION_COMMAND_OPTIONS_NAME_INVALID", "options.1"},
		{"required after optional", command(object{"options": append(named(1), object{"type": 3, "name": "r", "description": "d", "required": true})}),
			"APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID", "options.1"},
		{"26 choices", option(object{"choices": choices(26, "v")}), "BASE_TYPE_MAX_LENGTH", "options.0.choices"},
		{"a choice's value", option(object{"choices": choices(1, long(101))}), "BASE_TYPE_BAD_LENGTH", "options.0.choices.0.value"},
		{"a choice of a wrong type", option(object{"choices": choices(1, 1)}), "BASE_TYPE_INVALID", "options.0.choices.0.value"},
		{"autocomplete and choices", option(object{"autocomplete": true, "choices": choices(1, "v")}), "APPLICATION_COMMAND_OPTIONS_AUTOCOMPLETE_INVALID", "options.0.autocomplete"},
		{"max length", option(object{"max_length": 6001}), "NUMBER_TYPE_RANGE", "options.0.max_length"},
		{"a group in a group", command(object{"options": []object{sub(2, sub(2))}}), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "options.0.options.0.type"},
		{"a subcommand in a subcommand", command(object{"options": []object{sub(1, sub(1))}}), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "options.0.options.0.type"},
		{"subcommands beside options", command(object{"options": append(named(1), sub(1))}), "APPLICATION_COMMAND_OPTIONS_TYPE_INVALID", "options"},
		{"8,000 characters", command(object{"options": func() (list []object) {
			for i := range 4 {
				o := object{"type": 3, "name": fmt.Sprint("o", i), "description": "d", "choices": choices(21, long(100))}
				list = append(list, o)
			}
			return list
		}()}), "APPLICATION_COMMAND_TOO_LARGE", ""},
		{"a message command with a description", object{"type": 3, "name": "Ask about this", "description": "d"}, "APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION_INVALID", "description"},
		{"a message command with options", object{"type": 3, "name": "Ask", "options": named(1)}, "APPLICATION_COMMAND_CONTEXT_MENU_OPTIONS_INVALID", "options"},
	}
	base := "/applications/" + w.srv.ApplicationID()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			w.do("POST", base+"/commands", r.body).wantError(r.code, at(r.path)...)
			path := append([]string{"0"}, at(r.path)...)
			w.do("PUT", base+"/guilds/"+w.guild.ID+"/commands", []any{r.body}).wantError(r.code, path...)
		})
	}
	w.do("PUT", base+"/commands", []object{command(nil), command(nil)}).wantError("APPLICATION_COMMANDS_DUPLICATE_NAME", "1")
	var hundredOne []object
	for i := range 101 {
		hundredOne = append(hundredOne, command(object{"name": fmt.Sprint("c", i)}))
	}
	w.do("PUT", base+"/commands", hundredOne).wantError("APPLICATION_COMMANDS_MAX")
	w.do("PUT", base+"/commands", hundredOne[:100]).want(200, 0)
	w.do("PUT", base+"/commands", []object{{"type": 3, "name": "Ask about this"}, command(object{"name": "demande-à"})}).want(200, 0)
}

func TestCommandsAreKept(t *testing.T) {
	w := newWorld(t)
	base := "/applications/" + w.srv.ApplicationID() + "/commands"
	localized := object{"name": "ask", "description": "d", "name_localizations": object{"fr": "demander"}}
	var first, second []fakediscord.Command
	w.do("PUT", base, []object{localized}).want(200, 0).into(&first)
	w.do("PUT", base, []object{localized}).want(200, 0).into(&second)
	if first[0].ID != second[0].ID || first[0].Version != second[0].Version {
		t.Error("the same command has another id or version")
	}
	w.do("POST", base, object{"name": "ask", "description": "new"}).want(200, 0).into(&second[0])
	if first[0].ID != second[0].ID || first[0].Version == second[0].Version {
		t.Error("a changed command has another id, or the same version")
	}
	w.do("PATCH", base+"/"+first[0].ID, object{"name_localizations": object{"fr": "demander"}}).want(200, 0)
	var listed []fakediscord.Command
	if w.do("GET", base, nil).want(200, 0).into(&listed); listed[0].NameLocalizations != nil {
		t.Error("localizations are listed without being asked for")
	}
	if w.do("GET", base+"?with_localizations=true", nil).want(200, 0).into(&listed); listed[0].NameLocalizations["fr"] != "demander" {
		t.Error("localizations are not listed")
	}
	w.do("DELETE", base+"/"+first[0].ID, nil).want(204, 0)
	w.do("GET", base+"/"+first[0].ID, nil).want(404, 10063)
	w.do("GET", "/applications/1/commands", nil).want(404, 10002)
}

// Source: docs.discord.com/developers/interactions/application-commands#entry-point-commands
func TestEntryPointStays(t *testing.T) {
	w := newWorld(t)
	commands := "/applications/" + w.srv.ApplicationID() + "/commands"
	launch := object{"name": "launch", "type": 4, "handler": 2, "description": "Start"}
	ask := object{"name": "ask", "description": "Ask"}
	w.do("POST", commands, launch).want(200, 0)
	w.do("PUT", commands, []object{ask}).want(400, 50240)
	w.do("PUT", commands, []object{ask, launch}).want(200, 0)
	w.do("PUT", commands, []object{ask, launch, {"name": "other", "type": 4}}).want(400, 50035)
}
