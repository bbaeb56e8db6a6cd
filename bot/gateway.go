package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"math/rand/v2"
	"net"
	"net/http"
	"sync"
	"sync/atomic"
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
	4010: "Discord refuses the number of shards: stop all processes of the bot, and then start them again",
	4011: "the bot is in too many servers for its number of shards: stop all its processes, and then start them again",
	4012: "Discord does not speak this version of its gateway any more: update Verbatim",
	4013: "Discord does not know the intents that were asked for: update Verbatim",
	4014: "Discord refuses an intent: switch it on in the developer portal (Bot, Privileged Gateway Intents)",
}

// A gateway keeps the bot connected, with a new client for each connection: the client's
// own way to connect again goes on for ever after a final close code, notices silence
// only after minutes, and dials after it was closed. And it takes a second to close a
// connection, for which nothing here waits but the end.
type gateway struct {
	token   string
	intents discordgo.Intent
	shard   [2]int // and of how many
	rest    *transport
	handle  func(event any) // called for each event, each in a goroutine
	// fresh waits until a session may begin that does not go on; it is told when Discord was
	// heard last with one, the zero time for never.
	fresh func(ctx context.Context, heard time.Time) error
	log   *slog.Logger
	ready func(is bool, servers int) // told when the connection stands and when it does not
	tell  func(string)               // told in a sentence that it stands, see connected
	rhythm

	told    bool                 // that it stands
	lost    bool                 // the log has warned since that it does not
	clients sync.WaitGroup       // that have not done with their connections
	line    atomic.Pointer[line] // the last one; nil before the first
}

// silent returns for how long nothing has come from Discord; ok is false if nothing ever
// did. The clock that runs evenly stands still while a machine sleeps, that of the wall may
// be put back: it goes by the longer time.
func (g *gateway) silent() (since time.Duration, ok bool) {
	l := g.line.Load()
	if l == nil {
		return 0, false
	}
	heard, now := l.current().known().heard, time.Now()
	return max(0, now.Sub(heard), now.Round(0).Sub(heard.Round(0))), !heard.IsZero()
}

// A rhythm is how long the gateway waits for what.
type rhythm struct {
	silence      time.Duration // nothing may come in for so long,
	late         time.Duration // or for so long after a heartbeat is due, if that is later
	spacing      time.Duration // between the beginnings of connections with which a session goes on
	firstPause   time.Duration // before connecting again after a fault; each further one is twice as long
	longestPause time.Duration
	steady       time.Duration // after a connection that stood so long, the first pause comes again
	invalidPause time.Duration // at most, at least a fifth of it, after an invalid session
	identifying  time.Duration // between the beginnings of sessions that do not go on

	acknowledges time.Duration // at most, for the first response to an interaction

	looks    time.Duration // between looks at what was claimed and not answered
	settles  time.Duration // since a claim, by which its task has noted that it works on it, or has ended
	notices  time.Duration // between looks at who is to be told what became of a question
	progress time.Duration // between two words on how far a long work is
	digests  time.Duration // between looks at which moderators are to get a digest
	forgets  time.Duration // between looks at who was forgotten elsewhere
	uploads  time.Duration // at most, for the files of one command to come and be read
}

// discordsRhythm is for Discord, which acknowledges a heartbeat every 41 s, wants 1 to
// 5 s to pass after it has called a session invalid, and allows 1,000 sessions to begin
// in a day: the longest pause keeps below that however often they fail.
var discordsRhythm = rhythm{
	silence:      50 * time.Second,
	late:         9 * time.Second,
	spacing:      500 * time.Millisecond,
	firstPause:   time.Second,
	longestPause: 3 * time.Minute,
	steady:       time.Minute,
	invalidPause: 5 * time.Second,
	identifying:  5200 * time.Millisecond, // Discord says 5 s, and the way there differs
	acknowledges: acknowledgeTime,
	looks:        15 * time.Second,
	settles:      5 * time.Second, // more than reading the claims may take
	notices:      30 * time.Second,
	progress:     3 * time.Second,
	digests:      5 * time.Minute,
	forgets:      time.Second,
	uploads:      100 * time.Second,
}

