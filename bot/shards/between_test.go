package shards_test

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"

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
		left, err := l.Unanswered(t.Context())
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
