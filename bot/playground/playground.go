package playground

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"syscall"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/bot/reader"
)

const (
	// DefaultPort is where the page is unless the port is taken.
	DefaultPort = 7337
	// AnyPort stands for a port that is free.
	AnyPort = -1
)

// Options of a Playground.
type Options struct {
	// Port is that of the page, or AnyPort; if it is 0, DefaultPort or, where that is taken,
	// a free one.
	Port int
	// Keep is the file in which is kept what was said in the channels; "" for nowhere.
	Keep string
	Log  *slog.Logger
}

// A Playground is a Discord with people in it, and the page that shows it.
type Playground struct {
	discord  *fakediscord.Server
	people   []*fakediscord.Person
	thoughts *thoughts
	texts    *reader.Reader // nil for none
	keepIn   string
	listener net.Listener
	secret   string
	log      *slog.Logger
}

// New makes the world and takes the port. The caller runs the playground, and closes it.
func New(o Options) (*Playground, error) {
	listener, err := listen(o.Port)
	if err != nil {
		return nil, err
	}
	discord, people, err := newDiscord()
	if err != nil {
		return nil, errors.Join(err, listener.Close())
	}
	p := &Playground{
		discord: discord, people: people, thoughts: newThoughts(), keepIn: o.Keep,
		listener: listener, secret: rand.Text(), log: o.Log,
	}
	before, err := p.recall()
	if err == nil && !before {
		err = firstWords(discord, people)
	}
	if err != nil {
		return nil, errors.Join(err, p.Close())
	}
	return p, nil
}

// TextsAddress is below what the links have to be that a reader makes for this page.
func (p *Playground) TextsAddress() string { return p.Address() + "texts" }

// ShowTexts lets texts be read in the page, at links below TextsAddress. It is called
// before Run.
func (p *Playground) ShowTexts(r *reader.Reader) { p.texts = r }

func listen(port int) (net.Listener, error) {
	at := map[int]int{0: DefaultPort, AnyPort: 0}
	number, named := at[port]
	if !named {
		number = port
	}
	listener, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", strconv.Itoa(number)))
	if port == 0 && errors.Is(err, syscall.EADDRINUSE) {
		listener, err = net.Listen("tcp", "127.0.0.1:0")
	}
	if err != nil {
		return nil, fmt.Errorf("open the playground: %w", err)
	}
	return listener, nil
}

// Address is where the page is. It holds the secret: who has it can do everything.
func (p *Playground) Address() string {
	return "http://" + p.listener.Addr().String() + "/" + p.secret + "/"
}

// API is the base of the API to which the bot connects.
func (p *Playground) API() string { return p.discord.URL() + "/api" }

// Token is the bot's.
func (p *Playground) Token() string { return p.discord.Token() }

// Run serves the page until ctx is done.
func (p *Playground) Run(ctx context.Context) error {
	server := &http.Server{
		Handler:           p.handler(),
		ReadHeaderTimeout: 10 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx }, // ends the streams
		ErrorLog:          slog.NewLogLogger(p.log.Handler(), slog.LevelDebug),
	}
	var keeping sync.WaitGroup
	defer keeping.Wait()
	if p.keepIn != "" {
		ctx, stop := context.WithCancel(ctx)
		keeping.Go(func() { p.keep(ctx) })
		defer stop()
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(p.listener) }()
	select {
	case err := <-ended:
		return fmt.Errorf("serve the playground: %w", err)
	case <-ctx.Done():
	}
	closing, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
	defer cancel()
	err := server.Shutdown(closing)
	if err != nil { // connections that never asked for anything
		err = server.Close()
	}
	<-ended
	return err
}

// Close ends the Discord. What was said there is gone, but for what is kept.
func (p *Playground) Close() error {
	err := p.discord.Close()
	if closed := p.listener.Close(); closed != nil && !errors.Is(closed, net.ErrClosed) {
		err = errors.Join(err, closed)
	}
	return err
}
