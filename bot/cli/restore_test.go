package cli_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/config/database"
)

const aGuild, aMember = "998877665544332211", "112233445566778899"

func (i instance) file() string { return filepath.Join(i.home, "share", "verbatim", "verbatim.db") }

// in does something with the database.
func (i instance) in(do func(ctx context.Context, db *database.DB) error) {
	i.t.Helper()
	db, err := database.Open(i.t.Context(), i.file())
	if err == nil {
		err = do(i.t.Context(), db)
		db.Close()
	}
	if err != nil {
		i.t.Fatal(err)
	}
}

// asks stores that the member has asked something.
func (i instance) asks() {
	i.t.Helper()
	i.in(func(ctx context.Context, db *database.DB) error {
		return db.Change(ctx, aGuild, func(tx *sql.Tx, _ int64) error {
			_, err := tx.ExecContext(ctx, `INSERT INTO asker (guild, member, asked) VALUES ($1, $2, 4102444800000)`, aGuild, aMember)
			return err
		})
	})
}

func (i instance) stores(table, text string) bool {
	i.t.Helper()
	for line := range strings.Lines(i.verbatim("export")) {
		if strings.HasPrefix(line, `{"table":"`+table+`",`) && strings.Contains(line, text) {
			return true
		}
	}
	return false
}

// TestRestoreOldThenNew: who was forgotten, and a guild that was erased, do not come back
// with a backup from before; but what came of them afterwards does with one from after,
// also if an older one was restored in between.
func TestRestoreOldThenNew(t *testing.T) {
	i := newInstance(t, database.SQLite)
	writeCourse(t, i.home, 1)
	before, after := filepath.Join(i.home, "before.backup"), filepath.Join(i.home, "after.backup")
	i.verbatim("index", "--guild", "55", "course")
	i.asks()
	i.verbatim("backup", before)
	i.verbatim("forget", aMember)
	i.in(func(ctx context.Context, db *database.DB) error { return db.Erase(ctx, "55") })
	i.verbatim("index", "--guild", "55", "course")
	i.asks()
	i.verbatim("backup", after)
	want := i.verbatim("export")

	said := i.verbatim("restore", before)
	if !strings.Contains(said, "1 member forgotten again; 1 guild erased again") {
		t.Errorf("restore says %s", said)
	}
	if i.stores("asker", aMember) || i.stores("document", "55") {
		t.Error("what was forgotten is back")
	}
	said = i.verbatim("restore", after)
	if strings.Contains(said, "again") {
		t.Errorf("restore says %s", said)
	}
	if got := i.verbatim("export"); got != want {
		t.Errorf("after restoring the newer backup there is\n%.3000s\nwant\n%.3000s", got, want)
	}
}
