package database_test

import (
	"database/sql"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// TestErase: of a guild nothing is left in any table, whatever refers to what; another
// keeps what it has.
func TestErase(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		rows := []struct{ table, insert string }{
			{"guild_setting", `INSERT INTO guild_setting (guild, name, value) VALUES ($1, 'language', 'fr')`},
			{"document", `INSERT INTO document (guild, document, name, origin, content, revision, title, author, date, language, course, licence, link,
				bytes, passages, added, replaced, removed, changed) VALUES ($1, 'd', 'a', '', '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, 0)`},
			{"document_text", `INSERT INTO document_text (guild, document, start, body) VALUES ($1, 'd', 0, 'x')`},
			{"passage", `INSERT INTO passage (guild, document, passage, structure) VALUES ($1, 'd', 0, '')`},
			{"open_question", `INSERT INTO open_question (guild, question, scope, language, text, first, dismissed, reason) VALUES ($1, 'q', '', '', '', 0, 0, '')`},
			{"open_wording", `INSERT INTO open_wording (guild, question, wording, text, reason, times, asked) VALUES ($1, 'q', 1, '', '', 1, 0)`},
			{"channel_course", `INSERT INTO channel_course (guild, channel, course) VALUES ($1, '1', 'Droit')`},
		}
		for _, guild := range []string{"a", "b"} {
			err := db.Change(t.Context(), guild, func(tx *sql.Tx, _ int64) error {
				for _, row := range rows {
					if _, err := tx.ExecContext(t.Context(), row.insert, guild); err != nil {
						return err
					}
				}
				return nil
			})
			if err != nil {
				t.Fatal(err)
			}
		}
		if err := db.Erase(t.Context(), "a"); err != nil {
			t.Fatal(err)
		}
		for guild, want := range map[string]int{"a": 0, "b": 1} {
			for _, table := range []string{"guild", "guild_change", "guild_setting", "document", "document_text", "passage", "open_question", "open_wording", "channel_course"} {
				n := -1
				err := db.Read(t.Context(), func(tx *sql.Tx) error {
					return tx.QueryRowContext(t.Context(), `SELECT count(*) FROM `+table+` WHERE guild = $1`, guild).Scan(&n)
				})
				if err != nil || n != want {
					t.Errorf("guild %s has %d rows in %s, %v, want %d", guild, n, table, err, want)
				}
			}
		}
		if head, err := db.Head(t.Context(), "a"); head != (database.Head{}) || err != nil {
			t.Errorf("head of the erased guild: %+v, %v", head, err)
		}
		if err := db.Erase(t.Context(), "never"); err != nil {
			t.Errorf("a guild that is not there: %v", err)
		}
	})
}
