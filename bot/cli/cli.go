// Package cli is the command line: it reads arguments and settings, wires the other
// packages together, and prints what they return. It is the only place where they
// all meet.
//
// Results go to standard output, everything else to standard error. The exit
// status says what came of a command: see the constants.
package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"math"
	"os"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/config"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/corpus/extract/worker"
)

// Exit statuses.
const (
	statusAnswered = 0 // also of all commands but ask: done
	statusNoAnswer = 1
	statusUsage    = 2
	statusFailure  = 3
)

// A program is one run of the command line.
type program struct {
	in       io.Reader
	out, err io.Writer

	configFile string            // --config
	flags      map[string]string // settings given as flags, by their keys
	settings   *config.Settings  // read before a command runs
	log        *slog.Logger
	begun      bool // the command line is understood, and the settings are read
	reader     *worker.Reader
	status     int // what to exit with when no error is returned
}

// Main runs the command that the arguments name and returns its exit status.
func Main(args []string, in io.Reader, out, err io.Writer) int {
	if len(args) > 0 && args[0] == worker.Command {
		return worker.Serve(args[1:], in, out)
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second signal ends the process at once
	ignoreFileSizeSignal()
	p := &program{in: in, out: out, err: err, flags: map[string]string{}}
	defer p.closeFiles()
	root := p.root()
	root.SetArgs(args)
	if err := root.ExecuteContext(ctx); err != nil {
		return p.fail(err)
	}
	return p.status
}

// A usageError is a command line that can't be carried out as it stands.
type usageError struct{ error }

func (e usageError) Unwrap() error { return e.error }

func usage(format string, args ...any) error { return usageError{fmt.Errorf(format, args...)} }

// takes refuses a command line with fewer arguments than least or more than most.
func takes(least, most int) cobra.PositionalArgs {
	return func(cmd *cobra.Command, args []string) error {
		switch {
		case len(args) < least:
			return usage("something is missing: write it as %s", cmd.UseLine())
		case len(args) > most:
			return usage("there is too much: write it as %s", cmd.UseLine())
		}
		return nil
	}
}

// atLeast refuses a command line with fewer arguments.
func atLeast(n int) cobra.PositionalArgs { return takes(n, math.MaxInt) }

// fail prints an error and returns the status that stands for it.
func (p *program) fail(err error) int {
	if errors.Is(err, context.Canceled) {
		p.warn("interrupted; what was stored stays, and running the command again goes on from there")
		return statusFailure
	}
	lines := strings.Split(strings.TrimRight(err.Error(), "\n"), "\n")
	p.warn("%s", lines[0])
	for _, line := range lines[1:] {
		fmt.Fprintln(p.err, "   "+strings.TrimSpace(line))
	}
	if hint := hint(err); hint != "" {
		fmt.Fprintln(p.err, "   "+hint)
	}
	if p.isUsage(err) {
		return statusUsage
	}
	return statusFailure
}

// isUsage reports whether an error is about how the program was called. What goes
// wrong before a command runs is cobra's refusal of the command line.
func (p *program) isUsage(err error) bool {
	if _, found := errors.AsType[usageError](err); found {
		return true
	}
	return !p.begun || slices.ContainsFunc(refusals, func(refusal error) bool { return errors.Is(err, refusal) })
}

// refusals are the errors that only another command line can put right.
var refusals = []error{
	answers.ErrEmpty, answers.ErrTooLong, answers.ErrContent, answers.ErrTooMany, answers.ErrTerms,
	answers.ErrNotFound, answers.ErrNoGroup, answers.ErrSettled, answers.ErrRemoved, answers.ErrOutdated,
	corpus.ErrNotFound, corpus.ErrName, corpus.ErrTaken, config.ErrNotAllowed, config.ErrNoSetting,
}

func (p *program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "verbatim",
		Short: "Answer questions with word-for-word excerpts of your own texts",
		Long: `Verbatim answers the questions of a study group with word-for-word excerpts of the
group's own texts, and says exactly where each stands: author, title, section,
page, note. It invents nothing; when the texts hold no answer, it says so.`,
		Example: `  verbatim ask "Qui dirigeait le Secrétariat sud-américain ?"
  verbatim ask --docs ~/course "Who convened the conference?"
  verbatim index ~/course`,
		Version:           version(),
		SilenceUsage:      true,
		SilenceErrors:     true,
		CompletionOptions: cobra.CompletionOptions{HiddenDefaultCmd: true},
		PersistentPreRunE: func(cmd *cobra.Command, _ []string) error {
			cmd.SetContext(database.By(cmd.Context(), actorOf(cmd)))
			file := p.configFile
			if _, err := os.Stat(file); err != nil && cmd.Name() == "init" {
				file = "" // init writes it
			}
			return p.prepare(file)
		},
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.err)
	root.SetFlagErrorFunc(func(cmd *cobra.Command, err error) error {
		return usage("%w; see %s --help", err, cmd.CommandPath())
	})
	root.PersistentFlags().StringVar(&p.configFile, "config", "", "read the settings from `FILE` (default verbatim.yaml, if there is one)")
	for _, k := range config.Keys() {
		name := strings.NewReplacer(".", "-", "_", "-").Replace(k.Name)
		root.PersistentFlags().Func(name, k.Description, p.setting(k.Name))
		root.PersistentFlags().Lookup(name).Hidden = strings.HasPrefix(k.Name, "discord.")
	}
	root.AddCommand(p.ask(), p.playground(), p.run(), p.shards(), p.invite(), p.health(), p.index(), p.eval(), p.corpus(), p.curated(), p.glossary(), p.questions(), p.proposals(), p.member(), p.feedback(), p.moderationLog(), p.forget(), p.guildSettings(), p.config(), p.backup(), p.restore(), p.export(), p.init(), p.doctor(), p.bench())
	for _, c := range root.Commands() {
		checkArgs(c)
	}
	return root
}

