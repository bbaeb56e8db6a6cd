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
