package cli_test

import (
	"strings"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// TestEngines goes the whole road on each engine: the same commands print the same.
func TestEngines(t *testing.T) {
	printed := map[database.Engine]string{}
	for _, engine := range []database.Engine{database.SQLite, database.PostgreSQL} {
		t.Run(engine.String(), func(t *testing.T) {
			home := t.TempDir()
			writeCourse(t, home, 12)
			address := ""
			if engine == database.PostgreSQL {
				address = databasetest.Address(t, engine)
			}
			for _, args := range [][]string{
				{"index", "course"},
				{"index", "course"},
				{"settings", "excerpts", "2"},
				{"corpus", "remove", "0003.txt"},
				{"corpus", "list"},
				{"ask", "Que vote le soviet numéro 7 ?"},
				{"ask", "Que vote le soviet numéro 3 ?"},
			} {
				cmd := command(t, home, args...)
				cmd.Env = append(cmd.Env, "VERBATIM_DATABASE="+address)
				status, stdout, stderr := run(t, cmd)
				if status != 0 {
					t.Fatalf("verbatim %q: status %d\n%s", args, status, stderr)
				}
				printed[engine] += strings.ReplaceAll(stdout, home, "")
			}
		})
	}
	if sqlite, postgres := printed[database.SQLite], printed[database.PostgreSQL]; postgres != "" && sqlite != postgres {
		t.Errorf("on PostgreSQL the commands print\n%s\non SQLite\n%s", postgres, sqlite)
	}
}
