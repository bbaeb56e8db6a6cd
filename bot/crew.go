package bot

import (
	"log/slog"
	"maps"
	"sync"
	"time"
)

// A crew is the tasks under way that end together.
type crew struct {
	log *slog.Logger

	mutex  sync.Mutex
	ending bool           // nothing new is taken
	works  map[string]int // how many work on what, by the names of tasks
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

// workOn notes that something is worked on, until done is called.
func (c *crew) workOn(name string) (done func()) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	if c.works == nil {
		c.works = map[string]int{}
	}
	c.works[name]++
	return func() {
		c.mutex.Lock()
		defer c.mutex.Unlock()
		if c.works[name]--; c.works[name] == 0 {
			delete(c.works, name)
		}
	}
}

// worked returns the names of what is worked on now.
func (c *crew) worked() map[string]int {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return maps.Clone(c.works)
}

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
