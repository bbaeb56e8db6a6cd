package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// put writes a setting of a guild, the simplest row there is.
func put(ctx context.Context, tx *sql.Tx, guild, name, value string) error {
	_, err := tx.ExecContext(ctx, `
		INSERT INTO guild_setting (guild, name, value) VALUES ($1, $2, $3)
		ON CONFLICT (guild, name) DO UPDATE SET value = excluded.value`, guild, name, value)
	return err
}

// get reads a setting of a guild, "" when it has none.
func get(ctx context.Context, tx *sql.Tx, guild, name string) (string, error) {
	var value string
	err := tx.QueryRowContext(ctx, `
		SELECT value FROM guild_setting WHERE guild = $1 AND name = $2`, guild, name).Scan(&value)
	if errors.Is(err, sql.ErrNoRows) {
		return "", nil
	}
	return value, err
}

// increase adds one to the number in the guild's setting "count".
func increase(t *testing.T, db *database.DB, guild string) {
	t.Helper()
	if err := tryIncrease(t.Context(), db, guild); err != nil {
		t.Error(err)
	}
}

func tryIncrease(ctx context.Context, db *database.DB, guild string) error {
	return db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		value, err := get(ctx, tx, guild, "count")
		if err != nil {
			return err
		}
		n, _ := strconv.Atoi(value)
		return put(ctx, tx, guild, "count", strconv.Itoa(n+1))
	})
}

func wantRevision(t *testing.T, db *database.DB, guild string, want int64) {
	t.Helper()
	got, err := db.Revision(context.WithoutCancel(t.Context()), guild)
	if err != nil || got != want {
		t.Errorf("Revision(%q) = %d, %v, want %d", guild, got, err, want)
	}
}

func wantCount(t *testing.T, db *database.DB, guild, want string) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *sql.Tx) error {
		got, err := get(t.Context(), tx, guild, "count")
		if err == nil && got != want {
			t.Errorf("count of %s = %q, want %q", guild, got, want)
		}
		return err
	})
	if err != nil {
		t.Error(err)
	}
}

func TestChange(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		wantRevision(t, db, "a", 0)
		for want := int64(1); want <= 3; want++ {
			err := db.Change(t.Context(), "a", func(tx *sql.Tx, revision int64) error {
				if revision != want {
					t.Errorf("revision in Change = %d, want %d", revision, want)
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
			wantRevision(t, db, "a", want)
		}
		wantRevision(t, db, "b", 0)
	})
}

// TestChangeUndone holds for each way in which nothing must remain of a change.
func TestChangeUndone(t *testing.T) {
	broken := errors.New("broken")
	for _, test := range []struct {
		name      string
		end, want error
	}{
		{"unchanged", database.ErrUnchanged, nil},
		{"unchanged, wrapped", fmt.Errorf("set: %w", database.ErrUnchanged), nil},
		{"error", broken, broken},
	} {
		t.Run(test.name, func(t *testing.T) {
			databasetest.Run(t, func(t *testing.T, db *database.DB) {
				increase(t, db, "g")
				err := db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
					if err := put(t.Context(), tx, "g", "count", "77"); err != nil {
						return err
					}
					return test.end
				})
				if err != test.want {
					t.Errorf("Change = %v, want %v", err, test.want)
				}
				wantRevision(t, db, "g", 1)
				wantCount(t, db, "g", "1")
				increase(t, db, "g") // nothing stays locked
			})
		})
	}
}

// TestUnchangedGuild: a guild that was never really changed is not there.
func TestUnchangedGuild(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		err := db.Change(t.Context(), "g", func(*sql.Tx, int64) error { return database.ErrUnchanged })
		if err != nil {
			t.Fatal(err)
		}
		guilds, err := db.Guilds(t.Context())
		if err != nil || len(guilds) != 0 {
			t.Errorf("Guilds() = %v, %v, want none", guilds, err)
		}
	})
}

