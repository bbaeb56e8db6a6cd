package fakediscord

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"time"
)

// Reconnect sends op 7 on all connections: the client should connect again and resume.
//
// Source: docs.discord.com/developers/events/gateway-events#reconnect
func (s *Server) Reconnect() { s.each(SaysReconnect()) }

// InvalidateSessions sends op 9 on all connections. Sessions that are not resumable are
// forgotten.
//
// Source: docs.discord.com/developers/events/gateway-events#invalid-session
func (s *Server) InvalidateSessions(resumable bool) { s.each(SaysInvalid(resumable)) }

// ForgetSessions lets every later resume fail with op 9.
func (s *Server) ForgetSessions() {
	s.locked(func() { clear(s.gateway.sessions) })
}

// RequestHeartbeats sends op 1 on all connections, which asks for a heartbeat at once.
func (s *Server) RequestHeartbeats() { s.each(func(c *connection) { c.send(opHeartbeat, nil) }) }

// CloseGateway closes all connections with a code.
//
// Source: docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
func (s *Server) CloseGateway(code int, text string) { s.each(Closes(code, text)) }

// CutGateway ends all connections without a close frame, as a broken network does.
func (s *Server) CutGateway() { s.each(Cuts()) }

// SilenceGateway, while on, lets connections stay open but sends nothing on them: no
// events, no acknowledged heartbeats. Events are kept for those who resume.
func (s *Server) SilenceGateway(on bool) { s.locked(func() { s.gateway.silent = on }) }

// RefuseGateway, while on, refuses new connections with 503.
func (s *Server) RefuseGateway(on bool) { s.locked(func() { s.gateway.refusing = on }) }

func (s *Server) each(do func(*connection)) {
	s.mu.Lock()
	defer s.mu.Unlock()
	for _, c := range slices.Clone(s.gateway.connections) {
		do(c)
	}
}

// Dispatch sends an event with any payload on the shard of a guild ("" for shard 0),
// whatever the intents: for events that this package does not know.
func (s *Server) Dispatch(guildID, event string, data json.RawMessage) error {
	if !json.Valid(data) {
		return fmt.Errorf("dispatch %s: the payload is not JSON", event)
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.dispatch(guildID, noIntent, event, func(Intents) any { return data })
	return nil
}

// A Session is what a client has on the gateway.
type Session struct {
	ID         string
	Shard      int
	Shards     int
	Intents    Intents
	Seq        int64
	Connected  bool   // and the connection is not on its way to its end
	Path       string // at which the client connected: "/", or "/resume/" by resume_gateway_url
	Resumes    int
	Heartbeats int
	Left       time.Time // when the connection ended
}

// Sessions returns the sessions that are connected or could be resumed, oldest first.
func (s *Server) Sessions() []Session {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.sessions()
}

func (s *Server) sessions() []Session {
	var all []Session
	for _, from := range s.gateway.sessions {
		to := Session{
			ID: from.id, Shard: from.shard, Shards: from.shards, Intents: from.intents, Seq: from.seq,
			Resumes: from.resumes, Heartbeats: from.heartbeats, Left: from.left,
		}
		if from.connection != nil && !from.connection.closing {
			to.Connected, to.Path = true, from.connection.path
		}
		all = append(all, to)
	}
	slices.SortFunc(all, func(a, b Session) int { return compareIDs(a.ID, b.ID) })
	return all
}

// WaitSession waits for a connected session with a property; nil asks for none.
func (s *Server) WaitSession(ctx context.Context, is func(Session) bool) (Session, error) {
	var found Session
	err := s.await(ctx, func() bool {
		for _, session := range s.sessions() {
			if session.Connected && (is == nil || is(session)) {
				found = session
				return true
			}
		}
		return false
	})
	return found, err
}

// Connections returns how many connections are open, and how many there were so far.
func (s *Server) Connections() (open, ever int) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.gateway.connections), s.gateway.opened
}

// Identifies returns how many sessions clients have begun so far, those that a play did
// not let begin included.
func (s *Server) Identifies() int {
	s.mu.Lock()
	defer s.mu.Unlock()
	return len(s.gateway.identifies)
}
