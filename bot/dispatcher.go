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

// A dispatcher calls the handler of each interaction. It bounds how many are under
// way, how long each takes, and keeps what goes wrong in one from the others.
type dispatcher struct {
	handle func(context.Context, *turn) error
	busy   func(context.Context, *turn) // there is no room
	failed func(context.Context, *turn) // the handler failed or panicked
	log    *slog.Logger

	places   chan int // the numbers of those that are free for an interaction
	refusals chan int // those that are free for one that is told that there is no place

	mutex  sync.Mutex
	ending bool // nothing new is taken
	group  sync.WaitGroup
}

// A turn is an interaction under way. It belongs to one goroutine.
type turn struct {
	*discordgo.Interaction
	place    int // no other turn has it at the same time
	standing standing
}

const (
	// failedTime is how long it may take to say that something went wrong.
	failedTime  = 2 * time.Second
	maxUnderWay = 64
	maxRefusals = 64
	// handleTime is within the 15 minutes for which an interaction's token is valid.
	handleTime = 2 * time.Minute
	// The client takes 1 s to end, so the whole stays below 5 s.
	drainTime  = 2500 * time.Millisecond
	cancelTime = 500 * time.Millisecond
)

func newDispatcher(handle func(context.Context, *turn) error, busy, failed func(context.Context, *turn), log *slog.Logger) *dispatcher {
	return &dispatcher{
		handle: handle, busy: busy, failed: failed, log: log,
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

// event takes an event of the gateway. It is called in a goroutine of its own.
func (d *dispatcher) event(ctx context.Context, event any) {
	created, ok := event.(*discordgo.InteractionCreate)
	if !ok || created.Interaction == nil || !d.begin() {
		return
	}
	defer d.group.Done()
	ctx, cancel := context.WithTimeout(ctx, handleTime)
	defer cancel()
	d.interaction(ctx, created.Interaction)
}

// begin counts an interaction in, unless the bot is ending.
func (d *dispatcher) begin() bool {
	d.mutex.Lock()
	defer d.mutex.Unlock()
	if !d.ending {
		d.group.Add(1)
	}
	return !d.ending
}

func (d *dispatcher) interaction(ctx context.Context, i *discordgo.Interaction) {
	select {
	case place := <-d.places:
		defer func() { d.places <- place }()
		d.answer(ctx, &turn{Interaction: i, place: place})
	default:
		d.refuse(ctx, i)
	}
}

func (d *dispatcher) answer(ctx context.Context, t *turn) {
	if err := d.guarded(t, func() error { return d.handle(ctx, t) }); err != nil {
		d.log.Error("interaction failed", "interaction", t.ID, "err", err)
		// The context may be what failed.
		telling, cancel := context.WithTimeout(context.WithoutCancel(ctx), failedTime)
		defer cancel()
		d.guarded(t, func() error { d.failed(telling, t); return nil })
	}
}

// refuse says that there is no place; when that is said too often at a time, it says
// nothing, and Discord tells who asked that the bot did not respond.
func (d *dispatcher) refuse(ctx context.Context, i *discordgo.Interaction) {
	select {
	case place := <-d.refusals:
		defer func() { d.refusals <- place }()
		d.log.Warn("too many interactions under way", "interaction", i.ID, "most", maxUnderWay)
		t := &turn{Interaction: i, place: place}
		d.guarded(t, func() error { d.busy(ctx, t); return nil })
	default:
		d.log.Warn("too many interactions to say so", "interaction", i.ID)
	}
}

// guarded calls fn and makes an error of a panic.
func (d *dispatcher) guarded(t *turn, fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
			d.log.Error("panic", "interaction", t.ID, "stack", string(debug.Stack()))
		}
	}()
	return fn()
}

// drain takes nothing new and waits for the interactions under way. Those that take
// too long are cancelled.
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