func TestChangePanic(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		increase(t, db, "g")
		func() {
			defer func() {
				if got := recover(); got != "oh" {
					t.Errorf("recover() = %v, want oh", got)
				}
			}()
			db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
				if err := put(t.Context(), tx, "g", "count", "77"); err != nil {
					return err
				}
				panic("oh")
			})
		}()
		wantCount(t, db, "g", "1")
		increase(t, db, "g")
		wantRevision(t, db, "g", 2)
	})
}

func TestChangeCancelled(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Change(ctx, "g", func(tx *sql.Tx, revision int64) error {
			if err := put(ctx, tx, "g", "count", "77"); err != nil {
				return err
			}
			cancel()
			return nil
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Change = %v, want %v", err, context.Canceled)
		}
		wantRevision(t, db, "g", 0)
		increase(t, db, "g")
	})
}

// TestDoneKeepsError: where a context is done, its error does not hide that of the
// function.
func TestDoneKeepsError(t *testing.T) {
	broken := errors.New("broken")
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		for name, call := range map[string]func(context.Context, func(*sql.Tx) error) error{
			"Read": db.Read,
			"Change": func(ctx context.Context, fn func(*sql.Tx) error) error {
				return db.Change(ctx, "g", func(tx *sql.Tx, _ int64) error { return fn(tx) })
			},
		} {
			ctx, cancel := context.WithCancel(t.Context())
			err := call(ctx, func(*sql.Tx) error {
				cancel()
				return broken
			})
			if !errors.Is(err, context.Canceled) || !errors.Is(err, broken) {
				t.Errorf("%s = %v, want %v and %v", name, err, context.Canceled, broken)
			}
		}
	})
}

// TestReadCancelled cancels a reader before its query.
func TestReadCancelled(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		err := db.Read(ctx, func(tx *sql.Tx) error {
			cancel()
			_, err := get(ctx, tx, "g", "count")
			return err
		})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("Read = %v, want %v", err, context.Canceled)
		}
	})
}

// TestChangeWaits: a change waits for another one, rather than fail.
func TestChangeWaits(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		first, second := mustOpen(t, address), mustOpen(t, address)
		var wg sync.WaitGroup
		err := first.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
			wg.Go(func() { increase(t, second, "g") })
			time.Sleep(time.Second)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		wg.Wait()
		wantRevision(t, first, "g", 2)
	})
}

// TestChangeWaitCancelled cancels a change that waits for another one.
func TestChangeWaitCancelled(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		first, second := mustOpen(t, address), mustOpen(t, address)
		ctx, cancel := context.WithTimeout(t.Context(), 100*time.Millisecond)
		defer cancel()
		err := first.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
			start := time.Now()
			if err := tryIncrease(ctx, second, "g"); !errors.Is(err, context.DeadlineExceeded) {
				t.Errorf("Change that waits = %v, want %v", err, context.DeadlineExceeded)
			}
			if waited := time.Since(start); waited > 5*time.Second {
				t.Errorf("Change waited %v after its context was done", waited)
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		wantRevision(t, first, "g", 1)
	})
}

// TestChangeAgain: PostgreSQL gives up a transaction once, and always.
func TestChangeAgain(t *testing.T) {
	db := mustOpen(t, databasetest.Address(t, database.PostgreSQL))
	const giveUp = `DO $$ BEGIN RAISE EXCEPTION 'could not serialize' USING ERRCODE = '40001'; END $$`
	for _, test := range []struct {
		failures, calls int
		succeeds        bool
	}{
		{0, 1, true},
		{1, 2, true},
		{1000, 5, false},
	} {
		calls := 0
		before, err := db.Revision(t.Context(), "g")
		if err != nil {
			t.Fatal(err)
		}
		err = db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
			calls++
			if revision != before+1 {
				t.Errorf("revision in call %d = %d, want %d", calls, revision, before+1)
			}
			if calls > test.failures {
				return nil
			}
			_, err := tx.ExecContext(t.Context(), giveUp)
			return err
		})
		if calls != test.calls || (err == nil) != test.succeeds {
			t.Errorf("Change after %d failures = %v in %d calls, want %d calls", test.failures, err, calls, test.calls)
		}
	}
}

