//go:build unix

package databasetest

import (
	"database/sql"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver "pgx"
)

// The server and the number of schemas made in it are of the whole test binary:
// starting a server for each test would take longer than the tests.
var (
	sharedServer = sync.OnceValues(startServer)
	schemas      atomic.Int64
)

// postgresAddress makes a schema, which is dropped when the test ends. To a
// program that is given no other it is an empty database, but it is made in a
// hundredth of the time.
func postgresAddress(t *testing.T) string {
	t.Helper()
	s, err := sharedServer()
	skipOrFail(t, err)
	schema := fmt.Sprintf("test%d", schemas.Add(1))
	if err := s.run("CREATE SCHEMA " + schema); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.run("DROP SCHEMA " + schema + " CASCADE"); err != nil {
			t.Error(err)
		}
	})
	return s.address("search_path", schema)
}

// skipOrFail skips the test where a program that it needs is not there, unless it must be.
func skipOrFail(t *testing.T, err error) {
	t.Helper()
	if errors.Is(err, errNoPrograms) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// An Own server of PostgreSQL is one test's alone, so that it may be restarted. It takes a
// second or two to make.
type Own struct {
	t      *testing.T
	server *server
}

// NewOwn starts a server with an empty database, which ends with the test.
func NewOwn(t *testing.T) *Own {
	t.Helper()
	s, err := startServer()
	skipOrFail(t, err)
	t.Cleanup(func() { s.life.Close() })
	return &Own{t: t, server: s}
}

// Address returns the address of the database.
func (o *Own) Address() string { return o.server.address("application_name", "test") }

// Restart ends the server with all its connections, and returns when it runs again.
func (o *Own) Restart() {
	o.t.Helper()
	started := func() (at string) {
		err := o.server.query("SELECT pg_postmaster_start_time()::text", &at)
		if err != nil {
			at = ""
		}
		return at
	}
	before := started()
	if _, err := io.WriteString(o.server.life, "restart\n"); err != nil {
		o.t.Fatal(err)
	}
	for deadline := time.Now().Add(startTime); ; time.Sleep(20 * time.Millisecond) {
		if at := started(); at != "" && at != before {
			return
		}
		if time.Now().After(deadline) {
			log, _ := os.ReadFile(o.server.log())
			o.t.Fatalf("PostgreSQL does not come back:\n%s", log)
		}
	}
}

// address returns the URL of the server with one setting for its connections.
func (s *server) address(setting, value string) string {
	u := url.URL{
		Scheme:   "postgres",
		User:     url.User("postgres"),
		Path:     "/postgres",
		RawQuery: url.Values{"host": {s.folder}, setting: {value}}.Encode(),
	}
	return u.String()
}

// run executes one statement as the owner of the server. A transaction that a
// test left open makes it fail after a while.
func (s *server) run(statement string) error {
	return s.query(statement)
}

// query executes one statement, and reads the row that it returns, if it has a place for it.
func (s *server) query(statement string, into ...any) error {
	db, err := sql.Open("pgx", s.address("lock_timeout", "20s"))
	if err != nil {
		return err
	}
	defer db.Close()
	if len(into) > 0 {
		err = db.QueryRow(statement).Scan(into...)
	} else {
		_, err = db.Exec(statement)
	}
	if err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