// A line is where a client's connection is, once it is dialled.
type line struct {
	mutex sync.Mutex
	conn  *connection // nil before
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
// FinalError when connecting again is of no use. What the clients have under way goes on
// for a moment: see wait.
func (g *gateway) run(ctx context.Context) error {
	pause := g.firstPause
	var s session
	var heard time.Time
	for ctx.Err() == nil {
		if s.id == "" && g.fresh(ctx, heard) != nil {
			break
		}
		was, err := g.connect(ctx, s)
		g.ready(false, 0)
		if !was.readyAt.IsZero() {
			heard = was.heard
		}
		if _, final := errors.AsType[*FinalError](err); final {
			return err
		}
		if ctx.Err() != nil {
			break
		}
		s = was.session(s)
		if was.steady(g.steady) {
			pause = g.firstPause
		}
		wait := pause/2 + rand.N(pause/2)
		switch {
		case was.isReplaced(s):
			// Discord keeps what people ask meanwhile, and waits 3 s for a response.
			wait = max(0, g.spacing-time.Since(was.begun))
		case errors.Is(was.reason, errInvalid):
			wait = max(wait, g.invalidPause/5+rand.N(g.invalidPause*4/5))
		}
		if !was.goesOn(s) {
			pause = min(2*pause, g.longestPause)
		}
		g.logEnd(was, s, wait, err)
		if sleep(ctx, wait) != nil {
			break
		}
	}
	return nil
}

// wait waits until the clients have done with their connections, which is a second
// after the last has ended.
func (g *gateway) wait() { g.clients.Wait() }

// logEnd logs why the bot connects again.
func (g *gateway) logEnd(was facts, s session, wait time.Duration, err error) {
	if was.isReplaced(s) {
		g.log.Info("the session goes on with another connection", "why", err)
		return
	}
	details := []any{"again_in", wait.Round(time.Millisecond)}
	if was.closeCode != 0 {
		details = append(details, "code", was.closeCode)
	}
	if s.id != "" {
		details = append(details, "resume", true)
	}
	g.log.Warn("no connection to the gateway", append(details, "err", err)...)
	g.lost = true
}

// connected says that the connection stands: in the log each time, to people at first,
// and when they can have read that it did not.
func (g *gateway) connected(f facts) {
	g.ready(true, f.servers)
	g.log.Info("connected to the gateway")
	switch {
	case !g.told:
		g.tell(fmt.Sprintf("connected to Discord as %s%s; %s; Ctrl-C ends it", visible(f.name), g.part(), servers(f.servers)))
	case g.lost:
		g.tell("connected again")
	}
	g.told, g.lost = true, false
}

// part says which part of Discord it is, if that is not all.
func (g *gateway) part() string {
	if g.shard[1] <= 1 {
		return ""
	}
	return fmt.Sprintf(" (shard %d of %d)", g.shard[0], g.shard[1])
}

// servers says in how many servers the bot is.
func servers(n int) string {
	switch n {
	case 0:
		return "no servers yet: verbatim invite prints the link that adds it to one"
	case 1:
		return "1 server"
	}
	return fmt.Sprintf("%d servers", n)
}

// newClient makes a client that leaves to us what it does wrong. Its one connection is
// that of the line, and goes on with a session if there is one.
func (g *gateway) newClient(ctx context.Context, l *line, s session) *discordgo.Session {
	c := newSession(g.token, untilDone(ctx, g.rest))
	c.ShouldReconnectOnError = false
	c.StateEnabled = false
	c.Identify.Intents = g.intents
	c.ShardID, c.ShardCount = g.shard[0], g.shard[1]
	c.Identify.Compress = false
	c.Dialer = g.dialer(ctx, l, s)
	c.AddHandler(func(_ *discordgo.Session, event any) { g.handle(event) })
	return c
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

// dialer makes the connection of a line, as long as ctx is not done. The handshake goes
// out as a request does: through the environment's proxy, if it names one.
func (g *gateway) dialer(ctx context.Context, l *line, s session) *websocket.Dialer {
	dial := func(scheme string) func(context.Context, string, string) (net.Conn, error) {
		return func(dialing context.Context, _, _ string) (net.Conn, error) {
			c := newConnection(func(r *http.Request) (*http.Response, error) {
				shaking, cancel := joined(dialing, ctx)
				defer cancel()
				return g.rest.next.RoundTrip(s.address(r.WithContext(shaking), scheme))
			}, s.resume(g.token))
			l.set(c)
			g.clients.Go(func() { <-c.closed })
			return c, nil
		}
	}
	return &websocket.Dialer{
		HandshakeTimeout:  20 * time.Second,
		NetDialContext:    dial("http"),
		NetDialTLSContext: dial("https"),
	}
}

// connect opens a connection, with which a session goes on if there is one, and returns
// when it has ended, or ctx is done. It returns what is known of it, and why it ended.
func (g *gateway) connect(ctx context.Context, s session) (facts, error) {
	l := new(line)
	g.line.Store(l)
	watching, stop := context.WithCancel(ctx)
	var watcher sync.WaitGroup
	watcher.Go(func() { g.watch(watching, l) })
	defer watcher.Wait()
	defer stop()
	// Opening takes no context.
	opened := context.AfterFunc(ctx, func() { l.current().cut() })
	err := g.newClient(ctx, l, s).Open()
	opened()
	c := l.current()
	if err != nil {
		return c.known(), g.explain(err, c.known())
	}
	ready := c.ready // the client also opens a connection on which something else came
	for {
		select {
		case <-ready:
			g.connected(c.known())
			ready = nil
		case <-c.over:
			return c.known(), g.explain(nil, c.known())
		case <-ctx.Done():
			c.hangUp(websocket.CloseNormalClosure)
			return c.known(), nil
		}
	}
}

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
	switch {
	case f.reason != nil:
		return f.reason // which the client has heard as a broken connection
	case err != nil && f.begun.IsZero(): // the gateway's address was not to be had
		return unreached(g.rest.base, err)
	case err != nil:
		return fmt.Errorf("connect to the gateway: %w", err)
	case f.closeCode != 0:
		return errClosed
	}
	return errCut
}
