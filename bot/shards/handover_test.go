package shards_test

import (
	"context"
	"database/sql"
	"errors"
	"log/slog"
	"sync"
	"testing"
	"time"

	"verbatim/bot/shards"
	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// An heir is a process that says that it hears Discord when a test lets it.
type heir struct {
	*shards.Keeper
	leases chan *shards.Lease // that it serves
	ends   chan struct{}      // closed when what it has under way ends
	stop   func()
}

func startHeir(t *testing.T, db *database.DB, count int) *heir {
	t.Helper()
	h := &heir{
		Keeper: shards.New(shards.Options{DB: db, Name: "heir", Timing: quick, Log: slog.New(slog.DiscardHandler)}),
		leases: make(chan *shards.Lease, 10), ends: make(chan struct{}),
	}
	ctx, cancel := context.WithCancel(t.Context())
	var group sync.WaitGroup
	group.Go(func() {
		h.Run(ctx, shards.Plan{Shards: count, Concurrency: count}, func(ctx context.Context, l *shards.Lease) error {
			h.leases <- l
			<-ctx.Done()
			<-h.ends
			return nil
		})
	})
	h.stop = sync.OnceFunc(func() { close(h.ends); cancel(); group.Wait() })
	t.Cleanup(h.stop)
	return h
}

func (h *heir) next(t *testing.T) *shards.Lease {
	t.Helper()
	select {
	case l := <-h.leases:
		return l
	case <-time.After(patience):
		t.Fatal("nothing is handed over")
		return nil
	}
}

// TestHandover: a shard stays its owner's until the heir hears Discord; then it is the heir's,
// and what the owner has claimed is claimed.
func TestHandover(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		one := startHeir(t, db, 2)
		of := map[int]*shards.Lease{}
		for range 2 {
			l := one.next(t)
			l.SetConnected(true, 3)
			of[l.Shard] = l
		}
		two := startHeir(t, db, 2)
		l := two.next(t)
		claim := func(l *shards.Lease, id string) (bool, error) {
			return l.Claim(t.Context(), shards.Question{Server: "4194304", ID: id}, false) // of shard 1
		}
		if mine, err := claim(of[1], "before"); err != nil || !mine {
			t.Errorf("a claim of the owner: %v, %v, want true", mine, err)
		}
		waiting, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		if err := l.Await(waiting); !errors.Is(err, context.DeadlineExceeded) || !l.IsHeirs() {
			t.Errorf("the shard is the heir's before it hears Discord: Await = %v", err)
		}
		if mine, err := claim(l, "during"); mine || !errors.Is(err, shards.ErrLapsed) {
			t.Errorf("a claim of the heir: %v, %v, want ErrLapsed", mine, err)
		}
		old := of[1]
		l.SetConnected(true, 3)
		if err := l.Await(t.Context()); err != nil || l.IsHeirs() {
			t.Fatalf("Await = %v, want the shard", err)
		}
		if mine, err := claim(old, "during"); mine || !errors.Is(err, shards.ErrLost) {
			t.Errorf("a claim of the former owner: %v, %v, want ErrLost", mine, err)
		}
		if err := old.Hold(t.Context()); err != nil {
			t.Errorf("what the former owner has under way: %v, want that it may end", err)
		}
		if mine, err := claim(l, "before"); err != nil || mine {
			t.Errorf("the heir claims what the owner has: %v, %v, want false", mine, err)
		}
		if mine, err := claim(l, "during"); err != nil || !mine {
			t.Errorf("the heir claims what nobody has: %v, %v, want true", mine, err)
		}
		one.stop()
		if err := old.Hold(t.Context()); !errors.Is(err, shards.ErrLost) {
			t.Errorf("what the former owner has under way once it has ended: %v, want ErrLost", err)
		}
	})
}

