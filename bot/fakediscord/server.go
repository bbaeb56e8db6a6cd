package fakediscord

import (
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net"
	"net/http"
	"sync"
	"time"
)

// Options of a Server. The zero value serves tests well.
type Options struct {
	// ApplicationID is the id of the application and its bot user; a new one if "". A
	// world that outlives the process gives its own ids, here and in the world's methods.
	ApplicationID string

	Addr  string // where to listen; "127.0.0.1:0" if ""
	Token string // of the bot, without "Bot "; DefaultToken if ""
	Name  string // of the application and its bot user; "Bot" if ""

	// Now is the clock by which all rules about time go; time.Now if nil.
	Now func() time.Time

	// Privileged are the privileged intents that are switched on for the application.
	Privileged Intents
	// BotPermissions are what the bot is invited with; MemberPermissions if 0.
	BotPermissions Permissions
	// HeartbeatInterval is what Hello says; 41.25 s if 0, as Discord's.
	HeartbeatInterval time.Duration
	// FrameSize, if set, is how much of a payload a frame of the gateway holds at most: a
	// client must put together what comes in several.
	FrameSize int
	// ResumeURL is where READY says that sessions go on; the server's own address for that
	// if "".
	ResumeURL string
	// Shards is the number of shards that /gateway/bot recommends; 1 if 0.
	Shards int

	// RateLimit, if set, limits the requests of each route.
	RateLimit *RateLimit
	// GlobalLimit is how many requests are taken in a second, those of interactions not
	// counted; as many as come if 0.
	GlobalLimit int
	// LimitIdentify lets one session start in 5 s in each of Concurrency sequences, as
	// Discord does; op 9 if there are more.
	LimitIdentify bool
	// Concurrency is the max_concurrency that /gateway/bot tells; 1 if 0.
	Concurrency int

	// Check, if set, looks at each request after it was handled. Its errors are collected
	// in Faults. It runs under the server's lock and must not call the server.
	Check func(Request) error

	// Keep is the number of requests and events that are kept; the oldest go first.
	// 10,000 if 0.
	Keep int
}

// DefaultToken is the bot's token unless Options say another. It has the form of a real
// one, and is none.
const DefaultToken = "MTAwMDAwMDAwMDAwMDAwMDAwMA.fake.verbatim-discord-in-process"

// ErrClosed is returned to those who wait when the server is closed.
var ErrClosed = errors.New("fakediscord: server closed")

// A Server is Discord, with one application. All its methods may be called from any
// goroutine.
type Server struct {
	options Options
	url     string
	http    *http.Server
	routes  []route
	done    chan struct{} // closed by Close
	running sync.WaitGroup
	closing sync.Once
	gateway *gateway

	mu      sync.Mutex
	changed chan struct{} // closed and replaced at each change
	lastID  int64
	app     Application
	bot     User

	users        map[string]*User
	locales      map[string]string // by user
	noDirect     map[string]bool   // users who take no direct messages
	guilds       map[string]*guild
	channels     map[string]*Channel
	messages     map[string]*Message
	revisions    map[string][]Message
	files        map[string]File
	commands     map[string][]Command // by guild, "" for the global ones
	interactions map[string]*Interaction
	byToken      map[string]*Interaction
	nonces       map[string]nonce

	fields   map[string]json.RawMessage // of the next interaction
	plays    []*play
	limits   map[string]*window
	taken    []time.Time // the requests of the last second that count for GlobalLimit
	requests []*Request
	faults   []Fault
	feed     []Event
	lastSeq  int64
}

// Application is what the bot belongs to.
//
// Source: docs.discord.com/developers/resources/application
type Application struct {
	ID          string   `json:"id"`
	Name        string   `json:"name"`
	Icon        *string  `json:"icon"`
	Description string   `json:"description"`
	BotPublic   bool     `json:"bot_public"`
	RequireCode bool     `json:"bot_require_code_grant"`
	VerifyKey   string   `json:"verify_key"`
	Flags       int      `json:"flags"`
	RPCOrigins  []string `json:"rpc_origins"`
	Bot         *User    `json:"bot,omitempty"`
	Owner       *User    `json:"owner,omitempty"`
}

