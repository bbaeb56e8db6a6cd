//go:build unix

package cli_test

import (
	"testing"
	"time"

	"verbatim/answers"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestPurgeByWrongClock: a clock that is ahead of Discord's lets nothing be removed that is
// not old.
func TestPurgeByWrongClock(t *testing.T) {
	t.Parallel()
	year := 365 * 24 * time.Hour
	r := newRunningWith(t, fakediscord.Options{Now: func() time.Time { return time.Now().Add(-year) }})
	db := r.database()
	then := func() time.Time { return time.Now().Add(-year - time.Hour) }
	s, all := answers.NewStore(db, corpus.NewStore(db, then), then), corpus.Everything("long")
	p, err := s.Propose(t.Context(), all, "ana", answers.Content{Question: "Où ?", Answer: "Là."})
	if err == nil {
		err = s.Decline(t.Context(), all, p.ID, "mo", "non")
	}
	if err != nil {
		t.Fatal(err)
	}
	r.start()
	r.waitLog("nothing is removed: the clock of this machine is off Discord's by 8760h0m0s: set it", 1)
	if proposals, err := s.Proposals(t.Context(), all, true); err != nil || len(proposals) != 1 {
		t.Errorf("proposals %v, %v, want that the one of an hour ago is kept", proposals, err)
	}
}

// TestPurge: a bot that runs removes what a guild keeps no longer, by its setting.
func TestPurge(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	db := r.database()
	for guild, days := range map[string]int{"short": 40, "long": 40, "longer": 100} {
		now := func() time.Time { return time.Now().Add(-time.Duration(days) * 24 * time.Hour) }
		s, all := answers.NewStore(db, corpus.NewStore(db, now), now), corpus.Everything(guild)
		p, err := s.Propose(t.Context(), all, "ana", answers.Content{Question: "Où ?", Answer: "Là."})
		if err == nil {
			err = s.Decline(t.Context(), all, p.ID, "mo", "non")
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if status, _, stderr := run(t, r.command("settings", "--guild", "short", "retention", "30")); status != 0 {
		t.Fatal(stderr)
	}
	r.start()
	list := func(guild string) int { // the commands purge themselves
		s := answers.NewStore(db, corpus.NewStore(db, time.Now), time.Now)
		proposals, err := s.Proposals(t.Context(), corpus.Everything(guild), true)
		if err != nil {
			t.Fatal(err)
		}
		return len(proposals)
	}
	for begun := time.Now(); list("short")+list("longer") > 0; time.Sleep(50 * time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatalf("what is kept too long is still there\n%s", &r.err)
		}
	}
	if list("long") != 1 {
		t.Error("what is to be kept for 90 days is gone after 40")
	}
}
