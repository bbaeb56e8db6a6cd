package cli_test

import (
	"bytes"
	"context"
	"database/sql"
	"os"
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

// TestRestoreOverDamaged: a database with damage anywhere in it is moved away and replaced.
// Whoever was forgotten stays so where the damage is not in the list of the forgotten;
// else that is said.
func TestRestoreOverDamaged(t *testing.T) {
	tests := map[string]struct {
		table     string // whose pages are damaged, or "" for all but the first
		forgotten bool   // the list of the forgotten is still read
	}{
		"in the middle": {"document_text", true},
		"in the list":   {"forgotten", false},
		"everywhere":    {"", false},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			i := newInstance(t, database.SQLite)
			writeCourse(t, i.home, 3)
			file := filepath.Join(i.home, "all.backup")
			i.verbatim("index", "course")
			i.asks()
			i.verbatim("backup", file)
			i.verbatim("forget", aMember)
			damage(t, i.file(), test.table)
			if status, out, _ := run(t, command(t, i.home, "doctor")); status != 3 || !strings.Contains(out, "verbatim restore brings back") {
				t.Fatalf("doctor finds no damage:\n%s", out)
			}
			status, stdout, stderr := run(t, command(t, i.home, "restore", file))
			if status != 0 {
				t.Fatalf("status %d\n%s%s", status, stdout, stderr)
			}
			if away, err := filepath.Glob(i.file() + ".damaged-*"); err != nil || len(away) == 0 || !strings.Contains(stderr, away[0]) {
				t.Errorf("moved away: %v, %v; said:\n%s", away, err, stderr)
			}
			if back := i.stores("asker", aMember); back == test.forgotten {
				t.Errorf("the member is back: %v, want %v", back, !test.forgotten)
			}
			if said := strings.Contains(stderr, "list of who was forgotten"); said == test.forgotten {
				t.Errorf("said that the list can't be read: %v, want %v\n%s", said, !test.forgotten, stderr)
			}
			if reply := i.verbatim("ask", "Que vote le soviet numéro 2 ?"); !strings.Contains(reply, "soviet numéro 2 vote") {
				t.Errorf("reply: %s", reply)
			}
		})
	}
}

// TestRestoreKilledOverDamaged: a restore that was killed after it had moved a damaged
// database away does not let the next one bring back who was forgotten.
func TestRestoreKilledOverDamaged(t *testing.T) {
	t.Parallel()
	i := newInstance(t, database.SQLite)
	writeCourse(t, i.home, 1)
	file := filepath.Join(i.home, "all.backup")
	i.verbatim("index", "course")
	i.asks()
	i.verbatim("backup", file)
	i.verbatim("forget", aMember)
	if err := os.Rename(i.file(), i.file()+".damaged-1234"); err != nil {
		t.Fatal(err)
	}
	if said := i.verbatim("restore", file); !strings.Contains(said, "1 member forgotten again") || i.stores("asker", aMember) {
		t.Errorf("who was forgotten is back; restore says %s", said)
	}
}

// damage writes over the pages of a table in an SQLite file, from its root on.
func damage(t *testing.T, path, table string) {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	if _, err := db.ExecContext(t.Context(), `PRAGMA wal_checkpoint(TRUNCATE)`); err != nil {
		t.Fatal(err)
	}
	var size, all int64
	if err := db.QueryRowContext(t.Context(), `SELECT page_size, page_count FROM pragma_page_size, pragma_page_count`).Scan(&size, &all); err != nil {
		t.Fatal(err)
	}
	first, end := int64(2), all
	if table != "" {
		if err := db.QueryRowContext(t.Context(), `SELECT rootpage FROM sqlite_master WHERE type = 'table' AND name = $1`, table).Scan(&first); err != nil {
			t.Fatal(err)
		}
		end = first
	}
	if err := db.Close(); err != nil {
		t.Fatal(err)
	}
	file, err := os.OpenFile(path, os.O_WRONLY, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if _, err := file.WriteAt(bytes.Repeat([]byte{0xa5}, int((end-first+1)*size)), (first-1)*size); err != nil {
		t.Fatal(err)
	}
}
