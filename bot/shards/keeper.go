package shards

import (
	"cmp"
	"context"
	"crypto/rand"
	"errors"
	"log/slog"
	"slices"
	"sync"
	"time"

	"verbatim/config/database"
)

// Options of a Keeper.
type Options struct {
	// DB is where processes share the shards; nil for a process that is alone.
	DB     *database.DB
	Name   string // of the process, for people
	Timing Timing // DefaultTiming if zero
	Log    *slog.Logger
}

// A Keeper has the leases of this process.
type Keeper struct {
	o      Options
	store  *store // nil if the process is alone
	claims claims // of one that is

	kick    chan struct{} // holds one value when a beat is due at once
	pausing sync.Mutex    // is held during a beat

	mutex  sync.Mutex
	plan   Plan
	held   map[int]*Lease
	free   map[int]time.Time // when a session may begin, by sequences, of a process that is alone
	shards int
	away   bool      // the database could not be asked the last time
	known  bool      // the rows of the shards are there
	share  float64   // see Share; 0 before it is known
	paused time.Time // see Paused
	// standby is whether it was seen that others answer for all.
	standby bool
}

// New returns a Keeper that has nothing yet.
func New(o Options) *Keeper {
	o.Timing = cmp.Or(o.Timing, DefaultTiming)
	k := &Keeper{
		o: o, kick: make(chan struct{}, 1), held: map[int]*Lease{}, free: map[int]time.Time{},
		claims: claims{made: map[string]time.Time{}},
	}
	if o.DB != nil {
		k.store = &store{db: o.DB, self: rand.Text(), name: o.Name, timing: o.Timing}
	}
	return k
}

// Alone reports whether no other process can answer.
func (k *Keeper) Alone() bool { return k.store == nil }

// Of returns the lease of the shard of a Discord server, "" for what belongs to none. It
// is nil where another process answers for that.
func (k *Keeper) Of(server string) *Lease {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.held[Of(server, k.shards)]
}

// Held returns how many shards the process answers for, and of how many.
func (k *Keeper) Held() (held, shards int) {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return len(k.held), k.shards
}

// hurry lets the next beat come at once.
func (k *Keeper) hurry() {
	select {
	case k.kick <- struct{}{}:
	default:
	}
}

// A watch is what Run has under way.
type watch struct {
	keeper *Keeper
	serve  func(context.Context, *Lease) error
	ctx    context.Context // of those who serve
	cancel context.CancelCauseFunc
	group  sync.WaitGroup
	stops  map[*Lease]context.CancelFunc // of leases that are not being given away
	heirs  map[int]*Lease                // of shards that others are about to hand over
	offers map[offer]time.Time           // when each that stands was seen first
}

// Run takes shards and calls serve for each, in a goroutine of its own, until ctx is done.
// Serve answers for the shard until its context is done, which is also when the lease is
// lost; as soon as it returns, the shard is given away. An error of serve ends all.
//
// Run waits for those who serve before it returns.
func (k *Keeper) Run(ctx context.Context, plan Plan, serve func(context.Context, *Lease) error) error {
	w := &watch{keeper: k, serve: serve, stops: map[*Lease]context.CancelFunc{}, heirs: map[int]*Lease{}}
	w.ctx, w.cancel = context.WithCancelCause(ctx)
	defer w.cancel(nil)
	k.mutex.Lock()
	k.plan, k.shards = plan, plan.Shards
	k.mutex.Unlock()
	if k.Alone() {
		for shard := range plan.Shards {
			w.start(k.newLease(shard, plan.Shards))
		}
		<-w.ctx.Done()
	} else {
		w.keep()
	}
	w.group.Wait()
	if !k.Alone() {
		leaving, cancel := context.WithTimeout(context.WithoutCancel(ctx), askTime)
		defer cancel()
		if err := k.store.leave(leaving); err != nil {
			k.o.Log.Warn("tell the other processes of the end", "err", err)
		}
	}
	if err := context.Cause(w.ctx); ctx.Err() == nil {
		return err
	}
	return nil
}

// start serves a shard that the process has.
func (w *watch) start(l *Lease) {
	w.keeper.mutex.Lock()
	w.keeper.held[l.Shard] = l
	w.keeper.mutex.Unlock()
	w.run(l)
}

// run serves a shard that the process has, or of which it is the heir.
func (w *watch) run(l *Lease) {
	k := w.keeper
	serving, stop := context.WithCancel(w.ctx)
	w.stops[l] = stop
	w.group.Go(func() {
		err := w.serve(serving, l)
		stop()
		k.end(l)
		if err != nil {
			w.cancel(err)
		}
	})
}

