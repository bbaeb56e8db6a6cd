package ops_test

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"net"
	"net/http"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/ops"
	"verbatim/bot/shards"
)

// serve serves a watch until the test ends, and returns what gets a page of it.
func serve(t *testing.T, w *ops.Watch) (get func(path string) (status int, body string)) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	ctx, stop := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() { ended <- w.Serve(ctx, listener) }()
	t.Cleanup(func() {
		stop()
		if err := <-ended; err != nil {
			t.Error(err)
		}
	})
	return func(path string) (int, string) {
		t.Helper()
		response, err := http.Get("http://" + listener.Addr().String() + path)
		if err != nil {
			t.Fatal(err)
		}
		defer response.Body.Close()
		body, err := io.ReadAll(response.Body)
		if err != nil {
			t.Fatal(err)
		}
		return response.StatusCode, string(body)
	}
}

// options are those of a bot with which all is well, but for its search.
func options(search func(context.Context) error) ops.Options {
	return ops.Options{
		Version:  "v1.2.3",
		Search:   search,
		Behind:   func(context.Context) (int64, error) { return 7, nil },
		UnderWay: func() (int, int) { return 3, 64 },
		Shards:   func() shards.Status { return shards.Status{} },
	}
}

// divided are those of a bot with two shards of four, of which one is not connected.
func divided() ops.Options {
	o := options(works)
	o.Shards = func() shards.Status {
		return shards.Status{Held: []shards.Held{
			{Shard: 1, Shards: 4, Epoch: 7, Holds: true, Connected: true, Servers: 812, Heard: true, Silent: 1500 * time.Millisecond},
			{Shard: 3, Shards: 4, Epoch: 2, Behind: 40 * time.Second},
		}}
	}
	return o
}

// standby are those of a bot for which there is no shard.
func standby(search func(context.Context) error) ops.Options {
	o := options(search)
	o.Shards = func() shards.Status { return shards.Status{Standby: true} }
	return o
}

func works(context.Context) error { return nil }

// TestHealth: what is wrong shows on the page that it concerns.
func TestHealth(t *testing.T) {
	broken := func(context.Context) error { return errors.New("secret detail") }
	tests := map[string]struct {
		begin           func(w *ops.Watch)
		healthz, readyz int
		says            string
	}{
		"starting":      {func(*ops.Watch) {}, 503, 503, "the bot is starting"},
		"well":          {func(w *ops.Watch) { w.Set(options(works)); w.Connected(true); w.Warmed() }, 200, 200, "ok\n"},
		"no search":     {func(w *ops.Watch) { w.Set(options(broken)); w.Connected(true); w.Warmed() }, 503, 503, "the texts can't be searched"},
		"not connected": {func(w *ops.Watch) { w.Set(options(works)); w.Warmed() }, 200, 503, "not connected to Discord"},
		"cut off":       {func(w *ops.Watch) { w.Set(options(works)); w.Warmed(); w.Connected(true); w.Connected(false) }, 200, 503, "not connected to Discord"},
		"one is not":    {func(w *ops.Watch) { w.Set(divided()); w.Warmed() }, 200, 503, "not connected to Discord\nshard 3 of 4 is not connected\n"},
		"stands by":     {func(w *ops.Watch) { w.Set(standby(works)) }, 200, 200, "other processes answer for all shards"},
		"by, no search": {func(w *ops.Watch) { w.Set(standby(broken)) }, 503, 503, "the texts can't be searched"},
		"not warm":      {func(w *ops.Watch) { w.Set(options(works)); w.Connected(true) }, 200, 503, "the indexes are being made ready"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			w := ops.New()
			test.begin(w)
			get := serve(t, w)
			if status, body := get("/healthz"); status != test.healthz {
				t.Errorf("/healthz = %d %q, want %d", status, body, test.healthz)
			}
			status, body := get("/readyz")
			if status != test.readyz || !strings.Contains(body, test.says) || strings.Contains(body, "secret") {
				t.Errorf("/readyz = %d %q, want %d and %q", status, body, test.readyz, test.says)
			}
		})
	}
}

// An answering gives one reply to every question.
type answering struct {
	bot.Answerer
	reply answers.Reply
	err   error
}

func (a answering) Ask(context.Context, answers.Question) (answers.Reply, error) {
	return a.reply, a.err
}

