//go:build unix

package cli_test

import (
	"os"
	"syscall"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/config/database/databasetest"
)

// TestFleet: whatever happens to one of two processes, each question has one reply.
func TestFleet(t *testing.T) {
	if testing.Short() {
		t.Skip("takes a minute, in processes of their own")
	}
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
		{"the connections break", func(f *fleet, _, _ *member) { f.CutGateway() }},
		{"the indexes are wiped", func(f *fleet, one, _ *member) {
			f.wipeIndexes()
			f.change(0)
			f.change(1)
		}},
		{"the database is away for a moment", func(f *fleet, _, _ *member) {
			f.wire.Cut(true)
			time.Sleep(f.lease / 4)
			f.wire.Cut(false)
		}},
		{"the database is away until the leases end", func(f *fleet, one, two *member) {
			f.wire.Cut(true)
			time.Sleep(2 * f.lease)
			f.wire.Cut(false)
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
			f.settled(false)
		})
	}
}

// TestFleetHandover: while shards are handed over as planned, each has a session at any time,
// so that commands, which Discord does not repeat, are heard too.
func TestFleetHandover(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds, in processes of their own")
	}
	t.Parallel()
	const shards = 4
	f := newFleet(t, fakediscord.Options{Shards: shards, Concurrency: shards}, 8, 10*time.Second)
	one := f.join()
	f.await("the first has all", func() bool { return f.heard(shards) && f.divided(shards, one)() })
	gaps, watched := f.watchSessions(shards)
	stop := f.asking(50 * time.Millisecond)
	f.answered(2)
	two := f.join()
	f.await("both share", f.divided(shards/2, one, two))
	if status, _, stderr := run(t, f.tool("shards", "drain", one.name)); status != 0 {
		t.Errorf("drain: status %d\n%s", status, stderr)
	}
	f.await("the second has all", f.divided(shards, two))
	f.answered(2)
	watched()
	stop()
	f.settled(false)
	if n := gaps.Load(); n > 0 {
		t.Errorf("%d times a shard had no session", n)
	}
}

// TestFleetRestart: PostgreSQL itself is started anew in the middle, and each question has
// one reply.
func TestFleetRestart(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds, in processes of their own")
	}
	t.Parallel()
	own := databasetest.NewOwn(t)
	f := newFleetOn(t, own.Address(), own.Address(), fakediscord.Options{Shards: 2, Concurrency: 2}, 4, 2*time.Second)
	one, two := f.join(), f.join()
	f.await("the shards are divided", func() bool { return f.heard(2) && f.divided(1, one, two)() })
	stop := f.asking(100 * time.Millisecond)
	f.answered(2)
	own.Restart()
	f.await("the shards are divided again", f.divided(1, one, two))
	f.answered(2)
	stop()
	f.settled(false)
}

// TestFleetPooled: behind a pooler that gives each transaction another connection, of fewer
// than there are processes' own, a process dies, and each question has one reply.
func TestFleetPooled(t *testing.T) {
	if testing.Short() {
		t.Skip("takes seconds, in processes of their own")
	}
	t.Parallel()
	own := databasetest.NewOwn(t)
	f := newFleetOn(t, own.Address(), own.Pool(), fakediscord.Options{Shards: 2, Concurrency: 2}, 4, 2*time.Second)
	one, two := f.join(), f.join()
	f.await("the shards are divided", func() bool { return f.heard(2) && f.divided(1, one, two)() })
	stop := f.asking(100 * time.Millisecond)
	f.answered(2)
	f.change(0)
	two.signal(syscall.SIGKILL)
	<-two.ended
	f.await("the other has both", f.divided(2, one))
	f.answered(2)
	stop()
	f.settled(false)
}

// TestFleetForLong: 4 processes answer for 1,000 servers in 16 shards, and every 20 s
// something goes wrong.
func TestFleetForLong(t *testing.T) {
	if os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("set VERBATIM_LONG=1: it takes eight minutes")
	}
	const shards, guilds, life = 16, 1000, 8 * time.Second
	f := newFleet(t, fakediscord.Options{Shards: shards, Concurrency: shards, Keep: 1000}, guilds, life)
	all := []*member{f.join(), f.join(), f.join(), f.join()}
	f.await("the shards are divided", func() bool { return f.heard(shards) && f.divided(shards/4, all...)() })
	stop := f.asking(50 * time.Millisecond)
	taken := func(from *member) {
		t.Logf("others have all shards after %v", f.await("all shards are taken over", func() bool {
			return !f.holds(from) && f.heard(shards)
		}).Round(100*time.Millisecond))
	}
	faults := []struct {
		name string
		do   func(n int)
	}{
		{"a process dies, and another starts", func(n int) {
			gone := all[n%len(all)]
			gone.signal(syscall.SIGKILL)
			taken(gone)
			all[n%len(all)] = f.join()
		}},
		{"a process stops for 12 s", func(n int) {
			stopped := all[n%len(all)]
			stopped.signal(syscall.SIGSTOP)
			taken(stopped)
			time.Sleep(2 * time.Second)
			stopped.signal(syscall.SIGCONT)
		}},
		{"Discord wants new connections", func(int) { f.Reconnect() }},
		{"the connections break", func(int) { f.CutGateway() }},
		{"the database is away for 12 s", func(int) {
			f.wire.Cut(true)
			time.Sleep(12 * time.Second)
			f.wire.Cut(false)
		}},
		{"a process ends, and another starts", func(n int) {
			gone := all[n%len(all)]
			gone.signal(syscall.SIGTERM)
			taken(gone)
			all[n%len(all)] = f.join()
		}},
		{"Discord forgets the sessions", func(int) { f.InvalidateSessions(false) }},
	}
	begun := time.Now()
	for n := 0; time.Since(begun) < 5*time.Minute; n++ {
		fault := faults[n%len(faults)]
		f.happens(fault.name)
		next := time.After(20 * time.Second)
		fault.do(n)
		<-next
	}
	stop()
	f.settled(true)
}
