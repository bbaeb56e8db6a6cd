//go:build !unix

package databasetest

import "testing"

func postgresAddress(t *testing.T) string {
	t.Helper()
	t.Skip("the tests on PostgreSQL need a Unix system")
	return ""
}

// An Own server is none here.
type Own struct{}

// NewOwn skips the test.
func NewOwn(t *testing.T) *Own {
	t.Helper()
	t.Skip("the tests on PostgreSQL need a Unix system")
	return nil
}

// Address returns nothing.
func (o *Own) Address() string { return "" }

// Restart does nothing.
func (o *Own) Restart() {}

// Pool returns nothing.
func (o *Own) Pool() string { return "" }
