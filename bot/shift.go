package bot

import (
	"context"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"

	"verbatim/bot/shards"
)

// A shift answers for one shard, as long as this process has its lease.
type shift struct {
	crew
	bot   *Bot
	lease *shards.Lease
	catch catchingUp

	took  chan struct{} // closed when what former owners left is being taken up, or can't be read
	taken sync.Once
}

// serve answers for a shard until ctx is done, and lets the replies under way end then, for
// a moment. What was asked is answered under another context.
func (b *Bot) serve(ctx, answering context.Context, l *shards.Lease) error {
	answering, cancel := context.WithCancel(answering)
	defer cancel()
	b.begins(l.Shard, l)
	s := &shift{crew: crew{log: b.options.Log}, bot: b, lease: l, catch: newCatchingUp(), took: make(chan struct{})}
	g := &gateway{
		token:   b.options.Token,
		intents: b.intents(),
		shard:   [2]int{l.Shard, l.Shards},
		rest:    b.rest,
		handle:  func(event any) { s.event(answering, event) },
		fresh:   s.fresh,
		log:     b.options.Log,
		ready:   func(is bool, servers int) { b.stands(l, is, servers) },
		tell:    b.options.Tell,
		rhythm:  b.rhythm,
	}
	l.Watch(func() shards.Listening {
		silent, heard := g.silent() // first: what comes meanwhile is not claimed yet
		return shards.Listening{Heard: heard, Silent: silent, Complete: s.catch.isComplete()}
	})
	if l.Shards > 1 {
		g.log = g.log.With("shard", l.Shard)
	}
	looking, stop := context.WithCancel(ctx)
	var beside sync.WaitGroup
	if !b.options.Shards.Alone() {
		beside.Go(func() { s.lookAgain(looking, answering) })
		beside.Go(func() {
			if l.Await(looking) == nil {
				b.change(func() {}) // its connection counts now
			}
		})
	}
	err := g.run(ctx)
	stop()
	s.drain(cancel)
	beside.Wait()
	b.closing.Go(g.wait)
	b.leavesOff(l)
	return err
}

// fresh waits until a session for the shard may begin, one that does not go on. What was
// asked since Discord was heard last is looked for when it has begun.
func (s *shift) fresh(ctx context.Context, heard time.Time) error {
	if err := s.lease.Begin(ctx); err != nil {
		return err
	}
	since := s.lease.Claimed
	if !heard.IsZero() {
		since = s.bot.discordNow().Add(-elapsed(heard, time.Now()))
	}
	s.catch.from(since)
	return nil
}

// event takes an event of the gateway. It is called in a goroutine of its own.
func (s *shift) event(ctx context.Context, event any) {
	e, ok := event.(*discordgo.Event) // which comes of each, read or not
	if !ok {
		return
	}
	session := s.catch.current()
	if t := s.bot.task(s, e); t != nil {
		s.bot.dispatcher.event(ctx, &s.crew, t)
	}
	if !s.begin() {
		return
	}
	defer s.done()
	switch e.Type {
	case "READY":
		if s.takeUp(ctx, session) {
			s.catch.ready(session, read[struct{ Guilds []channel }](e.RawData).Guilds)
		}
	case "GUILD_CREATE":
		if s.missedIn(ctx, session, e.RawData) {
			s.catch.looked(session, read[channel](e.RawData).ID)
		}
	}
}

// stands notes whether the connection of a shard stands.
func (b *Bot) stands(l *shards.Lease, is bool, servers int) {
	l.SetConnected(is, servers)
	b.change(func() { b.standing[l.Shard] = link{l, is} })
	if is {
		b.first.Do(func() { close(b.connected) })
	}
}

// begins notes that the bot is to answer for a shard, which has no connection yet. The lease
// is nil for one that it is just about to have.
func (b *Bot) begins(shard int, l *shards.Lease) {
	b.change(func() { b.standing[shard] = link{l, false} })
}

// leavesOff notes that the bot does not answer for a shard any more.
func (b *Bot) leavesOff(l *shards.Lease) {
	b.change(func() {
		if b.standing[l.Shard].lease == l { // else the process has the shard again
			delete(b.standing, l.Shard)
		}
		delete(b.located, l)
	})
}

// A link is a connection that the bot should have.
type link struct {
	lease  *shards.Lease
	stands bool
}

// counts reports whether the bot answers for what comes there: an heir does not yet.
func (l link) counts() bool { return l.lease == nil || !l.lease.IsHeirs() }

// change changes which connections stand, and tells when the bot has become ready by that,
// or is not any more. It is ready when it answers for a shard and all connections stand
// of those for which it does.
func (b *Bot) change(do func()) {
	b.telling.Lock() // so that what is told last is what is so
	defer b.telling.Unlock()
	b.mutex.Lock()
	do()
	answers, ready := false, true
	for _, l := range b.standing {
		if l.counts() {
			answers, ready = true, ready && l.stands
		}
	}
	ready = ready && answers
	b.mutex.Unlock()
	if ready != b.ready {
		b.ready = ready
		b.options.Ready(ready)
	}
}

// locate notes that Homes know in which guilds of a shard the bot is.
func (b *Bot) locate(l *shards.Lease) {
	b.mutex.Lock()
	b.located[l] = true
	b.mutex.Unlock()
	b.options.Located()
}

// Shards returns how the bot is with the shards that this process answers for.
func (b *Bot) Shards() shards.Status { return b.options.Shards.Status() }

// Answers reports whether this process answers for a guild.
func (b *Bot) Answers(guild string) bool { return b.leaseFor(guild) != nil }

// Locates reports whether this process answers for a guild, and Homes know whether the bot
// is in it.
func (b *Bot) Locates(guild string) bool {
	l := b.leaseFor(guild)
	b.mutex.Lock()
	defer b.mutex.Unlock()
	return l != nil && b.located[l]
}

// leaseFor returns the lease under which a guild is spoken to, nil where another process
// speaks to it.
func (b *Bot) leaseFor(guild string) *shards.Lease { return b.options.Shards.Of(b.discordGuild(guild)) }

type leaseKey struct{}

// under returns a context in which what the bot says waits until its lease holds, and is
// not said if that is lost.
func under(ctx context.Context, l *shards.Lease) context.Context {
	return context.WithValue(ctx, leaseKey{}, l)
}

// fenced waits until a request may be sent that speaks under a lease. To acknowledge an
// interaction is free to whoever was told of it: Discord takes one acknowledgement.
func fenced(ctx context.Context, reads, acknowledges bool) error {
	l, _ := ctx.Value(leaseKey{}).(*shards.Lease)
	if l == nil || reads || acknowledges {
		return nil
	}
	return l.Hold(ctx)
}
