package retrieval_test

import (
	"context"
	"fmt"
	"log/slog"
	"os"
	"slices"
	"sync"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A follower is a process that follows guilds, beside the one that changes them.
type follower struct {
	*library // of the one that changes them
	db       *database.DB
	watch    *retrieval.Watch
	fresh    chan struct{}

	mutex sync.Mutex
	found map[string]time.Time // when a revision was found, by "guild/revision"
}

// newFollower returns one whose Refresh first calls before, which may be nil.
func newFollower(t *testing.T, every time.Duration, before func(ctx context.Context, guild string)) *follower {
	t.Helper()
	address := databasetest.Address(t, database.PostgreSQL)
	dbs := [2]*database.DB{}
	for i := range dbs {
		db, err := database.Open(t.Context(), address)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { db.Close() })
		dbs[i] = db
	}
	f := &follower{
		library: &library{Store: corpus.NewStore(dbs[0], time.Now)},
		db:      dbs[1], fresh: make(chan struct{}), found: map[string]time.Time{},
	}
	store := corpus.NewStore(f.db, time.Now)
	indexes, err := retrieval.OpenIndexes(t.TempDir(), store, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { indexes.Close() })
	f.watch = &retrieval.Watch{
		Heads:   f.db.Heads,
		Answers: func(guild string) bool { return guild != "another's" },
		Every:   every,
		Fresh:   func() { close(f.fresh) },
		Log:     slog.New(slog.DiscardHandler),
		Refresh: func(ctx context.Context, guild string, _ bool) error {
			if before != nil {
				before(ctx, guild)
			}
			at, err := f.db.Revision(ctx, guild)
			if err == nil {
				err = indexes.Refresh(ctx, guild)
			}
			f.mutex.Lock()
			defer f.mutex.Unlock()
			for ; err == nil && at > 0; at-- {
				if name := fmt.Sprint(guild, "/", at); f.found[name].IsZero() {
					f.found[name] = time.Now()
				}
			}
			return err
		},
	}
	return f
}

// run follows until the test ends, and hears of changes if listens.
func (f *follower) run(t *testing.T, listens bool) {
	t.Helper()
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	t.Cleanup(func() { cancel(); group.Wait() })
	group.Go(func() { f.watch.Run(ctx) })
	if !listens {
		return
	}
	begun, once := make(chan struct{}), sync.Once{}
	group.Go(func() {
		err := f.db.Listen(ctx, database.Listener{Heard: f.watch.Changed, Tell: func(is bool, why error) {
			if is {
				once.Do(func() { close(begun) })
			}
		}})
		if err != nil {
			t.Error(err)
		}
	})
	<-begun
}

// stores stores a text and returns how long after that the other has it in its index.
func (f *follower) stores(t *testing.T, guild string, n int) time.Duration {
	t.Helper()
	f.put(t, guild, map[string]string{fmt.Sprintf("%d.txt", n): fmt.Sprintf("Le soviet numéro %d siège.", n)})
	stored := time.Now()
	revision, err := f.db.Revision(t.Context(), guild)
	if err != nil {
		t.Fatal(err)
	}
	for late := time.After(time.Minute); ; {
		f.mutex.Lock()
		found := f.found[fmt.Sprint(guild, "/", revision)]
		f.mutex.Unlock()
		if !found.IsZero() {
			return found.Sub(stored)
		}
		select {
		case <-late:
			t.Fatalf("revision %d of %s is not found", revision, guild)
		case <-time.After(time.Millisecond):
		}
	}
}

// TestWatch: what is stored elsewhere is indexed when it is heard of, and when it is looked
// for alone.
func TestWatch(t *testing.T) {
	t.Parallel()
	for _, test := range []struct {
		name    string
		every   time.Duration
		listens bool
	}{
		{"heard of", time.Hour, true},
		{"looked for", 50 * time.Millisecond, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			f := newFollower(t, test.every, nil)
			f.put(t, "another's", map[string]string{"a.txt": "Le soviet des autres siège."})
			f.run(t, test.listens)
			for n := range 5 {
				f.stores(t, fmt.Sprint("guild", n%2), n)
			}
			select {
			case <-f.fresh:
			case <-time.After(time.Minute):
				t.Error("it does not say that all is fresh")
			}
			if !f.found["another's/1"].IsZero() {
				t.Error("it indexes what another process answers for")
			}
		})
	}
}

// TestWatchBesideLarge: a guild that takes long keeps the others from nothing.
func TestWatchBesideLarge(t *testing.T) {
	t.Parallel()
	large := make(chan struct{})
	f := newFollower(t, time.Hour, func(ctx context.Context, guild string) {
		if guild == "large" {
			select {
			case <-large:
			case <-ctx.Done():
			}
		}
	})
	f.put(t, "large", map[string]string{"a.txt": "Le soviet siège."})
	f.run(t, true)
	f.stores(t, "small", 1)
	f.stores(t, "small", 2)
	select {
	case <-f.fresh:
		t.Error("it says that all is fresh while one guild is not")
	default:
	}
	close(large)
	f.stores(t, "large", 3)
}

// TestStoredThenFound prints how long it takes from storing a text in one process to finding
// it in another's index.
func TestStoredThenFound(t *testing.T) {
	if os.Getenv("VERBATIM_LONG") == "" {
		t.Skip("set VERBATIM_LONG=1: it takes minutes")
	}
	for name, listens := range map[string]bool{"heard of": true, "looked for each second": false} {
		t.Run(name, func(t *testing.T) {
			f := newFollower(t, time.Second, nil)
			f.run(t, listens)
			var took []time.Duration
			for n := range 200 {
				took = append(took, f.stores(t, fmt.Sprint("guild", n%20), n))
				time.Sleep(time.Duration(n%7) * 10 * time.Millisecond)
			}
			slices.Sort(took)
			t.Logf("%s: p50 %v, p99 %v, at most %v", name, took[100], took[198], took[199])
		})
	}
}