func TestChangeConcurrent(t *testing.T) {
	const writers, each = 16, 20
	onEngines(t, func(t *testing.T, address string) {
		handles := []*database.DB{mustOpen(t, address), mustOpen(t, address)}
		var wg sync.WaitGroup
		for w := range writers {
			wg.Go(func() {
				for n := range each {
					increase(t, handles[w%2], fmt.Sprint("g", n%2))
				}
			})
		}
		wg.Wait()
		for _, guild := range []string{"g0", "g1"} {
			wantRevision(t, handles[0], guild, writers*each/2)
			wantCount(t, handles[0], guild, fmt.Sprint(writers*each/2))
		}
	})
}

// TestReadSnapshot: a reader sees one state, and nobody waits.
func TestReadSnapshot(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		increase(t, db, "g")
		err := db.Read(t.Context(), func(tx *sql.Tx) error {
			for range 3 {
				got, err := get(t.Context(), tx, "g", "count")
				if err != nil || got != "1" {
					t.Errorf("count in the snapshot = %q, %v, want 1", got, err)
				}
				increase(t, db, "g")
			}
			return nil
		})
		if err != nil {
			t.Error(err)
		}
		wantCount(t, db, "g", "4")
	})
}

// TestReadDuringChange: a reader does not wait for a writer, nor see its work.
func TestReadDuringChange(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		increase(t, db, "g")
		err := db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
			if err := put(t.Context(), tx, "g", "count", "77"); err != nil {
				return err
			}
			wantCount(t, db, "g", "1")
			wantRevision(t, db, "g", 1)
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
}

func TestReadCannotWrite(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		err := db.Read(t.Context(), func(tx *sql.Tx) error {
			_, err := tx.ExecContext(t.Context(), `INSERT INTO guild (guild, revision) VALUES ('g', 1)`)
			return err
		})
		if err == nil {
			t.Error("a write in Read succeeded")
		}
		wantRevision(t, db, "g", 0)
	})
}

func TestReadError(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		if err := db.Read(t.Context(), func(*sql.Tx) error { return database.ErrNotFound }); err != database.ErrNotFound {
			t.Errorf("Read = %v, want %v", err, database.ErrNotFound)
		}
	})
}

func TestForeignKeys(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		err := db.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
			return put(t.Context(), tx, "a guild without a row", "count", "1")
		})
		if err == nil {
			t.Error("a setting of a guild without a row was accepted")
		}
	})
}

func TestGuilds(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		for _, guild := range []string{"b", "B", "a", "10", "9", "é", "b"} {
			increase(t, db, guild)
		}
		got, err := db.Guilds(t.Context())
		if want := "[10 9 B a b é]"; err != nil || fmt.Sprint(got) != want {
			t.Errorf("Guilds() = %v, %v, want %v", got, err, want)
		}
	})
}

// TestWrite: what nobody follows is written without a revision, and waits for changes
// as they wait for it, so that no count is lost.
func TestWrite(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		count := func(tx *sql.Tx) error {
			value, err := get(t.Context(), tx, "a", "count")
			if err != nil {
				return err
			}
			n, _ := strconv.Atoi(value)
			return put(t.Context(), tx, "a", "count", strconv.Itoa(n+1))
		}
		if err := db.Write(t.Context(), "a", count); err != nil {
			t.Fatal(err)
		}
		wantRevision(t, db, "a", 0)
		var wg sync.WaitGroup
		for range 5 {
			wg.Go(func() { increase(t, db, "a") })
			wg.Go(func() {
				if err := db.Write(t.Context(), "a", count); err != nil {
					t.Error(err)
				}
			})
		}
		wg.Wait()
		wantCount(t, db, "a", "11")
		wantRevision(t, db, "a", 5)
		failed := errors.New("no")
		for want, fails := range map[error]error{nil: database.ErrUnchanged, failed: failed} {
			err := db.Write(t.Context(), "a", func(tx *sql.Tx) error {
				if err := count(tx); err != nil {
					return err
				}
				return fails
			})
			if !errors.Is(err, want) {
				t.Errorf("Write = %v, want %v", err, want)
			}
		}
		wantCount(t, db, "a", "11")
	})
}
