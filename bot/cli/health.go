package cli

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/spf13/cobra"
)

// A health is a file that says how a running bot is: its time is when the bot wrote it
// last, its first line whether it is connected, its second which process it is on which
// machine, for a process that was killed writes no more.
type health struct {
	path    string
	ready   atomic.Bool
	standby func() bool   // whether the bot stands by, because other processes answer for all
	changed chan struct{} // holds one value when ready was set since it was written
}

const (
	healthName  = "health"
	healthEvery = 10 * time.Second
	healthAge   = 45 * time.Second // older, and the bot hangs or is gone
	healthReady = "connected\n"
	healthSpare = "standing by: other processes answer\n"
	healthDown  = "not connected\n"
)

func newHealth(path string, standby func() bool) *health {
	return &health{path: path, standby: standby, changed: make(chan struct{}, 1)}
}

// set notes whether the bot is connected. It never waits: nobody may keep the file any
// more, or not yet.
func (h *health) set(ready bool) {
	h.ready.Store(ready)
	select {
	case h.changed <- struct{}{}:
	default:
	}
}

// keep writes the file when something changed and every so often.
func (h *health) keep(ctx context.Context, every time.Duration) {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		h.write(h.state())
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		case <-h.changed:
		}
	}
}

func (h *health) state() string {
	switch {
	case h.ready.Load():
		return healthReady
	case h.standby():
		return healthSpare
	}
	return healthDown
}

// write replaces the file, so that nobody reads half of it. Where that fails, a file
// that is missing or old is the message.
func (h *health) write(state string) {
	if os.WriteFile(h.part(), []byte(state+process()), 0o600) == nil {
		os.Rename(h.part(), h.path)
	}
}

func (h *health) part() string { return h.path + ".part" }

func (h *health) remove() {
	os.Remove(h.part())
	os.Remove(h.path)
}

// process names this process and its machine.
func process() string {
	host, _ := os.Hostname() // "" where it is not known
	return fmt.Sprintf("%d %s\n", os.Getpid(), host)
}

// isGone reports whether a process, as process names it, is known to have ended. Those of
// another machine, which a container is too, are not known.
func isGone(process string) bool {
	id, _, _ := strings.Cut(strings.TrimSpace(process), " ")
	pid, err := strconv.Atoi(id)
	return err == nil && isOfHere(process) && !isAlive(pid)
}

// isOfHere reports whether a process is one of this machine.
func isOfHere(process string) bool {
	_, host, _ := strings.Cut(strings.TrimSpace(process), " ")
	here, err := os.Hostname()
	return err == nil && host == here
}

// health is the command that tells whether a bot on the data folder is well, for
// containers.
func (p *program) health() *cobra.Command {
	return &cobra.Command{
		Use:   "health",
		Short: "Tell whether the bot that runs on the data folder is connected",
		Args:  cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			state, err := p.readHealth()
			if err != nil {
				return err
			}
			fmt.Fprint(p.out, state)
			return nil
		},
	}
}

// errNoBot says that no bot runs.
var errNoBot = errors.New("no bot runs on this data folder: start it with verbatim run")

// readHealth returns that the bot on the data folder is well, or an error that says what
// is wrong with it. Where several run, one that is not well is the one to know of; what a
// process has left behind that ended counts only if no other is well.
func (p *program) readHealth() (string, error) {
	state, left := "", errNoBot
	for n := 1; n <= mostHere; n++ {
		found, ended, err := readHealthAt(filepath.Join(processFolder(p.settings.Data, n), healthName))
		switch {
		case errors.Is(err, errNoBot):
		case ended:
			left = err
		case err != nil:
			return "", err
		case state != healthReady:
			state = found
		}
	}
	if state == "" {
		return "", left
	}
	return state, nil
}

// readHealthAt reads the file of one process, and reports whether that has ended, or may
// have: of one of another machine, or of a container that is no more, it can't be known.
func readHealthAt(path string) (state string, ended bool, err error) {
	info, err := os.Stat(path)
	if err != nil {
		return "", true, errNoBot
	}
	content, err := os.ReadFile(path)
	if err != nil {
		return "", false, err
	}
	state, process, _ := strings.Cut(string(content), "\n")
	switch age := time.Since(info.ModTime()); {
	case isGone(process):
		return "", true, errors.New("the bot has ended without a word: see its log, and start it again")
	case age > healthAge:
		return "", !isOfHere(process), fmt.Errorf("the bot has not been heard of for %s: see its log, and start it again", age.Round(time.Second))
	case state+"\n" != healthReady && state+"\n" != healthSpare:
		return "", false, errors.New("the bot is not connected to Discord: see its log")
	}
	return state + "\n", false, nil
}
