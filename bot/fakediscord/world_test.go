package fakediscord_test

import (
	"encoding/json"
	"testing"

	"verbatim/bot/fakediscord"
)

// TestReading reads all that REST tells of the world.
func TestReading(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) { o.Privileged = fakediscord.GuildMembersIntent })
	hidden := w.srv.NewChannel(fakediscord.Channel{GuildID: w.guild.ID, Name: "hidden"})
	thread := object{"name": "thread", "type": 11}
	w.do("POST", "/channels/"+w.channel.ID+"/threads", thread).want(200, 0)
	w.srv.SetOverwrites(hidden.ID, fakediscord.Overwrite{ID: w.guild.ID, Deny: fakediscord.ViewChannel})
	guild := "/guilds/" + w.guild.ID
	var channels []fakediscord.Channel
	if w.do("GET", guild+"/channels", nil).want(200, 0).into(&channels); len(channels) != 2 {
		t.Errorf("%d channels, want the two that are no threads", len(channels))
	}
	var active struct{ Threads []fakediscord.Channel }
	if w.do("GET", guild+"/threads/active", nil).want(200, 0).into(&active); len(active.Threads) != 1 {
		t.Errorf("%d threads, want 1", len(active.Threads))
	}
	var roles []fakediscord.Role
	if w.do("GET", guild+"/roles", nil).want(200, 0).into(&roles); len(roles) != 3 || roles[0].Name != "@everyone" {
		t.Errorf("roles = %+v", roles)
	}
	var members []fakediscord.Member
	if w.do("GET", guild+"/members?limit=2", nil).want(200, 0).into(&members); len(members) != 2 {
		t.Errorf("%d members, want 2", len(members))
	}
	after := members[1].User.ID
	if w.do("GET", guild+"/members?limit=10&after="+after, nil).want(200, 0).into(&members); len(members) != 2 {
		t.Errorf("%d members after two of four, want 2", len(members))
	}
	var member fakediscord.Member
	if w.do("GET", guild+"/members/"+w.zoe.ID, nil).want(200, 0).into(&member); member.Roles[0] != w.mods.ID {
		t.Errorf("member = %+v", member)
	}
	var mine []object
	if w.do("GET", "/users/@me/guilds", nil).want(200, 0).into(&mine); len(mine) != 1 || mine[0]["name"] != "Histoire" {
		t.Errorf("guilds = %v", mine)
	}
	var app fakediscord.Application
	for _, path := range []string{"/applications/@me", "/oauth2/applications/@me"} {
		if w.do("GET", path, nil).want(200, 0).into(&app); app.ID != w.srv.ApplicationID() || app.Bot == nil {
			t.Errorf("%s = %+v", path, app)
		}
	}
	var gateway struct {
		URL    string
		Shards int
	}
	if w.do("GET", "/gateway/bot", nil).want(200, 0).into(&gateway); gateway.Shards != 1 || gateway.URL[:5] != "ws://" {
		t.Errorf("gateway = %+v", gateway)
	}
	w.do("DELETE", "/users/@me/guilds/"+w.guild.ID, nil).want(204, 0)
	w.do("GET", guild, nil).want(403, 50001)
}

func TestObserving(t *testing.T) {
	w := newWorld(t)
	w.register(askCommand, object{"name": "curated", "description": "d", "default_member_permissions": "8192"})
	for person, want := range map[*fakediscord.Person]int{w.ana: 1, w.zoe: 2} {
		if commands, err := person.Commands(w.channel.ID); err != nil || len(commands) != want {
			t.Errorf("%s has %d commands (%v), want %d", person.Name, len(commands), err, want)
		}
	}
	w.ana.SetLocale("en-US")
	if p, ok := w.srv.Person(w.ana.ID); !ok || p.Locale() != "en-US" || p.Name != "ana" {
		t.Errorf("person = %+v", p)
	}
	if _, ok := w.srv.Person(w.srv.Bot().ID); ok {
		t.Error("the bot is a person")
	}
	i := w.ask()
	if same, ok := w.srv.Interaction(i.ID); !ok || same != i || len(w.srv.Interactions()) != 1 {
		t.Error("the interaction is not found")
	}
	w.callback(i, fakediscord.AnswerLater, nil).want(204, 0)
	if s, err := i.Acknowledged(soon(t)); err != nil || s.Callback != fakediscord.AnswerLater || s.Failed {
		t.Errorf("state = %+v (%v)", s, err)
	}
	if len(w.srv.Guilds()) != 1 || len(w.srv.Members(w.guild.ID)) != 4 || len(w.srv.Roles(w.guild.ID)) != 3 || len(w.srv.Commands("")) != 1 {
		t.Error("the world is not as it was made")
	}
	if n := len(w.ana.Channels(w.guild.ID)); n != 1 {
		t.Errorf("ana sees %d channels, want 1", n)
	}
	after := w.srv.LastEvent()
	w.do("POST", "/channels/"+w.channel.ID+"/typing", nil).want(204, 0)
	for e := range w.srv.Feed(soon(t), after) {
		if e.Kind == fakediscord.Typing {
			break
		}
	}
}

