//go:build unix

package database_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

func unixChildren() map[string]child {
	return map[string]child{"limited": limited, "unprivileged": unprivileged}
}

// limited may write 1 MB to a file, and tries to write more.
func limited(address string) error {
	ctx := context.Background()
	limit := syscall.Rlimit{Cur: 1 << 20, Max: 1 << 20}
	if err := syscall.Setrlimit(syscall.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	db, err := database.Open(ctx, address)
	if err != nil {
		return err
	}
	defer db.Close()
	if err := tryIncrease(ctx, db, "g"); err != nil {
		return err
	}
	err = db.Change(ctx, "g", func(tx *sql.Tx, revision int64) error { return fill(ctx, tx) })
	return wantCondition("Change", err, database.ErrFull)
}

// unprivileged opens a database without the rights of root.
func unprivileged(address string) error {
	if os.Getuid() == 0 {
		const nobody = 65534
		if err := errors.Join(syscall.Setgid(nobody), syscall.Setuid(nobody)); err != nil {
			return err
		}
	}
	_, err := database.Open(context.Background(), address)
	return wantCondition("Open", err, database.ErrReadOnly)
}

func wantCondition(call string, err, want error) error {
	if !errors.Is(err, want) {
		return fmt.Errorf("%s = %v, want %v", call, err, want)
	}
	return nil
}

// TestFileSizeLimit meets a limit of the system on the size of a file.
func TestFileSizeLimit(t *testing.T) {
	address := databasetest.Address(t, database.SQLite)
	if output, err := command(t, "limited", address).CombinedOutput(); err != nil {
		t.Fatalf("child: %v: %s", err, output)
	}
	db := mustOpen(t, address)
	wantRevision(t, db, "g", 1)
	wantCount(t, db, "g", "1")
}

func TestReadOnlyFolder(t *testing.T) {
	folder := t.TempDir()
	existing := filepath.Join(folder, "existing.db")
	if err := mustOpen(t, existing).Close(); err != nil {
		t.Fatal(err)
	}
	chmod(t, existing, 0o444)
	chmod(t, filepath.Dir(folder), 0o755) // so that all can come here
	chmod(t, folder, 0o555)
	t.Cleanup(func() { os.Chmod(folder, 0o755) })
	for _, address := range []string{
		existing,
		filepath.Join(folder, "new.db"),
		filepath.Join(folder, "new", "new.db"),
	} {
		if output, err := command(t, "unprivileged", address).CombinedOutput(); err != nil {
			t.Errorf("child: %v: %s", err, output)
		}
	}
}

func chmod(t *testing.T, path string, mode os.FileMode) {
	t.Helper()
	if err := os.Chmod(path, mode); err != nil {
		t.Fatal(err)
	}
}
