package fakediscord_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/gorilla/websocket"

	"verbatim/bot/fakediscord"
)

const (
	intents = fakediscord.GuildsIntent | fakediscord.GuildMessagesIntent | fakediscord.DirectMessagesIntent
)

// client is a plain WebSocket client of the gateway.
type client struct {
	t  *testing.T
	ws *websocket.Conn
}

// frame is what the gateway sends.
type frame struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

// dial connects, and reads Hello.
func (w *world) dial(path string) *client {
	w.t.Helper()
	ws, _, err := websocket.DefaultDialer.DialContext(w.t.Context(), "ws"+strings.TrimPrefix(w.srv.URL(), "http")+path, nil)
	if err != nil {
		w.t.Fatal(err)
	}
	w.t.Cleanup(func() { _ = ws.Close() })
	c := &client{w.t, ws}
	if hello := c.read(); hello.Op != 10 || !strings.Contains(string(hello.Data), "41250") {
		w.t.Fatalf("first frame = %+v, want Hello", hello)
	}
	return c
}

// identified connects, identifies and reads READY and the guild.
func (w *world) identified(with fakediscord.Intents) (*client, frame) {
	w.t.Helper()
	c := w.dial("/?v=10&encoding=json")
	c.identify(w.srv.Token(), with)
	ready := c.read()
	if ready.Type != "READY" {
		w.t.Fatalf("after Identify comes %s, want READY", ready.Type)
	}
	if with&fakediscord.GuildsIntent != 0 {
		if g := c.read(); g.Type != "GUILD_CREATE" {
			w.t.Fatalf("after READY comes %s, want GUILD_CREATE", g.Type)
		}
	}
	return c, ready
}

func (c *client) send(op int, data any) {
	c.t.Helper()
	if err := c.ws.WriteJSON(object{"op": op, "d": data}); err != nil {
		c.t.Fatal(err)
	}
}

func (c *client) identify(token string, with fakediscord.Intents) {
	c.t.Helper()
	c.send(2, object{"token": token, "intents": with, "properties": object{}})
}

func (c *client) read() frame {
	c.t.Helper()
	_ = c.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	var f frame
	if err := c.ws.ReadJSON(&f); err != nil {
		c.t.Fatal(err)
	}
	return f
}

// event reads the next event, which must have a type.
func (c *client) event(kind string, into any) {
	c.t.Helper()
	f := c.read()
	if f.Type != kind {
		c.t.Fatalf("event = %s %s, want %s", f.Type, f.Data, kind)
	}
	if err := json.Unmarshal(f.Data, into); err != nil {
		c.t.Fatal(err)
	}
}

// closed reads until the gateway closes, and returns the code.
func (c *client) closed() int {
	c.t.Helper()
	_ = c.ws.SetReadDeadline(time.Now().Add(10 * time.Second))
	for {
		_, _, err := c.ws.ReadMessage()
		var closed *websocket.CloseError
		if errors.As(err, &closed) {
			return closed.Code
		}
		if err != nil {
			c.t.Fatal(err)
		}
	}
}

// Source: docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func TestCloseCodes(t *testing.T) {
	tests := []struct {
		name string
		do   func(*world, *client)
		want int
	}{
		{"unknown opcode", func(_ *world, c *client) { c.send(99, nil) }, 4001},
		{"not JSON", func(_ *world, c *client) { _ = c.ws.WriteMessage(websocket.TextMessage, []byte("{")) }, 4002},
		{"too long", func(_ *world, c *client) { c.send(1, strings.Repeat("x", 4096)) }, 4002},
		{"before Identify", func(_ *world, c *client) { c.send(3, object{}) }, 4003},
		{"wrong token", func(_ *world, c *client) { c.identify("wrong", intents) }, 4004},
		{"two Identifies", func(w *world, c *client) {
			c.identify(w.srv.Token(), intents)
			c.identify(w.srv.Token(), intents)
		}, 4005},
		{"shard out of range", func(w *world, c *client) {
			c.send(2, object{"token": w.srv.Token(), "intents": intents, "shard": []int{2, 2}})
		}, 4010},
		{"unknown intent", func(w *world, c *client) { c.identify(w.srv.Token(), 1<<40) }, 4013},
		{"privileged intent", func(w *world, c *client) { c.identify(w.srv.Token(), fakediscord.MessageContentIntent) }, 4014},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			w := newWorld(t)
			c := w.dial("/")
			test.do(w, c)
			if got := c.closed(); got != test.want {
				t.Errorf("closed with %d, want %d", got, test.want)
			}
		})
	}
}

