package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
	"verbatim/corpus/sample"
)

// A benchRun is how bench asks.
type benchRun struct {
	docs      string
	questions string // file
	users     int
	rounds    int
	json      bool
}

// bench is the command that measures how much the bot can do on this machine.
func (p *program) bench() *cobra.Command {
	var run benchRun
	cmd := &cobra.Command{
		Use:   "bench",
		Short: "Measure how many questions the bot answers on this machine, and how fast",
		Long: `Measure how many questions the bot answers on this machine, and how fast: users ask on
a Discord within this process, each the next question as soon as the last is answered,
the way from the command to the reply. That Discord's work counts too, and the limits
for each person do not hold. Nothing is stored in the data folder.

The texts are those below the folder given with --docs, else the sample notes. The
questions are the lines of a file, or the field text of each line of a .jsonl file.`,
		Example: `  verbatim bench
  verbatim bench --docs ~/course --questions queries.jsonl --users 20`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if run.users < 1 || run.rounds < 1 {
				return usage("--users and --rounds want a number from 1")
			}
			questions, err := benchQuestions(run.questions)
			if err != nil {
				return err
			}
			return p.runBench(cmd.Context(), run, questions)
		},
	}
	cmd.Flags().StringVar(&run.docs, "docs", "", "ask about the texts below `DIR`")
	cmd.Flags().StringVar(&run.questions, "questions", "", "ask the questions in `FILE`")
	cmd.Flags().IntVar(&run.users, "users", 8, "how many ask at the same time")
	cmd.Flags().IntVar(&run.rounds, "rounds", 1, "how often all questions are asked")
	cmd.Flags().BoolVar(&run.json, "json", false, "print one JSON object")
	return cmd
}

// benchQuestions reads questions from a file, a few of our own without one.
func benchQuestions(file string) ([]string, error) {
	if file == "" {
		return slices.Sorted(maps.Values(warmQuestions)), nil
	}
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var questions []string
	lines := bufio.NewScanner(f)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		text := strings.TrimSpace(lines.Text())
		if strings.HasSuffix(file, ".jsonl") && text != "" {
			var line struct{ Text string }
			if err := json.Unmarshal([]byte(text), &line); err != nil {
				return nil, fmt.Errorf("%s: %w", file, err)
			}
			text = strings.TrimSpace(line.Text)
		}
		if text != "" {
			questions = append(questions, text)
		}
	}
	if err := lines.Err(); err != nil {
		return nil, fmt.Errorf("%s: %w", file, err)
	}
	if len(questions) == 0 {
		return nil, fmt.Errorf("%s holds no question", file)
	}
	return questions, nil
}

// runBench answers in a data folder of its own, which goes at the end.
func (p *program) runBench(ctx context.Context, run benchRun, questions []string) (err error) {
	p.settings.Database = ""
	if p.settings.Data, err = os.MkdirTemp("", "verbatim-bench-"); err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(p.settings.Data)) }()
	discord, err := fakediscord.Start(fakediscord.Options{})
	if err != nil {
		return err
	}
	defer discord.Close()
	guild := discord.NewGuild(fakediscord.Guild{Name: "Bench"})
	channel := discord.NewChannel(fakediscord.Channel{GuildID: guild.ID, Name: "questions"})
	l, err := p.openOwn(ctx)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)
	if err := p.fillBench(ctx, l, guild.ID, run.docs); err != nil {
		return err
	}
	if err := warmGuild(ctx, l, guild.ID); err != nil {
		return err
	}
	p.settings.Discord.API, p.settings.Discord.SingleGuild, p.settings.Discord.MessageContent = discord.URL()+"/api", "", false

	counted := &benchAnswerer{Answerer: l.answerer}
	talking, stop := context.WithCancel(ctx)
	defer stop()
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- p.converse(talking, l, conversation{
			answerer: counted, token: discord.Token(), unlimited: true,
			tell: func(string) {}, ready: sync.OnceFunc(func() { close(ready) }),
		})
	}()
	select {
	case <-ready:
	case err := <-ended:
		return errors.Join(errors.New("the bot did not start"), err)
	}
	var asking []asker
	for n := range run.users {
		person := discord.NewPerson(fmt.Sprintf("Student %d", n+1), "fr").Join(guild.ID)
		asking = append(asking, func(question string) error {
			i, err := person.Slash(channel.ID, "ask", fakediscord.Values{"question": question})
			if err == nil {
				_, err = i.Answer(talking)
			}
			return err
		})
	}
	result := askAtOnce(talking, asking, slices.Concat(slices.Repeat([][]string{questions}, run.rounds)...))
	counted.into(&result)
	stop()
	if err := errors.Join(ctx.Err(), <-ended); err != nil {
		return err
	}
	return p.printBench(result, run.json)
}

