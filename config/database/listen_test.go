//go:build unix

package database_test

import (
	"context"
	"database/sql"
	"errors"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// A listening is a Listener at work, and what it says.
type listening struct {
	t     *testing.T
	heard chan string
	told  chan bool
	why   atomic.Pointer[error] // what it said last
}

// listen lets a database listen until the test ends.
func listen(t *testing.T, db *database.DB, address string, patience time.Duration) *listening {
	l := &listening{t: t, heard: make(chan string, 1000), told: make(chan bool, 1000)}
	ctx, cancel := context.WithCancel(t.Context())
	ended := make(chan error)
	go func() {
		ended <- db.Listen(ctx, database.Listener{
			Address:  address,
			Heard:    func(guild string) { l.heard <- guild },
			Tell:     func(is bool, why error) { l.why.Store(&why); l.told <- is },
			Patience: patience,
		})
	}()
	t.Cleanup(func() {
		cancel()
		if err := <-ended; err != nil {
			t.Errorf("Listen() = %v", err)
		}
	})
	return l
}

// hears waits until a guild is heard of, and returns what was heard before.
func (l *listening) hears(want string) (before []string) {
	l.t.Helper()
	for late := time.After(time.Minute); ; {
		select {
		case got := <-l.heard:
			if got == want {
				return before
			}
			before = append(before, got)
		case <-late:
			l.t.Fatalf("%q is not heard of; only %q is", want, before)
		}
	}
}

// tells waits until it is said whether announcements come.
func (l *listening) tells(want bool) {
	l.t.Helper()
	for late := time.After(time.Minute); ; {
		select {
		case got := <-l.told:
			if got == want {
				return
			}
		case <-late:
			l.t.Fatalf("it does not say that announcements come: %v", want)
		}
	}
}

func openPostgreSQL(t *testing.T) (db *database.DB, address string) {
	t.Helper()
	address = databasetest.Address(t, database.PostgreSQL)
	db, err := database.Open(t.Context(), address)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db, address
}

func TestListen(t *testing.T) {
	t.Parallel()
	db, _ := openPostgreSQL(t)
	l := listen(t, db, "", 0)
	l.tells(true)
	l.hears("") // all may have changed before
	undone := errors.New("undone")
	for _, test := range []struct {
		name string
		do   func() error
		want []string
	}{
		{"a change", func() error { return tryIncrease(t.Context(), db, "one") }, []string{"one"}},
		{"nothing to change", func() error {
			return db.Change(t.Context(), "two", func(*sql.Tx, int64) error { return database.ErrUnchanged })
		}, nil},
		{"a change that is undone", func() error {
			if err := db.Change(t.Context(), "three", func(*sql.Tx, int64) error { return undone }); !errors.Is(err, undone) {
				return err
			}
			return nil
		}, nil},
		{"what nobody follows", func() error {
			return db.Write(t.Context(), "four", func(tx *sql.Tx) error { return put(t.Context(), tx, "four", "a", "b") })
		}, nil},
		{"a restored backup", func() error {
			other, err := database.Open(t.Context(), filepath.Join(t.TempDir(), "other.db"))
			if err != nil {
				return err
			}
			defer other.Close()
			return db.ReplaceBy(t.Context(), other)
		}, []string{""}},
		{"a guild is erased", func() error { return db.Erase(t.Context(), "one") }, []string{"one"}},
	} {
		if err := test.do(); err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		increase(t, db, "then")
		got := l.hears("then")
		if len(got) != len(test.want) || len(got) > 0 && got[0] != test.want[0] {
			t.Errorf("%s: heard of %q, want %q", test.name, got, test.want)
		}
	}
}

// TestListenAgain: a connection that the server ends is replaced, and what was changed
// meanwhile is heard of.
func TestListenAgain(t *testing.T) {
	t.Parallel()
	db, address := openPostgreSQL(t)
	l := listen(t, db, address+"&application_name=ended", 0)
	l.tells(true)
	l.hears("")
	server, err := sql.Open("pgx", address)
	if err != nil {
		t.Fatal(err)
	}
	defer server.Close()
	ended := 0
	err = server.QueryRow(`SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name = 'ended'`).Scan(&ended)
	if err != nil || ended != 1 {
		t.Fatalf("%d connections ended, %v, want 1", ended, err)
	}
	increase(t, db, "meanwhile")
	l.tells(false)
	l.tells(true)
	l.hears("")
	increase(t, db, "after")
	l.hears("after")
}

// TestListenUnheard: where something before the server swallows announcements, that is
// noticed, and when they come again, too.
func TestListenUnheard(t *testing.T) {
	t.Parallel()
	db, address := openPostgreSQL(t)
	w := databasetest.NewWire(t, address)
	l := listen(t, db, w.Address(), time.Second)
	l.tells(true)
	w.Deafen(true)
	l.tells(false)
	w.Deafen(false)
	l.tells(true)
	increase(t, db, "after")
	l.hears("after")
}
