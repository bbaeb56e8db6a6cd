package worker

import (
	"context"
	"fmt"
	"os"
	"sync"
	"time"

	"verbatim/corpus/extract"
)

// maxReply is the size of the largest reply in bytes.
const maxReply = 512 << 20

// A Reader reads files: text in this process, untrusted formats in workers, which it
// starts with the first such file and keeps until Close. It can be used by several
// goroutines; one worker of a kind reads at a time.
type Reader struct {
	Cache string        // folder for the compiled PDF engine, which takes seconds to make
	Time  time.Duration // for one file; 0 is five minutes, and 10 s more for each MiB, up to half an hour

	plain, pdf seat
}

// A seat is the place of one worker.
type seat struct {
	mu      sync.Mutex
	process *process
}

// File reads a file as extract.File does. When ctx is done a worker is stopped.
func (r *Reader) File(ctx context.Context, name string, data, sidecar []byte) (extract.Text, error) {
	if len(data) > extract.MaxBytes {
		return extract.Text{}, extract.ErrTooLarge
	}
	if !extract.Untrusted(name, data) {
		return extract.File(name, data, sidecar)
	}
	s, args := &r.plain, []string{Command}
	if extract.NeedsEngine(name, data) {
		s, args = &r.pdf, []string{Command, r.Cache}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.process == nil {
		p, err := start(ctx, args)
		if err != nil {
			return extract.Text{}, fmt.Errorf("start the process that reads it: %w", err)
		}
		s.process = p
	}
	answer, err := s.ask(ctx, request{name, data, sidecar}, r.timeLimit(len(data)))
	switch {
	case err != nil:
		return extract.Text{}, err
	case answer.Error != "":
		return extract.Text{}, failure{answer.Error, extract.UnreadOf(answer.Reason)}
	}
	if err := answer.Text.Check(); err != nil { // what a broken worker says is not believed
		s.stop()
		return extract.Text{}, extract.ErrMemory
	}
	return answer.Text, nil
}

// timeLimit returns how long a file of so many bytes may take: books of thousands of
// pages more than others.
func (r *Reader) timeLimit(size int) time.Duration {
	if r.Time > 0 {
		return r.Time
	}
	const least, most, perMiB = 5 * time.Minute, 30 * time.Minute, 10 * time.Second
	return min(most, least+time.Duration(size>>20)*perMiB)
}

// Close stops the workers.
func (r *Reader) Close() {
	for _, s := range []*seat{&r.plain, &r.pdf} {
		s.mu.Lock()
		s.stop()
		s.mu.Unlock()
	}
}

// ask gives a request to the worker. One that does not answer is stopped.
func (s *seat) ask(ctx context.Context, q request, limit time.Duration) (reply, error) {
	limited, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	p := s.process
	unwatch := context.AfterFunc(limited, func() { p.kill() })
	defer unwatch()
	var answer reply
	err := send(p.in, q)
	if err == nil {
		err = receive(p.out, maxReply, &answer)
	}
	if err == nil {
		return answer, nil
	}
	s.stop()
	switch {
	case ctx.Err() != nil:
		return reply{}, ctx.Err()
	case limited.Err() != nil:
		return reply{}, extract.ErrTime
	}
	return reply{}, extract.ErrMemory
}

// stop ends the worker and waits for it.
func (s *seat) stop() {
	if s.process == nil {
		return
	}
	s.process.kill()
	s.process.wait()
	s.process = nil
}

// A failure is an error that a worker reported: what it said, and the error that it
// was or wrapped, nil for none.
type failure struct {
	text   string
	unread *extract.UnreadError
}

func (f failure) Error() string { return f.text }

// Unwrap returns the error that it was.
func (f failure) Unwrap() error {
	if f.unread == nil {
		return nil
	}
	return f.unread
}

// self returns the program and how it was called.
func self() (path, name string, err error) {
	path, err = os.Executable()
	return path, os.Args[0], err
}
