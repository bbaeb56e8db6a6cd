package bot

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"time"

	"github.com/bwmarrin/discordgo"
	"github.com/gorilla/websocket"
)

// A FinalError is why Discord will not have the bot any more: trying again is of no
// use until somebody has done something. Its message says what.
type FinalError struct {
	Code    int // close code of the gateway, or 401 for a refused token
	Message string
}

func (e *FinalError) Error() string { return e.Message }

// finalCodes are the close codes after which a client must not connect again:
// docs.discord.com/developers/topics/opcodes-and-status-codes.
var finalCodes = map[int]string{
	4004: "Discord refuses the token: copy the bot's token from the developer portal, or reset it there",
	4010: "Discord refuses the shard number",
	4011: "the bot is in too many servers for one connection: it needs shards",
	4012: "Discord does not speak this version of its gateway any more: update Verbatim",
	4013: "Discord does not know the intents that were asked for: update Verbatim",
	4014: "Discord refuses an intent: switch it on in the developer portal (Bot, Privileged Gateway Intents), or set discord.message_content to false",
}

// resumable reports whether a session can go on after a close code.
func resumable(code int) bool { return code != 4007 && code != 4009 && code != 1000 && code != 1001 }

// A gateway keeps the bot connected. It makes the client's sessions and opens them
// again when they end: the client's own way to do so goes on for ever after a final
// close code, notices silence only after minutes, and dials after it was closed.
type gateway struct {
	token   string
	intents discordgo.Intent
	rest    *transport
	handle  func(*discordgo.Session, any) // called for each event, each in a goroutine
	log     *slog.Logger
	silence time.Duration // how long nothing may come in
	pause   func(context.Context, time.Duration) error
	ready   func(bool) // told when the connection stands and when it does not
}

const (
	defaultSilence = 50 * time.Second // Discord acknowledges a heartbeat every 41 s
	firstPause     = time.Second
	longestPause   = 60 * time.Second
)

// run stays connected until ctx is done, and then returns nil. It returns a
// FinalError when connecting again is of no use.
func (g *gateway) run(ctx context.Context) error {
	pause := firstPause
	var session *discordgo.Session
	var watch *watch
	for ctx.Err() == nil {
		if session == nil {
			session, watch = g.newSession(ctx)
		}
		stood, err := g.connect(ctx, session, watch)
		g.ready(false)
		var final *FinalError
		if errors.As(err, &final) {
			return err
		}
		if ctx.Err() != nil {
			break
		}
		code, invalid := watch.reset()
		if invalid || !resumable(code) {
			session = nil
		}
		if stood {
			pause = firstPause
		}
		g.log.Warn("gateway connection ended", "code", code, "resume", session != nil, "again_in", pause, "err", err)
		if g.pause(ctx, pause/2+rand.N(pause)) != nil {
			break
		}
		pause = min(2*pause, longestPause)
	}
	return nil
}

// newSession makes a session of the client that leaves to us what it does wrong.
func (g *gateway) newSession(ctx context.Context) (*discordgo.Session, *watch) {
	s := newSession(g.token, g.rest)
	s.ShouldReconnectOnError = false
	s.StateEnabled = false
	s.Identify.Intents = g.intents
	s.Identify.Compress = false
	w := &watch{delay: func() { g.pause(ctx, time.Second+rand.N(4*time.Second)) }}
	s.Dialer = g.dialer(ctx, w)
	s.AddHandler(func(s *discordgo.Session, event any) { g.handle(s, event) })
	return s, w
}

// dialer dials connections that are watched, as long as ctx is not done.
func (g *gateway) dialer(ctx context.Context, w *watch) *websocket.Dialer {
	dial := func(dialing context.Context, network, address string) (net.Conn, error) {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return new(net.Dialer).DialContext(dialing, network, address)
	}
	return &websocket.Dialer{
		HandshakeTimeout: 20 * time.Second,
		NetDialContext: func(dialing context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(dialing, network, address)
			return w.wrap(conn), err
		},
		NetDialTLSContext: func(dialing context.Context, network, address string) (net.Conn, error) {
			conn, err := dial(dialing, network, address)
			if err != nil {
				return nil, err
			}
			host, _, _ := net.SplitHostPort(address)
			secure := tls.Client(conn, &tls.Config{ServerName: host, NextProtos: []string{"http/1.1"}})
			if err := secure.HandshakeContext(dialing); err != nil {
				conn.Close()
				return nil, err
			}
			return w.wrap(secure), nil
		},
	}
}

// connect opens the session and returns when its connection has ended, or ctx is
// done. Stood tells whether the connection stood at all.
func (g *gateway) connect(ctx context.Context, s *discordgo.Session, w *watch) (stood bool, err error) {
	down := make(chan struct{}, 1)
	remove := s.AddHandler(func(*discordgo.Session, *discordgo.Disconnect) {
		select {
		case down <- struct{}{}:
		default:
		}
	})
	defer remove()
	if err := s.Open(); err != nil {
		return false, g.explain(err, w)
	}
	g.ready(true)
	g.log.Info("connected to the gateway")
	check := time.NewTicker(g.silence / 10)
	defer check.Stop()
	for {
		select {
		case <-ctx.Done():
			return true, s.Close()
		case <-down:
			return true, g.explain(nil, w)
		case <-check.C:
			if w.silentFor() > g.silence {
				g.log.Warn("nothing came from the gateway, the connection is cut", "for", g.silence)
				w.cut()
			}
		}
	}
}

// explain makes a FinalError of a final close code or a refused token.
func (g *gateway) explain(err error, w *watch) error {
	if code := w.code(); finalCodes[code] != "" {
		return &FinalError{code, finalCodes[code]}
	}
	var refused *discordgo.RESTError
	if errors.As(err, &refused) && refused.Response.StatusCode == 401 {
		return &FinalError{401, finalCodes[4004]}
	}
	if err != nil {
		return fmt.Errorf("connect to the gateway: %w", err)
	}
	return nil
}