// end gives a shard away that is not served any more.
func (k *Keeper) end(l *Lease) {
	l.lose() // first: what is not held any more, a beat gives away
	k.mutex.Lock()
	if k.held[l.Shard] == l {
		delete(k.held, l.Shard)
	}
	k.mutex.Unlock()
	if k.Alone() {
		return
	}
	ctx, cancel := context.WithTimeout(context.Background(), askTime)
	defer cancel()
	if err := k.store.release(ctx, l.Shard, l.epoch.Load()); err != nil {
		k.o.Log.Warn("give a shard away", "shard", l.Shard, "err", err) // the next beat does, or others take it when the lease ends
	}
	k.hurry()
}

// keep beats until the watch ends.
func (w *watch) keep() {
	k := w.keeper
	tick := time.NewTicker(k.o.Timing.Beat)
	defer tick.Stop()
	swept := time.Now()
	for {
		begun := time.Now()
		asking, cancel := context.WithTimeout(w.ctx, askTime)
		k.pausing.Lock()
		err := w.beat(asking, begun)
		k.pausing.Unlock()
		if err == nil && time.Since(swept) > sweepEvery {
			swept = time.Now()
			err = k.store.sweep(asking)
		}
		cancel()
		k.note(w.ctx, err)
		select {
		case <-w.ctx.Done():
			return
		case <-tick.C:
		case <-k.kick:
		case <-w.soon():
		}
	}
}

// soon is when to look again before the next beat: an heir that hears Discord already waits
// for the owner to hand over.
func (w *watch) soon() <-chan time.Time {
	if len(w.hearing()) == 0 {
		return nil
	}
	return time.After(w.keeper.o.Timing.Beat / 5)
}

// hearing returns the leases of which the process is the heir, and hears Discord.
func (w *watch) hearing() []*Lease {
	var all []*Lease
	for _, l := range w.heirs {
		if l.state().connected {
			all = append(all, l)
		}
	}
	return all
}

const sweepEvery = time.Minute

// note logs when the database goes and comes.
func (k *Keeper) note(ctx context.Context, err error) {
	k.mutex.Lock()
	was := k.away
	k.away = err != nil
	k.mutex.Unlock()
	switch {
	case err != nil && ctx.Err() == nil && !was:
		k.o.Log.Warn("the database can't be asked who answers: messages wait", "err", err)
	case err == nil && was:
		k.o.Log.Info("the database answers again")
	}
}

// Away reports whether the database could not be asked the last time.
func (k *Keeper) Away() bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.away
}

// beat renews what the process has, and takes or gives away what it should.
func (w *watch) beat(ctx context.Context, begun time.Time) error {
	k := w.keeper
	k.mutex.Lock()
	var held []*Lease
	for _, l := range k.held {
		held = append(held, l)
	}
	known := k.known
	k.mutex.Unlock()
	if !known {
		if err := w.join(ctx); err != nil {
			return err
		}
	}
	v, err := k.store.beat(ctx, held, w.hearing())
	if err != nil {
		return err
	}
	k.mutex.Lock()
	if k.known = len(v.shards) > 0; k.known {
		k.shards = v.shards[0].Shards // others may have changed it while this process had none
	}
	k.share = v.part(k.store.self)
	if v.pause > 0 {
		k.paused = time.Now().Add(v.pause)
	}
	k.mutex.Unlock()
	for _, l := range held {
		if v.owns(k.store.self, l) {
			l.renew(begun)
			continue
		}
		select {
		case <-l.gone: // it was given away
			continue
		default:
		}
		if l.handed.Load() {
			continue
		}
		k.o.Log.Warn("another process answers for a shard now", "shard", l.Shard)
		l.lose()
		w.stop(l)
	}
	if held, err = w.inherit(ctx, v, held); err != nil {
		return err
	}
	if err := w.letGo(ctx, v, held); err != nil {
		return err
	}
	return w.balance(ctx, v)
}

// letGo gives away what the database says the process has, and it has not: it could not be
// given away before, or the answer to its taking was lost.
func (w *watch) letGo(ctx context.Context, v view, held []*Lease) error {
	store := w.keeper.store
	for n := range v.shards {
		x := &v.shards[n]
		isHeld := func(l *Lease) bool { return l.Shard == x.Shard && l.epoch.Load() == x.epoch }
		if x.Owner != store.self || slices.ContainsFunc(held, isHeld) {
			continue
		}
		if err := store.release(ctx, x.Shard, x.epoch); err != nil {
			return err
		}
		x.Owner, x.Free, x.Deaf = "", true, true
	}
	return nil
}

// join makes the shards known. Where other processes have another number of them, that
// goes on.
func (w *watch) join(ctx context.Context) error {
	k := w.keeper
	err := k.store.join(ctx, k.plan.Shards)
	if _, other := errors.AsType[*OtherCountError](err); other {
		k.o.Log.Warn("the number of shards stays", "why", err)
		return nil
	}
	return err
}

