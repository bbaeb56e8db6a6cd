package database_test

import (
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

func mustHead(t *testing.T, db *database.DB, guild string) database.Head {
	t.Helper()
	head, err := db.Head(t.Context(), guild)
	if err != nil {
		t.Fatal(err)
	}
	return head
}

func wantStamp(t *testing.T, db *database.DB, guild string, revision int64, want string) {
	t.Helper()
	got, err := db.Stamp(t.Context(), guild, revision)
	if err != nil || got != want {
		t.Errorf("Stamp(%q, %d) = %q, %v, want %q", guild, revision, got, err, want)
	}
}

// edit executes statements in a change of another guild than g.
func edit(t *testing.T, db *database.DB, statements ...string) {
	t.Helper()
	err := db.Change(t.Context(), "editor", func(tx *sql.Tx, _ int64) error {
		for _, statement := range statements {
			if _, err := tx.ExecContext(t.Context(), statement); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// TestStamp: each change has a stamp of its own, in its guild, in another guild and
// in another database, and keeps it.
func TestStamp(t *testing.T) {
	onEngines(t, func(t *testing.T, address string) {
		db, other := mustOpen(t, address), mustOpen(t, databasetest.Address(t, database.SQLite))
		if head := mustHead(t, db, "g"); head != (database.Head{}) {
			t.Errorf("Head of a guild never changed = %v, want the zero Head", head)
		}
		var heads []database.Head
		seen := map[string]bool{"": true}
		for n := int64(1); n <= 3; n++ {
			for _, head := range []database.Head{changed(t, db, "g"), changed(t, db, "h"), changed(t, other, "g")} {
				if head.Revision != n || seen[head.Stamp] {
					t.Errorf("Head after change %d = %v, want revision %d and a new stamp", n, head, n)
				}
				seen[head.Stamp] = true
			}
			heads = append(heads, mustHead(t, db, "g"))
		}
		db.Close()
		db = mustOpen(t, address)
		for _, head := range heads {
			wantStamp(t, db, "g", head.Revision, head.Stamp)
		}
		if head := mustHead(t, db, "g"); head != heads[2] {
			t.Errorf("Head of the database opened again = %v, want %v", head, heads[2])
		}
	})
}

// changed changes a guild and returns its Head.
func changed(t *testing.T, db *database.DB, guild string) database.Head {
	t.Helper()
	increase(t, db, guild)
	return mustHead(t, db, guild)
}

func TestStampUnknown(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		increase(t, db, "g")
		broken := errors.New("broken")
		for _, end := range []error{database.ErrUnchanged, broken} {
			err := db.Change(t.Context(), "g", func(*sql.Tx, int64) error { return end })
			if err != nil && err != broken {
				t.Fatal(err)
			}
		}
		for _, revision := range []int64{-1, 0, 2} {
			wantStamp(t, db, "g", revision, "")
		}
		wantStamp(t, db, "another", 1, "")
	})
}

// TestStampOld: the stamps of the last thousand revisions are kept, and those of
// other guilds.
func TestStampOld(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		other := changed(t, db, "h")
		first, second := changed(t, db, "g"), changed(t, db, "g")
		jump := []string{
			`UPDATE guild SET revision = 1000 WHERE guild = 'g'`,
			`INSERT INTO guild_change (guild, revision, stamp) VALUES ('g', 1000, 'jumped')`,
		}
		edit(t, db, jump...)
		increase(t, db, "g")
		wantStamp(t, db, "g", 1, first.Stamp)
		increase(t, db, "g")
		wantStamp(t, db, "g", 1, "")
		wantStamp(t, db, "g", 2, second.Stamp)
		wantStamp(t, db, "g", 1000, "jumped")
		wantStamp(t, db, "h", 1, other.Stamp)
	})
}

// TestStampErased: a guild that is begun anew comes to the same revision with
// another stamp.
func TestStampErased(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		before := changed(t, db, "g")
		edit(t, db,
			`DELETE FROM guild_setting WHERE guild = 'g'`,
			`DELETE FROM guild_change WHERE guild = 'g'`,
			`DELETE FROM guild WHERE guild = 'g'`)
		wantStamp(t, db, "g", 1, "")
		after := changed(t, db, "g")
		if after.Revision != before.Revision || after.Stamp == before.Stamp {
			t.Errorf("Head = %v before and %v after, want the same revision and another stamp", before, after)
		}
	})
}

// TestStampRestored: a backup that is brought back goes on to the same revision with
// another stamp.
func TestStampRestored(t *testing.T) {
	address := databasetest.Address(t, database.SQLite)
	db := mustOpen(t, address)
	saved := changed(t, db, "g")
	backup := filepath.Join(t.TempDir(), "backup.db")
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	content, err := os.ReadFile(address)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(backup, content, 0o600); err != nil {
		t.Fatal(err)
	}
	lost := changed(t, mustOpen(t, address), "g")
	restored := mustOpen(t, backup)
	if head := mustHead(t, restored, "g"); head != saved {
		t.Errorf("Head of the backup = %v, want %v", head, saved)
	}
	wantStamp(t, restored, "g", lost.Revision, "")
	if head := changed(t, restored, "g"); head.Revision != lost.Revision || head.Stamp == lost.Stamp {
		t.Errorf("Head after the backup's change = %v, want the revision of %v and another stamp", head, lost)
	}
}

func TestStampCancelled(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		ctx, cancel := context.WithCancel(t.Context())
		cancel()
		if _, err := db.Head(ctx, "g"); !errors.Is(err, context.Canceled) {
			t.Errorf("Head = %v, want %v", err, context.Canceled)
		}
		if _, err := db.Stamp(ctx, "g", 1); !errors.Is(err, context.Canceled) {
			t.Errorf("Stamp = %v, want %v", err, context.Canceled)
		}
	})
}
