package cli

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"verbatim/bot"
	"verbatim/bot/fakediscord"
)

// A benchRun is how bench asks.
type benchRun struct {
	docs      string
	passages  int    // made up, in place of docs
	guilds    int    // that have these texts, each
	keep      string // folder of what is filled, for the next time
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

The texts are those below the folder given with --docs, so many made-up passages with
--passages, else the sample notes. The questions are the lines of a file, or the field
text of each line of a .jsonl file.

With --guilds each of so many servers has these texts, and the questions go around: all
servers are asked before one is asked again, so that each is found closed when there are
many. --keep names a folder for what is filled, which takes long where it is much: it is
there the next time.`,
		Example: `  verbatim bench
  verbatim bench --docs ~/course --questions queries.jsonl --users 20
  verbatim bench --guilds 1000 --passages 500 --keep bench`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			if run.users < 1 || run.rounds < 1 || run.guilds < 1 {
				return usage("--users, --rounds and --guilds want a number from 1")
			}
			if run.docs != "" && run.passages != 0 || run.passages < 0 {
				return usage("--passages wants a number from 1, and no --docs beside it")
			}
			questions, err := benchQuestions(run)
			if err != nil {
				return err
			}
			return p.runBench(cmd.Context(), run, questions)
		},
	}
	cmd.Flags().StringVar(&run.docs, "docs", "", "ask about the texts below `DIR`")
	cmd.Flags().IntVar(&run.passages, "passages", 0, "ask about `N` made-up passages")
	cmd.Flags().IntVar(&run.guilds, "guilds", 1, "how many servers there are, each with these texts")
	cmd.Flags().StringVar(&run.keep, "keep", "", "fill `DIR`, or take what was filled there")
	cmd.Flags().StringVar(&run.questions, "questions", "", "ask the questions in `FILE`")
	cmd.Flags().IntVar(&run.users, "users", 8, "how many ask at the same time")
	cmd.Flags().IntVar(&run.rounds, "rounds", 1, "how often all questions are asked")
	cmd.Flags().BoolVar(&run.json, "json", false, "print one JSON object")
	return cmd
}

// benchQuestions reads questions from a file. Without one they are made up where the texts
// are, else a few of our own.
func benchQuestions(run benchRun) ([]string, error) {
	file := run.questions
	switch {
	case file == "" && run.passages > 0:
		return makeUp(run.passages).questions(200), nil
	case file == "":
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

// runBench answers in a data folder of its own, which goes at the end unless it is kept.
func (p *program) runBench(ctx context.Context, run benchRun, questions []string) (err error) {
	p.settings.Database = ""
	if p.settings.Data = run.keep; run.keep == "" {
		if p.settings.Data, err = os.MkdirTemp("", "verbatim-bench-"); err != nil {
			return err
		}
		defer func() { err = errors.Join(err, os.RemoveAll(p.settings.Data)) }()
	}
	if _, kept := os.Stat(filepath.Join(p.settings.Data, benchFilled(run))); kept != nil {
		if err := p.fillBench(ctx, run); err != nil {
			return err
		}
	}
	discord, err := fakediscord.Start(fakediscord.Options{})
	if err != nil {
		return err
	}
	defer discord.Close()
	p.settings.Discord.API, p.settings.Discord.SingleGuild, p.settings.Discord.MessageContent = discord.URL()+"/api", "", false
	places := openBench(discord, run.guilds)
	l, err := p.openOwn(ctx)
	if err != nil {
		return err
	}
	defer closeInto(&err, l)

	watched := &benchWatch{Answerer: l.answerer}
	talking, stop := context.WithCancel(ctx)
	defer stop()
	ended, err := p.startBench(talking, l, watched, discord.Token(), run.guilds == 1)
	if err != nil {
		return err
	}
	var asking []asker
	for n := range run.users {
		person := discord.NewPerson(fmt.Sprintf("Student %d", n+1), "fr")
		for _, place := range places {
			person.Join(place.guild)
		}
		asking = append(asking, func(q benchQuestion) error {
			i, err := person.Slash(q.channel, "ask", fakediscord.Values{"question": q.text})
			if err == nil {
				_, err = i.Answer(talking)
			}
			return err
		})
	}
	result := askAtOnce(talking, asking, around(places, questions, run.rounds))
	result.Guilds = run.guilds
	watched.into(&result)
	for _, place := range places[:1] {
		result.Passages, err = benchPassages(ctx, l, place.guild)
	}
	stop()
	if err := errors.Join(ctx.Err(), err, <-ended); err != nil {
		return err
	}
	return p.printBench(result, run.json)
}

// startBench starts the bot, and waits until it can be spoken to. It is warm then, if that
// is wanted: all that a first question waits for is there.
func (p *program) startBench(ctx context.Context, l *library, answerer bot.Answerer, token string, warm bool) (<-chan error, error) {
	ready, ended := make(chan struct{}), make(chan error, 1)
	go func() {
		ended <- p.converse(ctx, l, conversation{
			answerer: answerer, token: token, unlimited: true, cold: !warm,
			tell: func(string) {}, ready: sync.OnceFunc(func() { close(ready) }),
		})
	}()
	select {
	case <-ready:
	case err := <-ended:
		return nil, errors.Join(errors.New("the bot did not start"), err)
	}
	if !warm {
		return ended, nil
	}
	return ended, warmGuild(ctx, l, benchGuild(0))
}

// around returns the questions in the order in which they are asked: each in the next
// server, and so often that each server is asked in each round.
func around(places []benchChannel, questions []string, rounds int) []benchQuestion {
	asked := make([]benchQuestion, max(len(places), len(questions))*rounds)
	for i := range asked {
		asked[i] = benchQuestion{places[i%len(places)].id, questions[i%len(questions)]}
	}
	return asked
}
