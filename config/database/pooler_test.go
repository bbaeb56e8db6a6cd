//go:build unix

package database_test

import (
	"strings"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// TestListenBehindPooler: through PgBouncer in transaction mode nothing is heard of changes,
// without an error, which is noticed; with the address of the server itself they are.
func TestListenBehindPooler(t *testing.T) {
	t.Parallel()
	own := databasetest.NewOwn(t)
	db, err := database.Open(t.Context(), own.Pool())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	deaf := listen(t, db, "", time.Second)
	deaf.tells(false)
	if why := *deaf.why.Load(); why == nil || !strings.Contains(why.Error(), "not heard") {
		t.Errorf("through the pooler nothing is heard because of %v, want that it was tried in vain", why)
	}
	hears := listen(t, db, own.Address(), 0)
	hears.tells(true)
	increase(t, db, "one")
	hears.hears("one")
}
