package fakediscord

import "github.com/gorilla/websocket"

// A GatewayPlay is something that the gateway says on a connection which Discord's own
// would not say there and then.
type GatewayPlay func(*connection)

// PlayGateway plays on all connections.
func (s *Server) PlayGateway(p GatewayPlay) { s.each(p) }

// NextSession answers the next clients that identify or resume with plays instead of
// READY or RESUMED, one each, in this order. A session that is not resumed stays.
func (s *Server) NextSession(plays ...GatewayPlay) {
	s.locked(func() { s.gateway.plays = append(s.gateway.plays, plays...) })
}

// AlwaysSession answers all clients that identify or resume with a play, after those of
// NextSession, until it is called with nil.
func (s *Server) AlwaysSession(p GatewayPlay) {
	s.locked(func() { s.gateway.always = p })
}

// nextPlay returns what answers a client that identifies or resumes, nil for Discord's
// own answer.
func (g *gateway) nextPlay() GatewayPlay {
	if len(g.plays) == 0 {
		return g.always
	}
	p := g.plays[0]
	g.plays = g.plays[1:]
	return p
}

// Plays plays one after the other.
func Plays(plays ...GatewayPlay) GatewayPlay {
	return func(c *connection) {
		for _, p := range plays {
			p(c)
		}
	}
}

// Begins begins a session, as Discord does, whatever the client asked for.
func Begins() GatewayPlay {
	return func(c *connection) {
		c.gateway.begin(c, &session{shards: 1, intents: GuildsIntent})
	}
}

// SaysReconnect says op 7.
//
// Source: docs.discord.com/developers/events/gateway-events#reconnect
func SaysReconnect() GatewayPlay {
	return func(c *connection) { c.send(opReconnect, nil) }
}

// SaysInvalid says op 9. A session that is not resumable is forgotten.
//
// Source: docs.discord.com/developers/events/gateway-events#invalid-session
func SaysInvalid(resumable bool) GatewayPlay {
	return func(c *connection) {
		c.send(opInvalidSession, resumable)
		if !resumable && c.session != nil {
			delete(c.gateway.sessions, c.session.id)
			c.session = nil
		}
	}
}

// SaysText sends a text message, whatever it holds. The feed does not show it.
func SaysText(text string) GatewayPlay {
	return func(c *connection) { c.sendRaw(websocket.TextMessage, []byte(text)) }
}

// SaysBinary sends a binary message, whatever it holds. The feed does not show it.
func SaysBinary(data []byte) GatewayPlay {
	return func(c *connection) { c.sendRaw(websocket.BinaryMessage, data) }
}

// Closes closes with a code.
//
// Source: docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func Closes(code int, text string) GatewayPlay {
	return func(c *connection) { c.close(code, text) }
}

// Cuts ends the connection without a close frame, as a broken network does.
func Cuts() GatewayPlay { return (*connection).cut }

// SaysNothing leaves the client without an answer.
func SaysNothing() GatewayPlay { return func(*connection) {} }
