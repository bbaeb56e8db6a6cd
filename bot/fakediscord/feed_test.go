package fakediscord_test

import (
	"context"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

func TestFeed(t *testing.T) {
	w := newWorld(t)
	after := w.srv.LastEvent()
	c, _ := w.identified(intents)
	i := w.ask()
	c.read()
	w.callback(i, fakediscord.AnswerLater, nil).want(204, 0)
	w.do("PATCH", w.webhook(i, "/messages/@original"), object{"content": "done"}).want(200, 0)
	wanted := []fakediscord.EventKind{
		fakediscord.GatewayChanged, fakediscord.FrameReceived, fakediscord.FrameSent, fakediscord.CommandsChanged,
		fakediscord.InteractionSent, fakediscord.MessagePosted, fakediscord.InteractionChanged,
		fakediscord.RequestAnswered, fakediscord.MessageEdited,
	}
	for e := range w.srv.Feed(soon(t), after) {
		if e.Kind == wanted[0] {
			if wanted = wanted[1:]; len(wanted) == 0 {
				return
			}
		}
	}
	t.Errorf("the feed ended before %v", wanted)
}

func TestFeedIsBounded(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) { o.Keep = 10 })
	for range 50 {
		w.do("GET", "/users/@me", nil).want(200, 0)
	}
	if n := len(w.srv.Requests("", "")); n < 10 || n > 20 {
		t.Errorf("%d requests are kept, want 10 to 20", n)
	}
	for e := range w.srv.Feed(soon(t), 0) {
		if e.Seq < w.srv.LastEvent()-20 {
			t.Errorf("the feed begins with event %d of %d", e.Seq, w.srv.LastEvent())
		}
		break
	}
}

func TestWaiting(t *testing.T) {
	w := newWorld(t)
	ctx, cancel := context.WithTimeout(t.Context(), time.Millisecond)
	defer cancel()
	if _, err := w.srv.WaitRequests(ctx, 1, "GET", "/users/@me"); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("wait = %v, want the deadline", err)
	}
	answered := make(chan struct{})
	go func() {
		defer close(answered)
		w.do("GET", "/users/@me", nil)
	}()
	if _, err := w.srv.WaitRequests(soon(t), 1, "GET", "/users/@me"); err != nil {
		t.Error(err)
	}
	<-answered
	closing := make(chan error, 1)
	go func() {
		_, err := w.srv.WaitSession(context.Background(), nil)
		closing <- err
	}()
	if err := w.srv.Close(); err != nil {
		t.Error(err)
	}
	if err := <-closing; !errors.Is(err, fakediscord.ErrClosed) {
		t.Errorf("wait = %v, want ErrClosed", err)
	}
}

func TestPersonFeed(t *testing.T) {
	w := newWorld(t)
	secret := w.srv.NewChannel(fakediscord.Channel{GuildID: w.guild.ID, Name: "moderators", Overwrites: []fakediscord.Overwrite{
		{ID: w.guild.ID, Deny: fakediscord.ViewChannel}, {ID: w.mods.ID, Allow: fakediscord.ViewChannel},
	}})
	leo := w.srv.NewPerson("leo", "fr") // is in no guild
	after := w.srv.LastEvent()
	post := func(p *fakediscord.Person, channel string) string {
		m, err := p.Post(channel, fakediscord.Post{Content: "Bonjour"})
		if err != nil {
			t.Fatal(err)
		}
		return m.ID
	}
	hidden, direct, public := post(w.zoe, secret.ID), post(leo, leo.Direct().ID), post(w.ana, w.channel.ID)
	i := w.ask()
	w.callback(i, fakediscord.AnswerNow, object{"content": "for ana", "flags": fakediscord.Ephemeral}).want(204, 0)
	ephemeral := i.State().OriginalID
	last := post(leo, leo.Direct().ID) + post(w.ana, w.channel.ID) // so that each has an end
	tests := []struct {
		who  *fakediscord.Person
		want []string
	}{
		{w.ana, []string{public, ephemeral}},
		{w.zoe, []string{hidden, public}},
		{leo, []string{direct}},
	}
	for _, test := range tests {
		var got []string
		for e := range test.who.Feed(soon(t), after) {
			if e.Request != nil || e.Frame != nil {
				t.Errorf("%s is told of the bot's requests", test.who.Name)
			}
			if e.Message == nil {
				continue
			}
			if strings.Contains(last, e.Message.ID) {
				break
			}
			got = append(got, e.Message.ID)
		}
		if !slices.Equal(got, test.want) {
			t.Errorf("%s is told of messages %v, want %v", test.who.Name, got, test.want)
		}
	}
	if got := leo.Guilds(); len(got) != 0 {
		t.Errorf("leo is in %v, want none", got)
	}
	if got := w.ana.Guilds(); len(got) != 1 || got[0].ID != w.guild.ID {
		t.Errorf("ana is in %v, want %s", got, w.guild.Name)
	}
	if w.ana.Permissions(w.channel.ID).Has(fakediscord.ManageMessages) || !w.zoe.Permissions(w.channel.ID).Has(fakediscord.ManageMessages) || w.ana.Permissions(secret.ID) != 0 {
		t.Error("permissions are not those of the roles")
	}
}
