package bot

import (
	"context"
	"fmt"
	"log/slog"
	"runtime/debug"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// A dispatcher does what is asked of the bot. It bounds how much is under way, how long
// each takes, and keeps what goes wrong in one from the others.
type dispatcher struct {
	read func(*discordgo.Event) task // nil for an event that asks for nothing
	log  *slog.Logger

	places   chan int // the numbers of those that are free for a task
	refusals chan int // those that are free for one that is told that there is no place

	mutex  sync.Mutex
	ending bool // nothing new is taken
	group  sync.WaitGroup
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
	// failed says that do has failed or panicked.
	failed(ctx context.Context)
}

const (
	// failedTime is how long it may take to say that something went wrong.
	failedTime  = 2 * time.Second
	maxUnderWay = 64
	maxRefusals = 64
	// handleTime is within the 15 minutes for which an interaction's token is valid.
	handleTime = 2 * time.Minute
	// The client takes 1 s to end, at the same time, so the whole stays below 5 s.
	drainTime  = 2500 * time.Millisecond
	cancelTime = 500 * time.Millisecond
)

func newDispatcher(read func(*discordgo.Event) task, log *slog.Logger) *dispatcher {
	return &dispatcher{
		read: read, log: log,
		places: numbers(0, maxUnderWay), refusals: numbers(maxUnderWay, maxRefusals),
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

// event takes an event of the gateway. It is called in a goroutine of its own.
func (d *dispatcher) event(ctx context.Context, event any) {
	e, ok := event.(*discordgo.Event) // which comes of each, read or not
	if !ok {
		return
	}
	t := d.read(e)
	if t == nil || !d.begin() {
		return
	}
	defer d.group.Done()
	ctx, cancel := context.WithTimeout(ctx, handleTime)
	defer cancel()
	d.take(ctx, t)
}

// begin counts a task in, unless the bot is ending.
func (d *dispatcher) begin() bool {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if !d.ending {
		d.group.Add(1)
	}
	return !d.ending
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
		d.log.Error("interaction failed", "interaction", t.name(), "err", err)
		// The context may be what failed.
		telling, cancel := context.WithTimeout(context.WithoutCancel(ctx), failedTime)
		defer cancel()
		d.guarded(t, func() error { t.failed(telling); return nil })
	}
}

// refuse says that there is no place; when that is said too often at a time, it says
// nothing, and Discord tells who asked that the bot did not respond.
func (d *dispatcher) refuse(ctx context.Context, t task) {
	select {
	case place := <-d.refusals:
		defer func() { d.refusals <- place }()
		d.log.Warn("too many interactions under way", "interaction", t.name(), "most", maxUnderWay)
		d.guarded(t, func() error { t.busy(ctx, place); return nil })
	default:
		d.log.Warn("too many interactions to say so", "interaction", t.name())
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

// drain takes nothing new and waits for the tasks under way. Those that take too long
// are cancelled.
func (d *dispatcher) drain(cancel func()) {
	d.mutex.Lock()
	d.ending = true
	d.mutex.Unlock()
	done := make(chan struct{})
	go func() {
		d.group.Wait()
		close(done)
	}()
	select {
	case <-done:
		return
	case <-time.After(drainTime):
	}
	cancel()
	select {
	case <-done:
	case <-time.After(cancelTime):
		d.log.Warn("an interaction does not end")
	}
}
