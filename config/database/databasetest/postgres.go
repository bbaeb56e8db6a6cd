//go:build unix

package databasetest

import (
	"database/sql"
	"errors"
	"fmt"
	"net/url"
	"os"
	"sync"
	"sync/atomic"
	"testing"

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
	if errors.Is(err, errNoPrograms) && os.Getenv("CI") != "true" {
		t.Skip(err)
	}
	if err != nil {
		t.Fatal(err)
	}
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
	db, err := sql.Open("pgx", s.address("lock_timeout", "20s"))
	if err != nil {
		return err
	}
	defer db.Close()
	if _, err := db.Exec(statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
