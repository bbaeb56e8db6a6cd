package shards

import (
	"context"
	"slices"
	"sync"
	"time"
)

// A Question is something that was asked on Discord.
type Question struct {
	Server  string // "" for a direct message
	ID      string // of the message, the interaction or the post
	Kind    string // as its owner calls it
	Channel string
	Content string // what it takes to answer it later, "" if Discord has it
}

// An Unanswered question was claimed, and is not answered.
type Unanswered struct {
	Question
	Age time.Duration // since it was claimed

	epoch int64
}

// Claim makes a question that of this process. It reports false, and does nothing, if some
// process has claimed it before. ErrLost says that the lease is lost, ErrLapsed that it is
// to be renewed first, other errors that the database is away: then the claim may stand or
// not, so the next try is told that it is made again, and takes an own claim for its own.
func (l *Lease) Claim(ctx context.Context, q Question, again bool) (bool, error) {
	if l.keeper.Alone() {
		return l.keeper.claims.add(q, time.Now()), nil
	}
	if l.IsHeirs() {
		return false, ErrLapsed
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	return l.keeper.store.claim(ctx, l, q, again)
}

// Answered notes that a question that was claimed is answered: nobody need answer it any
// more. What was kept for that is forgotten.
func (l *Lease) Answered(ctx context.Context, server, id string) error {
	if l.keeper.Alone() {
		return nil
	}
	return l.keeper.store.settle(ctx, server, id, stateAnswered)
}

// Expire notes that a question comes too late to be answered.
func (l *Lease) Expire(ctx context.Context, server, id string) error {
	if l.keeper.Alone() {
		return nil
	}
	return l.keeper.store.settle(ctx, server, id, stateExpired)
}

// Unanswered returns the questions of the shard that its former owners have claimed and
// not answered, the first asked first; if own is true, also those that were claimed under
// this lease.
func (l *Lease) Unanswered(ctx context.Context, own bool) ([]Unanswered, error) {
	if l.keeper.Alone() {
		return nil, nil
	}
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	return l.keeper.store.unanswered(ctx, l, own)
}

// Reclaim makes an unanswered question that of this process. It reports false if it is no
// longer unanswered, or this process has made it its own before. Its errors are those of
// Claim, and so is what again says.
func (l *Lease) Reclaim(ctx context.Context, u Unanswered, again bool) (bool, error) {
	ctx, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	return l.keeper.store.reclaim(ctx, l, u, again)
}

// Correspondents returns the channels of direct messages in which something was asked
// lately, at most so many, those with the latest questions.
func (l *Lease) Correspondents(ctx context.Context, most int) ([]string, error) {
	if l.keeper.Alone() {
		return l.keeper.claims.latest(most), nil
	}
	return l.keeper.store.correspondents(ctx, most)
}

// claimsLife is for how long claims are kept: much longer than what is missed is looked for.
const claimsLife = time.Hour

// maxClaims bounds how many a process that is alone remembers.
const maxClaims = 50_000

// claims are those of a process that is alone.
type claims struct {
	mutex sync.Mutex
	made  map[string]time.Time
	order []string // the oldest first
	talks []string // channels of direct messages, the latest last
}

// add reports whether a claim is new.
func (c *claims) add(q Question, now time.Time) bool {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for len(c.order) > 0 && (len(c.order) >= maxClaims || now.Sub(c.made[c.order[0]]) > claimsLife) {
		delete(c.made, c.order[0])
		c.order = c.order[1:]
	}
	id := q.Server + "/" + q.ID
	if _, known := c.made[id]; known {
		return false
	}
	c.made[id] = now
	c.order = append(c.order, id)
	if q.Server == "" && q.Channel != "" {
		c.talks = slices.DeleteFunc(c.talks, func(channel string) bool { return channel == q.Channel })
		c.talks = append(c.talks, q.Channel)
		c.talks = c.talks[max(0, len(c.talks)-maxTalks):]
	}
	return true
}

const maxTalks = 200

// latest returns the channels of direct messages, the latest first.
func (c *claims) latest(most int) []string {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	latest := slices.Clone(c.talks)
	slices.Reverse(latest)
	return latest[:min(most, len(latest))]
}
