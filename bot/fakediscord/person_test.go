package fakediscord_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"

	"verbatim/bot/fakediscord"
)

// received is INTERACTION_CREATE as the tests look at it.
type received struct {
	Type           int
	GuildID        string `json:"guild_id"`
	Locale         string
	GuildLocale    string `json:"guild_locale"`
	AppPermissions string `json:"app_permissions"`
	Context        int
	Owners         map[string]string `json:"authorizing_integration_owners"`
	Entitlements   []any
	Member         *struct {
		User        fakediscord.User
		Roles       []string
		Permissions string
	}
	User    *fakediscord.User
	Message *fakediscord.Message
	Data    struct {
		Name, Type any
		CustomID   string `json:"custom_id"`
		TargetID   string `json:"target_id"`
		Options    json.RawMessage
		Values     []string
		Components json.RawMessage
		Resolved   struct {
			Users, Members, Roles, Channels, Messages, Attachments map[string]object
		}
	}
}

func TestSlashPayload(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(intents)
	w.register(object{"name": "corpus", "description": "d", "options": []object{
		{"type": 2, "name": "text", "description": "d", "options": []object{
			{"type": 1, "name": "add", "description": "d", "options": []object{
				{"type": 11, "name": "file", "description": "d", "required": true},
				{"type": 6, "name": "by", "description": "d"},
				{"type": 7, "name": "for", "description": "d", "channel_types": []int{0}},
				{"type": 8, "name": "role", "description": "d"},
				{"type": 4, "name": "year", "description": "d", "min_value": 0},
				{"type": 5, "name": "open", "description": "d"},
			}},
		}},
	}})
	file := fakediscord.File{Name: "notes.md", Data: []byte("# Notes")}
	_, err := w.zoe.Slash(w.channel.ID, "corpus text add", fakediscord.Values{
		"file": file, "by": w.ana.ID, "for": w.channel.ID, "role": w.mods.ID, "year": 800, "open": false,
	})
	if err != nil {
		t.Fatal(err)
	}
	var i received
	c.event("INTERACTION_CREATE", &i)
	if i.Type != 2 || i.GuildID != w.guild.ID || i.Locale != "fr" || i.GuildLocale != "fr" || i.Context != 0 ||
		i.Owners["0"] != w.guild.ID || i.Entitlements == nil || i.AppPermissions == "" || i.User != nil {
		t.Errorf("interaction = %+v", i)
	}
	if m := i.Member; m.User.ID != w.zoe.ID || m.Roles[0] != w.mods.ID || m.Permissions != fmt.Sprint(uint64(fakediscord.MemberPermissions|fakediscord.ManageMessages)) {
		t.Errorf("member = %+v", m)
	}
	r := i.Data.Resolved
	if r.Users[w.ana.ID]["username"] != "ana" || r.Members[w.ana.ID]["user"] != nil || r.Members[w.ana.ID]["permissions"] == "" ||
		r.Channels[w.channel.ID]["permissions"] == "" || r.Roles[w.mods.ID]["name"] != "moderators" || len(r.Attachments) != 1 {
		t.Errorf("resolved = %+v", r)
	}
	var group []struct {
		Name    string
		Options []struct {
			Name    string
			Options []struct {
				Name  string
				Value any
			}
		}
	}
	if err := json.Unmarshal(i.Data.Options, &group); err != nil {
		t.Fatal(err)
	}
	options := group[0].Options[0].Options
	if group[0].Name != "text" || group[0].Options[0].Name != "add" || len(options) != 6 || options[4].Value != 800.0 || options[5].Value != false {
		t.Errorf("options = %s", i.Data.Options)
	}
}

func TestDirectSlash(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(intents)
	w.register(askCommand)
	if _, err := w.ana.Slash(w.ana.Direct().ID, "ask", fakediscord.Values{"question": "?"}); err != nil {
		t.Fatal(err)
	}
	var i received
	c.event("INTERACTION_CREATE", &i)
	if i.User == nil || i.User.ID != w.ana.ID || i.Member != nil || i.GuildID != "" || i.Context != 1 || i.Owners["0"] != "0" {
		t.Errorf("interaction = %+v", i)
	}
}

// wantRefused fails the test unless Discord's client would refuse.
func wantRefused(t *testing.T, what string, err error) {
	t.Helper()
	if !errors.Is(err, fakediscord.ErrRefused) {
		t.Errorf("%s: %v, want it refused", what, err)
	}
}

