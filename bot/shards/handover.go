package shards

import (
	"context"
	"database/sql"
	"time"
)

// A planned handover lets nobody wait: Discord lets two sessions have one shard, so the owner
// names an heir, the heir begins its session, and only when that stands the owner gives the
// lease to it, in one step. What comes to the heir before waits until the lease is its own;
// by then it shows what the owner has claimed.

// offerLife is for how long an heir may take to hear Discord, before another is looked for.
const offerLife = time.Minute

// hearsFor is for how many beats an heir counts as hearing after it said so.
const hearsFor = 3

// An offer is a shard that the process hands over, as the database says.
type offer struct {
	shard int
	heir  string
}

// inherit takes part in what others hand over to this process: it returns the leases of this
// beat, with those that have become its own.
func (w *watch) inherit(ctx context.Context, v view, held []*Lease) ([]*Lease, error) {
	k := w.keeper
	for _, x := range v.shards {
		l := w.heirs[x.Shard]
		switch {
		case l == nil:
		case x.Owner == k.store.self && !x.Free:
			l.epoch.Store(x.epoch)
			k.o.Log.Info("has taken a shard over", "shard", l.Shard)
			w.own(l)
			held = append(held, l)
			k.hurry() // it is renewed, and so may speak, with the next beat
		case x.heir != k.store.self:
			w.renounce(l)
		case !x.Free && x.epoch != l.offer: // another has it, of a version that leaves offers standing
			w.renounce(l)
			if err := k.store.decline(ctx, l.Shard); err != nil {
				return held, err
			}
		case x.Free: // its owner has ended
			begun := time.Now()
			taken, err := k.store.take(ctx, l)
			if err != nil {
				return held, err
			}
			if taken {
				k.o.Log.Info("answers for a shard", "shard", l.Shard, "shards", l.Shards)
				l.renew(begun)
				w.own(l)
			}
		}
	}
	return held, nil
}

// own makes the lease of an heir an ordinary one.
func (w *watch) own(l *Lease) {
	delete(w.heirs, l.Shard)
	w.keeper.mutex.Lock()
	defer w.keeper.mutex.Unlock()
	w.keeper.held[l.Shard] = l
}

// renounce ends what an heir has begun.
func (w *watch) renounce(l *Lease) {
	delete(w.heirs, l.Shard)
	l.lose()
	w.stop(l)
}

// expect begins to hear the shards of which others have made this process the heir, no more
// at a time than may begin sessions. What would be more than its share it declines.
func (w *watch) expect(ctx context.Context, v view, mine, most, deaf int) error {
	k := w.keeper
	for _, x := range v.shards {
		if x.heir != k.store.self || x.Free || x.Owner == k.store.self || w.heirs[x.Shard] != nil || k.has(x.Shard) || w.ctx.Err() != nil {
			continue
		}
		if mine > most {
			mine--
			if err := k.store.decline(ctx, x.Shard); err != nil {
				return err
			}
			continue
		}
		if deaf >= max(1, k.plan.Concurrency) {
			continue
		}
		deaf++
		l := k.newLease(x.Shard, x.Shards)
		l.Claimed, l.heir, l.offer = x.claimed, true, x.epoch
		w.heirs[x.Shard] = l
		k.o.Log.Info("is to take a shard over", "shard", l.Shard)
		w.run(l)
	}
	return nil
}

