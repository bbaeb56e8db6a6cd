package fakediscord_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/fakediscord"
)

// toFake sends the requests of a client that knows only discord.com to the fake.
type toFake struct {
	base *url.URL
	next http.RoundTripper
}

func (t toFake) RoundTrip(r *http.Request) (*http.Response, error) {
	r = r.Clone(r.Context())
	r.URL.Scheme, r.URL.Host, r.Host = t.base.Scheme, t.base.Host, t.base.Host
	r.URL.Path = strings.Replace(r.URL.Path, "/api/v9/", "/api/v10/", 1)
	return t.next.RoundTrip(r)
}

// open connects the real client. Interactions are deferred and answered.
func open(t *testing.T, w *world) *discordgo.Session {
	t.Helper()
	base, err := url.Parse(w.srv.URL())
	if err != nil {
		t.Fatal(err)
	}
	session, err := discordgo.New("Bot " + w.srv.Token())
	if err != nil {
		t.Fatal(err)
	}
	transport := &http.Transport{}
	session.Client = &http.Client{Transport: toFake{base, transport}}
	session.Identify.Intents = discordgo.IntentsGuilds | discordgo.IntentsGuildMessages | discordgo.IntentsDirectMessages
	t.Cleanup(transport.CloseIdleConnections)
	return session
}

func TestDiscordgo(t *testing.T) {
	w := newWorld(t)
	session := open(t, w)
	session.AddHandler(func(s *discordgo.Session, i *discordgo.InteractionCreate) {
		deferral := &discordgo.InteractionResponse{Type: discordgo.InteractionResponseDeferredChannelMessageWithSource}
		if err := s.InteractionRespond(i.Interaction, deferral); err != nil {
			t.Error(err)
		}
		text := "You asked: " + i.ApplicationCommandData().Options[0].StringValue()
		if _, err := s.InteractionResponseEdit(i.Interaction, &discordgo.WebhookEdit{Content: &text}); err != nil {
			t.Error(err)
		}
	})
	if err := session.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	if _, err := session.ApplicationCommandBulkOverwrite(session.State.User.ID, "", []*discordgo.ApplicationCommand{{
		Name: "ask", Description: "Ask the notes", Options: []*discordgo.ApplicationCommandOption{
			{Type: discordgo.ApplicationCommandOptionString, Name: "question", Description: "Your question", Required: true},
		},
	}}); err != nil {
		t.Fatal(err)
	}
	question := func(text string) {
		t.Helper()
		i, err := w.ana.Slash(w.channel.ID, "ask", fakediscord.Values{"question": text})
		if err != nil {
			t.Fatal(err)
		}
		if m, err := i.Answer(soon(t)); err != nil || m.Content != "You asked: "+text {
			t.Fatalf("answer = %q (%v)", m.Content, err)
		}
	}
	question("Who?")

	w.srv.Reconnect()
	if _, err := w.srv.WaitSession(soon(t), func(s fakediscord.Session) bool { return s.Resumes == 1 }); err != nil {
		t.Fatal("discordgo has not resumed:", err)
	}
	question("And then?")
	if n := w.srv.Identifies(); n != 1 {
		t.Errorf("sessions started = %d, want 1", n)
	}
	if faults := w.srv.Faults(); len(faults) > 0 {
		t.Error("faults:", faults)
	}
}

// TestDiscordgoReads shows that discordgo can read what this package sends.
func TestDiscordgoReads(t *testing.T) {
	w := newWorld(t)
	session := open(t, w)
	created := make(chan *discordgo.MessageCreate, 10)
	guilds := make(chan *discordgo.GuildCreate, 10)
	session.AddHandler(func(_ *discordgo.Session, m *discordgo.MessageCreate) { created <- m })
	session.AddHandler(func(_ *discordgo.Session, g *discordgo.GuildCreate) { guilds <- g })
	if err := session.Open(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = session.Close() })
	if _, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: "hello <@" + session.State.User.ID + ">"}); err != nil {
		t.Fatal(err)
	}
	select {
	case m := <-created:
		if m.Author.ID != w.ana.ID || m.GuildID != w.guild.ID || len(m.Mentions) != 1 || m.Member == nil {
			t.Errorf("message = %+v", m.Message)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("no message")
	}
	if g := <-guilds; g.Name != "Histoire" || len(g.Channels) != 1 || len(g.Roles) != 3 {
		t.Errorf("guild = %+v", g.Guild)
	}
	ch, err := session.UserChannelCreate(w.ana.ID)
	if err != nil {
		t.Fatal(err)
	}
	sent, err := session.ChannelMessageSendComplex(ch.ID, &discordgo.MessageSend{
		Content: "a file", Files: []*discordgo.File{{Name: "notes.txt", ContentType: "text/plain", Reader: strings.NewReader("Charlemagne")}},
	})
	if err != nil || len(sent.Attachments) != 1 || sent.Attachments[0].Size != 11 {
		t.Fatalf("sent = %+v (%v)", sent, err)
	}
	if got := w.ana.Messages(ch.ID); len(got) != 1 || got[0].Content != "a file" {
		t.Errorf("ana reads %+v", got)
	}
}