// TestOwnIDs shows that a world can be made again with the ids that it had.
func TestOwnIDs(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) { o.ApplicationID = "4194304" })
	g := w.srv.NewGuild(fakediscord.Guild{ID: "8388608", Name: "again"})
	r := w.srv.NewRole(g.ID, fakediscord.Role{ID: "12582912", Name: "role"})
	c := w.srv.NewChannel(fakediscord.Channel{ID: "16777216", GuildID: g.ID, Name: "channel"})
	p := w.srv.NewUser(fakediscord.User{ID: "20971520", Username: "person"}, "fr").Join(g.ID, r.ID)
	if _, err := p.Post(c.ID, fakediscord.Post{Content: "hello"}); err != nil {
		t.Error(err)
	}
	if w.srv.Bot().ID != "4194304" || g.ID != "8388608" || r.ID != "12582912" || p.ID != "20971520" {
		t.Error("a given id was replaced")
	}
}

// Source: docs.discord.com/developers/topics/permissions#permission-overwrites
func TestOverwrites(t *testing.T) {
	w := newWorld(t)
	const read, write = fakediscord.ViewChannel, fakediscord.SendMessages
	everyone := func(allow, deny fakediscord.Permissions) fakediscord.Overwrite {
		return fakediscord.Overwrite{ID: w.guild.ID, Allow: allow, Deny: deny}
	}
	mods := func(allow, deny fakediscord.Permissions) fakediscord.Overwrite {
		return fakediscord.Overwrite{ID: w.mods.ID, Allow: allow, Deny: deny}
	}
	zoe := func(allow, deny fakediscord.Permissions) fakediscord.Overwrite {
		return fakediscord.Overwrite{ID: w.zoe.ID, Type: fakediscord.MemberOverwrite, Allow: allow, Deny: deny}
	}
	tests := []struct {
		name       string
		overwrites []fakediscord.Overwrite
		want       bool // zoe may write
	}{
		{"none", nil, true},
		{"denied to everyone", []fakediscord.Overwrite{everyone(0, write)}, false},
		{"and allowed to the role", []fakediscord.Overwrite{mods(write, 0), everyone(0, write)}, true},
		{"denied to the role", []fakediscord.Overwrite{mods(0, write)}, false},
		{"and allowed to the member", []fakediscord.Overwrite{zoe(write, 0), mods(0, write)}, true},
		{"denied to the member", []fakediscord.Overwrite{zoe(0, write), mods(write, 0)}, false},
		{"not seen", []fakediscord.Overwrite{everyone(0, read), mods(write, 0)}, false},
	}
	for _, test := range tests {
		w.srv.SetOverwrites(w.channel.ID, test.overwrites...)
		_, err := w.zoe.Post(w.channel.ID, fakediscord.Post{Content: "x"})
		if (err == nil) != test.want {
			t.Errorf("%s: zoe writes: %v, want it allowed: %t", test.name, err, test.want)
		}
	}
	admin := w.srv.NewRole(w.guild.ID, fakediscord.Role{Name: "admin", Permissions: fakediscord.Administrator})
	if err := w.zoe.SetRoles(w.guild.ID, admin.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := w.zoe.Post(w.channel.ID, fakediscord.Post{Content: "x"}); err != nil {
		t.Error("an administrator:", err)
	}
}

func TestEmbedsAreStored(t *testing.T) {
	w := newWorld(t)
	var m fakediscord.Message
	w.do("POST", "/channels/"+w.channel.ID+"/messages", object{"embeds": []object{{
		"title": " Title ", "description": long(4096), "url": "https://example.org", "timestamp": "2026-09-01T08:00:00Z",
		"footer": object{"text": "p. 12"}, "fields": []object{{"name": "n", "value": "v", "inline": true}},
	}}}).want(200, 0).into(&m)
	if e := m.Embeds[0]; e.Title != "Title" || e.Type != "rich" || e.Footer.Text != "p. 12" || !e.Fields[0].Inline || e.Timestamp == nil {
		t.Errorf("embed = %+v", e)
	}
	w.do("PATCH", "/channels/"+w.channel.ID+"/messages/"+m.ID, object{"content": "text", "embeds": nil}).want(200, 0).into(&m)
	if len(m.Embeds) != 0 || m.Content != "text" {
		t.Errorf("message = %+v, want the embeds cleared", m)
	}
	w.do("PATCH", "/channels/"+w.channel.ID+"/messages/"+m.ID, object{"content": ""}).want(400, 50006)
	w.do("DELETE", "/channels/"+w.channel.ID+"/messages/"+m.ID, nil).want(204, 0)
	if n := len(w.srv.Revisions(m.ID)); n != 2 {
		t.Errorf("a deleted message has %d revisions, want 2", n)
	}
}

func TestLayoutComponents(t *testing.T) {
	w := newWorld(t)
	text := object{"type": 10, "content": "hello"}
	button := object{"type": 2, "style": 1, "label": "More", "custom_id": "more"}
	post := func(components ...object) reply {
		return w.do("POST", "/channels/"+w.channel.ID+"/messages", object{"flags": 1 << 15, "components": components})
	}
	section := object{"type": 9, "components": []object{text}, "accessory": button}
	var m fakediscord.Message
	post(object{"type": 17, "components": []object{section, {"type": 14}}}).want(200, 0).into(&m)
	if _, err := w.ana.Press(m.ID, "more"); err != nil {
		t.Error("the button of a section:", err)
	}
	post(object{"type": 9, "components": []object{text}}).wantError("BASE_TYPE_REQUIRED", "components", "0", "accessory")
	post(object{"type": 9, "components": many(4, text), "accessory": button}).wantError("BASE_TYPE_BAD_LENGTH", "components", "0", "components")
	post(object{"type": 10, "content": long(4001)}).wantError("BASE_TYPE_BAD_LENGTH", "components", "0", "content")
	post(object{"type": 10, "content": long(3000)}, object{"type": 10, "content": long(3000)}).
		wantError("COMPONENT_DISPLAYABLE_TEXT_SIZE_EXCEEDED", "components")
	post(object{"type": 18, "label": "x"}).wantError("UNION_TYPE_CHOICES", "components", "0", "type")
}

func TestUploadInModal(t *testing.T) {
	w := newWorld(t)
	i := w.ask()
	w.callback(i, fakediscord.ShowModal, object{"custom_id": "m", "title": "Add", "components": []object{
		{"type": 18, "label": "File", "component": object{"type": 19, "custom_id": "file"}},
	}}).want(204, 0)
	_, err := w.ana.Submit(i, nil)
	wantRefused(t, "a missing file", err)
	c, _ := w.identified(fakediscord.GuildsIntent)
	if _, err := w.ana.Submit(i, fakediscord.Values{"file": fakediscord.File{Name: "a.md", Data: []byte("a")}}); err != nil {
		t.Fatal(err)
	}
	var got received
	if c.event("INTERACTION_CREATE", &got); len(got.Data.Resolved.Attachments) != 1 {
		t.Errorf("data = %+v", got.Data)
	}
}

// TestInvalidSession shows that a client can identify again after op 9.
func TestInvalidSession(t *testing.T) {
	w := newWorld(t)
	c, ready := w.identified(intents)
	w.srv.InvalidateSessions(false)
	if f := c.read(); f.Op != 9 || string(f.Data) != "false" {
		t.Fatalf("frame = %+v, want op 9 false", f)
	}
	c.identify(w.srv.Token(), intents)
	again := c.read()
	var a, b struct {
		ID string `json:"session_id"`
	}
	if json.Unmarshal(ready.Data, &a) != nil || json.Unmarshal(again.Data, &b) != nil || a.ID == b.ID || len(w.srv.Sessions()) != 1 {
		t.Errorf("sessions %q and %q, want two", a.ID, b.ID)
	}
}
