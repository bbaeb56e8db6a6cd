package bot_test

import (
	"context"
	"log/slog"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/bot/fakediscord"
	"verbatim/bot/shards"
)

// TestReadyWithShards: the bot is ready when the last of its shards is connected, not before.
func TestReadyWithShards(t *testing.T) {
	t.Parallel()
	const count = 3
	s := newStage(t, fakediscord.Options{Shards: count})
	var sessions atomic.Int32 // when the bot was ready for the first time
	s.options.Ready = func(is bool) {
		connected := int32(0)
		for _, session := range s.Sessions() {
			if session.Connected {
				connected++
			}
		}
		if is {
			sessions.CompareAndSwap(0, connected)
		}
	}
	s.start()
	s.await("the bot is ready", func() bool { return sessions.Load() > 0 })
	if n := sessions.Load(); n != count {
		t.Errorf("ready with %d sessions, want %d", n, count)
	}
}

// TestReadyAfterGivingAway: a bot that has given a shard away to another process is as ready
// as the shards that it has left.
func TestReadyAfterGivingAway(t *testing.T) {
	t.Parallel()
	s := newStage(t, fakediscord.Options{Shards: 2, Concurrency: 2})
	timing := shards.TimingOf(2 * time.Second)
	keeper := shards.New(shards.Options{DB: s.db, Name: "one", Timing: timing, Log: s.options.Log})
	var ready, unready atomic.Bool
	s.options.Shards = keeper
	s.options.Ready = func(is bool) { ready.Store(is); unready.CompareAndSwap(false, !is) }
	has := func(n int) func() bool {
		return func() bool { held, _ := keeper.Held(); return held == n && ready.Load() }
	}
	s.start()
	s.await("the bot has both shards, and is ready", has(2))
	unready.Store(false)
	other := shards.New(shards.Options{DB: s.db, Name: "two", Timing: timing, Log: slog.New(slog.DiscardHandler)})
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		_ = other.Run(ctx, shards.Plan{Shards: 2, Concurrency: 2}, func(ctx context.Context, l *shards.Lease) error {
			l.SetConnected(true, 0)
			<-ctx.Done()
			return nil
		})
	})
	defer group.Wait()
	defer cancel()
	s.await("the connection of a shard ends", unready.Load)
	s.await("the bot has one shard, and is ready", has(1))
}

// await waits until something is so.
func (s *stage) await(what string, is func() bool) {
	s.t.Helper()
	for begun := time.Now(); !is(); time.Sleep(5 * time.Millisecond) {
		if time.Since(begun) > patience {
			s.t.Fatalf("not in %v: %s\n%s", patience, what, s.log)
		}
	}
}