// TestHandoverFails: whichever of the two ends in the middle, the other has the shard, or has
// it again.
func TestHandoverFails(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		one := start(t, db, "one", 2, quick)
		await(t, "the first has both", divided("2", one))
		two := startHeir(t, db, 2)
		l := two.next(t)
		two.stop() // before it hears Discord
		if err := l.Await(t.Context()); !errors.Is(err, shards.ErrLost) {
			t.Errorf("Await of an heir that ended: %v, want ErrLost", err)
		}
		three := startHeir(t, db, 2)
		l = three.next(t)
		if one.has() != 2 {
			t.Errorf("the owner has %d shards meanwhile, want both", one.has())
		}
		one.stop()
		if err := l.Await(t.Context()); err != nil {
			t.Errorf("Await of the heir of an owner that ended: %v, want the shard", err)
		}
		l.SetConnected(true, 3)
		if next := three.next(t); next.Shard == l.Shard || next.Await(t.Context()) != nil {
			t.Errorf("the other shard is %d, want it to be free", next.Shard)
		}
	})
}

// TestHeirGone: an heir that says that it hears Discord, and is gone or drains when its owner
// looks, is not given the shard.
func TestHeirGone(t *testing.T) {
	for name, goes := range map[string]func(*testing.T, *database.DB, *heir){
		"it ends": func(_ *testing.T, _ *database.DB, h *heir) { h.stop() },
		"it drains": func(t *testing.T, db *database.DB, _ *heir) {
			if _, err := shards.NewTable(db).Drain(t.Context(), "heir"); err != nil {
				t.Fatal(err)
			}
		},
		"nothing is heard of it": func(t *testing.T, db *database.DB, h *heir) {
			h.HoldUp()
			t.Cleanup(h.GoOn)
			execute(t, db, `UPDATE live_process SET expires = 0 WHERE name = 'heir'`, `UPDATE live_shard SET heir_hears = 9000000000000`)
		},
	} {
		t.Run(name, func(t *testing.T) {
			databasetest.Run(t, func(t *testing.T, db *database.DB) {
				one := start(t, db, "one", 2, quick)
				await(t, "the first has both", divided("2", one))
				two := startHeir(t, db, 2)
				l := two.next(t)
				one.HoldUp()
				goOn := sync.OnceFunc(one.GoOn)
				t.Cleanup(goOn)
				l.SetConnected(true, 3)
				await(t, "the heir says that it hears", func() bool { return count(t, db, `heir_hears > 0`) == 1 })
				goes(t, db, two)
				goOn()
				await(t, "the offer is gone", func() bool { return count(t, db, `heir <> ''`) == 0 })
				o, err := shards.NewTable(db).Read(t.Context())
				if err != nil || o.Shards[0].Owner != o.Shards[1].Owner {
					t.Errorf("the shards are %+v, %v, want both to be the owner's", o.Shards, err)
				}
			})
		})
	}
}

// TestOfferOfAnother: an offer that stands though another process has taken the shard since,
// as one of a version that knows no heirs does, counts for nothing.
func TestOfferOfAnother(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		one := start(t, db, "one", 2, quick)
		await(t, "the first has both", divided("2", one))
		l := startHeir(t, db, 2).next(t)
		one.HoldUp()
		t.Cleanup(one.GoOn)
		execute(t, db, `INSERT INTO live_process (process, name, started, expires, draining) VALUES ('old', 'old', 1, 9000000000000, 0)`,
			`UPDATE live_shard SET owner = 'old', epoch = epoch + 1, expires = 9000000000000 WHERE heir <> ''`)
		await(t, "the offer is gone", func() bool { return count(t, db, `heir <> ''`) == 0 })
		if err := l.Await(t.Context()); !errors.Is(err, shards.ErrLost) {
			t.Errorf("Await = %v, want ErrLost", err)
		}
	})
}

// count returns of how many shards something is so.
func count(t *testing.T, db *database.DB, what string) (n int) {
	t.Helper()
	err := db.Live(t.Context(), func(tx *sql.Tx, _ int64) error {
		return tx.QueryRow(`SELECT count(*) FROM live_shard WHERE ` + what).Scan(&n)
	})
	if err != nil {
		t.Fatal(err)
	}
	return n
}
