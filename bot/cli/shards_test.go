//go:build unix

package cli_test

import (
	"syscall"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
)

// TestFleet: whatever happens to one of two processes, each question has one reply.
func TestFleet(t *testing.T) {
	const shards = 4
	tests := []struct {
		name  string
		fault func(f *fleet, one, two *member)
	}{
		{"a process dies", func(f *fleet, _, two *member) {
			two.signal(syscall.SIGKILL)
			<-two.ended
			f.t.Logf("others answer after %v", f.await("all shards are taken over", func() bool { return f.heard(shards) }))
		}},
		{"a process stops for a while", func(f *fleet, one, two *member) {
			two.signal(syscall.SIGSTOP)
			f.await("all shards are taken over", f.divided(shards, one))
			time.Sleep(f.lease) // it is asked while it does nothing
			two.signal(syscall.SIGCONT)
			f.await("the shards are divided again", f.divided(shards/2, one, two))
		}},
		{"a process is told to end", func(f *fleet, _, two *member) {
			two.signal(syscall.SIGTERM)
			if took, status := two.wait(); status != 0 || took > 5*time.Second {
				f.t.Errorf("ended after %v with status %d, want 0 within 5 s", took, status)
			}
			f.await("all shards are taken over", func() bool { return f.heard(shards) })
		}},
		{"Discord wants new connections", func(f *fleet, _, _ *member) { f.Reconnect() }},
		{"Discord forgets the sessions", func(f *fleet, _, _ *member) {
			f.InvalidateSessions(false)
			f.await("all shards have sessions", func() bool { return f.heard(shards) })
		}},
		{"the database is away for a moment", func(f *fleet, _, _ *member) {
			f.wire.cut(true)
			time.Sleep(f.lease / 4)
			f.wire.cut(false)
		}},
		{"the database is away until the leases end", func(f *fleet, one, two *member) {
			f.wire.cut(true)
			time.Sleep(2 * f.lease)
			f.wire.cut(false)
			f.await("the shards are held", f.divided(1, one, two))
		}},
		{"a process is drained", func(f *fleet, one, two *member) {
			if status, _, stderr := run(f.t, f.tool("shards", "drain", two.name)); status != 0 {
				f.t.Errorf("drain: status %d\n%s", status, stderr)
			}
			f.await("the other has all", f.divided(shards, one))
		}},
		{"another joins", func(f *fleet, one, two *member) {
			three := f.join()
			f.await("three share", f.divided(1, one, two, three))
		}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFleet(t, fakediscord.Options{Shards: shards, Concurrency: shards}, 8, 2*time.Second)
			one, two := f.join(), f.join()
			f.await("the shards are divided", func() bool { return f.heard(shards) && f.divided(shards/2, one, two)() })
			stop := f.asking(100 * time.Millisecond)
			time.Sleep(500 * time.Millisecond)
			test.fault(f, one, two)
			time.Sleep(500 * time.Millisecond)
			stop()
			f.settled()
		})
	}
}
