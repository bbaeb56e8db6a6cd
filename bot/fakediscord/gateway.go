package fakediscord

import (
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gorilla/websocket"
)

// The opcodes of the gateway.
//
// Source: docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes
const (
	opDispatch       = 0
	opHeartbeat      = 1
	opIdentify       = 2
	opPresence       = 3
	opVoiceState     = 4
	opResume         = 6
	opReconnect      = 7
	opRequestMembers = 8
	opInvalidSession = 9
	opHello          = 10
	opHeartbeatAck   = 11
)

// The close codes of the gateway.
//
// Source: docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-close-event-codes
const (
	closeUnknownOpcode        = 4001
	closeDecodeError          = 4002
	closeNotAuthenticated     = 4003
	closeAuthenticationFailed = 4004
	closeAlreadyAuthenticated = 4005
	closeInvalidSeq           = 4007
	closeRateLimited          = 4008
	closeInvalidShard         = 4010
	closeInvalidVersion       = 4012
	closeInvalidIntents       = 4013
	closeDisallowedIntents    = 4014
)

const (
	maxSends        = 120 // payloads of a client in sendWindow
	sendWindow      = time.Minute
	maxPayload      = 4096 // bytes of a client's payload
	identifyWindow  = 5 * time.Second
	sessionLife     = 5 * time.Minute // after a disconnect; Discord says "a few minutes"
	farewell        = 2 * time.Second // for the client to read why it is closed
	identifiesDaily = 1000
)

// gateway is the WebSocket side of a server. Its state is guarded by the server's lock.
type gateway struct {
	s           *Server
	connections []*connection
	opened      int // connections so far
	sessions    map[string]*session
	identifies  []time.Time
	begun       map[int]time.Time // the last session that was let begin, by sequences
	refusing    bool
	silent      bool
	plays       []GatewayPlay // for the next clients that identify or resume
	always      GatewayPlay   // for all further ones; nil for none
}

func newGateway(s *Server) *gateway {
	return &gateway{s: s, sessions: map[string]*session{}, begun: map[int]time.Time{}}
}

// serve upgrades a request and speaks with the client until one side closes.
func (g *gateway) serve(w http.ResponseWriter, r *http.Request) {
	if !g.enter() {
		http.Error(w, "the gateway is away", http.StatusServiceUnavailable)
		return
	}
	defer g.s.running.Done()
	query := r.URL.Query()
	if query.Get("compress") != "" || query.Has("encoding") && query.Get("encoding") != "json" {
		http.Error(w, "this gateway speaks JSON without compression only", http.StatusBadRequest)
		return
	}
	upgrader := websocket.Upgrader{WriteBufferSize: g.s.options.FrameSize} // refuses pages of other origins, as bots have none
	ws, err := upgrader.Upgrade(w, r, nil)
	if err != nil {
		return // the upgrader has answered
	}
	c := g.open(ws, r)
	if c.version != "" && c.version != "10" && c.version != "9" {
		g.s.locked(func() { c.close(closeInvalidVersion, "Invalid API version.") })
	}
	c.read()
	g.gone(c)
}

// enter counts a client in, unless connections are refused or the server is closed.
func (g *gateway) enter() bool {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	select {
	case <-g.s.done:
		return false
	default:
	}
	if !g.refusing {
		g.s.running.Add(1)
	}
	return !g.refusing
}

// locked runs a function under the lock.
func (s *Server) locked(f func()) {
	s.mu.Lock()
	defer s.mu.Unlock()
	f()
}

// open starts a connection, and says Hello.
//
// Source: docs.discord.com/developers/events/gateway#hello-event
func (g *gateway) open(ws *websocket.Conn, r *http.Request) *connection {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	g.opened++
	c := &connection{gateway: g, ws: ws, number: g.opened, path: r.URL.Path, version: r.URL.Query().Get("v"), wake: make(chan struct{}, 1)}
	select {
	case <-g.s.done: // closed meanwhile: drop has not seen this connection
		_ = ws.Close()
	default:
	}
	g.connections = append(g.connections, c)
	g.s.running.Go(c.write)
	c.send(opHello, map[string]any{"heartbeat_interval": g.s.options.HeartbeatInterval.Milliseconds()})
	g.s.emit(Event{Kind: GatewayChanged})
	return c
}

// gone forgets a connection that has ended. Its session stays, to be resumed.
func (g *gateway) gone(c *connection) {
	_ = c.ws.Close()
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	c.ended = true
	c.signal()
	g.connections = slices.DeleteFunc(g.connections, func(other *connection) bool { return other == c })
	if c.session != nil && c.session.connection == c {
		c.session.connection = nil
		c.session.left = g.s.now()
	}
	g.s.emit(Event{Kind: GatewayChanged})
}

// drop cuts all connections, as the end of the server does.
func (g *gateway) drop() {
	g.s.mu.Lock()
	defer g.s.mu.Unlock()
	for _, c := range g.connections {
		c.cut()
	}
}

func (g *gateway) address() string { return "ws" + g.s.url[len("http"):] }

func (s *Server) getGateway(*call) (any, error) {
	return map[string]string{"url": s.gateway.address()}, nil
}

// getGatewayBot is GET /gateway/bot.
//
// Source: docs.discord.com/developers/events/gateway#get-gateway-bot
func (s *Server) getGatewayBot(*call) (any, error) {
	start := map[string]int{
		"total": identifiesDaily, "remaining": max(0, identifiesDaily-len(s.gateway.identifies)),
		"reset_after": int((24 * time.Hour).Milliseconds()), "max_concurrency": s.options.Concurrency,
	}
	return map[string]any{"url": s.gateway.address(), "shards": s.options.Shards, "session_start_limit": start}, nil
}

// dispatch sends an event to all sessions that want it. Events of a guild go to its
// shard, all others to shard 0.
//
// Source: docs.discord.com/developers/events/gateway#sharding
func (s *Server) dispatch(guildID string, need Intents, event string, payload func(Intents) any) {
	for _, session := range s.gateway.sessions {
		if session.owns(guildID) && session.intents.has(need) {
			session.dispatch(event, payload(session.intents))
		}
	}
}

// dispatchIn sends an event about a channel, if the bot sees the channel.
func (s *Server) dispatchIn(ch *Channel, need Intents, event string, payload any) {
	if s.canSee(s.bot.ID, ch) {
		s.dispatch(ch.GuildID, need, event, func(Intents) any { return payload })
	}
}

func (s *Server) dispatchMessage(event string, m Message) {
	if ch := s.channels[m.ChannelID]; s.canSee(s.bot.ID, ch) {
		s.dispatch(m.GuildID, messageIntent(m.GuildID), event, func(i Intents) any { return s.messageEvent(m, i) })
	}
}

// shardOf computes the shard of a guild among a number of shards.
func shardOf(guildID string, shards int) int {
	id, err := strconv.ParseUint(guildID, 10, 64)
	if err != nil || shards < 1 {
		return 0
	}
	return int(id >> 22 % uint64(shards))
}
