package shards_test

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"strings"
	"sync"
	"testing"
	"time"

	"verbatim/bot/shards"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// patience bounds what tests wait for.
const patience = time.Minute

// TestOf: the shard of a server, by Discord's formula.
func TestOf(t *testing.T) {
	for _, test := range []struct {
		server string
		shards int
		want   int
	}{
		{"", 4, 0},
		{"local", 4, 0},
		{"4194304", 4, 1},
		{"8388608", 4, 2},
		{"16777216", 4, 0},
		{"1574313885576462336", 1, 0},
		{"1574313885576462336", 16, 1574313885576462336 >> 22 % 16},
	} {
		if got := shards.Of(test.server, test.shards); got != test.want {
			t.Errorf("Of(%q, %d) = %d, want %d", test.server, test.shards, got, test.want)
		}
	}
}

// quick is a timing for tests in which nobody dies.
var quick = shards.Timing{Life: 30 * time.Second, Margin: time.Second, Beat: 20 * time.Millisecond}

// mortal is one for tests in which somebody does.
var mortal = shards.Timing{Life: 400 * time.Millisecond, Margin: 100 * time.Millisecond, Beat: 50 * time.Millisecond}

// A party is a process.
type party struct {
	*shards.Keeper
	t    *testing.T
	stop func() // returns when it has ended
	err  error

	mutex  sync.Mutex
	leases map[int]*shards.Lease
}

// start starts a process that serves what it has until it has not.
func start(t *testing.T, db *database.DB, name string, count int, timing shards.Timing) *party {
	t.Helper()
	p := &party{t: t, leases: map[int]*shards.Lease{}}
	p.Keeper = shards.New(shards.Options{DB: db, Name: name, Timing: timing, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		p.err = p.Run(ctx, shards.Plan{Shards: count, Concurrency: count}, func(ctx context.Context, l *shards.Lease) error {
			p.mutex.Lock()
			p.leases[l.Shard] = l
			p.mutex.Unlock()
			l.SetConnected(true, 3)
			<-ctx.Done()
			p.mutex.Lock()
			defer p.mutex.Unlock()
			if p.leases[l.Shard] == l {
				delete(p.leases, l.Shard)
			}
			return nil
		})
	})
	p.stop = func() { cancel(); group.Wait() }
	t.Cleanup(p.stop)
	return p
}

// lease returns the lease of a shard, nil if the process does not have it.
func (p *party) lease(shard int) *shards.Lease {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return p.leases[shard]
}

func (p *party) has() int {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	return len(p.leases)
}

func await(t *testing.T, what string, is func() bool) {
	t.Helper()
	for begun := time.Now(); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatalf("not in %v: %s", patience, what)
		}
	}
}

func divided(want string, all ...*party) func() bool {
	return func() bool {
		var has []string
		for _, p := range all {
			has = append(has, fmt.Sprint(p.has()))
		}
		return strings.Join(has, " ") == want
	}
}

// TestShares: processes come and go, and each has its share.
func TestShares(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		one := start(t, db, "one", 4, quick)
		await(t, "the first has all", divided("4", one))
		two := start(t, db, "two", 4, quick)
		await(t, "two share", divided("2 2", one, two))
		three := start(t, db, "three", 4, quick)
		await(t, "each of three has one", func() bool { return one.has() > 0 && two.has() > 0 && three.has() > 0 })
		three.stop()
		await(t, "two share again", divided("2 2", one, two))

		table := shards.NewTable(db)
		if found, err := table.Drain(t.Context(), "two"); err != nil || !found {
			t.Errorf("Drain(two) = %v, %v, want true", found, err)
		}
		if found, err := table.Drain(t.Context(), "three"); err != nil || found {
			t.Errorf("Drain of a process that has ended = %v, %v, want false", found, err)
		}
		await(t, "who drains gives all away", divided("4 0", one, two))
		o, err := table.Read(t.Context())
		if err != nil || len(o.Processes) != 2 || len(o.Shards) != 4 || o.Shards[3].Guilds != 3 || o.Shards[3].Free || o.Shards[3].Heard.IsZero() {
			t.Errorf("Read = %+v, %v", o, err)
		}
		one.stop()
		await(t, "who drains takes what nobody else does", divided("4", two))
	})
}

