// Package ops tells whoever hosts the bot how it is: whether it is well, whether it is
// ready, and in figures what it did and how long that took.
//
// It measures from outside: it wraps what answers, what sends requests and what logs, and
// asks the rest when it is asked itself. No question, name, ID or token is in what it
// tells; labels come from fixed lists.
package ops

import (
	"context"
	"log/slog"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"

	"verbatim/bot/shards"
)

// Options are what a Watch asks about.
type Options struct {
	Version string
	// Search asks the texts something small, as a member would.
	Search func(context.Context) error
	// Behind returns by how many changes the indexes are behind what is stored.
	Behind func(context.Context) (int64, error)
	// UnderWay returns how much is asked of the bot at the moment, and how much may be.
	UnderWay func() (now, most int)
	// Shards returns how the bot is with the shards that this process answers for.
	Shards func() shards.Status
}

// A Watch watches a bot. It is safe for concurrent use.
type Watch struct {
	options   atomic.Pointer[Options] // nil before Set
	registry  *prometheus.Registry
	connected atomic.Bool
	warmed    atomic.Bool
	tiny      tinySearch

	questions *prometheus.CounterVec   // by outcome
	stages    *prometheus.HistogramVec // seconds, by stage
	losses    prometheus.Counter
	requests  *prometheus.CounterVec // by status
	lines     *prometheus.CounterVec // of the log, by level
}

// askTimeout bounds what is asked for one answer.
const askTimeout = 5 * time.Second

// seconds are the bounds of the histograms: Discord waits three seconds.
var seconds = []float64{0.0001, 0.00025, 0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10}

// New returns a Watch of a bot that is not connected yet.
func New() *Watch {
	w := &Watch{registry: prometheus.NewRegistry()}
	w.questions = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "verbatim_questions_total", Help: "Questions, by what came of them.",
	}, []string{"outcome"})
	w.stages = prometheus.NewHistogramVec(prometheus.HistogramOpts{
		Name: "verbatim_stage_seconds", Help: "How long each stage took: ask and its parts, and what the buttons of a reply do; discord is one request to Discord.", Buckets: seconds,
	}, []string{"stage"})
	w.losses = prometheus.NewCounter(prometheus.CounterOpts{
		Name: "verbatim_gateway_losses_total", Help: "How often the connection to Discord was lost.",
	})
	w.requests = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "verbatim_discord_requests_total", Help: "Requests to Discord, by the status of the answer; failed for none.",
	}, []string{"status"})
	w.lines = prometheus.NewCounterVec(prometheus.CounterOpts{
		Name: "verbatim_log_lines_total", Help: "Lines of the log, by level, whether they are shown or not.",
	}, []string{"level"})
	w.registry.MustRegister(w.questions, w.stages, w.losses, w.requests, w.lines,
		w.gauge("verbatim_gateway_connected", "1 while the bot is connected to Discord.", func() float64 { return number(w.connected.Load()) }),
		w.gauge("verbatim_tasks_under_way", "Questions, buttons and forms that are worked on.", func() float64 { now, _ := w.underWay(); return float64(now) }),
		w.gauge("verbatim_tasks_most", "How many are worked on at most; more are asked to try again.", func() float64 { _, most := w.underWay(); return float64(most) }),
		w.gauge("verbatim_index_behind", "Changes that are stored and not in the indexes yet; -1 if the store can't be asked.", w.behind),
		w.gauge("verbatim_standby", "1 while the bot answers for no shard because other processes answer for all.", func() float64 { return number(w.shards().Standby) }),
		shardCollector{w}, collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	for _, outcome := range outcomes { // so that each is there from the beginning
		w.questions.WithLabelValues(outcome)
	}
	for _, level := range levels {
		w.lines.WithLabelValues(level)
	}
	return w
}

// Set gives the Watch what it asks about, once. Until then it is not well.
func (w *Watch) Set(o Options) {
	w.options.Store(&o)
	w.registry.MustRegister(w.build(o.Version))
}

func (w *Watch) build(version string) prometheus.Collector {
	g := prometheus.NewGauge(prometheus.GaugeOpts{
		Name: "verbatim_build_info", Help: "1, with the version.", ConstLabels: prometheus.Labels{"version": version},
	})
	g.Set(1)
	return g
}

func (w *Watch) gauge(name, help string, value func() float64) prometheus.GaugeFunc {
	return prometheus.NewGaugeFunc(prometheus.GaugeOpts{Name: name, Help: help}, value)
}

func number(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// Connected tells whether the connection to Discord stands.
func (w *Watch) Connected(is bool) {
	if was := w.connected.Swap(is); was && !is {
		w.losses.Inc()
	}
}

// Warmed tells that the indexes hold what is stored.
func (w *Watch) Warmed() { w.warmed.Store(true) }

func (w *Watch) underWay() (now, most int) {
	o := w.options.Load()
	if o == nil {
		return 0, 0
	}
	return o.UnderWay()
}

func (w *Watch) behind() float64 {
	o := w.options.Load()
	if o == nil {
		return 0
	}
	ctx, cancel := context.WithTimeout(context.Background(), askTimeout)
	defer cancel()
	n, err := o.Behind(ctx)
	if err != nil {
		return -1
	}
	return float64(n)
}

// Requests measures what goes through to Discord.
func (w *Watch) Requests(through http.RoundTripper) http.RoundTripper {
	return roundTripper(func(r *http.Request) (*http.Response, error) {
		begun := time.Now()
		response, err := through.RoundTrip(r)
		w.took("discord", begun)
		status := "failed"
		if err == nil {
			status = statusOf(response.StatusCode)
		}
		w.requests.WithLabelValues(status).Inc()
		return response, err
	})
}

type roundTripper func(*http.Request) (*http.Response, error)

func (f roundTripper) RoundTrip(r *http.Request) (*http.Response, error) { return f(r) }

// statusOf names the kind of a status, and the two that tell of a fault of ours by
// themselves.
func statusOf(code int) string {
	switch {
	case code == http.StatusUnauthorized, code == http.StatusTooManyRequests:
		return http.StatusText(code)
	case code >= 500:
		return "5xx"
	case code >= 400:
		return "4xx"
	case code >= 300:
		return "3xx"
	}
	return "2xx"
}

// Log counts the lines of a log, by their levels, and hands them on.
func (w *Watch) Log(to slog.Handler) slog.Handler { return counted{to, w} }

type counted struct {
	slog.Handler
	watch *Watch
}

var levels = []string{"WARN", "ERROR"}

// Enabled lets warnings be counted that are not shown.
func (c counted) Enabled(ctx context.Context, level slog.Level) bool {
	return level >= slog.LevelWarn || c.Handler.Enabled(ctx, level)
}

// Handle counts a line, and hands it on if it is to be shown.
func (c counted) Handle(ctx context.Context, r slog.Record) error {
	switch {
	case r.Level >= slog.LevelError:
		c.watch.lines.WithLabelValues("ERROR").Inc()
	case r.Level >= slog.LevelWarn:
		c.watch.lines.WithLabelValues("WARN").Inc()
	}
	if !c.Handler.Enabled(ctx, r.Level) {
		return nil
	}
	return c.Handler.Handle(ctx, r)
}

// WithAttrs is that of the log.
func (c counted) WithAttrs(attrs []slog.Attr) slog.Handler {
	return counted{c.Handler.WithAttrs(attrs), c.watch}
}

// WithGroup is that of the log.
func (c counted) WithGroup(name string) slog.Handler {
	return counted{c.Handler.WithGroup(name), c.watch}
}
