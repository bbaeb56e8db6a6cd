package bot

import (
	"log/slog"
	"sync"
	"time"
)

// A crew is the tasks under way that end together.
type crew struct {
	log *slog.Logger

	mutex  sync.Mutex
	ending bool // nothing new is taken
	group  sync.WaitGroup
}

// begin counts a task in, unless all are to end.
func (c *crew) begin() bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if !c.ending {
		c.group.Add(1)
	}
	return !c.ending
}

func (c *crew) done() { c.group.Done() }

// drain takes nothing new and waits for the tasks under way. Those that take too long
// are cancelled.
func (c *crew) drain(cancel func()) {
	c.mutex.Lock()
	c.ending = true
	c.mutex.Unlock()
	done := make(chan struct{})
	go func() {
		c.group.Wait()
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
		c.log.Warn("an interaction does not end")
	}
}
