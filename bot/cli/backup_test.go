package cli_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// An instance is a data folder with its database, used by commands.
type instance struct {
	t        *testing.T
	home     string
	database string // "" for SQLite
}

func newInstance(t *testing.T, engine database.Engine) instance {
	t.Helper()
	i := instance{t: t, home: t.TempDir()}
	if engine == database.PostgreSQL {
		i.database = databasetest.Address(t, engine)
	}
	return i
}

// verbatim runs a command that must succeed, and returns what it prints.
func (i instance) verbatim(args ...string) string {
	i.t.Helper()
	cmd := command(i.t, i.home, args...)
	cmd.Env = append(cmd.Env, "VERBATIM_DATABASE="+i.database)
	status, stdout, stderr := run(i.t, cmd)
	if status != 0 {
		i.t.Fatalf("verbatim %q: status %d\n%s%s", args, status, stdout, stderr)
	}
	return stdout
}

// TestMove goes from SQLite to PostgreSQL and back: everything moves with the backup, and
// each replies as the first did.
func TestMove(t *testing.T) {
	const question = "Que vote le soviet numéro 7 ?"
	first := newInstance(t, database.SQLite)
	writeCourse(t, first.home, 9)
	first.verbatim("index", "course")
	first.verbatim("index", "--guild", "112233445566778899", "course")
	first.verbatim("corpus", "remove", "0003.txt")
	first.verbatim("curated", "add", "--question", "Qui vote ?", "--answer", "Le soviet.")
	first.verbatim("glossary", "add", "soviet", "conseil")
	wantExport, wantReply := first.verbatim("export"), first.verbatim("ask", question)
	if !strings.Contains(wantReply, "soviet numéro 7") {
		t.Fatalf("reply: %s", wantReply)
	}
	previous := first
	for _, engine := range []database.Engine{database.PostgreSQL, database.SQLite, database.PostgreSQL} {
		file := filepath.Join(previous.home, "all.backup")
		previous.verbatim("backup", file)
		next := newInstance(t, engine)
		next.verbatim("restore", file)
		if got := next.verbatim("export"); got != wantExport {
			t.Errorf("%v exports\n%.2000s\nwant\n%.2000s", engine, got, wantExport)
		}
		if got := next.verbatim("ask", question); got != wantReply {
			t.Errorf("%v replies\n%s\nwant\n%s", engine, got, wantReply)
		}
		previous = next
	}
}

// TestUpgradeBacksUp: the first command of a newer version backs the database up, says
// where, and goes on with all that was there.
func TestUpgradeBacksUp(t *testing.T) {
	i := newInstance(t, database.SQLite)
	data := filepath.Join(i.home, "share", "verbatim")
	if err := os.MkdirAll(data, 0o700); err != nil {
		t.Fatal(err)
	}
	loadOldest(t, filepath.Join(data, "verbatim.db"))
	status, stdout, stderr := run(t, command(t, i.home, "ask", "Où siège le soviet de Petrograd ?"))
	kept := filepath.Join(data, "backups", "before-upgrade-from-schema-9.backup")
	if status != 0 || !strings.Contains(stdout, "palais de Tauride") || !strings.Contains(stderr, "as it was it is in "+kept) {
		t.Errorf("status %d\n%s%s", status, stdout, stderr)
	}
	i.verbatim("restore", kept)
	if got := i.verbatim("ask", "Où siège le soviet de Petrograd ?"); got != stdout {
		t.Errorf("after restoring the backup from before, the reply is\n%s\nwant\n%s", got, stdout)
	}
}
