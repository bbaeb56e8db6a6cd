package fakediscord_test

import (
	"context"
	"errors"
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
