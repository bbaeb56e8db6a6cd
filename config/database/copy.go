package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"net/url"
	"os"
	"slices"
	"strings"
	"sync"
	"time"
)

// A Copy holds what it takes to answer questions of some guilds, for the time in which their
// database is away: an SQLite file beside the indexes, with the same tables as the database,
// but only those that answers need. Nothing in it tells of a person.
//
// What it holds of a guild is read, in a context of [Near], when the database can't be
// reached, and only if it was the same as in the database a short while ago: see
// [Copy.Confirm]. It is made anew at each start.
type Copy struct {
	of     *DB
	db     *DB
	path   string
	tables []copiedTable

	writing sync.Mutex // is held by who changes it

	mutex    sync.Mutex
	stands   map[string]standing // by guilds
	unwanted map[string]bool     // guilds of which something is to be deleted
}

// A standing is what the copy holds of a guild.
type standing struct {
	head      Head
	confirmed time.Time // when it was the same as in the database last
	outdated  time.Time // when this process knew last that the database holds something newer
}

// CopyLife is for how long after the database was heard of last a copy is read. Meanwhile,
// others that still reach the database may have hidden a text, which the copy still shows to
// those who could see it before.
const CopyLife = 15 * time.Minute

// A copiedTable says what of a table is copied.
type copiedTable struct {
	table
	only    string   // which rows, further than those of the guild
	blank   []string // columns that stay empty
	byParts bool     // only the rows of documents that have changed are copied again
}

// whatIsCopied lists the tables that answers need, in an order in which documents stand
// before what belongs to them. What is written without raising the guild's revision is not
// among them: a copy can't be told from what the database holds of it.
var whatIsCopied = []copiedTable{
	{table: table{name: "guild"}},
	{table: table{name: "guild_change"}, only: `AND revision = (SELECT g.revision FROM guild g WHERE g.guild = $1)`},
	{table: table{name: "guild_setting"}},
	{table: table{name: "channel_course"}},
	{table: table{name: "course_limit"}},
	{table: table{name: "quote_limit"}},
	{table: table{name: "glossary"}, blank: []string{"author"}},
	{table: table{name: "curated"}},
	{table: table{name: "curated_revision"}, blank: []string{"author"},
		// The current one is what is answered, the first tells since when it is there.
		only: `AND revision IN (1, (SELECT c.revision FROM curated c WHERE c.guild = $1 AND c.curated = curated_revision.curated))`},
	{table: table{name: "document"}},
	{table: table{name: "document_text"}, byParts: true},
	{table: table{name: "passage"}, byParts: true},
}

// NewCopy makes an empty copy of a database at a path, in the place of what is there, and
// lets the database be read from it.
func NewCopy(ctx context.Context, of *DB, path string) (*Copy, error) {
	c := &Copy{of: of, path: path, stands: map[string]standing{}, unwanted: map[string]bool{}}
	if err := c.open(ctx); err != nil {
		return nil, fmt.Errorf("copy for when the database is away, %s: %w", path, errors.Join(err, c.Close()))
	}
	of.copy.Store(c)
	return c, nil
}

func (c *Copy) open(ctx context.Context) error {
	if err := c.remove(); err != nil {
		return err
	}
	file, err := sqliteFile(c.path)
	if err != nil {
		return err
	}
	// A copy that breaks is made anew, so it need not be safe on the disk.
	write, read, err := sqlitePools(file, url.Values{"_txlock": {"immediate"}, "_journal_mode": {"WAL"}, "_pragma": {"secure_delete(1)", "synchronous(OFF)"}})
	if err != nil {
		return err
	}
	c.db = &DB{engine: SQLite, name: "the copy of " + c.of.name, read: read, write: write}
	return c.of.Read(ctx, func(from *sql.Tx) error {
		return c.db.inTransaction(ctx, func(to *sql.Tx) error { return c.makeTables(ctx, from, to) })
	})
}