// TestOtherCount: the number of shards stays while somebody has some, and changes then.
func TestOtherCount(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		one := start(t, db, "one", 2, quick)
		await(t, "the first has all", divided("2", one))
		two := start(t, db, "two", 4, quick)
		await(t, "two share", divided("1 1", one, two))
		if _, count := two.Held(); count != 2 {
			t.Errorf("the second goes by %d shards, want the 2 of the first", count)
		}
		one.stop()
		two.stop()
		three := start(t, db, "three", 4, quick)
		await(t, "the next has the new number", divided("4", three))
	})
}

// TestClaim: a question is claimed once, and what a former owner left, the next one is told.
func TestClaim(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		ctx := t.Context()
		one := start(t, db, "one", 1, quick)
		await(t, "the first has all", divided("1", one))
		l := one.lease(0)
		claim := func(l *shards.Lease, id string, again, want bool) {
			t.Helper()
			q := shards.Question{Server: "s", ID: id, Kind: "message", Channel: "c", Content: "what " + id + " asks"}
			if got, err := l.Claim(ctx, q, again); err != nil || got != want {
				t.Errorf("Claim(%s, again %v) = %v, %v, want %v", id, again, got, err, want)
			}
		}
		claim(l, "1", false, true)
		claim(l, "1", false, false)
		claim(l, "1", true, true) // the answer to the first try was lost
		claim(l, "2", false, true)
		if err := l.Answered(ctx, "s", "1"); err != nil {
			t.Fatal(err)
		}
		claim(l, "1", true, false)
		if left, err := l.Unanswered(ctx, false); err != nil || len(left) != 0 {
			t.Errorf("Unanswered = %v, %v: what the owner itself works on is not left", left, err)
		}
		one.stop()
		if _, err := l.Claim(ctx, shards.Question{Server: "s", ID: "3"}, false); !errors.Is(err, shards.ErrLost) {
			t.Errorf("Claim of a former owner: %v, want ErrLost", err)
		}
		if err := l.Hold(ctx); !errors.Is(err, shards.ErrLost) {
			t.Errorf("Hold of a former owner: %v, want ErrLost", err)
		}

		two := start(t, db, "two", 1, quick)
		await(t, "the second has all", divided("1", two))
		next := two.lease(0)
		if next.Claimed.IsZero() {
			t.Error("until when all is claimed is not known")
		}
		left, err := next.Unanswered(ctx, false)
		if err != nil || len(left) != 1 || left[0].ID != "2" || left[0].Content != "what 2 asks" {
			t.Fatalf("Unanswered = %+v, %v, want 2", left, err)
		}
		for _, try := range []struct{ again, want bool }{{false, true}, {false, false}, {true, true}} {
			if got, err := next.Reclaim(ctx, left[0], try.again); err != nil || got != try.want {
				t.Errorf("Reclaim(again %v) = %v, %v, want %v", try.again, got, err, try.want)
			}
		}
		if err := next.Answered(ctx, "s", "2"); err != nil {
			t.Fatal(err)
		}
		if got, err := next.Reclaim(ctx, left[0], true); err != nil || got {
			t.Errorf("Reclaim of what is answered = %v, %v, want false", got, err)
		}
		claim(next, "2", false, false)
		claim(next, "3", false, true)
	})
}

// TestClaimedUntil: the next owner knows until when all is claimed, and not when the last
// one said so; if the last one never knew, all since it began is to be looked for.
func TestClaimedUntil(t *testing.T) {
	for name, test := range map[string]struct {
		is   shards.Listening
		want bool // it goes on while the first has the shard
	}{
		"Discord was heard just now":      {shards.Listening{Heard: true, Complete: true}, true},
		"Discord is silent for a minute":  {shards.Listening{Heard: true, Silent: time.Minute, Complete: true}, false},
		"not all that was asked is known": {shards.Listening{Heard: true}, false},
		"Discord was never heard":         {shards.Listening{Complete: true}, false},
	} {
		t.Run(name, func(t *testing.T) {
			databasetest.Run(t, func(t *testing.T, db *database.DB) {
				one := shards.New(shards.Options{DB: db, Name: "one", Timing: quick, Log: slog.New(slog.DiscardHandler)})
				ctx, cancel := context.WithCancel(t.Context())
				ended := make(chan error)
				go func() {
					ended <- one.Run(ctx, shards.Plan{Shards: 1}, func(ctx context.Context, l *shards.Lease) error {
						l.Watch(func() shards.Listening { return test.is })
						l.SetConnected(true, 3)
						<-ctx.Done()
						return nil
					})
				}()
				table := shards.NewTable(db)
				var o shards.Overview
				await(t, "the first says that it is connected", func() (is bool) {
					var err error
					o, err = table.Read(t.Context())
					return err == nil && len(o.Shards) == 1 && o.Shards[0].Guilds == 3
				})
				begun := o.Now
				await(t, "the first goes on", func() bool {
					o, err := table.Read(t.Context())
					return err == nil && o.Shards[0].Heard.Sub(begun) > 100*time.Millisecond
				})
				cancel()
				if err := <-ended; err != nil {
					t.Fatal(err)
				}
				two := start(t, db, "two", 1, quick)
				await(t, "the second has all", divided("1", two))
				claimed := two.lease(0).Claimed
				if claimed.IsZero() || claimed.After(begun) != test.want {
					t.Errorf("all is claimed until %v, and the first had the shard before %v: want it after that: %v", claimed, begun, test.want)
				}
			})
		})
	}
}