// Start starts a server. The caller closes it.
func Start(o Options) (*Server, error) {
	o.Addr = cmp.Or(o.Addr, "127.0.0.1:0")
	o.Token = cmp.Or(o.Token, DefaultToken)
	o.Name = cmp.Or(o.Name, "Bot")
	o.BotPermissions = cmp.Or(o.BotPermissions, MemberPermissions)
	o.HeartbeatInterval = cmp.Or(o.HeartbeatInterval, 41250*time.Millisecond)
	o.Shards = cmp.Or(o.Shards, 1)
	o.Concurrency = cmp.Or(o.Concurrency, 1)
	o.Keep = cmp.Or(o.Keep, 10_000)
	if o.Now == nil {
		o.Now = time.Now
	}
	listener, err := net.Listen("tcp", o.Addr)
	if err != nil {
		return nil, fmt.Errorf("listen for the fake Discord: %w", err)
	}
	s := newServer(o)
	s.url = "http://" + listener.Addr().String()
	s.http = &http.Server{Handler: s.handler(), ReadHeaderTimeout: 10 * time.Second}
	s.running.Go(func() { _ = s.http.Serve(listener) }) // always ErrServerClosed
	return s, nil
}

func newServer(o Options) *Server {
	s := &Server{
		options: o, done: make(chan struct{}), changed: make(chan struct{}),
		users: map[string]*User{}, locales: map[string]string{}, noDirect: map[string]bool{},
		guilds: map[string]*guild{}, channels: map[string]*Channel{},
		messages: map[string]*Message{}, revisions: map[string][]Message{}, files: map[string]File{},
		commands: map[string][]Command{}, interactions: map[string]*Interaction{}, byToken: map[string]*Interaction{},
		nonces: map[string]nonce{},
		limits: map[string]*window{},
	}
	s.gateway = newGateway(s)
	s.routes = s.restRoutes()
	s.bot = User{ID: cmp.Or(o.ApplicationID, s.nextID()), Username: o.Name, Discriminator: "0000", Bot: true}
	s.users[s.bot.ID] = &s.bot
	s.app = Application{ID: s.bot.ID, Name: o.Name, BotPublic: true, RPCOrigins: []string{}}
	return s
}

// URL is the address of the server, "http://127.0.0.1:" and a port: Discord's
// "https://discord.com". REST stands below /api/v10, and below /api/v9 the same.
func (s *Server) URL() string { return s.url }

// ApplicationID returns the application's id, which is also the bot user's.
func (s *Server) ApplicationID() string { return s.app.ID }

// Token returns the bot's token.
func (s *Server) Token() string { return s.options.Token }

// Close ends all connections and waits for what the server has started.
func (s *Server) Close() error {
	var err error
	s.closing.Do(func() {
		s.locked(func() { close(s.done) }) // releases whoever waits
		s.gateway.drop()
		ctx, cancel := context.WithTimeout(context.Background(), time.Second)
		defer cancel()
		if s.http.Shutdown(ctx) != nil { // connections that never asked for anything
			err = s.http.Close()
		}
		s.running.Wait()
	})
	return err
}

func (s *Server) now() time.Time { return s.options.Now() }

func (s *Server) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /{$}", s.gateway.serve)
	mux.HandleFunc("GET /resume/{$}", s.gateway.serve)
	mux.HandleFunc("GET /attachments/{channel_id}/{attachment_id}/{name}", s.serveAttachment)
	mux.HandleFunc("/", s.serveREST)
	return mux
}

// wake lets those who wait look again.
func (s *Server) wake() {
	close(s.changed)
	s.changed = make(chan struct{})
}

// await waits until a condition holds, which is judged under the lock.
func (s *Server) await(ctx context.Context, condition func() bool) error {
	for {
		s.mu.Lock()
		met, changed := condition(), s.changed
		s.mu.Unlock()
		if met {
			return nil
		}
		select {
		case <-changed:
		case <-ctx.Done():
			return context.Cause(ctx)
		case <-s.done:
			return ErrClosed
		}
	}
}