// TestMetrics: the figures count what was done, with labels from fixed lists alone.
func TestMetrics(t *testing.T) {
	w := ops.New()
	w.Set(options(works))
	w.Connected(true)
	w.Connected(false)
	w.Connected(true)
	ask := func(r answers.Reply, err error) {
		w.Answerer(answering{reply: r, err: err}).Ask(t.Context(), answers.Question{Text: "Qui a signé ?"})
	}
	ask(answers.Reply{Outcome: answers.Excerpts}, nil)
	ask(answers.Reply{Outcome: answers.Excerpts}, nil)
	ask(answers.Reply{Outcome: answers.ByHand}, nil)
	slow := answers.Reply{Outcome: answers.None}
	slow.Times.Search, slow.Times.Curated = 2*time.Second, 40*time.Millisecond
	ask(slow, nil)
	ask(answers.Reply{Outcome: answers.None, SmallTalk: true}, nil)
	ask(answers.Reply{}, answers.ErrEmpty)
	ask(answers.Reply{}, fmt.Errorf("read «Qui a signé ?»: %w", io.EOF))
	var shown strings.Builder
	log := slog.New(w.Log(slog.NewTextHandler(&shown, &slog.HandlerOptions{Level: slog.LevelError}))).With("a", 1).WithGroup("g")
	log.Info("x")
	log.Warn("x")
	log.Error("y")
	if got := strings.Count(shown.String(), "\n"); got != 1 || !strings.Contains(shown.String(), "a=1") {
		t.Errorf("the log shows %q, want the error alone", shown.String())
	}
	statuses := []int{200, 204, 302, 404, 429, 401, 500}
	for _, status := range statuses {
		w.Requests(answer(status)).RoundTrip(nil)
	}
	w.Requests(answer(0)).RoundTrip(nil)
	_, body := serve(t, w)("/metrics")
	for _, want := range []string{
		`verbatim_questions_total{outcome="excerpts"} 2`, `verbatim_questions_total{outcome="curated"} 1`,
		`verbatim_questions_total{outcome="none"} 1`, `verbatim_questions_total{outcome="small talk"} 1`,
		`verbatim_questions_total{outcome="refused"} 1`, `verbatim_questions_total{outcome="failed"} 1`,
		`verbatim_stage_seconds_count{stage="ask"} 7`, `verbatim_stage_seconds_count{stage="search"} 5`,
		`verbatim_stage_seconds_bucket{stage="search",le="2.5"} 5`, `verbatim_stage_seconds_bucket{stage="search",le="1"} 4`,
		`verbatim_stage_seconds_bucket{stage="curated",le="0.025"} 4`, `verbatim_stage_seconds_count{stage="analysis"} 5`,
		`verbatim_stage_seconds_count{stage="discord"} 8`,
		`verbatim_gateway_connected 1`, `verbatim_gateway_losses_total 1`, `verbatim_index_behind 7`,
		`verbatim_tasks_under_way 3`, `verbatim_tasks_most 64`, `verbatim_build_info{version="v1.2.3"} 1`,
		`verbatim_log_lines_total{level="WARN"} 1`, `verbatim_log_lines_total{level="ERROR"} 1`,
		`verbatim_discord_requests_total{status="2xx"} 2`, `verbatim_discord_requests_total{status="Unauthorized"} 1`,
		`verbatim_discord_requests_total{status="Too Many Requests"} 1`, `verbatim_discord_requests_total{status="5xx"} 1`,
		`verbatim_discord_requests_total{status="failed"} 1`, `go_goroutines `, `process_resident_memory_bytes `,
	} {
		if !strings.Contains(body, want+"\n") && !strings.Contains(body, "\n"+want) {
			t.Errorf("no line %s", want)
		}
	}
	labels := regexp.MustCompile(`[{,]([a-z_]+)="`)
	for _, label := range labels.FindAllStringSubmatch(body, -1) {
		if !strings.Contains(" outcome stage status level le version quantile shard ", " "+label[1]+" ") {
			t.Errorf("label %s: what it may hold must be a fixed list", label[1])
		}
	}
	if t.Failed() {
		t.Log(body)
	}
}

// TestShards: each shard has figures of its own, as far as they are known.
func TestShards(t *testing.T) {
	w := ops.New()
	w.Set(divided())
	_, body := serve(t, w)("/metrics")
	var got []string
	for line := range strings.Lines(body) {
		if strings.HasPrefix(line, "verbatim_shard_") || strings.HasPrefix(line, "verbatim_standby") {
			got = append(got, strings.TrimSpace(line))
		}
	}
	want := []string{
		`verbatim_shard_claims_behind_seconds{shard="1"} 0`, `verbatim_shard_claims_behind_seconds{shard="3"} 40`,
		`verbatim_shard_connected{shard="1"} 1`, `verbatim_shard_connected{shard="3"} 0`,
		`verbatim_shard_lease_epoch{shard="1"} 7`, `verbatim_shard_lease_epoch{shard="3"} 2`,
		`verbatim_shard_lease_holds{shard="1"} 1`, `verbatim_shard_lease_holds{shard="3"} 0`,
		`verbatim_shard_servers{shard="1"} 812`, `verbatim_shard_silent_seconds{shard="1"} 1.5`,
		`verbatim_standby 0`,
	}
	if !slices.Equal(got, want) {
		t.Errorf("figures of the shards:\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

// answer is an answer of Discord's, 0 for none.
type answer int

func (a answer) RoundTrip(*http.Request) (*http.Response, error) {
	if a == 0 {
		return nil, io.EOF
	}
	return &http.Response{StatusCode: int(a)}, nil
}
