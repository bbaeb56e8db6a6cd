package fakediscord_test

import (
	"context"
	"errors"
	"net/http"
	"strings"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

const messagesRoute = "/channels/{channel_id}/messages"

func TestPlays(t *testing.T) {
	w := newWorld(t)
	path := "/channels/" + w.channel.ID + "/messages"
	w.srv.Next("POST", messagesRoute,
		fakediscord.RateLimited(2500*time.Millisecond, fakediscord.UserScope),
		fakediscord.RateLimited(time.Second, fakediscord.SharedScope),
		fakediscord.RateLimited(time.Second, fakediscord.GlobalScope),
		fakediscord.Cloudflare(time.Minute),
		fakediscord.Fails(502),
		fakediscord.Delay(time.Millisecond),
	)
	want := []struct {
		status                  int
		retry, scope, body, has string
	}{
		{429, "3", "user", `"retry_after":2.5`, "X-Ratelimit-Bucket"},
		{429, "1", "shared", `"global":false`, "X-Ratelimit-Bucket"},
		{429, "1", "global", `"global":true`, "X-Ratelimit-Global"},
		{429, "60", "", "<!doctype html>", "Server"},
		{502, "", "", "<html>", "Content-Type"},
		{200, "", "", `"content":"x"`, "Content-Type"},
		{200, "", "", `"content":"x"`, "Content-Type"},
	}
	for n, want := range want {
		w.do("GET", "/users/@me", nil).want(200, 0) // another route is not played
		got := w.do("POST", path, object{"content": "x"})
		if got.Status != want.status || got.Header.Get("Retry-After") != want.retry || got.Header.Get("X-RateLimit-Scope") != want.scope ||
			!strings.Contains(string(got.Body), want.body) || got.Header.Get(want.has) == "" {
			t.Errorf("answer %d = %d %v %s, want %+v", n, got.Status, got.Header, got.Body, want)
		}
	}
	if n := len(w.srv.Messages(w.channel.ID)); n != 2 {
		t.Errorf("%d messages were posted, want 2", n)
	}
}

func TestAlways(t *testing.T) {
	w := newWorld(t)
	stop := w.srv.Always("", "", fakediscord.Fails(500))
	for range 3 {
		if got := w.do("GET", "/users/@me", nil); got.Status != 500 {
			t.Errorf("status = %d, want 500", got.Status)
		}
	}
	stop()
	w.do("GET", "/users/@me", nil).want(200, 0)
}

func TestLostAnswer(t *testing.T) {
	w := newWorld(t)
	w.srv.Next("POST", messagesRoute, fakediscord.LostAnswer(), fakediscord.LostBefore())
	for range 2 {
		if res, err := postPlain(t.Context(), w); err == nil {
			t.Errorf("answer = %d, want none", res.StatusCode)
		}
	}
	if n := len(w.srv.Messages(w.channel.ID)); n != 1 {
		t.Errorf("%d messages, want the one whose answer was lost", n)
	}
	if r := w.srv.Requests("POST", messagesRoute); len(r) != 2 || !r[0].Lost || r[0].Status != 200 || r[1].Status != 0 {
		t.Errorf("recorded requests = %+v", r)
	}
}

func TestHold(t *testing.T) {
	w := newWorld(t)
	hold := fakediscord.NewHold()
	w.srv.Next("POST", messagesRoute, hold.ThenLost(), hold.HandledThenLost(), hold.ThenHandled())
	for range 2 {
		ctx, cancel := context.WithCancel(t.Context())
		done := make(chan error, 1)
		go func() {
			_, err := postPlain(ctx, w)
			done <- err
		}()
		<-hold.Arrived()
		cancel()
		if err := <-done; !errors.Is(err, context.Canceled) {
			t.Errorf("held request: %v, want it to be given up", err)
		}
	}
	if n := len(w.srv.Messages(w.channel.ID)); n != 1 {
		t.Errorf("%d messages, want the one that was handled", n)
	}
	done := make(chan int, 1)
	go func() {
		res, err := postPlain(t.Context(), w)
		if err != nil {
			t.Error(err)
			done <- 0
			return
		}
		done <- res.StatusCode
	}()
	<-hold.Arrived()
	hold.Release()
	if status := <-done; status != 200 {
		t.Errorf("released request = %d, want 200", status)
	}
}

// TestCloseReleases shows that Close does not wait for what is held.
func TestCloseReleases(t *testing.T) {
	w := newWorld(t)
	hold := fakediscord.NewHold()
	w.srv.Next("POST", messagesRoute, hold.ThenLost())
	done := make(chan struct{})
	go func() {
		defer close(done)
		_, _ = postPlain(context.Background(), w)
	}()
	<-hold.Arrived()
	if err := w.srv.Close(); err != nil {
		t.Error(err)
	}
	<-done
}

// postPlain posts a message, once: a client of net/http repeats no POST.
func postPlain(ctx context.Context, w *world) (*http.Response, error) {
	req, err := http.NewRequestWithContext(ctx, "POST", w.srv.URL()+"/api/v10/channels/"+w.channel.ID+"/messages", strings.NewReader(`{"content":"x"}`))
	if err != nil {
		return nil, err
	}
	req.Header.Set("Authorization", "Bot "+w.srv.Token())
	req.Header.Set("Content-Type", "application/json")
	res, err := http.DefaultClient.Do(req)
	if err == nil {
		_ = res.Body.Close()
	}
	return res, err
}
