package database_test

import (
	"context"
	"database/sql"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// TestLiveStopped: who is stopped in the middle, with a row locked, keeps others waiting only
// for a while; both are told that they may try again. On SQLite there are no others.
func TestLiveStopped(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		if db.Engine() != database.PostgreSQL {
			t.Skip("one process has the database for itself")
		}
		ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
		defer cancel()
		lock := func(tx *sql.Tx) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO live_identify (sequence, free) VALUES (0, 0) ON CONFLICT (sequence) DO UPDATE SET free = 0`)
			return err
		}
		refusals := 0
		err := db.Live(ctx, func(tx *sql.Tx, _ int64) error {
			if err := lock(tx); err != nil {
				t.Fatal(err)
			}
			for {
				err := db.Live(ctx, func(other *sql.Tx, _ int64) error { return lock(other) })
				if err == nil {
					break
				}
				if refusals++; !database.IsAway(err) {
					t.Fatalf("Live that waits for a lock: %v, want an error that says to try again", err)
				}
			}
			return lock(tx)
		})
		if refusals == 0 {
			t.Error("Live waited for a lock for as long as it was held")
		}
		if !database.IsAway(err) {
			t.Errorf("Live that was stopped: %v, want an error that says to try again", err)
		}
	})
}
