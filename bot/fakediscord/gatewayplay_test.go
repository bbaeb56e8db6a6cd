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