// handOver goes on with the offers that the process has made, and reports whether there is
// still one.
func (w *watch) handOver(ctx context.Context, v view) (offers bool, err error) {
	k := w.keeper
	seen := map[offer]time.Time{}
	for _, x := range v.shards {
		if x.Owner != k.store.self || x.heir == "" {
			continue
		}
		k.mutex.Lock()
		l := k.held[x.Shard]
		k.mutex.Unlock()
		if l == nil || l.epoch.Load() != x.epoch || w.stops[l] == nil { // lost or given away otherwise
			continue
		}
		o := offer{x.Shard, x.heir}
		if seen[o] = w.offers[o]; seen[o].IsZero() {
			seen[o] = time.Now()
		}
		switch {
		case x.heirHears && v.runs(x.heir):
			given, err := k.store.bequeath(ctx, l, x.heir)
			if err != nil {
				return true, err
			}
			if given {
				k.o.Log.Info("has handed a shard over", "shard", l.Shard)
				l.handed.Store(true) // what is under way may still end
				w.stop(l)
			}
		case !v.runs(x.heir) || time.Since(seen[o]) > offerLife:
			if err := k.store.offer(ctx, l, ""); err != nil {
				return true, err
			}
			delete(seen, o)
		default:
			offers = true
		}
	}
	w.offers = seen
	return offers, nil
}

// offerLast makes the process that has least the heir of the last shard, by the number of
// shards that each has, with those that it is to take over.
func (w *watch) offerLast(ctx context.Context, v view, of map[string]int) error {
	k := w.keeper
	heir := ""
	for _, p := range v.processes {
		if p.ID != k.store.self && !p.Draining && (heir == "" || of[p.ID] < of[heir]) {
			heir = p.ID
		}
	}
	var last *Lease
	k.mutex.Lock()
	for _, l := range k.held {
		if w.stops[l] != nil && (last == nil || l.Shard > last.Shard) {
			last = l
		}
	}
	k.mutex.Unlock()
	if heir == "" || last == nil {
		return nil
	}
	if err := k.store.offer(ctx, last, heir); err != nil {
		return err
	}
	k.o.Log.Info("hands a shard over", "shard", last.Shard)
	return nil
}

// runs reports whether a process runs and does not drain.
func (v view) runs(process string) bool {
	for _, p := range v.processes {
		if p.ID == process {
			return !p.Draining
		}
	}
	return false
}

// offer names the heir of a shard, "" for none.
func (s *store) offer(ctx context.Context, l *Lease, heir string) error {
	return s.db.Live(ctx, func(tx *sql.Tx, _ int64) error {
		_, err := tx.ExecContext(ctx, `UPDATE live_shard SET heir = $1, heir_hears = 0 WHERE shard = $2 AND owner = $3 AND epoch = $4`,
			heir, l.Shard, s.self, l.epoch.Load())
		return err
	})
}

// decline says that the process is no heir of a shard.
func (s *store) decline(ctx context.Context, shard int) error {
	return s.db.Live(ctx, func(tx *sql.Tx, _ int64) error {
		_, err := tx.ExecContext(ctx, `UPDATE live_shard SET heir = '', heir_hears = 0 WHERE shard = $1 AND heir = $2`, shard, s.self)
		return err
	})
}

// hears says that the process hears Discord for a shard of which it is the heir.
func (s *store) hears(ctx context.Context, tx *sql.Tx, l *Lease, now int64) error {
	_, err := tx.ExecContext(ctx, `UPDATE live_shard SET heir_hears = $1 WHERE shard = $2 AND heir = $3`,
		now+hearsFor*s.timing.Beat.Milliseconds(), l.Shard, s.self)
	return err
}

// bequeath gives a lease to its heir, which has a whole life to renew it. It reports whether
// the heir has it.
func (s *store) bequeath(ctx context.Context, l *Lease, heir string) (bool, error) {
	given := false
	err := s.db.Live(ctx, func(tx *sql.Tx, now int64) error {
		done, err := tx.ExecContext(ctx, `UPDATE live_shard SET owner = heir, heir = '', heir_hears = 0, epoch = epoch + 1, expires = $1
			WHERE shard = $2 AND owner = $3 AND epoch = $4 AND expires > $5 AND heir = $6 AND heir_hears > $5`,
			now+s.timing.Life.Milliseconds(), l.Shard, s.self, l.epoch.Load(), now, heir)
		if err != nil {
			return err
		}
		n, err := done.RowsAffected()
		given = n > 0
		return err
	})
	return given, err
}