// fillBench stores the texts of a folder, or the sample.
func (p *program) fillBench(ctx context.Context, l *library, guild, docs string) error {
	folder, err := corpus.NewFolder("sample", sample.Notes())
	if docs != "" {
		folder, err = p.folder(docs)
	}
	if err != nil {
		return err
	}
	bar := p.showProgress(folder)
	defer bar.finish()
	report, err := l.store.Import(ctx, guild, folder, corpus.ImportOptions{Extractor: p.files(), Progress: bar.read})
	for _, failed := range report.Failed {
		p.warn("%s: %v", filepath.Base(docs), failed)
	}
	return err
}

// An asker asks a question and waits for the reply.
type asker func(question string) error

// A benchResult is what bench found. Times are in milliseconds.
type benchResult struct {
	Questions int     `json:"questions"`
	Users     int     `json:"users"`
	Failed    int     `json:"failed"`   // without a reply, or with an error of the bot's
	Answered  int     `json:"answered"` // from the texts or by a curated answer
	Seconds   float64 `json:"seconds"`
	PerSecond float64 `json:"questions_per_second"`
	P50       float64 `json:"p50_ms"` // from the command to the reply
	P90       float64 `json:"p90_ms"`
	P99       float64 `json:"p99_ms"`
	Most      float64 `json:"max_ms"`
	AnswerP50 float64 `json:"answer_p50_ms"` // of it, to find the answer
	AnswerP99 float64 `json:"answer_p99_ms"`
	Heap      uint64  `json:"heap_bytes"`   // in use at the end
	System    uint64  `json:"memory_bytes"` // that the program took from the system
}

// askAtOnce lets all askers ask until no question is left.
func askAtOnce(ctx context.Context, asking []asker, questions []string) benchResult {
	r := benchResult{Questions: len(questions), Users: len(asking)}
	next := make(chan string)
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
	r.PerSecond = float64(len(took)) / r.Seconds
	slices.Sort(took)
	r.P50, r.P90, r.P99, r.Most = percentile(took, 50), percentile(took, 90), percentile(took, 99), percentile(took, 100)
	var memory runtime.MemStats
	runtime.ReadMemStats(&memory)
	r.Heap, r.System = memory.HeapInuse, memory.Sys
	return r
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

// A benchAnswerer notes what comes of questions, and how long that takes.
type benchAnswerer struct {
	bot.Answerer
	mutex    sync.Mutex
	took     []time.Duration
	answered int
	failed   int
}

// Ask is that of the answerer.
func (b *benchAnswerer) Ask(ctx context.Context, q answers.Question) (answers.Reply, error) {
	begun := time.Now()
	r, err := b.Answerer.Ask(ctx, q)
	b.mutex.Lock()
	defer b.mutex.Unlock()
	b.took = append(b.took, time.Since(begun))
	switch {
	case err != nil:
		b.failed++
	case r.Outcome != answers.None:
		b.answered++
	}
	return r, err
}

func (b *benchAnswerer) into(r *benchResult) {
	b.mutex.Lock()
	defer b.mutex.Unlock()
	slices.Sort(b.took)
	r.AnswerP50, r.AnswerP99 = percentile(b.took, 50), percentile(b.took, 99)
	r.Answered = b.answered
	r.Failed += b.failed
}

func (p *program) printBench(r benchResult, asJSON bool) error {
	if asJSON {
		return p.printObject(r)
	}
	_, err := io.WriteString(p.out, fmt.Sprintf(`questions  %d by %s in %.1f s: %.1f a second
answered   %d; %d without an answer, %d failed
reply      p50 %.0f ms, p90 %.0f ms, p99 %.0f ms, at most %.0f ms
of it      p50 %.1f ms, p99 %.1f ms to find the answer
memory     %.0f MB in use, %.0f MB taken from the system
`, r.Questions, count(r.Users, "user"), r.Seconds, r.PerSecond,
		r.Answered, r.Questions-r.Answered-r.Failed, r.Failed,
		r.P50, r.P90, r.P99, r.Most, r.AnswerP50, r.AnswerP99, float64(r.Heap)/1e6, float64(r.System)/1e6))
	return err
}
