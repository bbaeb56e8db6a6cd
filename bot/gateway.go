package bot

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
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
	4014: "Discord refuses an intent: switch it on in the developer portal (Bot, Privileged Gateway Intents)",
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
	handle  func(event any) // called for each event, each in a goroutine
	log     *slog.Logger
	ready   func(bool) // told when the connection stands and when it does not
	rhythm
}

// A rhythm is how long the gateway waits for what.
type rhythm struct {
	silence      time.Duration // nothing may come in for so long
	firstPause   time.Duration // before connecting again; each further one is twice as long
	longestPause time.Duration
	invalidPause time.Duration // at most, before identifying anew after an invalid session
}

// discordsRhythm is for Discord, which acknowledges a heartbeat every 41 s, and wants
// 1 to 5 s to pass after it has called a session invalid.
var discordsRhythm = rhythm{
	silence:      50 * time.Second,
	firstPause:   time.Second,
	longestPause: 60 * time.Second,
	invalidPause: 5 * time.Second,
}

// run stays connected until ctx is done, and then returns nil. It returns a
// FinalError when connecting again is of no use.
func (g *gateway) run(ctx context.Context) error {
	pause := g.firstPause
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
			pause = g.firstPause
		}
		g.log.Warn("gateway connection ended", "code", code, "resume", session != nil, "again_in", pause, "err", err)
		if sleep(ctx, pause/2+rand.N(pause/2)) != nil {
			break
		}
		pause = min(2*pause, g.longestPause)
	}
	return nil
}

// newSession makes a session of the client that leaves to us what it does wrong.
func (g *gateway) newSession(ctx context.Context) (*discordgo.Session, *watch) {
	s := newSession(g.token, untilDone(ctx, g.rest))
	s.ShouldReconnectOnError = false
	s.StateEnabled = false
	s.Identify.Intents = g.intents
	s.Identify.Compress = false
	w := &watch{delay: func() error { return sleep(ctx, g.invalidPause/5+rand.N(g.invalidPause*4/5)) }}
	s.Dialer = dialer(ctx, w)
	s.AddHandler(func(_ *discordgo.Session, event any) { g.handle(event) })
	return s, w
}

// untilDone gives up requests when ctx is done, for those of the client that take no
// context.
func untilDone(ctx context.Context, next http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		requesting, cancel := joined(r.Context(), ctx)
		defer cancel()
		return next.RoundTrip(r.WithContext(requesting))
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// joined returns a context that is done when either of two is.
func joined(a, b context.Context) (context.Context, context.CancelFunc) {
	both, cancel := context.WithCancel(a)
	stop := context.AfterFunc(b, cancel)
	return both, func() { stop(); cancel() }
}

// dialer dials connections that are watched, as long as ctx is not done.
func dialer(ctx context.Context, w *watch) *websocket.Dialer {
	dial := func(dialing context.Context, network, address string, secure bool) (net.Conn, error) {
		dialing, cancel := joined(dialing, ctx)
		defer cancel()
		conn, err := new(net.Dialer).DialContext(dialing, network, address)
		if err == nil && secure {
			conn, err = encrypt(dialing, conn, address)
		}
		if err != nil {
			return nil, err
		}
		watched := w.wrap(conn)
		if ctx.Err() != nil { // it was too late to be cut
			watched.Close()
			return nil, ctx.Err()
		}
		return watched, nil
	}
	return &websocket.Dialer{
		HandshakeTimeout: 20 * time.Second,
		NetDialContext: func(dialing context.Context, network, address string) (net.Conn, error) {
			return dial(dialing, network, address, false)
		},
		NetDialTLSContext: func(dialing context.Context, network, address string) (net.Conn, error) {
			return dial(dialing, network, address, true)
		},
	}
}

// encrypt speaks TLS on a connection, which it closes if that fails.
func encrypt(ctx context.Context, conn net.Conn, address string) (net.Conn, error) {
	host, _, _ := net.SplitHostPort(address)
	secure := tls.Client(conn, &tls.Config{ServerName: host, NextProtos: []string{"http/1.1"}})
	if err := secure.HandshakeContext(ctx); err != nil {
		conn.Close()
		return nil, err
	}
	return secure, nil
}

// connect opens the session and returns when its connection has ended, or ctx is
// done. Stood tells whether the connection stood at all.
func (g *gateway) connect(ctx context.Context, s *discordgo.Session, w *watch) (stood bool, err error) {
	watching, stop := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	watcher.Go(func() { g.listen(watching, w) })
	defer watcher.Wait()
	defer stop()
	// Opening takes no context.
	opened := context.AfterFunc(ctx, w.cut)
	err = s.Open()
	opened()
	if err != nil {
		return false, g.explain(err, w)
	}
	g.ready(true)
	g.log.Info("connected to the gateway")
	select {
	case <-ctx.Done():
		return true, s.Close()
	case <-w.current().ended:
		return true, g.explain(nil, w)
	}
}

// listen cuts the connection when nothing comes in any more.
func (g *gateway) listen(ctx context.Context, w *watch) {
	check := time.NewTicker(g.silence / 10)
	defer check.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-check.C:
			if silent := w.silentFor(); silent > g.silence {
				g.log.Warn("nothing comes from the gateway, the connection is cut", "for", silent)
				w.cut()
				return
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
