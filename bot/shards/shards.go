// Package shards says which process answers for which part of Discord, where several run
// on one database.
//
// Discord divides its servers into shards: each belongs to one, and what happens in it is
// told to whoever holds a session for that shard. Discord lets two sessions have the same
// shard, so who answers is settled here. A process answers for a shard as long as it has
// its [Lease], a row in the database with an owner, an end by the database's clock, and an
// epoch that each new owner raises. A [Keeper] takes leases, renews them, gives some away
// when there are too many for one process, and takes over those of a process that is gone.
//
// A lease that could not be renewed counts as ended for its owner some time before others
// may take it, by the owner's own clocks. So a process that was stopped for a while finds
// that it may not send anything before it has asked the database.
//
// Each question is claimed under the lease's epoch before it is answered, and marked
// afterwards: see [Lease.Claim]. What a former owner has claimed and not answered, the next
// one is told of.
//
// A Keeper without a database is that of a process which is alone: it has all shards, for
// ever, and remembers claims itself.
//
// This package knows neither Discord's gateway nor its API.
package shards

import (
	"strconv"
	"time"
)

// Of returns the shard of a Discord server among a number of shards. What belongs to no
// server, "", is of shard 0.
//
// Source: docs.discord.com/developers/events/gateway#sharding-sharding-formula
func Of(server string, shards int) int {
	id, err := strconv.ParseUint(server, 10, 64)
	if err != nil || shards < 1 {
		return 0
	}
	return int(id >> 22 % uint64(shards))
}

// A Plan is how Discord wants the servers divided.
type Plan struct {
	Shards int
	// Concurrency is in how many sequences sessions may begin: the one of a shard is its
	// number modulo this. In each, there is Pause between two of them.
	Concurrency int
	Pause       time.Duration
}

func (p Plan) sequence(shard int) int { return shard % max(1, p.Concurrency) }

// A Timing says how fast a Keeper is.
type Timing struct {
	Life   time.Duration // of a lease since it was renewed last
	Margin time.Duration // by how much earlier its owner takes it to have ended
	Beat   time.Duration // between renewals
}

// DefaultTiming lets the shards of a process that died be taken over within ten seconds.
var DefaultTiming = TimingOf(8 * time.Second)

// TimingOf returns the timing of leases that live so long.
func TimingOf(life time.Duration) Timing { return Timing{Life: life, Margin: life / 4, Beat: life / 8} }

// askTime bounds one question to the database.
const askTime = 3 * time.Second
