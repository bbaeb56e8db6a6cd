package shards

import (
	"cmp"
	"slices"
	"time"
)

// A Status is how a process is with the shards that it answers for.
type Status struct {
	Held []Held // in the order of the shards
	// Standby is whether it answers for none because others answer for all: it waits to take
	// over.
	Standby bool
}

// A Held is how a process is with one shard that it answers for.
type Held struct {
	Shard, Shards int
	Epoch         int64 // of the lease; 0 for a process that is alone
	Holds         bool  // the lease was renewed in time
	Connected     bool
	Servers       int           // of which Discord tells
	Heard         bool          // anything ever came from Discord
	Silent        time.Duration // since then
	// Behind is how long ago all was claimed that was asked until then: 0 if it is now.
	Behind time.Duration
}

// Status returns how the process is with its shards.
func (k *Keeper) Status() Status {
	k.mutex.Lock()
	defer k.mutex.Unlock()
	s := Status{Standby: k.standby && !k.away && len(k.held) == 0}
	for _, l := range k.held {
		s.Held = append(s.Held, l.status())
	}
	slices.SortFunc(s.Held, func(x, y Held) int { return cmp.Compare(x.Shard, y.Shard) })
	return s
}

func (l *Lease) status() Held {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	now := time.Now()
	is := l.listens()
	h := Held{
		Shard: l.Shard, Shards: l.Shards, Epoch: l.epoch.Load(), Holds: l.holds(now), Connected: l.connected,
		Servers: l.guilds, Heard: is.Heard, Silent: is.Silent,
	}
	if !is.Complete {
		h.Behind = now.Sub(l.complete)
	}
	return h
}

// A Listening is how far a process has heard what is asked in a shard.
type Listening struct {
	Heard    bool          // anything ever came from Discord
	Silent   time.Duration // since then
	Complete bool          // all is claimed that came until then
}

// Watch lets a function tell how far the shard is heard. Without one all is known to be
// claimed at any time.
func (l *Lease) Watch(listens func() Listening) {
	l.mutex.Lock()
	defer l.mutex.Unlock()
	l.watched = listens
}

// listens asks how far the shard is heard, and notes when it was so to the end.
func (l *Lease) listens() Listening {
	is := Listening{Heard: true, Complete: true}
	if l.watched != nil {
		is = l.watched()
	}
	is.Complete = is.Complete && is.Heard
	if is.Complete {
		l.complete = time.Now()
	}
	return is
}
