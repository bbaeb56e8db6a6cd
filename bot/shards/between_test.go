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

// execute changes the database behind the processes' backs.
func execute(t *testing.T, db *database.DB, statements ...string) {
	t.Helper()
	err := db.Live(context.Background(), func(tx *sql.Tx, _ int64) error {
		for _, s := range statements {
			if _, err := tx.Exec(s); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestRenewedMeanwhile: a lease is renewed after a claim has found it lapsed, and before the
// claim looks why it was not made. It is to be made again, and not somebody else's. Only
// PostgreSQL lets others write between two statements of a transaction: a trigger does here
// what the renewal does.
func TestRenewedMeanwhile(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		if db.Engine() != database.PostgreSQL {
			t.Skip("nobody writes between two statements")
		}
		one := start(t, db, "one", 1, quick)
		await(t, "the first has all", divided("1", one))
		old := shards.Question{Server: "s", ID: "1", Kind: "message"}
		if mine, err := one.lease(0).Claim(t.Context(), old, false); err != nil || !mine {
			t.Fatalf("Claim = %v, %v", mine, err)
		}
		one.stop()
		two := start(t, db, "two", 1, quick)
		await(t, "the second has all", divided("1", two))
		l := two.lease(0)
		left, err := l.Unanswered(t.Context(), false)
		if err != nil || len(left) != 1 {
			t.Fatalf("Unanswered = %v, %v, want one", left, err)
		}
		two.HoldUp()
		t.Cleanup(sync.OnceFunc(two.GoOn))
		execute(t, db,
			`CREATE FUNCTION renew() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN UPDATE live_shard SET expires = 9000000000000; RETURN NULL; END'`,
			`CREATE TRIGGER renewal AFTER INSERT OR UPDATE ON live_question FOR EACH STATEMENT EXECUTE FUNCTION renew()`,
			`UPDATE live_shard SET expires = 0`)

		claim := func() (bool, error) {
			return l.Claim(t.Context(), shards.Question{Server: "s", ID: "2", Kind: "message"}, true)
		}
		reclaim := func() (bool, error) { return l.Reclaim(t.Context(), left[0], true) }
		for name, do := range map[string]func() (bool, error){"Claim": claim, "Reclaim": reclaim} {
			if mine, err := do(); mine || !errors.Is(err, shards.ErrLapsed) {
				t.Errorf("%s while the lease is renewed = %v, %v, want ErrLapsed", name, mine, err)
			}
		}
		execute(t, db, `UPDATE live_shard SET expires = 9000000000000`)
		for name, do := range map[string]func() (bool, error){"Claim": claim, "Reclaim": reclaim} {
			if mine, err := do(); !mine || err != nil {
				t.Errorf("%s once it is renewed = %v, %v, want true", name, mine, err)
			}
		}
	})
}

// TestNotReleased: a shard that could not be given away is served again, by whoever takes it.
func TestNotReleased(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		begun := make(chan context.CancelFunc, 10)
		var keepers sync.WaitGroup
		running, end := context.WithCancel(t.Context())
		defer keepers.Wait()
		defer end()
		k := shards.New(shards.Options{DB: db, Name: "one", Timing: quick, Log: slog.New(slog.DiscardHandler)})
		keepers.Go(func() {
			k.Run(running, shards.Plan{Shards: 1}, func(ctx context.Context, l *shards.Lease) error {
				serving, leave := context.WithCancel(ctx)
				defer leave()
				l.SetConnected(true, 0)
				begun <- leave
				<-serving.Done()
				return nil
			})
		})
		serves := func() context.CancelFunc {
			t.Helper()
			select {
			case leave := <-begun:
				return leave
			case <-time.After(patience):
				t.Fatal("nobody serves the shard")
				return nil
			}
		}
		leave := serves()
		refuse, allow := []string{
			`CREATE TRIGGER stay BEFORE UPDATE ON live_shard WHEN new.owner = '' BEGIN SELECT RAISE(ABORT, 'it stays'); END`,
		}, `DROP TRIGGER stay`
		if db.Engine() == database.PostgreSQL {
			refuse, allow = []string{
				`CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN RAISE EXCEPTION ''it stays''; END'`,
				`CREATE TRIGGER stay BEFORE UPDATE ON live_shard FOR EACH ROW WHEN (new.owner = '') EXECUTE FUNCTION refuse()`,
			}, `DROP TRIGGER stay ON live_shard`
		}
		execute(t, db, refuse...)
		leave()
		await(t, "the shard is left and can't be given away", func() bool { held, _ := k.Held(); return held == 0 && k.Away() })
		execute(t, db, allow)
		serves()
	})
}

// TestLocked: a shard whose row somebody has locked keeps nobody from taking the others.
func TestLocked(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		if db.Engine() != database.PostgreSQL {
			t.Skip("there are no locks of rows")
		}
		one := start(t, db, "one", 2, quick)
		await(t, "the first has all", divided("2", one))
		one.stop()
		err := db.Live(t.Context(), func(tx *sql.Tx, _ int64) error {
			if _, err := tx.Exec(`UPDATE live_shard SET guilds = 1 WHERE shard = 0`); err != nil {
				return err
			}
			two := start(t, db, "two", 2, quick)
			await(t, "the second takes the other", func() bool {
				if _, err := tx.Exec(`SELECT 1`); err != nil { // the lock stays
					t.Fatal(err)
				}
				return two.lease(1) != nil
			})
			if two.lease(0) != nil {
				t.Error("the shard that is locked was taken")
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