func (w *watch) stop(l *Lease) {
	if stop := w.stops[l]; stop != nil {
		stop()
		delete(w.stops, l)
	}
}

func (v view) owns(process string, l *Lease) bool {
	for _, x := range v.shards {
		if x.Shard == l.Shard {
			return x.Owner == process && x.epoch == l.epoch.Load()
		}
	}
	return false
}

// balance takes what is free, up to the process's share, and hands one over when it has
// more than that. So that no more shards than need be have no session, it takes as many at
// a time as may begin sessions, and hands none over while one is without.
func (w *watch) balance(ctx context.Context, v view) error {
	k := w.keeper
	least, most := v.share(k.store.self)
	c := v.count(k.store.self)
	c.deaf += len(w.heirs) - len(w.hearing())
	k.mutex.Lock()
	k.standby = c.free == 0 && len(v.shards) > 0 // if it has none
	k.mutex.Unlock()
	poor := false // another has less than the least
	for _, p := range v.processes {
		poor = poor || !p.Draining && p.ID != k.store.self && c.of[p.ID] < least
	}
	fair := most
	if poor {
		fair = least
	}
	failed := w.takeFree(ctx, v, &c, fair)
	failed = errors.Join(failed, w.expect(ctx, v, c.mine, most, c.deaf))
	offers, err := w.handOver(ctx, v)
	if err == nil && !offers && c.free+c.unheard == 0 && c.mine > fair {
		err = w.offerLast(ctx, v, c.of)
	}
	return errors.Join(failed, err)
}

// counts are how many shards there are of which kind. One that has an heir counts as the
// heir's.
type counts struct {
	of            map[string]int // by processes
	mine, free    int
	deaf, unheard int // without a session: of this process, and of all
}

func (v view) count(self string) counts {
	c := counts{of: map[string]int{}}
	for _, x := range v.shards {
		switch {
		case x.Free:
			c.free++
			continue
		case x.Deaf:
			c.unheard++
		}
		if x.Owner == self && x.Deaf {
			c.deaf++
		}
		of := x.Owner
		if v.runs(x.heir) {
			of = x.heir
		}
		c.of[of]++
	}
	c.mine = c.of[self]
	return c
}

// takeFree takes free shards, as long as it has less than what is fair. It leaves those whose
// heir hears Discord already to that.
func (w *watch) takeFree(ctx context.Context, v view, c *counts, fair int) error {
	k := w.keeper
	var failed error
	for _, x := range v.shards {
		if ctx.Err() != nil {
			break
		}
		if !x.Free || c.mine >= fair || c.deaf >= max(1, k.plan.Concurrency) || w.ctx.Err() != nil {
			continue
		}
		if k.has(x.Shard) || x.heirHears { // it is just being given away
			continue
		}
		begun := time.Now()
		l := k.newLease(x.Shard, x.Shards)
		taken, err := k.store.take(ctx, l)
		if err != nil {
			failed = errors.Join(failed, err) // one that somebody has locked keeps no other from being taken
			continue
		}
		if !taken {
			continue
		}
		l.renew(begun)
		c.mine, c.deaf = c.mine+1, c.deaf+1
		k.o.Log.Info("answers for a shard", "shard", l.Shard, "shards", l.Shards)
		w.start(l)
	}
	return failed
}

func (k *Keeper) has(shard int) bool {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	return k.held[shard] != nil
}

// share returns how many shards each process has at least and at most if they are divided
// evenly among those that are not draining. A process that drains keeps nothing, unless
// there is no other.
func (v view) share(self string) (least, most int) {
	n, draining := 0, false
	for _, p := range v.processes {
		if !p.Draining {
			n++
		}
		draining = draining || p.ID == self && p.Draining
	}
	switch {
	case n == 0:
		return 0, len(v.shards)
	case draining:
		return 0, 0
	}
	return len(v.shards) / n, (len(v.shards) + n - 1) / n
}

// reserve takes the next moment at which a session for a shard may begin, and returns how
// long that is from now.
func (k *Keeper) reserve(ctx context.Context, l *Lease) (time.Duration, error) {
	k.mutex.Lock()
	plan := k.plan
	sequence := plan.sequence(l.Shard)
	if k.Alone() {
		defer k.mutex.Unlock()
		now := time.Now()
		at := k.free[sequence]
		if at.Before(now) {
			at = now
		}
		k.free[sequence] = at.Add(plan.Pause)
		return at.Sub(now), nil
	}
	k.mutex.Unlock()
	asking, cancel := context.WithTimeout(ctx, askTime)
	defer cancel()
	return k.store.reserve(asking, sequence, plan.Pause)
}