func (c *Copy) makeTables(ctx context.Context, from, to *sql.Tx) error {
	for _, t := range whatIsCopied {
		known, err := c.of.table(ctx, from, t.name)
		if err != nil {
			return err
		}
		t.table = known
		var columns []string
		for _, column := range t.columns {
			columns = append(columns, column.name+" "+column.kind+" NOT NULL")
		}
		_, err = to.ExecContext(ctx, `CREATE TABLE `+t.name+` (`+strings.Join(columns, ", ")+`, PRIMARY KEY (`+strings.Join(t.key, ", ")+`))`)
		if err != nil {
			return fmt.Errorf("make table %s: %w", t.name, err)
		}
		c.tables = append(c.tables, t)
	}
	return nil
}

// Close closes the copy and deletes it.
func (c *Copy) Close() error {
	c.of.copy.CompareAndSwap(c, nil)
	if c.db == nil {
		return nil
	}
	return errors.Join(c.db.Close(), c.remove())
}

func (c *Copy) remove() error {
	var failed []error
	for _, suffix := range []string{"", "-wal", "-shm"} {
		if err := os.Remove(c.path + suffix); !errors.Is(err, os.ErrNotExist) {
			failed = append(failed, err)
		}
	}
	return errors.Join(failed...)
}

// followTime bounds the copying of one guild: others wait for it, also where nothing comes
// from the database any more.
const followTime = 2 * time.Minute

// Follow copies what has changed of a guild since it was copied last.
func (c *Copy) Follow(ctx context.Context, guild string) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	ctx, cancel := context.WithTimeout(ctx, followTime)
	defer cancel()
	begun, was := time.Now(), c.standing(guild)
	var head Head
	err := c.of.Read(ctx, func(from *sql.Tx) (err error) {
		if head, err = readHead(ctx, from, guild); err != nil || head == was.head {
			return err
		}
		since, err := known(ctx, from, guild, was.head)
		if err != nil {
			return err
		}
		return c.db.inTransaction(ctx, func(to *sql.Tx) error {
			for _, t := range c.tables {
				if err := t.copy(ctx, from, to, guild, since); err != nil {
					return fmt.Errorf("table %s: %w", t.name, err)
				}
			}
			return nil
		})
	})
	if err == nil {
		c.confirm(guild, head, begun)
		return nil
	}
	// What was true before is still there, unless the commit itself failed.
	if stands, lost := readHead(context.WithoutCancel(ctx), c.db.write, guild); lost != nil || stands != was.head {
		c.confirm(guild, Head{}, time.Time{})
	}
	return fmt.Errorf("copy guild %s: %w", guild, c.db.explain(err))
}

// known returns the revision of a Head from which the guild's data have gone on, 0 if they
// are others.
func known(ctx context.Context, from *sql.Tx, guild string, held Head) (int64, error) {
	var stamp string
	err := from.QueryRowContext(ctx, `SELECT stamp FROM guild_change WHERE guild = $1 AND revision = $2`, guild, held.Revision).Scan(&stamp)
	if errors.Is(err, sql.ErrNoRows) || err == nil && stamp != held.Stamp {
		return 0, nil
	}
	return held.Revision, err
}

