package database_test

import (
	"bytes"
	"compress/gzip"
	"context"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"path/filepath"
	"runtime/debug"
	"strings"
	"testing"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// engines are opened by name, so that a test can go from one to another.
var engines = []database.Engine{database.SQLite, database.PostgreSQL}

// schemaQueries list the columns of all tables with their types, as pairs of table and
// column, and type.
var schemaQueries = map[database.Engine]string{
	database.SQLite: `SELECT t.name || ' ' || c.name, c.type FROM sqlite_master t JOIN pragma_table_info(t.name) c
		WHERE t.type = 'table' AND t.name NOT LIKE 'sqlite_%' AND t.name NOT LIKE 'goose_%'`,
	database.PostgreSQL: `SELECT table_name || ' ' || column_name, data_type FROM information_schema.columns
		WHERE table_schema = current_schema() AND table_name NOT LIKE 'goose_%'`,
}

// awkward are values of texts: the order of their bytes is not that of any language, and
// not all can stand in JSON as they are.
var awkward = []string{"b", "B", "é", "e", "\"<&>\u2028\\", "ﷺ 😀\n\t", ""}

// fillAll puts a row for each of some awkward values into every table there is, whatever its
// name. Each column of a row has the same value, so that references lead somewhere.
func fillAll(t *testing.T, db *database.DB, values []string) map[string]bool {
	t.Helper()
	kinds, err := pairs(t.Context(), db, schemaQueries[db.Engine()])
	if err != nil {
		t.Fatal(err)
	}
	columns := map[string][]string{}
	tables := map[string]bool{}
	for name := range kinds {
		table, column, _ := strings.Cut(name, " ")
		columns[table] = append(columns[table], column)
		tables[table] = true
	}
	for left := len(columns); len(columns) > 0; left = len(columns) {
		for table, names := range columns {
			if fillTable(t.Context(), db, table, names, kinds, values) == nil {
				delete(columns, table)
			}
		}
		if len(columns) == left {
			t.Fatalf("tables that can't be filled: %v", columns)
		}
	}
	return tables
}

func fillTable(ctx context.Context, db *database.DB, table string, columns []string, kinds map[string]string, texts []string) error {
	return db.Write(ctx, "g", func(tx *sql.Tx) error {
		for i, text := range texts {
			var values []any
			var places []string
			for n, c := range columns {
				var value any = text
				switch strings.ToUpper(kinds[table+" "+c]) {
				case "BIGINT":
					value = int64(i) << 40
				case "BYTEA":
					value = []byte(text + "\xff\x00"[:i%3])
				}
				values = append(values, value)
				places = append(places, fmt.Sprintf("$%d", n+1))
			}
			_, err := tx.ExecContext(ctx, `INSERT INTO `+table+` (`+strings.Join(columns, ", ")+`) VALUES (`+strings.Join(places, ", ")+`) ON CONFLICT DO NOTHING`, values...)
			if err != nil {
				return err
			}
		}
		return nil
	})
}

func export(t *testing.T, db *database.DB) string {
	t.Helper()
	var out bytes.Buffer
	if err := db.Export(t.Context(), &out); err != nil {
		t.Fatal(err)
	}
	return out.String()
}

func backup(t *testing.T, db *database.DB) []byte {
	t.Helper()
	var out bytes.Buffer
	if _, err := db.WriteBackup(t.Context(), &out, "test"); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unpack(t *testing.T, packed []byte) *database.DB {
	t.Helper()
	db, _, err := database.Unpack(t.Context(), bytes.NewReader(packed), filepath.Join(t.TempDir(), "staged.db"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

// TestBackupOfEveryTable: a backup of either engine, restored into either, brings back
// every row of every table, and exports tell the same on both.
func TestBackupOfEveryTable(t *testing.T) {
	exports := map[database.Engine]string{}
	for _, from := range engines {
		for _, to := range engines {
			t.Run(from.String()+" to "+to.String(), func(t *testing.T) {
				source := mustOpen(t, databasetest.Address(t, from))
				tables := fillAll(t, source, awkward)
				want := export(t, source)
				for table := range tables {
					least := len(awkward)
					if strings.HasPrefix(table, "live_") { // which is of the moment
						least = 0
					}
					if got := strings.Count(want, `{"table":"`+table+`",`); got < least || least == 0 && got > 0 {
						t.Errorf("table %s: %d rows in the export, want %d", table, got, least)
					}
				}
				exports[from] = want
				target := mustOpen(t, databasetest.Address(t, to))
				fillAll(t, target, []string{"what was there before"})
				staged := unpack(t, backup(t, source))
				learn(t, staged, target)
				if err := target.ReplaceBy(t.Context(), staged); err != nil {
					t.Fatal(err)
				}
				wantSame(t, withoutForgotten(export(t, target)), withoutForgotten(want))
			})
		}
	}
	if a, b := exports[database.SQLite], exports[database.PostgreSQL]; b != "" {
		wantSame(t, b, a)
	}
}

// wantSame shows the first line in which an export differs from another.
func wantSame(t *testing.T, got, want string) {
	t.Helper()
	g, w := strings.Split(got, "\n"), strings.Split(want, "\n")
	for i := range min(len(g), len(w)) {
		if g[i] != w[i] {
			t.Fatalf("line %d is\n%s\nwant\n%s", i+1, g[i], w[i])
		}
	}
	if len(g) != len(w) {
		t.Fatalf("%d lines, want %d", len(g), len(w))
	}
}

// learn lets one database know whom another was told to forget.
func learn(t *testing.T, db, from *database.DB) {
	t.Helper()
	var lists []database.Forgotten
	for _, one := range []*database.DB{db, from} {
		list, err := one.Forgotten(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		lists = append(lists, list)
	}
	if err := db.SetForgotten(t.Context(), lists...); err != nil {
		t.Fatal(err)
	}
}

// withoutForgotten leaves out the list of the forgotten, which a restore adds to.
func withoutForgotten(export string) string {
	var kept strings.Builder
	for line := range strings.Lines(export) {
		if !strings.HasPrefix(line, `{"table":"forgotten",`) {
			kept.WriteString(line)
		}
	}
	return kept.String()
}

// TestBackupIsOneState: a change of two tables that comes while a backup is written is in
// it whole or not at all. It comes while the first table is read, of which a row is too
// long to be held back, and before the second is.
func TestBackupIsOneState(t *testing.T) {
	random := make([]byte, 2<<20)
	rand.NewChaCha8([32]byte{}).Read(random) // never an error
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		change := func(setting, value string) {
			err := db.Change(t.Context(), "g", func(tx *sql.Tx, _ int64) error {
				_, err := tx.ExecContext(t.Context(), `INSERT INTO guild_setting (guild, name, value) VALUES ('g', $1, $2)`, setting, value)
				if err == nil {
					_, err = tx.ExecContext(t.Context(), `INSERT INTO quote_limit (guild, kind, name, runes) VALUES ('g', 'course', $1, 1)`, setting)
				}
				return err
			})
			if err != nil {
				t.Error(err)
			}
		}
		change("before", hex.EncodeToString(random))
		out := &meanwhile{do: func() {
			if !bytes.Contains(debug.Stack(), []byte("database.(*DB).Read(")) {
				t.Error("the change comes when all is read: the row is not long enough")
			}
			change("meanwhile", "")
		}}
		if _, err := db.WriteBackup(t.Context(), out, "test"); err != nil {
			t.Fatal(err)
		}
		if got := strings.Count(export(t, unpack(t, out.Bytes())), `"meanwhile"`); got != 0 && got != 2 {
			t.Errorf("%d of the 2 rows of a change are in the backup", got)
		}
		if now := strings.Count(export(t, db), `"meanwhile"`); now != 2 {
			t.Errorf("%d rows of the change are in the database, want 2", now)
		}
	})
}

// meanwhile does something with the first write.
type meanwhile struct {
	bytes.Buffer
	do func()
}

func (m *meanwhile) Write(p []byte) (int, error) {
	if m.do != nil {
		m.do()
		m.do = nil
	}
	return m.Buffer.Write(p)
}

// TestDamagedBackup: of a backup that is not as it was written nothing is taken.
func TestDamagedBackup(t *testing.T) {
	db := mustOpen(t, databasetest.Address(t, database.SQLite))
	fillAll(t, db, awkward)
	whole := backup(t, db)
	if b, err := database.CheckBackup(t.Context(), bytes.NewReader(whole)); err != nil || b.Rows < len(awkward) {
		t.Fatalf("CheckBackup of a whole backup = %+v, %v", b, err)
	}
	plain := unzip(t, whole)
	lines := strings.SplitAfter(plain, "\n")
	without := strings.Join(append(append([]string{}, lines[:3]...), lines[4:]...), "")
	tests := map[string][]byte{
		"empty":                 {},
		"text":                  []byte("what is this"),
		"another file's gzip":   zip(t, "hello\n"),
		"cut in the middle":     whole[:len(whole)/2],
		"last byte is missing":  whole[:len(whole)-1],
		"a row is missing":      zip(t, without),
		"the end is missing":    zip(t, strings.Join(lines[:len(lines)-2], "")),
		"a letter changed":      zip(t, strings.Replace(plain, `"é"`, `"e"`, 1)),
		"something comes after": zip(t, plain+"{}\n"),
	}
	for i := 12; i < len(whole); i += len(whole) / 20 {
		flipped := bytes.Clone(whole)
		flipped[i] ^= 0x10
		tests[fmt.Sprintf("bit of byte %d", i)] = flipped
	}
	for name, data := range tests {
		t.Run(name, func(t *testing.T) {
			if _, err := database.CheckBackup(t.Context(), bytes.NewReader(data)); !errors.Is(err, database.ErrBackup) {
				t.Errorf("CheckBackup = %v, want %v", err, database.ErrBackup)
			}
			staged, _, err := database.Unpack(t.Context(), bytes.NewReader(data), filepath.Join(t.TempDir(), "staged.db"))
			if err == nil {
				staged.Close()
				t.Error("Unpack takes it")
			}
		})
	}
}

func TestBackupOfNewer(t *testing.T) {
	for head, want := range map[string]string{
		`{"verbatim":"backup","format":1,"schema":99999,"version":"v99","made":"2026-05-28T10:00:00Z"}`: "update this program",
		`{"verbatim":"backup","format":99,"schema":1,"version":"v99","made":"2026-05-28T10:00:00Z"}`:    "update this program",
	} {
		_, err := database.CheckBackup(t.Context(), bytes.NewReader(zip(t, head+"\n")))
		if !errors.Is(err, database.ErrNewerSchema) || !strings.Contains(err.Error(), want) {
			t.Errorf("CheckBackup of %s = %v, want %v", head, err, database.ErrNewerSchema)
		}
	}
}

// TestReplaceFails: until all of a backup is there, everything is as it was.
func TestReplaceFails(t *testing.T) {
	source := mustOpen(t, databasetest.Address(t, database.SQLite))
	fillAll(t, source, awkward)
	packed := backup(t, source)
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		fillAll(t, db, []string{"what was there before"})
		want := export(t, db)
		staged := unpack(t, packed)
		if err := db.ReplaceBy(t.Context(), staged); !errors.Is(err, database.ErrForgottenMeanwhile) {
			t.Errorf("ReplaceBy = %v, want %v", err, database.ErrForgottenMeanwhile)
		}
		learn(t, staged, db)
		orphan := unpackWith(t, packed, `INSERT INTO channel_course (guild, channel, course) VALUES ('nowhere', '1', 'x')`)
		learn(t, orphan, db)
		if err := db.ReplaceBy(t.Context(), orphan); err == nil {
			t.Error("ReplaceBy takes a row that belongs to nothing")
		}
		if got := export(t, db); got != want {
			t.Error("after replacing failed:")
			wantSame(t, got, want)
		}
		if err := db.ReplaceBy(t.Context(), staged); err != nil {
			t.Error(err)
		}
	})
}

// unpackWith unpacks a backup and executes a statement on it that no key holds back.
func unpackWith(t *testing.T, packed []byte, statement string) *database.DB {
	t.Helper()
	path := filepath.Join(t.TempDir(), "staged.db")
	db, _, err := database.Unpack(t.Context(), bytes.NewReader(packed), path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	raw, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	defer raw.Close()
	if _, err := raw.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
	return db
}

// TestForgotten: the list tells who was forgotten since, and holds nobody's ID.
func TestForgotten(t *testing.T) {
	databasetest.Run(t, func(t *testing.T, db *database.DB) {
		forget := func(guild, member string) {
			t.Helper()
			err := db.Write(t.Context(), guild, func(tx *sql.Tx) error { return database.NoteForgotten(t.Context(), tx, guild, member) })
			if err != nil {
				t.Fatal(err)
			}
		}
		list := func() database.Forgotten {
			t.Helper()
			f, err := db.Forgotten(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			return f
		}
		members := []string{"", "112233445566778899", "223344556677889900"}
		forget("g", members[1])
		before := list()
		check := func(f database.Forgotten, guild, want string) {
			t.Helper()
			if got := fmt.Sprintf("%q", f.Among(guild, members)); got != want {
				t.Errorf("forgotten in %s: %s, want %s", guild, got, want)
			}
		}
		check(before, "g", `["112233445566778899"]`)
		check(before, "h", `[]`)
		check(list().Beyond(before), "g", `[]`)
		forget("g", members[2])
		check(list().Beyond(before), "g", `["223344556677889900"]`)
		forget("g", members[1]) // again
		check(list().Beyond(before), "g", `["112233445566778899" "223344556677889900"]`)
		if err := db.Erase(t.Context(), "h"); err != nil {
			t.Fatal(err)
		}
		check(list().Beyond(before), "h", `[""]`)
		if all := export(t, db); strings.Contains(all, members[1]) || strings.Contains(all, members[2]) {
			t.Errorf("the ID of somebody who is forgotten is stored:\n%s", all)
		}
	})
}

func zip(t *testing.T, text string) []byte {
	t.Helper()
	var out bytes.Buffer
	w := gzip.NewWriter(&out)
	if _, err := io.WriteString(w, text); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func unzip(t *testing.T, packed []byte) string {
	t.Helper()
	r, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		t.Fatal(err)
	}
	text, err := io.ReadAll(r)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}
