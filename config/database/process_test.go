package database_test

import (
	"context"
	"database/sql"
	"fmt"
	"os/exec"
	"strconv"
	"strings"
	"testing"

	"verbatim/config/database"
)

// opener opens the database, which may not have its tables yet, and changes it.
func opener(address string) error {
	ctx := context.Background()
	db, err := database.Open(ctx, address)
	if err != nil {
		return err
	}
	defer db.Close()
	for range 10 {
		if err := tryIncrease(ctx, db, "g"); err != nil {
			return err
		}
	}
	return nil
}

// TestProcessesAtOnce has several processes migrate one database at the same
// moment and write to it.
func TestProcessesAtOnce(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		var children []*exec.Cmd
		var outputs []*strings.Builder
		for range 5 {
			cmd, output := command(t, "opener", address), new(strings.Builder)
			cmd.Stderr = output
			if err := cmd.Start(); err != nil {
				t.Fatal(err)
			}
			children, outputs = append(children, cmd), append(outputs, output)
		}
		for i, cmd := range children {
			if err := cmd.Wait(); err != nil {
				t.Errorf("child %d: %v: %s", i, err, outputs[i])
			}
		}
		db := mustOpen(t, address)
		wantRevision(t, db, "g", 50)
		wantCount(t, db, "g", "50")
	})
}

// counter changes the database for ever and prints the revision of each change
// that was committed. Each change writes its revision in two rows.
func counter(address string) error {
	ctx := context.Background()
	db, err := database.Open(ctx, address)
	if err != nil {
		return err
	}
	for {
		var last int64
		err := db.Change(ctx, "g", func(tx *sql.Tx, revision int64) error {
			last = revision
			value := strconv.FormatInt(revision, 10)
			if err := put(ctx, tx, "g", "one", value); err != nil {
				return err
			}
			return put(ctx, tx, "g", "two", value)
		})
		if err != nil {
			return err
		}
		fmt.Println(last)
	}
}

// TestKill kills a process that writes, at a moment it does not expect.
func TestKill(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		for range 3 {
			printed := killAfter(t, command(t, "counter", address), 20)
			db := mustOpen(t, address)
			revision, err := db.Revision(t.Context(), "g")
			if err != nil {
				t.Fatal(err)
			}
			if atLeast, _ := strconv.ParseInt(printed, 10, 64); revision < atLeast {
				t.Errorf("revision after the kill = %d, but %d was committed", revision, atLeast)
			}
			wantRows(t, db, revision)
			db.Close()
		}
	})
}

// wantRows checks that the rows are those of the change that made the revision.
func wantRows(t *testing.T, db *database.DB, revision int64) {
	t.Helper()
	err := db.Read(t.Context(), func(tx *sql.Tx) error {
		for _, name := range []string{"one", "two"} {
			got, err := get(t.Context(), tx, "g", name)
			if err != nil {
				return err
			}
			if want := strconv.FormatInt(revision, 10); got != want {
				t.Errorf("row %s = %q, want %q", name, got, want)
			}
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
}

// stuck stops in the middle of a change that has written much more than fits in
// memory.
func stuck(address string) error {
	ctx := context.Background()
	db, err := database.Open(ctx, address)
	if err != nil {
		return err
	}
	if err := tryIncrease(ctx, db, "g"); err != nil {
		return err
	}
	return db.Change(ctx, "g", func(tx *sql.Tx, revision int64) error {
		for n := range 100 {
			if err := put(ctx, tx, "g", fmt.Sprint("big", n), strings.Repeat("x", 100_000)); err != nil {
				return err
			}
		}
		if err := put(ctx, tx, "g", "count", "77"); err != nil {
			return err
		}
		fmt.Println("in the middle")
		select {}
	})
}

// TestKillInTheMiddle kills a process in the middle of a change.
func TestKillInTheMiddle(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		killAfter(t, command(t, "stuck", address), 1)
		db := mustOpen(t, address)
		wantRevision(t, db, "g", 1)
		wantCount(t, db, "g", "1")
		increase(t, db, "g")
		wantRevision(t, db, "g", 2)
	})
}