// copy brings the rows of a guild up to date, of which those of documents that have not
// changed since a revision are already there.
func (t copiedTable) copy(ctx context.Context, from, to *sql.Tx, guild string, since int64) error {
	only, args := t.only, []any{guild}
	gone := `DELETE FROM ` + t.name + ` WHERE guild = $1`
	if t.byParts {
		args = append(args, since)
		of := `(SELECT 1 FROM document d WHERE d.guild = $1 AND d.document = ` + t.name + `.document AND d.removed = 0 AND d.changed `
		only = `AND EXISTS ` + of + `> $2)`
		gone += ` AND NOT EXISTS ` + of + `<= $2)`
	}
	if _, err := to.ExecContext(ctx, gone, args...); err != nil {
		return err
	}
	insert, err := to.PrepareContext(ctx, t.insert())
	if err != nil {
		return err
	}
	defer insert.Close()
	rows, err := from.QueryContext(ctx, `SELECT `+t.names()+` FROM `+t.name+` WHERE guild = $1 `+only, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	return t.eachOf(rows, func(values []any) error {
		for i, column := range t.columns {
			if slices.Contains(t.blank, column.name) {
				values[i] = ""
			}
		}
		_, err := insert.ExecContext(ctx, values...)
		return err
	})
}

// Confirm tells where the guilds of the database stood at a time. A copy of what stands
// there now may be read until [CopyLife] after that, and one of something else not before it
// is followed. What is of guilds that are not wanted here, or not there any more, is not read
// any more; [Copy.Tidy] deletes it. Confirm does not wait for who copies.
func (c *Copy) Confirm(heads map[string]Head, wanted func(guild string) bool, at time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	for guild, s := range c.stands {
		head, is := heads[guild]
		switch {
		case !is || !wanted(guild):
			delete(c.stands, guild)
			c.unwanted[guild] = true
			continue
		case s.head == head:
			s.confirmed = at
		default:
			s.outdated = time.Now()
		}
		c.stands[guild] = s
	}
}

// Tidy deletes what is held of guilds that were not wanted any more. It waits for who copies.
func (c *Copy) Tidy(ctx context.Context) error {
	c.mutex.Lock()
	all := slices.Collect(maps.Keys(c.unwanted))
	c.mutex.Unlock()
	var failed error
	for _, guild := range all {
		failed = errors.Join(failed, c.drop(ctx, guild))
	}
	return failed
}

// drop deletes what is held of a guild, unless it is wanted again.
func (c *Copy) drop(ctx context.Context, guild string) error {
	c.writing.Lock()
	defer c.writing.Unlock()
	c.mutex.Lock()
	_, again := c.stands[guild]
	delete(c.unwanted, guild)
	c.mutex.Unlock()
	if again {
		return nil
	}
	err := c.db.inTransaction(ctx, func(tx *sql.Tx) error {
		for _, t := range c.tables {
			if _, err := tx.ExecContext(ctx, `DELETE FROM `+t.name+` WHERE guild = $1`, guild); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		c.mutex.Lock()
		c.unwanted[guild] = true // to be tried again
		c.mutex.Unlock()
		return fmt.Errorf("delete the copy of guild %s: %w", guild, err)
	}
	return nil
}

func (c *Copy) standing(guild string) standing {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	return c.stands[guild]
}

// confirm notes what is held of a guild, and when the database held the same.
func (c *Copy) confirm(guild string, head Head, at time.Time) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	c.stands[guild] = standing{head, at, c.stands[guild].outdated}
}

// noteOutdated notes that the database holds something newer of a guild than was read of it
// before now.
func (c *Copy) noteOutdated(guild string) {
	c.mutex.Lock()
	defer c.mutex.Unlock()
	s := c.stands[guild]
	s.outdated = time.Now()
	c.stands[guild] = s
}

// serves reports whether a guild may be read from the copy.
func (c *Copy) serves(guild string) bool {
	s := c.standing(guild)
	if !s.confirmed.After(s.outdated) || s.head == (Head{}) {
		return false
	}
	// The clock that runs evenly stands still while a machine sleeps; that of the wall may be
	// put back.
	age := max(time.Since(s.confirmed), time.Now().Round(0).Sub(s.confirmed.Round(0)))
	return age < CopyLife
}

// Serves returns the guilds that may be read from the copy, sorted.
func (c *Copy) Serves() []string {
	c.mutex.Lock()
	all := slices.Sorted(maps.Keys(c.stands))
	c.mutex.Unlock()
	return slices.DeleteFunc(all, func(guild string) bool { return !c.serves(guild) })
}

// snapshot is that of DB for a read of the database. What is not copied is away with the
// database.
func (c *Copy) snapshot(ctx context.Context, fn func(tx *sql.Tx) error) error {
	err := c.db.snapshot(ctx, fn)
	if lacksSchema(err) {
		return fmt.Errorf("%w, and this is not copied (%w)", ErrAway, err)
	}
	return err
}
