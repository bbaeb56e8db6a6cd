package ops

import (
	"context"
	"errors"
	"io"
	"log"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"
)

// Serve serves on a listener until ctx is done:
//
//	/healthz  200 if the texts can be searched, which is tried; else 503
//	/readyz   200 if besides the bot is connected to Discord, and the indexes hold what is stored,
//	          or other processes answer for all, so that this one stands by
//	/metrics  the figures, as Prometheus reads them
//
// What is wrong is said in words, without details: these are in the log.
func (w *Watch) Serve(ctx context.Context, listener net.Listener) error {
	server := &http.Server{
		Handler:           w.handler(),
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       5 * time.Second,
		WriteTimeout:      30 * time.Second,
		IdleTimeout:       time.Minute,
		MaxHeaderBytes:    16 << 10,
		ErrorLog:          log.New(io.Discard, "", 0),
	}
	ended := make(chan error, 1)
	go func() { ended <- server.Serve(listener) }()
	select {
	case err := <-ended:
		return err
	case <-ctx.Done():
	}
	err := server.Close()
	if over := <-ended; !errors.Is(over, http.ErrServerClosed) {
		err = errors.Join(err, over)
	}
	return err
}

func (w *Watch) handler() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET /healthz", func(to http.ResponseWriter, r *http.Request) { tell(to, w.wellness(r.Context()), "ok") })
	mux.HandleFunc("GET /readyz", func(to http.ResponseWriter, r *http.Request) {
		problems, well := w.readiness(r.Context())
		tell(to, problems, well)
	})
	mux.Handle("GET /metrics", promhttp.HandlerFor(w.registry, promhttp.HandlerOpts{MaxRequestsInFlight: 4}))
	return mux
}

// tell answers with what is wrong, or that nothing is.
func tell(to http.ResponseWriter, problems []string, well string) {
	to.Header().Set("Content-Type", "text/plain; charset=utf-8")
	to.Header().Set("Cache-Control", "no-store")
	if len(problems) == 0 {
		io.WriteString(to, well+"\n")
		return
	}
	to.WriteHeader(http.StatusServiceUnavailable)
	io.WriteString(to, strings.Join(problems, "\n")+"\n")
}

func (w *Watch) wellness(ctx context.Context) []string {
	o := w.options.Load()
	if o == nil {
		return []string{"the bot is starting"}
	}
	if err := w.tiny.try(ctx, o.Search); err != nil {
		return []string{"the texts can't be searched: see the log, and verbatim doctor"}
	}
	return nil
}

// readiness returns what keeps the bot from being ready, and what it is if nothing does. A
// process for which there is no shard is ready: it would take one at once.
func (w *Watch) readiness(ctx context.Context) (problems []string, well string) {
	problems = w.wellness(ctx)
	status := w.shards()
	if status.Standby {
		return problems, "ok: other processes answer for all shards, and this one stands by"
	}
	if !w.connected.Load() {
		problems = append(problems, "not connected to Discord")
		problems = append(problems, unconnected(status)...)
	}
	if !w.warmed.Load() {
		problems = append(problems, "the indexes are being made ready")
	}
	return problems, "ok"
}

// A tinySearch is a search whose result holds for a moment, so that asking often costs
// little.
type tinySearch struct {
	mutex sync.Mutex
	at    time.Time
	err   error
}

// resultHolds is for how long.
const resultHolds = time.Second

func (t *tinySearch) try(ctx context.Context, search func(context.Context) error) error {
	t.mutex.Lock()
	defer t.mutex.Unlock()
	if !t.at.IsZero() && time.Since(t.at) < resultHolds {
		return t.err
	}
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), askTimeout)
	defer cancel()
	t.err = search(ctx)
	t.at = time.Now()
	return t.err
}
