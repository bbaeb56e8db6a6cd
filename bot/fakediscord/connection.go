package fakediscord

import (
	"encoding/json"
	"errors"
	"time"

	"github.com/gorilla/websocket"
)

// connection is one WebSocket of a client. All but the socket is guarded by the server's
// lock; reading and writing have a goroutine each.
type connection struct {
	gateway *gateway
	ws      *websocket.Conn
	number  int
	path    string
	session *session // nil before Identify or Resume

	out     []outgoing
	wake    chan struct{} // holds one value when there is something to write
	sent    []time.Time   // of the client's payloads in the last minute
	closing bool          // it is cut, or a close frame is on its way
	ended   bool
}

// outgoing is a message or, if the code is set, a close frame.
type outgoing struct {
	kind int // of message
	data []byte
	code int
	text string
}

// payload is the form of everything on the gateway.
//
// Source: docs.discord.com/developers/events/gateway-events#payload-structure
type payload struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  *int64          `json:"s"`
	Type *string         `json:"t"`
}

// maxQueue bounds what waits for a client that does not read.
const maxQueue = 10_000

// send queues a payload that is no event.
func (c *connection) send(op int, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		panic("the gateway's own payloads are always JSON: " + err.Error())
	}
	c.queue(payload{Op: op, Data: raw})
}

func (c *connection) queue(p payload) {
	if c.gateway.silent && p.Op != opHello {
		return
	}
	data, err := json.Marshal(p)
	if err != nil {
		panic("a payload of valid JSON is always JSON: " + err.Error())
	}
	if c.sendRaw(websocket.TextMessage, data) {
		c.show(FrameSent, p, 0)
	}
}

// sendRaw queues a message, unless the connection is about to end.
func (c *connection) sendRaw(kind int, data []byte) bool {
	if c.closing || c.ended {
		return false
	}
	if len(c.out) >= maxQueue {
		c.cut()
		return false
	}
	c.out = append(c.out, outgoing{kind: kind, data: data})
	c.signal()
	return true
}

// cut ends the connection without a close frame.
func (c *connection) cut() {
	c.closing = true
	_ = c.ws.Close()
}

// close queues a close frame, after which nothing is sent.
func (c *connection) close(code int, text string) {
	if c.closing || c.ended {
		return
	}
	c.closing = true
	c.out = append(c.out, outgoing{code: code, text: text})
	c.signal()
	c.show(FrameSent, payload{}, code)
}

func (c *connection) signal() {
	select {
	case c.wake <- struct{}{}:
	default:
	}
}

// show tells the feed of a payload.
func (c *connection) show(kind EventKind, p payload, code int) {
	frame := &Frame{Connection: c.number, Op: p.Op, Data: p.Data, Close: code, Seq: valueOr(p.Seq, 0), Type: valueOr(p.Type, "")}
	if c.session != nil {
		frame.SessionID = c.session.id
	}
	c.gateway.s.emit(Event{Kind: kind, Frame: frame})
}

// write sends what is queued, until the connection ends.
func (c *connection) write() {
	for range c.wake {
		c.gateway.s.mu.Lock()
		batch, ended := c.out, c.ended
		c.out = nil
		c.gateway.s.mu.Unlock()
		if ended {
			return
		}
		for _, o := range batch {
			c.writeOne(o) // an error shows when reading
		}
	}
}

func (c *connection) writeOne(o outgoing) {
	deadline := time.Now().Add(5 * time.Second)
	_ = c.ws.SetWriteDeadline(deadline)
	if o.code == 0 {
		c.writeMessage(o)
		return
	}
	_ = c.ws.WriteControl(websocket.CloseMessage, websocket.FormatCloseMessage(o.code, o.text), deadline)
	_ = c.ws.SetReadDeadline(time.Now().Add(farewell))
}

// writeMessage writes a message in one frame, or in frames of the size of the buffer if
// that was chosen.
func (c *connection) writeMessage(o outgoing) {
	if c.gateway.s.options.FrameSize == 0 {
		_ = c.ws.WriteMessage(o.kind, o.data)
		return
	}
	w, err := c.ws.NextWriter(o.kind)
	if err != nil {
		return
	}
	for _, b := range o.data { // at once, they would make one frame
		_, _ = w.Write([]byte{b})
	}
	_ = w.Close()
}

// read handles what the client sends, until it closes. A client that closes with 1000 or
// 1001 ends its session.
//
// Source: docs.discord.com/developers/events/gateway#initiating-a-disconnect
func (c *connection) read() {
	c.ws.SetReadLimit(1 << 20)
	for {
		_, data, err := c.ws.ReadMessage()
		c.gateway.s.mu.Lock()
		var closed *websocket.CloseError
		switch {
		case errors.As(err, &closed):
			c.show(FrameReceived, payload{}, closed.Code)
			if !c.closing && c.session != nil && (closed.Code == websocket.CloseNormalClosure || closed.Code == websocket.CloseGoingAway) {
				delete(c.gateway.sessions, c.session.id)
			}
		case err == nil && !c.closing:
			c.receive(data)
		}
		c.closing = c.closing || err != nil
		c.gateway.s.mu.Unlock()
		if err != nil {
			return
		}
	}
}

// receive handles one payload of the client.
func (c *connection) receive(data []byte) {
	var p payload
	if err := json.Unmarshal(data, &p); err != nil || len(data) > maxPayload {
		c.close(closeDecodeError, "Error while decoding payload.")
		return
	}
	c.show(FrameReceived, p, 0)
	if c.tooFast() {
		c.close(closeRateLimited, "You are sending payloads too quickly.")
		return
	}
	switch {
	case p.Op == opHeartbeat:
		c.send(opHeartbeatAck, nil)
		if c.session != nil {
			c.session.heartbeats++
		}
	case (p.Op == opIdentify || p.Op == opResume) && c.session != nil:
		c.close(closeAlreadyAuthenticated, "Already authenticated.")
	case p.Op == opIdentify || p.Op == opResume:
		c.authenticate(p)
	case p.Op != opPresence && p.Op != opVoiceState && p.Op != opRequestMembers:
		c.close(closeUnknownOpcode, "Unknown opcode.")
	case c.session == nil:
		c.close(closeNotAuthenticated, "Not authenticated.")
	}
}

// authenticate answers a client that identifies or resumes.
func (c *connection) authenticate(p payload) {
	play := c.gateway.nextPlay()
	switch {
	case play != nil && p.Op == opIdentify:
		c.gateway.identifies = append(c.gateway.identifies, c.gateway.s.now())
		play(c)
	case play != nil:
		play(c)
	case p.Op == opIdentify:
		c.gateway.identify(c, p.Data)
	default:
		c.gateway.resume(c, p.Data)
	}
}

// tooFast counts a payload, and reports whether the client has sent more than 120 in a
// minute.
//
// Source: docs.discord.com/developers/events/gateway#rate-limiting
func (c *connection) tooFast() bool {
	now := c.gateway.s.now()
	for len(c.sent) > 0 && now.Sub(c.sent[0]) >= sendWindow {
		c.sent = c.sent[1:]
	}
	c.sent = append(c.sent, now)
	return len(c.sent) > maxSends
}
