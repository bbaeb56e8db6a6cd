package shards

import (
	"context"
	"errors"
	"sync"
	"sync/atomic"
	"time"
)

// ErrLost is returned for what needs a lease that somebody else has by now, or that was
// given away.
var ErrLost = errors.New("another process answers for this shard")

// ErrLapsed is returned for what needs a lease that has not been renewed in time. Nobody
// else has it yet, so that it may be again in a moment.
var ErrLapsed = errors.New("the right to answer for this shard has not been renewed yet")

// A Lease is the right to answer for a shard. It is safe for concurrent use.
type Lease struct {
	Shard, Shards int
	// Claimed is until when all that was asked was claimed by former owners, by the
	// database's clock; the time at which the shard had its first owner if they never came
	// so far; zero if the process is alone.
	Claimed time.Time

	keeper *Keeper
	epoch  atomic.Int64  // 0 for an heir
	gone   chan struct{} // closed when it is lost or given away
	going  sync.Once
	begun  chan struct{} // closed when it is the process's own
	owning sync.Once
	heir   bool        // it was handed over
	offer  int64       // the epoch of the owner that offered it to this heir
	handed atomic.Bool // it was given to its heir, and what is under way ends

	mutex     sync.Mutex
	until     time.Time     // when it ends unless it is renewed, by clocks of this process
	renewed   chan struct{} // closed and replaced when it is renewed
	connected bool
	watched   func() Listening
	complete  time.Time // when all was claimed that was asked until then; at first, when it was taken
	guilds    int
}

func (k *Keeper) newLease(shard, shards int) *Lease {
	l := &Lease{
		Shard: shard, Shards: shards, keeper: k, complete: time.Now(),
		gone: make(chan struct{}), begun: make(chan struct{}), renewed: make(chan struct{}),
	}
	if k.Alone() {
		close(l.begun)
	}
	return l
}

// Owns reports whether a Discord server, or "" for what belongs to none, is of the shard.
func (l *Lease) Owns(server string) bool { return Of(server, l.Shards) == l.Shard }

// Gone is closed when the lease is lost or given away. It does not come back.
func (l *Lease) Gone() <-chan struct{} { return l.gone }

// Await waits until the lease is the process's own: it is an heir's until the former owner
// has handed it over. It returns ErrLost if it never will be.
func (l *Lease) Await(ctx context.Context) error {
	select {
	case <-l.begun:
		return nil
	default:
	}
	select {
	case <-l.begun:
		return nil
	case <-l.gone:
		return ErrLost
	case <-ctx.Done():
		return ctx.Err()
	}
}

// IsHeirs reports whether the lease is not the process's own yet.
func (l *Lease) IsHeirs() bool {
	select {
	case <-l.begun:
		return false
	default:
		return true
	}
}

// Hold returns nil while the process may speak for the shard. While it can't be renewed,
// because the database is away, Hold waits: until it is, or is lost, which is ErrLost.
func (l *Lease) Hold(ctx context.Context) error {
	for {
		l.mutex.Lock()
		holds, renewed := l.holds(time.Now()), l.renewed
		l.mutex.Unlock()
		select {
		case <-l.gone:
			return ErrLost
		default:
		}
		if holds {
			return nil
		}
		select {
		case <-renewed:
		case <-l.gone:
			return ErrLost
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// holds compares both the clock that runs evenly and that of the wall: the first stands
// still while a machine sleeps, the second may be put back.
func (l *Lease) holds(now time.Time) bool {
	return l.keeper.Alone() || now.Before(l.until) && now.Round(0).Before(l.until.Round(0))
}

// renew notes that it was renewed by a request that began at a time.
func (l *Lease) renew(begun time.Time) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.until = begun.Add(l.keeper.o.Timing.Life - l.keeper.o.Timing.Margin)
	close(l.renewed)
	l.renewed = make(chan struct{})
	l.owning.Do(func() { close(l.begun) })
}

func (l *Lease) lose() { l.going.Do(func() { close(l.gone) }) }

// SetConnected notes whether there is a session for the shard, and of how many servers it
// tells.
func (l *Lease) SetConnected(is bool, guilds int) {
	l.mutex.Lock()
	l.connected, l.guilds = is, guilds
	l.mutex.Unlock()
	l.keeper.hurry()
}

// A state is what a lease tells the other processes.
type state struct {
	connected bool
	guilds    int
	complete  bool
	ago       time.Duration // since when it is complete
}

func (l *Lease) state() state {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	is := l.listens()
	return state{connected: l.connected, guilds: l.guilds, complete: is.Complete, ago: is.Silent}
}

// Begin waits until a session for the shard may begin, and takes that moment for it. It
// returns ErrLost if the lease is lost meanwhile.
func (l *Lease) Begin(ctx context.Context) error {
	wait, err := l.keeper.reserve(ctx, l)
	for ; err != nil; wait, err = l.keeper.reserve(ctx, l) {
		if wait := l.pause(ctx, l.keeper.o.Timing.Beat); wait != nil {
			return wait
		}
	}
	return l.pause(ctx, wait)
}

func (l *Lease) pause(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-l.gone:
		return ErrLost
	case <-ctx.Done():
		return ctx.Err()
	}
}
