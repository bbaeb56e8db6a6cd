//go:build unix

package databasetest_test

import (
	"database/sql"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/exec"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// childVariable makes TestAddressOfChild the child of TestServerEnds.
const childVariable = "DATABASETEST_CHILD"

// TestServerEnds kills a test binary that uses a server. The server must end and
// its folder be deleted.
func TestServerEnds(t *testing.T) {
	databasetest.Address(t, database.PostgreSQL) // skips where there are no programs
	cmd := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^TestAddressOfChild$")
	cmd.Env = append(os.Environ(), childVariable+"=1")
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	buffer := make([]byte, 4096)
	n, err := stdout.Read(buffer)
	if err != nil {
		t.Fatal(err)
	}
	address, err := url.Parse(string(buffer[:n]))
	if err != nil {
		t.Fatal(err)
	}
	folder := address.Query().Get("host")
	if _, err := os.Stat(folder); err != nil {
		t.Fatalf("folder of a running server: %v", err)
	}
	cmd.Process.Kill()
	cmd.Wait()
	for deadline := time.Now().Add(30 * time.Second); ; time.Sleep(10 * time.Millisecond) {
		_, err := os.Stat(folder)
		if errors.Is(err, fs.ErrNotExist) {
			return
		}
		if time.Now().After(deadline) {
			t.Fatalf("folder of the server after the kill: %v, want none", err)
		}
	}
}

func TestAddressOfChild(t *testing.T) {
	if os.Getenv(childVariable) == "" {
		t.Skip("runs only as the child of TestServerEnds")
	}
	os.Stdout.WriteString(databasetest.Address(t, database.PostgreSQL))
	select {}
}

// TestOwn: a server of a test's own comes back with what is in it, and a pooler gives
// transactions of one connection to several.
func TestOwn(t *testing.T) {
	t.Parallel()
	own := databasetest.NewOwn(t)
	for name, address := range map[string]string{"directly": own.Address(), "pooled": own.Pool()} {
		db, err := database.Open(t.Context(), address)
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		t.Cleanup(func() { db.Close() })
		change := func() error {
			return db.Change(t.Context(), "guild "+name, func(*sql.Tx, int64) error { return nil })
		}
		if err := change(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		own.Restart()
		for begun := time.Now(); ; time.Sleep(20 * time.Millisecond) {
			head, err := db.Head(t.Context(), "guild "+name)
			if err == nil && head.Revision == 1 {
				break
			}
			if time.Since(begun) > time.Minute {
				t.Fatalf("%s: after a restart %+v, %v", name, head, err)
			}
		}
	}
}