// actorOf returns who a command is said to be used by, for the log of what people change.
func actorOf(cmd *cobra.Command) database.Actor {
	if slices.Contains([]string{"run", "playground", "bench"}, cmd.Name()) { // where those who change something are on Discord
		return database.Actor{}
	}
	who := database.ViaCommandLine
	if author := cmd.Flags().Lookup("author"); author != nil && author.Value.String() != "" {
		who = author.Value.String()
	}
	return database.Actor{Who: who, Via: database.ViaCommandLine, Now: time.Now}
}

// checkArgs makes a wrong number of arguments wrong use, in c and the commands
// below it.
func checkArgs(c *cobra.Command) {
	if check := c.Args; check != nil {
		c.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usage("%w; see %s --help", err, cmd.CommandPath())
			}
			return nil
		}
	}
	for _, below := range c.Commands() {
		checkArgs(below)
	}
}

// stamped is the version, where the linker is told it because the clone of the repository
// is not there to tell: -ldflags "-X verbatim/bot/cli.stamped=v1.2.3".
var stamped string

// version returns the version that is stamped into the program.
func version() string {
	if stamped != "" {
		return stamped
	}
	info, ok := debug.ReadBuildInfo()
	if !ok || info.Main.Version == "" {
		return "unknown"
	}
	return info.Main.Version
}

// setting returns the function that takes the value of a flag for a setting.
func (p *program) setting(key string) func(string) error {
	return func(value string) error {
		p.flags[key] = value
		return nil
	}
}

// prepare reads the settings and begins the log.
func (p *program) prepare(file string) error {
	settings, err := config.Load(config.Options{File: file, Flags: p.flags})
	if err != nil {
		return err
	}
	p.settings, p.begun = settings, true
	options := &slog.HandlerOptions{Level: settings.Log.Level}
	if settings.Log.Format == "json" {
		p.log = slog.New(slog.NewJSONHandler(p.err, options))
	} else {
		p.log = slog.New(slog.NewTextHandler(p.err, options))
	}
	return nil
}

// warn prints a line for people on standard error.
func (p *program) warn(format string, args ...any) {
	fmt.Fprintf(p.err, "verbatim: "+format+"\n", args...)
}
