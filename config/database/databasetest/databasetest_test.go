package databasetest_test

import (
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

func TestRun(t *testing.T) {
	ran := map[database.Engine]int{}
	for range 2 {
		databasetest.Run(t, func(t *testing.T, db *database.DB) {
			ran[db.Engine()]++
			guilds, err := db.Guilds(t.Context())
			if err != nil || len(guilds) != 0 {
				t.Errorf("Guilds() of a fresh database = %v, %v, want none", guilds, err)
			}
		})
	}
	if ran[database.SQLite] != 2 {
		t.Errorf("test ran %d times on SQLite, want 2", ran[database.SQLite])
	}
}
