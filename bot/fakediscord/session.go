package fakediscord

import (
	"cmp"
	"encoding/json"
	"fmt"
	"time"
)

// session is what a client has on the gateway after Identify: a stream of numbered events
// that outlives connections.
type session struct {
	id         string
	shard      int
	shards     int
	intents    Intents
	seq        int64
	sent       []payload // for those who resume; the newest maxReplay
	connection *connection
	left       time.Time // when the connection ended
	resumes    int
	heartbeats int
}

const maxReplay = 2000

// identifyData is what Identify says, as far as it matters here.
//
// Source: docs.discord.com/developers/events/gateway-events#identify
type identifyData struct {
	Token   string   `json:"token"`
	Intents *Intents `json:"intents"`
	Shard   []int    `json:"shard"`
}

// identify starts a session, or closes the connection with the code that says what is
// wrong.
func (g *gateway) identify(c *connection, data json.RawMessage) {
	var d identifyData
	if err := json.Unmarshal(data, &d); err != nil || d.Intents == nil {
		c.close(closeDecodeError, "Error while decoding payload.")
		return
	}
	shard, shards := 0, 1
	if len(d.Shard) == 2 {
		shard, shards = d.Shard[0], d.Shard[1]
	}
	switch disallowed := *d.Intents & privilegedIntents &^ g.s.options.Privileged; {
	case trimBot(d.Token) != g.s.options.Token:
		c.close(closeAuthenticationFailed, "Authentication failed.")
	case shard < 0 || shard >= shards || len(d.Shard) != 0 && len(d.Shard) != 2:
		c.close(closeInvalidShard, "Invalid shard.")
	case *d.Intents&^knownIntents != 0:
		c.close(closeInvalidIntents, "Invalid intent(s).")
	case disallowed != 0:
		c.close(closeDisallowedIntents, "Disallowed intent(s).")
	case g.identifiesTooFast(shard):
		c.send(opInvalidSession, false)
	default:
		g.begin(c, &session{shard: shard, shards: shards, intents: *d.Intents})
	}
}

// trimBot cuts the prefix that some libraries send with the token.
func trimBot(token string) string {
	const prefix = "Bot "
	if len(token) > len(prefix) && token[:len(prefix)] == prefix {
		return token[len(prefix):]
	}
	return token
}

// identifiesTooFast counts an Identify, and reports whether it is one too many in the
// sequence of its shard.
//
// Source: docs.discord.com/developers/events/gateway#sharding-max-concurrency
func (g *gateway) identifiesTooFast(shard int) bool {
	now := g.s.now()
	sequence := shard % g.s.options.Concurrency
	last, is := g.begun[sequence]
	if g.s.options.LimitIdentify && is && now.Sub(last) < identifyWindow {
		return true
	}
	g.begun[sequence] = now
	g.identifies = append(g.identifies, now)
	return false
}

// begin sends READY and the guilds.
//
// Source: docs.discord.com/developers/events/gateway#ready-event
func (g *gateway) begin(c *connection, session *session) {
	session.id = fmt.Sprintf("session-%s", g.s.nextID())
	session.connection, c.session = c, session
	g.sessions[session.id] = session
	guilds := []unavailableGuild{}
	for _, guild := range g.s.botGuilds() {
		if session.owns(guild.ID) {
			guilds = append(guilds, unavailableGuild{guild.ID, true})
		}
	}
	session.dispatch("READY", map[string]any{
		"v": 10, "user": g.s.bot, "guilds": guilds, "session_id": session.id,
		"resume_gateway_url": cmp.Or(g.s.options.ResumeURL, g.address()+"/resume"),
		"shard":              [2]int{session.shard, session.shards},
		"application":        map[string]any{"id": g.s.app.ID, "flags": g.s.app.Flags},
		"private_channels":   []any{},
	})
	for _, guild := range guilds {
		if session.intents.has(GuildsIntent) {
			session.dispatch("GUILD_CREATE", g.s.guildEvent(g.s.guilds[guild.ID], session.intents))
		}
	}
}

// resume goes on with a session: what the client has missed is sent again.
//
// Source: docs.discord.com/developers/events/gateway#resuming
func (g *gateway) resume(c *connection, data json.RawMessage) {
	var d struct {
		Token     string `json:"token"`
		SessionID string `json:"session_id"`
		Seq       int64  `json:"seq"`
	}
	if err := json.Unmarshal(data, &d); err != nil {
		c.close(closeDecodeError, "Error while decoding payload.")
		return
	}
	session, known := g.sessions[d.SessionID]
	switch {
	case trimBot(d.Token) != g.s.options.Token:
		c.close(closeAuthenticationFailed, "Authentication failed.")
	case !known || session.connection == nil && g.s.now().Sub(session.left) > sessionLife:
		delete(g.sessions, d.SessionID)
		c.send(opInvalidSession, false)
	case d.Seq > session.seq || d.Seq < 0:
		c.close(closeInvalidSeq, "Invalid seq.")
	case session.seq-d.Seq > int64(len(session.sent)): // too old to be replayed
		delete(g.sessions, d.SessionID)
		c.send(opInvalidSession, false)
	default:
		session.goOn(c, d.Seq)
	}
}

func (s *session) goOn(c *connection, seq int64) {
	if s.connection != nil {
		s.connection.cut()
	}
	s.connection, c.session = c, s
	s.resumes++
	for _, p := range s.sent[int64(len(s.sent))-(s.seq-seq):] {
		c.queue(p)
	}
	s.dispatch("RESUMED", map[string]any{})
}

// dispatch sends a numbered event, and keeps it for those who resume.
func (s *session) dispatch(event string, data any) {
	raw, err := json.Marshal(data)
	if err != nil {
		panic("events are always JSON: " + err.Error())
	}
	s.seq++
	seq := s.seq
	p := payload{Op: opDispatch, Data: raw, Seq: &seq, Type: &event}
	s.sent = append(s.sent, p)
	if len(s.sent) > 2*maxReplay {
		s.sent = append([]payload(nil), s.sent[maxReplay:]...)
	}
	if s.connection != nil {
		s.connection.queue(p)
	}
}

// owns reports whether events of a guild ("" for none) belong to the session's shard.
func (s *session) owns(guildID string) bool { return shardOf(guildID, s.shards) == s.shard }