func TestWrongVersion(t *testing.T) {
	w := newWorld(t)
	if got := w.dial("/?v=6").closed(); got != 4012 {
		t.Errorf("closed with %d, want 4012", got)
	}
}

func TestCompressionIsRefused(t *testing.T) {
	w := newWorld(t)
	_, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(w.srv.URL(), "http")+"/?compress=zlib-stream", nil)
	if err == nil || res.StatusCode != http.StatusBadRequest {
		t.Errorf("dial with compression: %v, want 400", err)
	}
}

// Source: docs.discord.com/developers/events/gateway#rate-limiting
func Test120SendsAMinute(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(intents)
	beat := func(n int) {
		for range n {
			c.send(1, nil)
			if f := c.read(); f.Op != 11 {
				t.Fatalf("answer to a heartbeat = %+v, want op 11", f)
			}
		}
	}
	beat(119) // and Identify
	w.clock.Advance(time.Minute)
	beat(120)
	c.send(1, nil)
	if got := c.closed(); got != 4008 {
		t.Errorf("closed with %d, want 4008", got)
	}
}

func TestResumeReplays(t *testing.T) {
	w := newWorld(t)
	c, first := w.identified(intents)
	var ready struct {
		SessionID string `json:"session_id"`
		URL       string `json:"resume_gateway_url"`
	}
	if err := json.Unmarshal(first.Data, &ready); err != nil {
		t.Fatal(err)
	}
	_ = c.ws.Close() // without a close frame
	waitGone(t, w)
	for n := range 3 {
		if _, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: fmt.Sprint(n)}); err != nil {
			t.Fatal(err)
		}
	}
	c = w.dial(strings.TrimPrefix(ready.URL, "ws"+strings.TrimPrefix(w.srv.URL(), "http")) + "/?v=10&encoding=json")
	c.send(6, object{"token": w.srv.Token(), "session_id": ready.SessionID, "seq": 3}) // READY, GUILD_CREATE, one message
	for _, want := range []string{"MESSAGE_CREATE", "MESSAGE_CREATE", "RESUMED"} {
		if f := c.read(); f.Type != want {
			t.Fatalf("after Resume comes %s, want %s", f.Type, want)
		}
	}
	if s := w.srv.Sessions()[0]; s.Path != "/resume/" || s.Resumes != 1 {
		t.Errorf("session = %+v", s)
	}
}

func waitGone(t *testing.T, w *world) {
	t.Helper()
	for deadline := time.Now().Add(10 * time.Second); ; time.Sleep(time.Millisecond) {
		if open, _ := w.srv.Connections(); open == 0 {
			return
		}
		if time.Now().After(deadline) {
			t.Fatal("the connection stays open")
		}
	}
}

// Source: docs.discord.com/developers/events/gateway#resuming
func TestResumeRefused(t *testing.T) {
	w := newWorld(t)
	tests := []struct {
		name string
		seq  int
		do   func(*client)
		want int // a close code, or 9
	}{
		{"a seq from the future", 1000, func(*client) {}, 4007},
		{"a session that ended with 1000", 1, func(c *client) {
			_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(1000, ""), time.Now().Add(time.Second))
		}, 9},
		{"a session left long ago", 1, func(c *client) { _ = c.ws.Close(); waitGone(t, w); w.clock.Advance(time.Hour) }, 9},
		{"a session that is forgotten", 1, func(*client) { w.srv.ForgetSessions() }, 9},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			c, _ := w.identified(intents)
			id := w.srv.Sessions()[len(w.srv.Sessions())-1].ID
			test.do(c)
			_ = c.ws.Close()
			waitGone(t, w)
			c = w.dial("/")
			c.send(6, object{"token": w.srv.Token(), "session_id": id, "seq": test.seq})
			if test.want != 9 {
				if got := c.closed(); got != test.want {
					t.Errorf("closed with %d, want %d", got, test.want)
				}
				return
			}
			if f := c.read(); f.Op != 9 || string(f.Data) != "false" {
				t.Errorf("answer to Resume = %+v, want op 9 false", f)
			}
			_ = c.ws.Close()
			waitGone(t, w)
		})
	}
}

// Source: docs.discord.com/developers/events/gateway#rate-limiting
func TestIdentifyLimit(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) { o.LimitIdentify = true })
	w.identified(intents)
	c := w.dial("/")
	c.identify(w.srv.Token(), intents)
	if f := c.read(); f.Op != 9 {
		t.Errorf("second Identify in 5 s: %+v, want op 9", f)
	}
	w.clock.Advance(5 * time.Second)
	w.identified(intents)
}
