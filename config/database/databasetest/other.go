//go:build !unix

package databasetest

import "testing"

func postgresAddress(t *testing.T) string {
	t.Helper()
	t.Skip("the tests on PostgreSQL need a Unix system")
	return ""
}
