package bot_test

import (
	"context"
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/bot"
)

// An api is a server whose first answer is a fault, and which counts the requests.
type api struct {
	t        *testing.T
	client   http.Client
	requests atomic.Int32
}

func newAPI(t *testing.T, first http.HandlerFunc) *api {
	a := &api{t: t}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get(bot.NonceHeader) != "" {
			t.Error("the mark of a nonce is sent")
		}
		if a.requests.Add(1) == 1 {
			first(w, r)
		}
	}))
	t.Cleanup(server.Close)
	carrier, err := bot.NewTransport(server.URL)
	if err != nil {
		t.Fatal(err)
	}
	a.client.Transport = carrier
	return a
}

func (a *api) send(ctx context.Context, method, path string, header http.Header) error {
	a.t.Helper()
	r, err := http.NewRequestWithContext(ctx, method, "https://discord.com/api/v9"+path, strings.NewReader("{}"))
	if err != nil {
		a.t.Fatal(err)
	}
	r.Header = header
	response, err := a.client.Do(r)
	if err == nil {
		response.Body.Close()
	}
	return err
}

// TestRepeats: after an answer is lost, only what can't act twice is sent again.
func TestRepeats(t *testing.T) {
	t.Parallel()
	const message, callback = "/channels/1/messages", "/interactions/1/t/callback"
	for _, test := range []struct {
		method, path string
		header       http.Header
		want         int32
	}{
		{"POST", message, http.Header{}, 1},
		{"POST", message, http.Header{bot.NonceHeader: {"1"}}, 2},
		{"POST", callback, http.Header{}, 2},
		{"PATCH", message + "/1", http.Header{}, 2},
		{"GET", message, http.Header{}, 2},
	} {
		for fault, first := range map[string]http.HandlerFunc{
			"lost":  func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) },
			"error": func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(502) },
		} {
			a := newAPI(t, first)
			a.send(t.Context(), test.method, test.path, test.header)
			if got := a.requests.Load(); got != test.want {
				t.Errorf("%s %s, %v, %s: sent %d times, want %d", test.method, test.path, test.header, fault, got, test.want)
			}
		}
	}
}

// TestGlobalLimit: after a global limit, requests of other routes wait too; those of
// interactions, which stand outside it, do not.
func TestGlobalLimit(t *testing.T) {
	t.Parallel()
	limited := make(chan struct{})
	a := newAPI(t, func(w http.ResponseWriter, _ *http.Request) {
		defer close(limited)
		w.Header().Set("X-RateLimit-Global", "true")
		w.Header().Set("Retry-After", "3")
		w.WriteHeader(429)
		w.Write([]byte(`{"retry_after": 3, "global": true}`))
	})
	done := make(chan error, 1)
	go func() { done <- a.send(t.Context(), "GET", "/users/@me", nil) }()
	<-limited
	time.Sleep(100 * time.Millisecond)
	begun := time.Now()
	if err := a.send(t.Context(), "POST", "/interactions/1/t/callback", http.Header{}); err != nil || time.Since(begun) > 2500*time.Millisecond {
		t.Errorf("an interaction waits %v for the global limit: %v", time.Since(begun), err)
	}
	if err := a.send(t.Context(), "GET", "/channels/1", nil); err != nil || time.Since(begun) < 1500*time.Millisecond {
		t.Errorf("another route goes out after %v: %v", time.Since(begun), err)
	}
	if err := <-done; err != nil {
		t.Error(err)
	}
}

// TestLimitHonoursContext: who waits for a rate limit can stop to.
func TestLimitHonoursContext(t *testing.T) {
	t.Parallel()
	a := newAPI(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Retry-After", "30")
		w.WriteHeader(429)
	})
	ctx, cancel := context.WithTimeout(t.Context(), 200*time.Millisecond)
	defer cancel()
	begun := time.Now()
	if err := a.send(ctx, "GET", "/users/@me", nil); !errors.Is(err, context.DeadlineExceeded) || time.Since(begun) > 10*time.Second {
		t.Errorf("after %v: %v, want the context's error", time.Since(begun), err)
	}
}
