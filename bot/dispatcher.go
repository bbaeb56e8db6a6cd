package bot

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"
)

// A dispatcher does what is asked of the bot. It bounds how much is under way, how long
// each takes, and keeps what goes wrong in one from the others.
type dispatcher struct {
	log *slog.Logger

	places   chan int // the numbers of those that are free for a task
	refusals chan int // those that are free for one that is told that there is no place
	claiming chan int // those that are free for one that is being claimed
}

// A task is something that is asked of the bot: an interaction or a message. Its methods
// are called in one goroutine. The place is a number that no other task has at the same
// time.
type task interface {
	// name tells it from others in the log.
	name() string
	do(ctx context.Context, place int) error
	// busy says that there is no room.
	busy(ctx context.Context, place int)
	// failed says that do has failed or panicked, and why.
	failed(ctx context.Context, why error)
}

// A claimed task is one that is claimed before it is done. That may take as long as the
// database is away, so it needs no place yet.
type claimed interface {
	// claim reports false for what is not to be done here.
	claim(ctx context.Context) (bool, error)
}

const (
	// failedTime is how long it may take to say that something went wrong, and lastTime
	// once the bot is ending or the task's own time is over.
	failedTime  = time.Minute
	lastTime    = 2 * time.Second
	maxUnderWay = 64
	maxRefusals = 64
	maxClaiming = 2000
	// handleTime is within the 15 minutes for which an interaction's token is valid.
	handleTime = 2 * time.Minute
	// The client takes 1 s to end, at the same time, so the whole stays below 5 s.
	drainTime  = 2500 * time.Millisecond
	cancelTime = 500 * time.Millisecond
)

func newDispatcher(log *slog.Logger) *dispatcher {
	return &dispatcher{
		log:    log,
		places: numbers(0, maxUnderWay), refusals: numbers(maxUnderWay, maxRefusals), claiming: numbers(0, maxClaiming),
	}
}

// numbers returns a channel that holds so many numbers.
func numbers(first, count int) chan int {
	all := make(chan int, count)
	for n := range count {
		all <- first + n
	}
	return all
}

// underWay returns how many tasks have a place.
func (d *dispatcher) underWay() int { return maxUnderWay - len(d.places) }

// event does what an event of the gateway asks. It is called in a goroutine of its own.
func (d *dispatcher) event(ctx context.Context, c *crew, t task) {
	if !c.begin() {
		return
	}
	defer c.done()
	defer c.workOn(t.name())()
	ctx, cancel := context.WithTimeout(ctx, handleTime)
	defer cancel()
	if mine, _ := d.claimed(ctx, t); mine {
		d.take(ctx, t)
	}
}

// errTooMany says that too much is waiting to be claimed.
var errTooMany = errors.New("too many messages wait")

// claimed reports whether a task is to be done. The log has its error already.
func (d *dispatcher) claimed(ctx context.Context, t task) (bool, error) {
	c, needed := t.(claimed)
	if !needed {
		return true, nil
	}
	select {
	case place := <-d.claiming:
		defer func() { d.claiming <- place }()
	default:
		d.log.Warn(errTooMany.Error(), "message", t.name())
		return false, errTooMany
	}
	mine := false
	err := d.guarded(t, func() (err error) { mine, err = c.claim(ctx); return err })
	if err != nil {
		d.log.Error("interaction failed", "interaction", t.name(), "err", err)
	}
	return mine && err == nil, err
}

// patiently does a task that nobody waits for any more, as soon as there is a place. It
// returns an error if it is not known whether the task is to be done.
func (d *dispatcher) patiently(ctx context.Context, c *crew, t task) error {
	if !c.begin() {
		return context.Canceled
	}
	defer c.done()
	defer c.workOn(t.name())()
	ctx, cancel := context.WithTimeout(ctx, handleTime)
	defer cancel()
	if mine, err := d.claimed(ctx, t); !mine {
		return err
	}
	select {
	case place := <-d.places:
		defer func() { d.places <- place }()
		d.do(ctx, t, place)
	case <-ctx.Done():
		if errors.Is(ctx.Err(), context.DeadlineExceeded) { // else the next owner of the shard does it
			d.fail(ctx, t, ctx.Err())
		}
	}
	return nil
}

func (d *dispatcher) take(ctx context.Context, t task) {
	select {
	case place := <-d.places:
		defer func() { d.places <- place }()
		d.do(ctx, t, place)
	default:
		d.refuse(ctx, t)
	}
}

func (d *dispatcher) do(ctx context.Context, t task, place int) {
	if err := d.guarded(t, func() error { return t.do(ctx, place) }); err != nil {
		d.fail(ctx, t, err)
	}
}

// fail says that a task is not done.
func (d *dispatcher) fail(ctx context.Context, t task, err error) {
	d.log.Error("interaction failed", "interaction", t.name(), "err", err)
	// The context may be what failed.
	telling, cancel := context.WithTimeout(context.WithoutCancel(ctx), failedTime)
	defer cancel()
	defer context.AfterFunc(ctx, func() { time.AfterFunc(lastTime, cancel) })()
	d.guarded(t, func() error { t.failed(telling, err); return nil })
}

// refuse says that there is no place. When that is said too often at a time, a message waits
// until it can be said; of an interaction nothing is said, and Discord tells who asked that
// the bot did not respond.
func (d *dispatcher) refuse(ctx context.Context, t task) {
	place, is := d.refusal(ctx, t)
	if !is {
		d.log.Warn("too many interactions to say so", "interaction", t.name())
		return
	}
	defer func() { d.refusals <- place }()
	d.log.Warn("too many interactions under way", "interaction", t.name(), "most", maxUnderWay)
	d.guarded(t, func() error { t.busy(ctx, place); return nil })
}

// refusal returns a place to say in that there is none.
func (d *dispatcher) refusal(ctx context.Context, t task) (place int, is bool) {
	select {
	case place := <-d.refusals:
		return place, true
	default:
	}
	if _, waits := t.(claimed); !waits {
		return 0, false
	}
	select {
	case waiting := <-d.claiming:
		defer func() { d.claiming <- waiting }()
	default:
		return 0, false
	}
	select {
	case place := <-d.refusals:
		return place, true
	case <-ctx.Done():
		return 0, false
	}
}

// guarded calls fn and makes an error of a panic.
func (d *dispatcher) guarded(t task, fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
			d.log.Error("panic", "interaction", t.name(), "stack", string(debug.Stack()))
		}
	}()
	return fn()
}
