package shards_test

import (
	"testing"
	"time"

	"verbatim/bot/shards"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// TestStatus: a process tells how it is with its shards, and that it stands by where others
// have all.
func TestStatus(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		one := start(t, db, "one", 1, quick)
		await(t, "the first has all", divided("1", one))
		two := start(t, db, "two", 1, quick)
		await(t, "the second stands by", func() bool { return two.Status().Standby })
		if s := one.Status(); s.Standby || len(s.Held) != 1 {
			t.Fatalf("Status of the first = %+v, want one shard", s)
		}
		one.lease(0).Watch(func() shards.Listening { return shards.Listening{Heard: true, Silent: time.Second} })
		await(t, "what is asked is not claimed any more", func() bool { return one.Status().Held[0].Behind > 50*time.Millisecond })
		one.lease(0).Watch(func() shards.Listening {
			return shards.Listening{Heard: true, Silent: time.Second, Complete: true}
		})
		want := shards.Held{Shards: 1, Epoch: 1, Holds: true, Connected: true, Servers: 3, Heard: true, Silent: time.Second}
		if got := one.Status().Held[0]; got != want {
			t.Errorf("Status of the first = %+v, want %+v", got, want)
		}
		one.stop()
		await(t, "the second has it", func() bool { s := two.Status(); return !s.Standby && len(s.Held) == 1 && s.Held[0].Epoch == 2 })
	})
}
