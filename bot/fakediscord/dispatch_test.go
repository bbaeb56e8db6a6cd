package fakediscord_test

import (
	"testing"

	"verbatim/bot/fakediscord"
)

// Source: docs.discord.com/developers/events/gateway#message-content-intent
func TestContentNeedsTheIntent(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) { o.Privileged = fakediscord.MessageContentIntent })
	without, _ := w.identified(intents)
	with, _ := w.identified(intents | fakediscord.MessageContentIntent)
	post := func(channel, content string) {
		t.Helper()
		file := fakediscord.File{Name: "a.txt", Data: []byte("a")}
		if _, err := w.ana.Post(channel, fakediscord.Post{Content: content, Files: []fakediscord.File{file}}); err != nil {
			t.Fatal(err)
		}
	}
	expect := func(c *client, content string, attachments int) {
		t.Helper()
		var m fakediscord.Message
		if c.event("MESSAGE_CREATE", &m); m.Content != content || len(m.Attachments) != attachments {
			t.Errorf("message = %q with %d attachments, want %q with %d", m.Content, len(m.Attachments), content, attachments)
		}
	}
	post(w.channel.ID, "secret")
	expect(without, "", 0)
	expect(with, "secret", 1)
	mention := "hello <@" + w.srv.Bot().ID + ">"
	post(w.channel.ID, mention)
	expect(without, mention, 1)
	post(w.ana.Direct().ID, "direct")
	expect(without, "direct", 1)
	w.do("POST", "/channels/"+w.channel.ID+"/messages", object{"content": "my own"}).want(200, 0)
	expect(without, "my own", 0)
}

func TestIntentsChooseEvents(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(fakediscord.DirectMessagesIntent)
	if _, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: "in the guild"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ana.Post(w.ana.Direct().ID, fakediscord.Post{Content: "direct"}); err != nil {
		t.Fatal(err)
	}
	var m fakediscord.Message
	if c.event("MESSAGE_CREATE", &m); m.Content != "direct" {
		t.Errorf("message = %q, want the direct one only", m.Content)
	}
}

// Source: docs.discord.com/developers/events/gateway#sharding
func TestShards(t *testing.T) {
	w := newWorld(t)
	shard := func(n int) *client {
		c := w.dial("/")
		c.send(2, object{"token": w.srv.Token(), "intents": 0, "shard": []int{n, 2}})
		c.read()
		return c
	}
	shards := []*client{shard(0), shard(1)}
	w.register(askCommand)
	other := w.srv.NewGuild(fakediscord.Guild{ID: "4194304", Name: "on shard 1"})
	there := w.srv.NewChannel(fakediscord.Channel{GuildID: other.ID, Name: "there"})
	w.ana.Join(other.ID)
	if _, err := w.ana.Slash(there.ID, "ask", fakediscord.Values{"question": "there"}); err != nil {
		t.Fatal(err)
	}
	if _, err := w.ana.Slash(w.ana.Direct().ID, "ask", fakediscord.Values{"question": "direct"}); err != nil {
		t.Fatal(err)
	}
	var i struct {
		GuildID string `json:"guild_id"`
	}
	if shards[1].event("INTERACTION_CREATE", &i); i.GuildID != other.ID {
		t.Errorf("shard 1 gets an interaction of guild %q", i.GuildID)
	}
	i.GuildID = ""
	if shards[0].event("INTERACTION_CREATE", &i); i.GuildID != "" {
		t.Errorf("shard 0 gets an interaction of guild %q, want the direct one", i.GuildID)
	}
}

func TestGuildsComeAndGo(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(intents)
	var gone struct {
		ID          string
		Unavailable *bool
	}
	w.srv.SetAvailable(w.guild.ID, false)
	if c.event("GUILD_DELETE", &gone); gone.Unavailable == nil {
		t.Error("an outage does not say so")
	}
	w.srv.SetAvailable(w.guild.ID, true)
	c.event("GUILD_CREATE", &gone)
	w.srv.RemoveBot(w.guild.ID)
	gone.Unavailable = nil
	if c.event("GUILD_DELETE", &gone); gone.Unavailable != nil {
		t.Error("a removal looks like an outage")
	}
	w.do("GET", "/guilds/"+w.guild.ID, nil).want(403, 50001)
	w.srv.AddBot(w.guild.ID)
	c.event("GUILD_CREATE", &gone)
	ch := w.srv.NewChannel(fakediscord.Channel{GuildID: w.guild.ID, Name: "new"})
	var seen fakediscord.Channel
	if c.event("CHANNEL_CREATE", &seen); seen.ID != ch.ID {
		t.Errorf("channel = %+v", seen)
	}
}
