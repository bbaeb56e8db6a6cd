package bot

import (
	"context"
	"sync"
	"time"
)

// DiscordsRequests is how many requests a second Discord takes from a bot, unless it has
// granted it more. Those that answer interactions do not count.
//
// Source: docs.discord.com/developers/topics/rate-limits#global-rate-limit
const DiscordsRequests = 50

// paceMargin is the part of Discord's limit that is used: what is sent evenly does not
// arrive so.
const paceMargin = 0.9

// A pace lets requests through, in each second so many at most.
type pace struct {
	perSecond func() float64 // may change; 0 for no limit
	now       func() time.Time
	wait      func(context.Context, time.Duration) error

	mutex sync.Mutex
	sent  []time.Time // when the last ones were let through, the oldest first
}

// maxSent is how many times are kept: more than are sent in a second.
const maxSent = 1000

// pass waits until one more may be sent.
func (p *pace) pass(ctx context.Context) error {
	for {
		left := p.take()
		if left <= 0 {
			return ctx.Err()
		}
		if err := p.wait(ctx, left); err != nil {
			return err
		}
	}
}

// take counts a request if it may be sent, else it returns in how long one may be.
func (p *pace) take() time.Duration {
	p.mutex.Lock()
	defer p.mutex.Unlock()
	now, most, per := p.now(), 0, time.Second
	switch rate := p.perSecond(); {
	case rate <= 0:
		return 0
	case rate < 1:
		most, per = 1, time.Duration(float64(time.Second)/rate)
	default:
		most = min(int(rate), maxSent)
	}
	if len(p.sent) >= most {
		if left := p.sent[len(p.sent)-most].Add(per).Sub(now); left > 0 {
			return left
		}
	}
	p.sent = append(p.sent[max(0, len(p.sent)-maxSent):], now)
	return 0
}

// keepPace lets the bot send no more than its share of what Discord takes, and nothing while
// Discord wants nothing of any of its processes.
func (b *Bot) keepPace() {
	all := b.options.Shards
	b.rest.pace.perSecond = func() float64 {
		return paceMargin * float64(b.options.RequestsPerSecond) * all.Share()
	}
	if all.Alone() {
		return
	}
	b.rest.elsewhere = all.Paused
	b.rest.tell = func(d time.Duration) {
		b.closing.Go(func() {
			if err := all.Pause(context.Background(), d); err != nil {
				b.options.Log.Warn("tell the other processes that Discord wants nothing", "err", err)
			}
		})
	}
}
