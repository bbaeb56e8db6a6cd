package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"net/url"
	"strings"
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
	silence      time.Duration // nothing may come in for so long,
	late         time.Duration // or for so long after a heartbeat is due, if that is later
	firstPause   time.Duration // before connecting again; each further one is twice as long
	longestPause time.Duration
	steady       time.Duration // after a connection that stood so long, the first pause comes again
	invalidPause time.Duration // at most, at least a fifth of it, after an invalid session
}

// discordsRhythm is for Discord, which acknowledges a heartbeat every 41 s, wants 1 to
// 5 s to pass after it has called a session invalid, and allows 1,000 sessions to begin
// in a day: the longest pause keeps below that however often they fail.
var discordsRhythm = rhythm{
	silence:      50 * time.Second,
	late:         9 * time.Second,
	firstPause:   time.Second,
	longestPause: 3 * time.Minute,
	steady:       time.Minute,
	invalidPause: 5 * time.Second,
}

// A line is what a session of the client goes over: one connection after the other.
type line struct {
	mutex    sync.Mutex
	conn     *connection // the last one; nil before it is dialled
	resumeAt *url.URL    // where the session goes on, nil for the gateway's own address
}

func (l *line) current() *connection {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	return l.conn
}

func (l *line) set(c *connection) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.conn = c
}

// run stays connected until ctx is done, and then returns nil. It returns a
// FinalError when connecting again is of no use.
func (g *gateway) run(ctx context.Context) error {
	pause := g.firstPause
	var session *discordgo.Session
	var l *line
	for ctx.Err() == nil {
		if session == nil {
			session, l = g.newSession(ctx)
		}
		err := g.connect(ctx, session, l)
		g.ready(false)
		if _, final := errors.AsType[*FinalError](err); final {
			return err
		}
		if ctx.Err() != nil {
			break
		}
		was := l.current().known()
		if was.steady(g.steady) {
			pause = g.firstPause
		}
		wait := pause/2 + rand.N(pause/2)
		if errors.Is(was.reason, errInvalid) {
			wait = max(wait, g.invalidPause/5+rand.N(g.invalidPause*4/5))
		}
		if was.endSession() {
			session = nil
		} else {
			l.goOn(was)
		}
		g.log.Warn("no connection to the gateway", "code", was.closeCode, "resume", session != nil, "again_in", wait.Round(time.Millisecond), "err", err)
		if sleep(ctx, wait) != nil {
			break
		}
		pause = min(2*pause, g.longestPause)
	}
	return nil
}

// steady reports whether a connection that has ended just now had stood for so long.
func (f facts) steady(long time.Duration) bool {
	return !f.readyAt.IsZero() && time.Since(f.readyAt) >= long
}

// endSession reports whether the session can't go on after a connection. What is not
// the gateway's protocol comes once more with a session that goes on, so that a second
// time ends it.
func (f facts) endSession() bool {
	return errors.Is(f.reason, errInvalid) || !resumable(f.closeCode) ||
		errors.Is(f.reason, errMalformed) && f.readyAt.IsZero()
}

// goOn takes over from a connection where the session goes on. Where it did not go on,
// it is not tried again.
func (l *line) goOn(was facts) {
	switch {
	case was.resumeAt != nil:
		l.resumeAt = was.resumeAt
	case was.readyAt.IsZero():
		l.resumeAt = nil
	}
}

// newSession makes a session of the client that leaves to us what it does wrong.
func (g *gateway) newSession(ctx context.Context) (*discordgo.Session, *line) {
	s := newSession(g.token, untilDone(ctx, g.rest))
	s.ShouldReconnectOnError = false
	s.StateEnabled = false
	s.Identify.Intents = g.intents
	s.Identify.Compress = false
	l := &line{}
	s.Dialer = g.dialer(ctx, l)
	s.AddHandler(func(_ *discordgo.Session, event any) { g.handle(event) })
	return s, l
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

// dialer makes the connections of a line, as long as ctx is not done. The handshake of
// each goes out as a request does: through the environment's proxy, if it names one.
func (g *gateway) dialer(ctx context.Context, l *line) *websocket.Dialer {
	dial := func(scheme string) func(context.Context, string, string) (net.Conn, error) {
		return func(dialing context.Context, _, _ string) (net.Conn, error) {
			c := newConnection(func(r *http.Request) (*http.Response, error) {
				shaking, cancel := joined(dialing, ctx)
				defer cancel()
				return g.rest.next.RoundTrip(l.address(r.WithContext(shaking), scheme))
			})
			l.set(c)
			return c, nil
		}
	}
	return &websocket.Dialer{
		HandshakeTimeout:  20 * time.Second,
		NetDialContext:    dial("http"),
		NetDialTLSContext: dial("https"),
	}
}

// address completes the client's handshake by where it goes, which is where the session
// goes on, if that is known: the client itself always means the gateway's address.
func (l *line) address(r *http.Request, scheme string) *http.Request {
	r.RequestURI = ""
	r.URL.Scheme, r.URL.Host = scheme, r.Host
	if l.resumeAt != nil {
		r.URL.Host, r.Host = l.resumeAt.Host, l.resumeAt.Host
		r.URL.Path = strings.TrimSuffix(l.resumeAt.Path, "/") + "/"
	}
	return r
}

// connect opens the session and returns when its connection has ended, or ctx is done.
func (g *gateway) connect(ctx context.Context, s *discordgo.Session, l *line) error {
	l.set(nil)
	watching, stop := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	watcher.Go(func() { g.watch(watching, l) })
	defer watcher.Wait()
	defer stop()
	// Opening takes no context.
	opened := context.AfterFunc(ctx, func() { l.current().cut() })
	err := s.Open()
	opened()
	c := l.current()
	if err != nil {
		return g.explain(err, c.known())
	}
	ready := c.ready // the client also opens a connection on which something else came
	for {
		select {
		case <-ready:
			g.ready(true)
			g.log.Info("connected to the gateway")
			ready = nil
		case <-c.ended:
			return g.explain(nil, c.known())
		case <-ctx.Done():
			defer time.AfterFunc(closeTime, c.cut).Stop()
			return s.Close()
		}
	}
}

// closeTime is how long the client may take to close a connection, for which it needs
// a second.
const closeTime = 2 * time.Second

// watch cuts the connection when nothing comes in any more, or neither READY nor
// RESUMED.
func (g *gateway) watch(ctx context.Context, l *line) {
	check := time.NewTicker(g.silence / 10)
	defer check.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-check.C:
			c := l.current()
			f := c.known()
			since := f.heard
			if f.readyAt.IsZero() {
				since = f.begun
			}
			if silent := time.Since(since); !since.IsZero() && silent > max(g.silence, f.heartbeat+g.late) {
				c.learn(func(f *facts) { f.reason = errSilent })
				c.cut()
				return
			}
		}
	}
}

// explain makes a FinalError of a final close code or a refused token.
func (g *gateway) explain(err error, f facts) error {
	if finalCodes[f.closeCode] != "" {
		return &FinalError{f.closeCode, finalCodes[f.closeCode]}
	}
	if refused, ok := errors.AsType[*discordgo.RESTError](err); ok && refused.Response.StatusCode == 401 {
		return &FinalError{401, finalCodes[4004]}
	}
	if f.reason != nil {
		return f.reason // which the client has heard as a broken connection
	}
	if err != nil {
		return fmt.Errorf("connect to the gateway: %w", err)
	}
	return nil
}
