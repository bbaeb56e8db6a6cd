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

	places chan struct{} // one for each interaction under way
	group  sync.WaitGroup
}

const (
	maxUnderWay = 64
	// handleTime is within the 15 minutes for which an interaction's token is valid.
	handleTime = 2 * time.Minute
	drainTime  = 3 * time.Second
)

func newDispatcher(handle func(context.Context, *discordgo.Interaction) error, busy func(context.Context, *discordgo.Interaction),
	failed func(context.Context, *discordgo.Interaction, error), log *slog.Logger) *dispatcher {
	return &dispatcher{handle: handle, busy: busy, failed: failed, log: log, places: make(chan struct{}, maxUnderWay)}
}

// event takes an event of the gateway. It is called in a goroutine of its own.
func (d *dispatcher) event(ctx context.Context, event any) {
	created, ok := event.(*discordgo.InteractionCreate)
	if !ok || created.Interaction == nil || ctx.Err() != nil {
		return
	}
	d.interaction(ctx, created.Interaction)
}

func (d *dispatcher) interaction(ctx context.Context, i *discordgo.Interaction) {
	d.group.Add(1)
	defer d.group.Done()
	// What was asked is answered also while the bot is ending.
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), handleTime)
	defer cancel()
	select {
	case d.places <- struct{}{}:
		defer func() { <-d.places }()
	default:
		d.log.Warn("too many interactions under way", "interaction", i.ID, "most", maxUnderWay)
		d.guarded(ctx, i, func() error { d.busy(ctx, i); return nil })
		return
	}
	if err := d.guarded(ctx, i, func() error { return d.handle(ctx, i) }); err != nil {
		d.log.Error("interaction failed", "interaction", i.ID, "err", err)
		d.guarded(ctx, i, func() error { d.failed(ctx, i, err); return nil })
	}
}

// guarded calls fn and makes an error of a panic.
func (d *dispatcher) guarded(ctx context.Context, i *discordgo.Interaction, fn func() error) (err error) {
	defer func() {
		if v := recover(); v != nil {
			err = fmt.Errorf("panic: %v", v)
			d.log.Error("panic", "interaction", i.ID, "stack", string(debug.Stack()))
		}
	}()
	return fn()
}

// drain waits for the interactions under way, for so long at most.
func (d *dispatcher) drain(most time.Duration) {
	done := make(chan struct{})
	go func() {
		d.group.Wait()
		close(done)
	}()
	select {
	case <-done:
	case <-time.After(most):
	}
}
