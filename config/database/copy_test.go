//go:build unix

package database_test

import (
	"bytes"
	"context"
	"database/sql"
	"errors"
	"os"
	"path/filepath"
	"testing"
	"time"

	"verbatim/config/database"
	"verbatim/config/database/databasetest"
)

// putDocument stores a document with one piece of text.
func putDocument(t *testing.T, db *database.DB, guild, document, text string) {
	t.Helper()
	err := db.Change(t.Context(), guild, func(tx *sql.Tx, revision int64) error {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO document (guild, document, name, origin, content, revision, title, author, date,
				language, course, licence, link, bytes, passages, added, replaced, removed, changed)
			VALUES ($1, $2, $2, '', '', '', '', '', '', '', '', '', '', 0, 0, 0, 0, 0, $3)
			ON CONFLICT (guild, document) DO UPDATE SET changed = excluded.changed`, guild, document, revision)
		if err == nil {
			_, err = tx.ExecContext(t.Context(), `INSERT INTO document_text (guild, document, start, body) VALUES ($1, $2, 0, $3)
				ON CONFLICT (guild, document, start) DO UPDATE SET body = excluded.body`, guild, document, []byte(text))
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// texts returns the texts of a guild by their documents.
func texts(ctx context.Context, db *database.DB, guild string) (map[string]string, error) {
	all := map[string]string{}
	err := db.Read(ctx, func(tx *sql.Tx) error {
		rows, err := tx.QueryContext(ctx, `SELECT document, body FROM document_text WHERE guild = $1`, guild)
		if err != nil {
			return err
		}
		defer rows.Close()
		for rows.Next() {
			var document string
			var body []byte
			if err := rows.Scan(&document, &body); err != nil {
				return err
			}
			all[document] = string(body)
		}
		return rows.Err()
	})
	return all, err
}

// A copied is a database through a wire that can be cut, with its copy, beside another
// connection to the same database.
type copied struct {
	*database.Copy
	db, other *database.DB
	wire      *databasetest.Wire
	folder    string
}

func newCopied(t *testing.T) *copied {
	t.Helper()
	other, address := openPostgreSQL(t)
	w := databasetest.NewWire(t, address)
	db, err := database.Open(t.Context(), w.Address())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	path := filepath.Join(t.TempDir(), "copy.db")
	c, err := database.NewCopy(t.Context(), db, path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := c.Close(); err != nil {
			t.Error(err)
		}
		if left, _ := filepath.Glob(path + "*"); len(left) > 0 {
			t.Errorf("closed, it leaves %q", left)
		}
	})
	return &copied{Copy: c, db: db, other: other, wire: w, folder: filepath.Dir(path)}
}

func (c *copied) follow(t *testing.T, guild string) {
	t.Helper()
	if err := c.Follow(t.Context(), guild); err != nil {
		t.Fatal(err)
	}
}

func (c *copied) wantText(t *testing.T, ctx context.Context, guild, document, want string) {
	t.Helper()
	all, err := texts(ctx, c.db, guild)
	if err != nil || all[document] != want {
		t.Errorf("text of %s is %q (%v), want %q", document, all[document], err, want)
	}
}

func (c *copied) confirm(heads map[string]database.Head, wanted func(string) bool, at time.Time) error {
	c.Confirm(heads, wanted, at)
	return c.Tidy(context.Background())
}

func everyGuild(string) bool { return true }

// TestCopy: while the database is away, what was copied is read, and nothing else.
func TestCopy(t *testing.T) {
	t.Parallel()
	c := newCopied(t)
	putDocument(t, c.other, "g", "a", "first")
	putDocument(t, c.other, "g", "b", "kept")
	putDocument(t, c.other, "g", "removed", "not to be read any more")
	putDocument(t, c.other, "not copied", "a", "elsewhere")
	near := database.Near(t.Context(), "g")
	c.follow(t, "g")
	putDocument(t, c.other, "g", "a", "second")
	err := c.other.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
		_, err := tx.ExecContext(t.Context(), `UPDATE document SET removed = 1, changed = $1 WHERE guild = 'g' AND document = 'removed'`, revision)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c.wantText(t, near, "g", "a", "second") // the database itself
	c.follow(t, "g")
	head, err := c.db.Head(t.Context(), "g")
	if err != nil {
		t.Fatal(err)
	}

	c.wire.Cut(true)
	c.wantText(t, near, "g", "a", "second")
	c.wantText(t, near, "g", "b", "kept")
	c.wantText(t, near, "g", "removed", "")
	if got, err := c.db.Head(near, "g"); err != nil || got != head {
		t.Errorf("Head() = %v, %v, want %v", got, err, head)
	}
	for name, do := range map[string]func() error{
		"a read that nobody waits for": func() error { _, err := texts(t.Context(), c.db, "g"); return err },
		"what is not copied": func() error {
			return c.db.Read(near, func(tx *sql.Tx) error {
				return tx.QueryRowContext(near, `SELECT count(*) FROM open_question WHERE guild = $1`, "g").Scan(new(int))
			})
		},
		"what no revision tells the age of": func() error {
			return c.db.Read(near, func(tx *sql.Tx) error {
				return tx.QueryRowContext(near, `SELECT count(*) FROM answered_forum WHERE guild = $1`, "g").Scan(new(int))
			})
		},
		"a guild that is not copied": func() error {
			_, err := texts(database.Near(t.Context(), "not copied"), c.db, "not copied")
			return err
		},
		"what is copied in part": func() error { _, err := texts(database.Uncopied(near), c.db, "g"); return err },
		"a stamp":                func() error { _, err := c.db.Stamp(near, "g", head.Revision); return err },
		"a change":               func() error { return tryIncrease(near, c.db, "g") },
		"a write":                func() error { return c.db.Write(near, "g", func(*sql.Tx) error { return nil }) },
	} {
		if err := do(); !database.IsAway(err) {
			t.Errorf("%s: error is %v, want one of a database that is away", name, err)
		}
	}
	c.wire.Cut(false)
	putDocument(t, c.other, "g", "a", "third")
	if err := tryIncrease(near, c.db, "g"); !database.IsAway(err) {
		t.Errorf("a change by who has read from the copy: error is %v, want one of a database that is away", err)
	}
	for late := time.Now().Add(time.Minute); ; time.Sleep(20 * time.Millisecond) {
		all, err := texts(near, c.db, "g")
		if err == nil && all["a"] == "third" {
			if err := tryIncrease(near, c.db, "g"); !database.IsAway(err) {
				t.Errorf("a change by who read from the copy before: error is %v, want one of a database that is away", err)
			}
			if err := tryIncrease(database.Near(t.Context(), "g"), c.db, "g"); err != nil {
				t.Errorf("a change when the database is back: %v", err)
			}
			break
		}
		if time.Now().After(late) {
			t.Fatalf("the database is back, and still %q is read (%v)", all, err)
		}
	}
}

// TestCopySilent: a database from which nothing comes at all keeps nobody waiting.
func TestCopySilent(t *testing.T) {
	t.Parallel()
	c := newCopied(t)
	putDocument(t, c.other, "g", "a", "text")
	c.follow(t, "g")
	c.wire.Silence(true)
	near := database.Near(t.Context(), "g")
	begun := time.Now()
	c.wantText(t, near, "g", "a", "text")
	if _, err := c.db.Head(near, "g"); err != nil {
		t.Errorf("Head() = %v", err)
	}
	if err := tryIncrease(near, c.db, "g"); !database.IsAway(err) {
		t.Errorf("a change: error is %v, want one of a database that is away", err)
	}
	if took := time.Since(begun); took > 30*time.Second { // without a limit it would take as long as the test
		t.Errorf("it took %v", took)
	}
}

// TestCopyUntil: a copy is read as long as it was confirmed lately, and forgets what it is
// not wanted for.
func TestCopyUntil(t *testing.T) {
	t.Parallel()
	now := time.Now()
	tests := []struct {
		name    string
		confirm func(c *copied, heads map[string]database.Head) error
		want    bool // that it is read
	}{
		{"confirmed", func(c *copied, heads map[string]database.Head) error {
			return c.confirm(heads, everyGuild, now)
		}, true},
		{"confirmed long ago", func(c *copied, heads map[string]database.Head) error {
			return c.confirm(heads, everyGuild, now.Add(-database.CopyLife))
		}, false},
		{"another revision stands there", func(c *copied, heads map[string]database.Head) error {
			return errors.Join(c.confirm(heads, everyGuild, now),
				c.confirm(map[string]database.Head{"g": {Revision: heads["g"].Revision + 1, Stamp: "x"}}, everyGuild, now))
		}, false},
		{"other data of the same revision stand there", func(c *copied, heads map[string]database.Head) error {
			return errors.Join(c.confirm(heads, everyGuild, now),
				c.confirm(map[string]database.Head{"g": {Revision: heads["g"].Revision, Stamp: "x"}}, everyGuild, now))
		}, false},
		{"another revision stood there and is followed", func(c *copied, heads map[string]database.Head) error {
			return errors.Join(c.confirm(map[string]database.Head{"g": {Revision: heads["g"].Revision + 1, Stamp: "x"}}, everyGuild, now),
				c.Follow(t.Context(), "g"))
		}, true},
		{"this process has changed something", func(c *copied, heads map[string]database.Head) error {
			return tryIncrease(t.Context(), c.db, "g")
		}, false},
		{"this process has changed something that is followed", func(c *copied, heads map[string]database.Head) error {
			return errors.Join(tryIncrease(t.Context(), c.db, "g"), c.Follow(t.Context(), "g"))
		}, true},
		{"what was known before this process changed something", func(c *copied, heads map[string]database.Head) error {
			return errors.Join(tryIncrease(t.Context(), c.db, "g"), c.confirm(heads, everyGuild, now))
		}, false},
		{"this process has erased the guild", func(c *copied, heads map[string]database.Head) error {
			return c.db.Erase(t.Context(), "g")
		}, false},
		{"another process answers", func(c *copied, heads map[string]database.Head) error {
			return c.confirm(heads, func(string) bool { return false }, now)
		}, false},
		{"the guild is erased", func(c *copied, heads map[string]database.Head) error {
			return c.confirm(nil, everyGuild, now)
		}, false},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			t.Parallel()
			c := newCopied(t)
			putDocument(t, c.other, "g", "a", "text")
			c.follow(t, "g")
			heads, err := c.other.Heads(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			if err := test.confirm(c, heads); err != nil {
				t.Fatal(err)
			}
			c.wire.Cut(true)
			all, err := texts(database.Near(t.Context(), "g"), c.db, "g")
			if got := len(c.Serves()) == 1; got != test.want {
				t.Errorf("it serves %q, want that it serves: %v", c.Serves(), test.want)
			}
			if test.want && (err != nil || all["a"] != "text") || !test.want && !database.IsAway(err) {
				t.Errorf("read %q, %v, want that it is read: %v", all, err, test.want)
			}
		})
	}
}

// TestCopyHangs: while the copying of a guild waits for the database, the others are confirmed,
// and what is not wanted is not read any more.
func TestCopyHangs(t *testing.T) {
	t.Parallel()
	c := newCopied(t)
	putDocument(t, c.other, "g", "a", "text")
	putDocument(t, c.other, "gone", "a", "text")
	c.follow(t, "g")
	c.follow(t, "gone")
	putDocument(t, c.other, "slow", "a", "text")
	heads, err := c.other.Heads(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	release, locked, ended := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go c.other.Write(t.Context(), "other", func(tx *sql.Tx) error {
		_, err := tx.ExecContext(t.Context(), `LOCK TABLE passage IN ACCESS EXCLUSIVE MODE`)
		if err == nil {
			// Nobody is to end it for its idleness.
			_, err = tx.ExecContext(t.Context(), `SET LOCAL idle_in_transaction_session_timeout = 0`)
		}
		close(locked)
		<-release
		return err
	})
	<-locked
	go func() { ended <- c.Follow(t.Context(), "slow") }()
	for late, waits := time.Now().Add(time.Minute), false; !waits; time.Sleep(5 * time.Millisecond) {
		err := c.other.Read(t.Context(), func(tx *sql.Tx) error {
			return tx.QueryRowContext(t.Context(), `SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'passage'::regclass)`).Scan(&waits)
		})
		if err != nil || time.Now().After(late) {
			t.Fatal("the copying does not wait", err)
		}
	}
	confirmed := make(chan struct{})
	go func() {
		delete(heads, "gone")
		c.Confirm(heads, everyGuild, time.Now())
		close(confirmed)
	}()
	select {
	case <-confirmed:
		if got := c.Serves(); len(got) != 1 || got[0] != "g" {
			t.Errorf("it serves %q, want g alone", got)
		}
	case <-time.After(time.Minute):
		t.Error("who confirms waits for who copies")
	}
	close(release)
	if err := <-ended; err != nil {
		t.Error(err)
	}
	if err := c.Tidy(t.Context()); err != nil {
		t.Error(err)
	}
}

// TestCopyAfterOtherHistory: what was erased and begun anew is copied as a whole.
func TestCopyAfterOtherHistory(t *testing.T) {
	t.Parallel()
	c := newCopied(t)
	putDocument(t, c.other, "g", "old", "old")
	c.follow(t, "g")
	if err := c.other.Erase(t.Context(), "g"); err != nil {
		t.Fatal(err)
	}
	putDocument(t, c.other, "g", "new", "new")
	c.follow(t, "g")
	c.wire.Cut(true)
	all, err := texts(database.Near(t.Context(), "g"), c.db, "g")
	if err != nil || len(all) != 1 || all["new"] != "new" {
		t.Errorf("copied are %q, %v, want the new text alone", all, err)
	}
}

// TestCopyOfPeople: no column of a copy holds who wrote something.
func TestCopyOfPeople(t *testing.T) {
	t.Parallel()
	c := newCopied(t)
	const person = "987654321987654321"
	err := c.other.Change(t.Context(), "g", func(tx *sql.Tx, revision int64) error {
		_, err := tx.ExecContext(t.Context(), `INSERT INTO curated (guild, curated, revision, uses, used, changed) VALUES ('g', 'c', 3, 0, 0, $1)`, revision)
		for _, statement := range []string{
			`INSERT INTO curated_revision (guild, curated, revision, action, author, made, content) VALUES ('g', 'c', 1, 'added', '` + person + `', 0, '{}')`,
			`INSERT INTO curated_revision (guild, curated, revision, action, author, made, content) VALUES ('g', 'c', 2, 'edited', '` + person + `', 0, '{}')`,
			`INSERT INTO curated_revision (guild, curated, revision, action, author, made, content) VALUES ('g', 'c', 3, 'edited', '` + person + `', 0, '{}')`,
			`INSERT INTO glossary (guild, entry, revision, terms, author, edited) VALUES ('g', 'e', 1, '["a","b"]', '` + person + `', 0)`,
			`INSERT INTO asker (guild, member, asked) VALUES ('g', '` + person + `', 0)`,
		} {
			if err == nil {
				_, err = tx.ExecContext(t.Context(), statement)
			}
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	c.follow(t, "g")
	c.wire.Cut(true)
	near := database.Near(t.Context(), "g")
	for query, want := range map[string]int{
		`SELECT count(*) FROM curated_revision WHERE guild = $1`:                  2, // the first and the current one
		`SELECT count(*) FROM curated_revision WHERE guild = $1 AND author <> ''`: 0,
		`SELECT count(*) FROM glossary WHERE guild = $1`:                          1,
		`SELECT count(*) FROM glossary WHERE guild = $1 AND author <> ''`:         0,
	} {
		var got int
		err := c.db.Read(near, func(tx *sql.Tx) error { return tx.QueryRowContext(near, query, "g").Scan(&got) })
		if err != nil || got != want {
			t.Errorf("%s: %d, %v, want %d", query, got, err, want)
		}
	}
	files, err := filepath.Glob(filepath.Join(c.folder, "*"))
	if err != nil || len(files) == 0 {
		t.Fatal(files, err)
	}
	for _, file := range files {
		if data, err := os.ReadFile(file); err != nil || bytes.Contains(data, []byte(person)) {
			t.Errorf("%s holds who wrote something (%v)", file, err)
		}
	}
}
