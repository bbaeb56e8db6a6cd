package shards_test

import (
	"testing"
	"time"

	"verbatim/bot/shards"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// TestShare: processes divide what the bot may send as they divide the shards, and leave
// something to those that have none yet.
func TestShare(t *testing.T) {
	t.Parallel()
	if got := shards.New(shards.Options{}).Share(); got != 1 {
		t.Errorf("the share of a process that is alone is %v, want 1", got)
	}
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		const count = 4
		one := start(t, db, "one", count, quick)
		near := func(got, want float64) bool { return got > want-0.001 && got < want+0.001 }
		if got := shards.New(shards.Options{DB: db}).Share(); got <= 0 || got > 0.1 {
			t.Errorf("the share of a process that knows nobody is %v, want a little", got)
		}
		await(t, "one has all", func() bool { return near(one.Share(), 1) })
		two := start(t, db, "two", count, quick)
		await(t, "both have a half", func() bool { return near(one.Share(), 0.5) && near(two.Share(), 0.5) })
		all := []*party{one, two}
		for range count {
			all = append(all, start(t, db, "more", count, quick))
		}
		await(t, "six share four shards", func() bool {
			sum, least := 0.0, 1.0
			for _, p := range all {
				sum, least = sum+p.Share(), min(least, p.Share())
			}
			return near(sum, 1) && near(least, 0.1/6)
		})
	})
}

// TestPause: what Discord has told one process, the others know.
func TestPause(t *testing.T) {
	t.Parallel()
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		one, two := start(t, db, "one", 2, quick), start(t, db, "two", 2, quick)
		await(t, "both run", func() bool { return one.Share() > 0.1 && two.Share() > 0.1 })
		if until := two.Paused(); !until.Before(time.Now()) {
			t.Errorf("nothing was said, and yet it waits until %v", until)
		}
		for _, d := range []time.Duration{10 * time.Minute, time.Second} { // a shorter one ends no longer one
			if err := one.Pause(t.Context(), d); err != nil {
				t.Fatal(err)
			}
		}
		await(t, "the other knows", func() bool { return time.Until(two.Paused()) > 8*time.Minute })
		if left := time.Until(two.Paused()); left > 11*time.Minute {
			t.Errorf("it waits %v, want 10m", left)
		}
	})
}
