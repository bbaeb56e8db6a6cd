package fakediscord_test

import (
	"strings"
	"testing"

	"github.com/gorilla/websocket"

	"verbatim/bot/fakediscord"
)

func TestGatewayPlays(t *testing.T) {
	w := newWorld(t)
	c, _ := w.identified(intents)
	w.srv.Reconnect()
	if f := c.read(); f.Op != 7 {
		t.Errorf("frame = %+v, want op 7", f)
	}
	w.srv.RequestHeartbeats()
	if f := c.read(); f.Op != 1 {
		t.Errorf("frame = %+v, want op 1", f)
	}
	w.srv.InvalidateSessions(true)
	if f := c.read(); f.Op != 9 || string(f.Data) != "true" {
		t.Errorf("frame = %+v, want op 9 true", f)
	}
	w.srv.SilenceGateway(true)
	c.send(1, nil)
	if _, err := w.ana.Post(w.channel.ID, fakediscord.Post{Content: "unheard"}); err != nil {
		t.Fatal(err)
	}
	_, err := w.srv.WaitSession(soon(t), func(s fakediscord.Session) bool { return s.Heartbeats == 1 })
	if err != nil {
		t.Fatal(err)
	}
	w.srv.SilenceGateway(false)
	c.send(1, nil)
	if f := c.read(); f.Op != 11 {
		t.Errorf("first frame after the silence = %+v, want op 11", f)
	}
	w.srv.CloseGateway(4000, "Unknown error.")
	if got := c.closed(); got != 4000 {
		t.Errorf("closed with %d, want 4000", got)
	}
	w.srv.RefuseGateway(true)
	if _, res, err := websocket.DefaultDialer.Dial("ws"+strings.TrimPrefix(w.srv.URL(), "http"), nil); err == nil || res.StatusCode != 503 {
		t.Errorf("dial = %v, want 503", err)
	}
	w.srv.RefuseGateway(false)
	c, _ = w.identified(intents)
	w.srv.CutGateway()
	if _, _, err := c.ws.ReadMessage(); err == nil || websocket.IsCloseError(err, 1000, 1001) {
		t.Errorf("after the cut: %v", err)
	}
}

// TestSessionPlays: plays come before READY and RESUMED, and Discord's own answer after
// them.
func TestSessionPlays(t *testing.T) {
	w := newWorld(t)
	w.srv.NextSession(fakediscord.SaysReconnect(), fakediscord.SaysText("null"), fakediscord.SaysInvalid(true), fakediscord.Closes(4014, ""))
	c := w.dial("/")
	c.identify(w.srv.Token(), intents)
	if f := c.read(); f.Op != 7 {
		t.Errorf("frame = %+v, want op 7", f)
	}
	c.identify(w.srv.Token(), intents)
	if _, text, err := c.ws.ReadMessage(); err != nil || string(text) != "null" {
		t.Errorf("message = %s (%v), want null", text, err)
	}
	c.identify(w.srv.Token(), intents)
	if f := c.read(); f.Op != 9 || string(f.Data) != "true" {
		t.Errorf("frame = %+v, want op 9 true", f)
	}
	c.identify(w.srv.Token(), intents)
	if got := c.closed(); got != 4014 {
		t.Errorf("closed with %d, want 4014", got)
	}
	if n := w.srv.Identifies(); n != 4 {
		t.Errorf("%d sessions begun, want 4", n)
	}
	c, _ = w.identified(intents)
	id := w.srv.Sessions()[0].ID
	_ = c.ws.Close()
	waitGone(t, w)
	w.srv.AlwaysSession(fakediscord.SaysReconnect())
	for range 2 {
		c = w.dial("/")
		c.send(6, object{"token": w.srv.Token(), "session_id": id, "seq": 2})
		if f := c.read(); f.Op != 7 {
			t.Errorf("frame = %+v, want op 7", f)
		}
	}
	w.srv.AlwaysSession(nil)
	c.send(6, object{"token": w.srv.Token(), "session_id": id, "seq": 2})
	if f := c.read(); f.Type != "RESUMED" {
		t.Errorf("frame = %+v, want RESUMED", f)
	}
}

// TestFrameSize: payloads come in several frames, which a client puts together.
func TestFrameSize(t *testing.T) {
	w := newWorld(t, func(o *fakediscord.Options) { o.FrameSize = 10 })
	if _, ready := w.identified(intents); len(ready.Data) < 100 {
		t.Errorf("READY = %s", ready.Data)
	}
}

// TestClosingIsNotConnected: a session whose connection is about to end is not connected,
// although the client has not closed its side.
func TestClosingIsNotConnected(t *testing.T) {
	w := newWorld(t)
	w.identified(intents)
	w.srv.CloseGateway(4000, "")
	if s := w.srv.Sessions(); len(s) != 1 || s[0].Connected {
		t.Errorf("sessions after closing = %+v, want one that is not connected", s)
	}
	w = newWorld(t)
	w.identified(intents)
	w.srv.CutGateway()
	if s := w.srv.Sessions(); len(s) != 1 || s[0].Connected {
		t.Errorf("sessions after the cut = %+v, want one that is not connected", s)
	}
}