func TestSlashIsChecked(t *testing.T) {
	w := newWorld(t)
	w.register(askCommand,
		object{"name": "curated", "description": "d", "default_member_permissions": "8192"},
		object{"name": "admin", "description": "d", "default_member_permissions": "0"},
		object{"name": "guild-only", "description": "d", "contexts": []int{0}},
		object{"name": "pick", "description": "d", "options": []object{
			{"type": 3, "name": "one", "description": "d", "choices": []object{{"name": "A", "value": "a"}}},
			{"type": 4, "name": "year", "description": "d", "max_value": 2000},
			{"type": 6, "name": "who", "description": "d"},
		}},
		object{"name": "parts", "description": "d", "options": []object{{"type": 1, "name": "add", "description": "d"}}})
	tests := []struct {
		what, name string
		values     fakediscord.Values
	}{
		{"an unknown command", "nothing", nil},
		{"a required option", "ask", nil},
		{"an unknown option", "ask", fakediscord.Values{"question": "?", "other": "x"}},
		{"a type", "ask", fakediscord.Values{"question": 5}},
		{"an empty text", "ask", fakediscord.Values{"question": ""}},
		{"a length", "ask", fakediscord.Values{"question": long(301)}},
		{"a choice", "pick", fakediscord.Values{"one": "b"}},
		{"a range", "pick", fakediscord.Values{"year": 2001}},
		{"a fraction", "pick", fakediscord.Values{"year": 1.5}},
		{"an unknown user", "pick", fakediscord.Values{"who": "1"}},
		{"a missing subcommand", "parts", nil},
		{"an unknown subcommand", "parts remove", nil},
		{"a permission", "curated", nil},
		{"an administrator's command", "admin", nil},
	}
	for _, test := range tests {
		_, err := w.ana.Slash(w.channel.ID, test.name, test.values)
		wantRefused(t, test.what, err)
	}
	_, err := w.ana.Slash(w.ana.Direct().ID, "guild-only", nil)
	wantRefused(t, "a guild's command in a direct message", err)
	if _, err := w.zoe.Slash(w.channel.ID, "curated", nil); err != nil {
		t.Error("a moderator:", err)
	}
	if err := w.zoe.SetRoles(w.guild.ID); err != nil {
		t.Fatal(err)
	}
	_, err = w.zoe.Slash(w.channel.ID, "curated", nil)
	wantRefused(t, "a moderator without her role", err)

	w.srv.SetOverwrites(w.channel.ID, fakediscord.Overwrite{ID: w.guild.ID, Deny: fakediscord.ViewChannel})
	_, err = w.ana.Slash(w.channel.ID, "ask", fakediscord.Values{"question": "?"})
	wantRefused(t, "a channel that is not seen", err)
}

func TestMenus(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(fakediscord.GuildsIntent)
	w.register(object{"type": 3, "name": "Ask about this"}, object{"type": 2, "name": "Questions by"})
	m, err := w.zoe.Post(w.channel.ID, fakediscord.Post{Content: "Who was Charlemagne?"})
	if err != nil {
		t.Fatal(err)
	}
	i, err := w.ana.MessageCommand(m.ID, "Ask about this")
	if err != nil {
		t.Fatal(err)
	}
	var got received
	c.event("INTERACTION_CREATE", &got)
	if got.Data.TargetID != m.ID || got.Data.Resolved.Messages[m.ID]["content"] != m.Content {
		t.Errorf("data = %+v, want the message with its content", got.Data)
	}
	w.callback(i, fakediscord.AnswerNow, object{"content": "x"}).want(204, 0)
	if a, err := i.Answer(soon(t)); err != nil || a.Type != fakediscord.ContextMenuMessage || a.Metadata.TargetMessageID != m.ID {
		t.Errorf("answer = %+v (%v)", a, err)
	}
	if _, err := w.ana.UserCommand(w.channel.ID, w.zoe.ID, "Questions by"); err != nil {
		t.Fatal(err)
	}
	c.event("INTERACTION_CREATE", &got)
	if got.Data.TargetID != w.zoe.ID || got.Data.Resolved.Users[w.zoe.ID] == nil || got.Data.Resolved.Members[w.zoe.ID] == nil {
		t.Errorf("data = %+v, want the user", got.Data)
	}
}

func TestRaw(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(fakediscord.GuildsIntent)
	i, err := w.ana.Raw(w.channel.ID, "", fakediscord.ComponentInteraction, json.RawMessage(`{"component_type":99,"custom_id":"x"}`))
	if err != nil {
		t.Fatal(err)
	}
	var got struct{ Data json.RawMessage }
	if c.event("INTERACTION_CREATE", &got); string(got.Data) != `{"component_type":99,"custom_id":"x"}` {
		t.Errorf("data = %s", got.Data)
	}
	w.callback(i, fakediscord.UpdateLater, nil).wantError("BASE_TYPE_CHOICES", "type") // there is no message
	w.callback(i, fakediscord.AnswerNow, object{"content": "what?", "flags": 64}).want(204, 0)

	if err := w.srv.Dispatch(w.guild.ID, "SOMETHING_NEW", json.RawMessage(`{"a":1}`)); err != nil {
		t.Fatal(err)
	}
	c.event("SOMETHING_NEW", &object{})
	if err := w.srv.Dispatch("", "X", json.RawMessage(`{`)); err == nil {
		t.Error("a payload that is not JSON is dispatched")
	}
}

// TestUnseenChannel: in a channel that the bot does not see, it may do nothing, whatever
// else it is allowed to.
//
// Source: docs.discord.com/developers/topics/permissions#implicit-permissions
func TestUnseenChannel(t *testing.T) {
	w := newWorld(t)
	hidden := w.srv.NewChannel(fakediscord.Channel{GuildID: w.guild.ID, Name: "hidden", Overwrites: []fakediscord.Overwrite{
		{ID: w.srv.ApplicationID(), Type: fakediscord.MemberOverwrite, Deny: fakediscord.ViewChannel, Allow: fakediscord.SendMessages},
	}})
	c, _ := w.identified(intents)
	if _, err := w.ana.Raw(hidden.ID, "", fakediscord.CommandInteraction, []byte(`{}`)); err != nil {
		t.Fatal(err)
	}
	var i received
	if c.event("INTERACTION_CREATE", &i); i.AppPermissions != "0" {
		t.Errorf("the bot may do %s, want nothing", i.AppPermissions)
	}
}