// TestHeldUp: who was held up may say nothing once its lease has ended, and another has it.
func TestHeldUp(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		one := start(t, db, "one", 1, mortal)
		await(t, "the first has all", divided("1", one))
		l := one.lease(0)
		one.HoldUp() // it does not renew any more
		goOn := sync.OnceFunc(one.GoOn)
		t.Cleanup(goOn)
		two := start(t, db, "two", 1, mortal)
		await(t, "another takes over", divided("1", two))
		ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
		defer cancel()
		if err := l.Hold(ctx); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("Hold of who was held up: %v, want it to wait", err)
		}
		if _, err := l.Claim(t.Context(), shards.Question{Server: "s", ID: "1"}, false); !errors.Is(err, shards.ErrLost) {
			t.Errorf("Claim of who was held up: %v, want ErrLost", err)
		}
		goOn()
		if err := l.Hold(t.Context()); !errors.Is(err, shards.ErrLost) {
			t.Errorf("Hold of who goes on: %v, want ErrLost", err)
		}
	})
}

// TestBegin: sessions begin one after the other in each sequence, whichever process begins
// them.
func TestBegin(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		const pause = time.Second
		started := time.Now()
		var mutex sync.Mutex
		begun := map[int][]time.Time{}
		var keepers sync.WaitGroup
		ctx, cancel := context.WithCancel(t.Context())
		for n := range 2 {
			k := shards.New(shards.Options{DB: db, Name: fmt.Sprint(n), Timing: quick, Log: slog.New(slog.DiscardHandler)})
			keepers.Go(func() {
				k.Run(ctx, shards.Plan{Shards: 4, Concurrency: 2, Pause: pause}, func(ctx context.Context, l *shards.Lease) error {
					if l.Begin(ctx) == nil {
						mutex.Lock()
						begun[l.Shard%2] = append(begun[l.Shard%2], time.Now())
						mutex.Unlock()
						l.SetConnected(true, 0)
					}
					<-ctx.Done()
					return nil
				})
			})
		}
		await(t, "all have begun", func() bool {
			mutex.Lock()
			defer mutex.Unlock()
			return len(begun[0]) > 1 && len(begun[1]) > 1
		})
		cancel()
		keepers.Wait()
		for sequence, times := range begun {
			// When the first has begun is known only from a while later on, on a busy machine.
			if since := times[1].Sub(started); since < pause {
				t.Errorf("sequence %d: two sessions within %v, want a pause of %v", sequence, since, pause)
			}
		}
	})
}

// TestAlone: a process without a database has all, remembers what it has claimed, and ends
// with the error of who serves.
func TestAlone(t *testing.T) {
	p := start(t, nil, "", 3, quick)
	await(t, "it has all", divided("3", p))
	l := p.lease(2)
	for _, want := range []bool{true, false} {
		if got, err := l.Claim(t.Context(), shards.Question{Server: "8388608", ID: "1"}, false); err != nil || got != want {
			t.Errorf("Claim = %v, %v, want %v", got, err, want)
		}
	}
	if err := l.Hold(t.Context()); err != nil {
		t.Errorf("Hold: %v", err)
	}
	if p.Of("8388608") != l || p.Of("") != p.lease(0) {
		t.Error("Of returns another lease than that of the server's shard")
	}
	failed := errors.New("refused")
	k := shards.New(shards.Options{Log: slog.New(slog.DiscardHandler)})
	err := k.Run(t.Context(), shards.Plan{Shards: 2}, func(ctx context.Context, l *shards.Lease) error {
		if l.Shard == 1 {
			return failed
		}
		<-ctx.Done()
		return nil
	})
	if !errors.Is(err, failed) {
		t.Errorf("Run = %v, want %v", err, failed)
	}
}
