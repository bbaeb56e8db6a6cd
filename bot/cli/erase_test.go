//go:build unix

package cli_test

import (
	"testing"
	"time"

	"verbatim/bot"
	"verbatim/bot/fakediscord"
	"verbatim/corpus"
)

// TestEraseDeparted: a bot that runs erases all of a guild that it has left 30 days ago, and
// nothing of others.
func TestEraseDeparted(t *testing.T) {
	t.Parallel()
	r := newRunning(t)
	db := r.database()
	store := corpus.NewStore(db, time.Now)
	d, err := corpus.Read(corpus.File{Name: "a.txt", Data: []byte("Le soviet siège.")})
	if err != nil {
		t.Fatal(err)
	}
	for guild, days := range map[string]int{"gone": 31, "away": 29} {
		if _, err := store.Put(t.Context(), guild, []corpus.Draft{d}, false); err != nil {
			t.Fatal(err)
		}
		homes := bot.NewHomes(db, func() time.Time { return time.Now().Add(-time.Duration(days) * 24 * time.Hour) })
		if _, err := homes.Join(t.Context(), guild, time.Now()); err != nil {
			t.Fatal(err)
		}
		if err := homes.Depart(t.Context(), guild); err != nil {
			t.Fatal(err)
		}
	}
	back := r.NewGuild(fakediscord.Guild{Name: "De retour"}).ID // while the bot did not run
	if _, err := store.Put(t.Context(), back, []corpus.Draft{d}, false); err != nil {
		t.Fatal(err)
	}
	long := bot.NewHomes(db, func() time.Time { return time.Now().Add(-31 * 24 * time.Hour) })
	if _, err := long.Join(t.Context(), back, time.Now().Add(-60*24*time.Hour)); err != nil {
		t.Fatal(err)
	}
	if err := long.Depart(t.Context(), back); err != nil {
		t.Fatal(err)
	}
	r.start()
	documents := func(guild string) int {
		all, err := store.Documents(t.Context(), corpus.Everything(guild), true)
		if err != nil {
			t.Fatal(err)
		}
		return len(all)
	}
	for begun := time.Now(); documents("gone") > 0; time.Sleep(20 * time.Millisecond) {
		if time.Since(begun) > patience {
			t.Fatalf("what is of a guild left for long is still there\n%s", &r.err)
		}
	}
	if documents(back) != 1 {
		t.Error("what is of a guild that has the bot again is gone")
	}
	if documents("away") != 1 {
		t.Error("what is of a guild left for 29 days is gone")
	}
}
