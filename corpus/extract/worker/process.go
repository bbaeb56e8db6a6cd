package worker

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"os/exec"
	"strings"
	"time"
)

// A process is a running worker.
type process struct {
	cmd    *exec.Cmd
	in     io.WriteCloser
	out    io.Reader
	errors *beginning
}

// startLimit is how long a worker may take until it is ready: where the compiled PDF
// engine is not in the cache it is made then.
const startLimit = 5 * time.Minute

// start starts a worker and waits until it is ready. It has no environment, and where
// the system allows a network of its own that leads nowhere.
func start(ctx context.Context, args []string) (*process, error) {
	p, err := begin(args, true)
	if err != nil {
		p, err = begin(args, false)
	}
	if err != nil {
		return nil, err
	}
	limited, cancel := context.WithTimeout(ctx, startLimit)
	defer cancel()
	unwatch := context.AfterFunc(limited, func() { p.kill() })
	defer unwatch()
	var ready reply
	if err := receive(p.out, maxReply, &ready); err != nil {
		p.kill()
		p.wait()
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		return nil, fmt.Errorf("%w: %s", err, strings.TrimSpace(p.errors.String()))
	}
	return p, nil
}

func begin(args []string, alone bool) (*process, error) {
	path, name, err := self()
	if err != nil {
		return nil, err
	}
	p := &process{cmd: exec.Command(path), errors: &beginning{}}
	p.cmd.Args = append([]string{name}, args...)
	p.cmd.Env = []string{}
	p.cmd.Dir = "/"
	p.cmd.Stderr = p.errors
	isolate(p.cmd, alone)
	if p.in, err = p.cmd.StdinPipe(); err != nil {
		return nil, err
	}
	out, err := p.cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	p.out = out
	return p, p.cmd.Start()
}

func (p *process) kill() { p.cmd.Process.Kill() }

func (p *process) wait() {
	p.in.Close()
	p.cmd.Wait() // killed: that it failed is no news
}

// A beginning keeps the first bytes that are written to it.
type beginning struct{ kept bytes.Buffer }

func (b *beginning) Write(data []byte) (int, error) {
	const most = 4096
	b.kept.Write(data[:min(len(data), max(0, most-b.kept.Len()))])
	return len(data), nil
}

func (b *beginning) String() string { return b.kept.String() }
