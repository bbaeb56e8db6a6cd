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
	handle func(context.Context, *discordgo.Interaction) error
	busy   func(context.Context, *discordgo.Interaction)        // there is no room
	failed func(context.Context, *discordgo.Interaction, error) // the handler failed or panicked
	log    *slog.Logger

	places   chan struct{} // one for each interaction under way
	refusals chan struct{} // one for each interaction that is told that there is no place

	mutex  sync.Mutex
	ending bool // nothing new is taken
	group  sync.WaitGroup
}

const (
	// failedTime is how long it may take to say that something went wrong.
	failedTime  = time.Second
	maxUnderWay = 64
	maxRefusals = 64
	// handleTime is within the 15 minutes for which an interaction's token is valid.
	handleTime = 2 * time.Minute
	// The client takes 1 s to end, so the whole stays below 5 s.
	drainTime  = 2500 * time.Millisecond
	cancelTime = 500 * time.Millisecond
)

func newDispatcher(handle func(context.Context, *discordgo.Interaction) error, busy func(context.Context, *discordgo.Interaction),
	failed func(context.Context, *discordgo.Interaction, error), log *slog.Logger) *dispatcher {
	return &dispatcher{
		handle: handle, busy: busy, failed: failed, log: log,
		places: make(chan struct{}, maxUnderWay), refusals: make(chan struct{}, maxRefusals),
	}
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
	case d.places <- struct{}{}:
		defer func() { <-d.places }()
	default:
		d.refuse(ctx, i)
		return
	}
	if err := d.guarded(i, func() error { return d.handle(ctx, i) }); err != nil {
		d.log.Error("interaction failed", "interaction", i.ID, "err", err)
		// The context may be what failed.
		telling, cancel := context.WithTimeout(context.WithoutCancel(ctx), failedTime)
		defer cancel()
		d.guarded(i, func() error { d.failed(telling, i, err); return nil })
	}
}

// refuse says that there is no place; when that is said too often at a time, it says
// nothing, and Discord tells who asked that the bot did not respond.
func (d *dispatcher) refuse(ctx context.Context, i *discordgo.Interaction) {
	select {
	case d.refusals <- struct{}{}:
		defer func() { <-d.refusals }()
	default:
		d.log.Warn("too many interactions to say so", "interaction", i.ID)
		return
	}
	d.log.Warn("too many interactions under way", "interaction", i.ID, "most", maxUnderWay)
	d.guarded(i, func() error { d.busy(ctx, i); return nil })
}

// guarded calls fn and makes an error of a panic.
func (d *dispatcher) guarded(i *discordgo.Interaction, fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
			d.log.Error("panic", "interaction", i.ID, "stack", string(debug.Stack()))
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
