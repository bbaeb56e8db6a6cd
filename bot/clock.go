package bot

import (
	"net/http"
	"sync/atomic"
	"time"
)

// A discordsClock is what Discord's answers tell of the time.
type discordsClock struct {
	off atomic.Pointer[time.Duration] // nil while Discord has told nothing
}

// see reads the time that an answer tells, which came now.
func (c *discordsClock) see(header http.Header, now time.Time) {
	if theirs, err := http.ParseTime(header.Get("Date")); err == nil {
		off := now.Sub(theirs)
		c.off.Store(&off)
	}
}

// ClockOff returns by how much the clock of this machine was ahead of Discord's with the last
// answer that came, within some seconds; negative if it was behind. It is not known before
// the first answer.
func (b *Bot) ClockOff() (off time.Duration, known bool) {
	if off := b.rest.clock.off.Load(); off != nil {
		return *off, true
	}
	return 0, false
}

// discordNow returns what time it is by Discord's clock, by which its IDs are made. While
// Discord has told nothing, it is that of this machine.
func (b *Bot) discordNow() time.Time {
	off, _ := b.ClockOff()
	return b.options.Now().Round(0).Add(-off)
}

// elapsed returns how much time has passed since a time. The clock that runs evenly stands
// still while the machine sleeps, that of the wall may be put back: the longer one is right.
func elapsed(since, now time.Time) time.Duration {
	return max(now.Sub(since), now.Round(0).Sub(since.Round(0)))
}
