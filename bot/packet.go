package bot

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"net/url"
	"time"
)

// Opcodes of the gateway: docs.discord.com/developers/topics/opcodes-and-status-codes.
const (
	gatewayDispatch       = 0
	gatewayReconnect      = 7
	gatewayInvalidSession = 9
	gatewayHello          = 10
	gatewayHeartbeatACK   = 11
)

// longestHeartbeat bounds what Hello may ask for; Discord asks for 41 s.
const longestHeartbeat = 10 * time.Minute

// A packet is what a message of the gateway holds.
type packet struct {
	Op   int             `json:"op"`
	Data json.RawMessage `json:"d"`
	Seq  int64           `json:"s"`
	Type string          `json:"t"`
}

// frame looks at a frame that has come whole, or is too long to. It returns an error if the client is not
// to read it.
func (c *connection) frame() error {
	switch f := &c.frames; {
	case f.tooLong:
		return fmt.Errorf("%w: a message of more than %d bytes", errMalformed, longestMessage)
	case f.opcode == opClose:
		if len(f.control) >= 2 {
			code := int(binary.BigEndian.Uint16(f.control))
			c.learn(func(known *facts) { known.closeCode = code })
		}
		return nil
	case f.isControl() || !f.final:
		return nil
	}
	var p *packet
	if err := json.Unmarshal(c.frames.end(), &p); err != nil || p == nil {
		return fmt.Errorf("%w: a message that is no JSON object of its form", errMalformed)
	}
	c.packets++
	return c.packet(p)
}

// packet looks at a packet. The client takes op 7 and op 9 wrongly: while it opens a
// connection, op 7 blocks it for good; after op 9 it identifies at once, as often as
// it is told. And it holds its lock while it waits for the first two packets, so that
// there it can take no acknowledgement.
func (c *connection) packet(p *packet) error {
	switch {
	case p.Op == gatewayReconnect:
		return errReconnect
	case p.Op == gatewayInvalidSession && string(p.Data) == "true":
		return errReconnect
	case p.Op == gatewayInvalidSession:
		return errInvalid
	case c.packets == 1:
		return c.hello(p)
	case p.Op == gatewayHeartbeatACK && c.packets == 2:
		return fmt.Errorf("%w: an acknowledgement that nobody asked for", errMalformed)
	case p.Op == gatewayDispatch:
		return c.dispatch(p)
	}
	return nil
}

// hello looks at the first packet. The client panics when it is to send heartbeats in
// no time.
func (c *connection) hello(p *packet) error {
	var hello struct {
		Milliseconds int64 `json:"heartbeat_interval"`
	}
	err := json.Unmarshal(p.Data, &hello)
	if err != nil || p.Op != gatewayHello || hello.Milliseconds < 1 || hello.Milliseconds > longestHeartbeat.Milliseconds() {
		return fmt.Errorf("%w: the first packet is no Hello", errMalformed)
	}
	c.learn(func(f *facts) { f.heartbeat = time.Duration(hello.Milliseconds) * time.Millisecond })
	return nil
}

// A listed guild is what the client takes for granted in one: that it is there, and
// that no null stands in its lists.
type listed struct {
	ID          string            `json:"id"`
	Channels    []json.RawMessage `json:"channels"`
	Members     []json.RawMessage `json:"members"`
	VoiceStates []json.RawMessage `json:"voice_states"`
}

func (g *listed) isWhole() bool {
	if g == nil || g.ID == "" {
		return false
	}
	for _, list := range [][]json.RawMessage{g.Channels, g.Members, g.VoiceStates} {
		for _, element := range list {
			if string(element) == "null" {
				return false
			}
		}
	}
	return true
}

// dispatch looks at an event. With some, the client takes for granted what may be
// missing, and panics.
func (c *connection) dispatch(p *packet) error {
	whole := true
	switch p.Type {
	case "READY":
		whole = c.sessionBegins(p.Data)
	case "RESUMED":
		c.stands(nil)
	case "GUILD_CREATE", "GUILD_UPDATE":
		var g *listed
		whole = json.Unmarshal(p.Data, &g) == nil && g.isWhole()
	case "VOICE_STATE_UPDATE":
		var state struct {
			UserID string `json:"user_id"`
		}
		whole = json.Unmarshal(p.Data, &state) == nil && state.UserID != ""
	}
	if !whole {
		return fmt.Errorf("%w: %s without what belongs to it", errMalformed, p.Type)
	}
	return nil
}

// sessionBegins takes READY, and reports whether it is whole.
func (c *connection) sessionBegins(data json.RawMessage) bool {
	var ready struct {
		SessionID string    `json:"session_id"`
		ResumeURL string    `json:"resume_gateway_url"`
		Guilds    []*listed `json:"guilds"`
	}
	if json.Unmarshal(data, &ready) != nil || ready.SessionID == "" {
		return false
	}
	for _, g := range ready.Guilds {
		if !g.isWhole() {
			return false
		}
	}
	at, err := url.Parse(ready.ResumeURL)
	if err != nil || at.Host == "" {
		at = nil // the session goes on at the gateway's own address
	}
	c.stands(at)
	return true
}

// stands notes that the session has begun, or goes on.
func (c *connection) stands(resumeAt *url.URL) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if resumeAt != nil {
		c.facts.resumeAt = resumeAt
	}
	if c.facts.readyAt.IsZero() {
		c.facts.readyAt = time.Now()
		close(c.ready)
	}
}
