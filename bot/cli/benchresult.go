package cli

import (
	"context"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"verbatim/answers"
	"verbatim/bot"
)

// An asker asks a question and waits for the reply.
type asker func(benchQuestion) error

// A benchResult is what bench found. Times are in milliseconds.
type benchResult struct {
	Questions int          `json:"questions"`
	Users     int          `json:"users"`
	Guilds    int          `json:"guilds"`
	Passages  int          `json:"passages"` // of each guild
	Failed    int          `json:"failed"`   // without a reply, or with an error of the bot's
	Answered  int          `json:"answered"` // from the texts or by a curated answer
	Seconds   float64      `json:"seconds"`
	PerSecond float64      `json:"questions_per_second"`
	P50       float64      `json:"p50_ms"` // from the command to the reply
	P90       float64      `json:"p90_ms"`
	P99       float64      `json:"p99_ms"`
	Most      float64      `json:"max_ms"`
	AnswerP50 float64      `json:"answer_p50_ms"` // of it, to find the answer
	AnswerP99 float64      `json:"answer_p99_ms"`
	Heap      uint64       `json:"heap_bytes"`    // in use at the end
	System    uint64       `json:"memory_bytes"`  // that the program took from the system
	Private   uint64       `json:"private_bytes"` // at most while it was asked; 0 where the system does not tell
	Stages    []benchStage `json:"stages"`        // of finding the answer, in their order
}

// A benchStage is how long one stage of the answers took.
type benchStage struct {
	Name string  `json:"stage"`
	P50  float64 `json:"p50_ms"`
	P99  float64 `json:"p99_ms"`
}

// askAtOnce lets all askers ask until no question is left.
func askAtOnce(ctx context.Context, asking []asker, questions []benchQuestion) benchResult {
	r := benchResult{Questions: len(questions), Users: len(asking)}
	watching, stop := context.WithCancel(ctx)
	private := make(chan uint64)
	go func() { private <- mostPrivate(watching) }()
	next := make(chan benchQuestion)
	var mutex sync.Mutex
	var took []time.Duration
	var users sync.WaitGroup
	begun := time.Now()
	for _, ask := range asking {
		users.Go(func() {
			for question := range next {
				asked := time.Now()
				err := ask(question)
				mutex.Lock()
				if took = append(took, time.Since(asked)); err != nil {
					r.Failed++
				}
				mutex.Unlock()
			}
		})
	}
	for _, question := range questions {
		if ctx.Err() == nil {
			next <- question
		}
	}
	close(next)
	users.Wait()
	r.Seconds = time.Since(begun).Seconds()
	stop()
	r.Private = <-private
	r.PerSecond = float64(len(took)) / r.Seconds
	slices.Sort(took)
	r.P50, r.P90, r.P99, r.Most = percentile(took, 50), percentile(took, 90), percentile(took, 99), percentile(took, 100)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	r.Heap, r.System = memory.HeapInuse, memory.Sys
	return r
}

// mostPrivate returns how much memory the process had at most for itself until ctx is done:
// what is no part of a file, which the system can take away and read again. 0 where the
// system does not tell.
func mostPrivate(ctx context.Context) (most uint64) {
	every := time.NewTicker(50 * time.Millisecond)
	defer every.Stop()
	for {
		most = max(most, privateBytes())
		select {
		case <-every.C:
		case <-ctx.Done():
			return most
		}
	}
}

func privateBytes() uint64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(status), "\nRssAnon:")
	kilobytes, err := strconv.ParseUint(strings.TrimSpace(strings.SplitN(rest, "kB", 2)[0]), 10, 64)
	if err != nil {
		return 0
	}
	return kilobytes << 10
}

// percentile returns the least of sorted times, in milliseconds, that so many in a hundred
// do not exceed; 0 for none.
func percentile(sorted []time.Duration, percent int) float64 {
	if len(sorted) == 0 {
		return 0
	}
	i := max(0, (len(sorted)*percent+99)/100-1)
	return float64(sorted[i].Microseconds()) / 1000
}

// A benchWatch notes what comes of questions, and how long that takes.
type benchWatch struct {
	bot.Answerer
	mutex    sync.Mutex
	took     []time.Duration
	times    []answers.Times
	answered int
	failed   int
}

// Ask is that of the answerer.
func (b *benchWatch) Ask(ctx context.Context, q answers.Question) (answers.Reply, error) {
	begun := time.Now()
	r, err := b.Answerer.Ask(ctx, q)
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.took, b.times = append(b.took, time.Since(begun)), append(b.times, r.Times)
	switch {
	case err != nil:
		b.failed++
	case r.Outcome != answers.None:
		b.answered++
	}
	return r, err
}

func (b *benchWatch) into(r *benchResult) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	slices.Sort(b.took)
	r.AnswerP50, r.AnswerP99 = percentile(b.took, 50), percentile(b.took, 99)
	r.Answered = b.answered
	r.Failed += b.failed
	stages := map[string][]time.Duration{}
	for _, times := range b.times {
		for stage, took := range times.All() {
			stages[stage] = append(stages[stage], took)
		}
	}
	for stage := range (answers.Times{}).All() {
		took := stages[stage]
		slices.Sort(took)
		r.Stages = append(r.Stages, benchStage{stage, percentile(took, 50), percentile(took, 99)})
	}
}

func (p *program) printBench(r benchResult, asJSON bool) error {
	if asJSON {
		return p.printObject(r)
	}
	private := ""
	if r.Private > 0 {
		private = fmt.Sprintf("; private at most %.0f MiB", float64(r.Private)/(1<<20))
	}
	var stages strings.Builder
	for _, s := range r.Stages {
		fmt.Fprintf(&stages, "  %-10s p50 %.2f ms, p99 %.2f ms\n", s.Name, s.P50, s.P99)
	}
	_, err := io.WriteString(p.out, fmt.Sprintf(`texts      %s in each of %s
questions  %d by %s in %.1f s: %.1f a second
answered   %d; %d without an answer, %d failed
reply      p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, at most %.0f ms
of it      p50 %.1f ms, p99 %.1f ms to find the answer:
%smemory     %.0f MB in use, %.0f MB taken from the system%s
`, count(r.Passages, "passage"), count(r.Guilds, "server"), r.Questions, count(r.Users, "user"), r.Seconds, r.PerSecond,
		r.Answered, r.Questions-r.Answered-r.Failed, r.Failed,
		r.P50, r.P90, r.P99, r.Most, r.AnswerP50, r.AnswerP99, stages.String(), float64(r.Heap)/1e6, float64(r.System)/1e6, private))
	return err
}
