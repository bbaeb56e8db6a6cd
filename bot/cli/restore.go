package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/answers"
	"verbatim/config"
	"verbatim/config/database"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// restore is the command that brings back a backup.
func (p *program) restore() *cobra.Command {
	return &cobra.Command{
		Use:   "restore FILE",
		Short: "Replace everything that is stored by what is in a backup",
		Long: `Replace everything that is stored by what is in a backup, in SQLite or PostgreSQL,
whichever it came from. The file is read to its end first, and nothing is changed if it
is not whole, or of a newer version of this program. Until all of it is there, what was
stored stays as it was. Indexes are made again with the first question; a bot that runs
goes on with what is restored.

Whoever was forgotten after the backup is forgotten again, guilds that were erased stay
so, and what guilds keep no longer is removed.

To move to another machine or to PostgreSQL, restore there.`,
		Example: `  verbatim restore verbatim.backup
  verbatim restore --database postgres://verbatim@localhost/verbatim verbatim.backup`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) error {
			f, err := os.Open(args[0])
			if err != nil {
				return err
			}
			defer f.Close()
			if _, err := database.CheckBackup(cmd.Context(), f); err != nil {
				return fmt.Errorf("%s: %w", args[0], err)
			}
			if _, err := f.Seek(0, io.SeekStart); err != nil {
				return err
			}
			return p.restoreFrom(cmd.Context(), f)
		},
	}
}

// restoreFrom makes a database of a backup beside that which it is to replace, lets it
// forget what has to be forgotten, and then replaces all at once.
func (p *program) restoreFrom(ctx context.Context, f *os.File) (err error) {
	if err := os.MkdirAll(p.settings.Data, 0o700); err != nil {
		return err
	}
	p.clearRestores()
	dir, err := os.MkdirTemp(p.settings.Data, ".restore-*")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	staged, b, err := database.Unpack(ctx, f, filepath.Join(dir, "verbatim.db"))
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name(), err)
	}
	defer staged.Close()
	db, err := p.openToReplace(ctx, dir)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, db.Close()) }()
	again, err := forgetAgain(ctx, staged, db)
	if err != nil {
		return err
	}
	if err := db.ReplaceBy(ctx, staged); err != nil {
		return err
	}
	if err := p.dropIndexes(db); err != nil {
		return err
	}
	fmt.Fprintf(p.out, "restored the backup of %s: %s%s\n", b.Made.Local().Format("2006-01-02 15:04:05"), count(b.Rows, "row"), again)
	return nil
}

// clearRestores deletes what restores that were killed have left behind, long enough ago
// that none of them can still run.
func (p *program) clearRestores() {
	left, _ := filepath.Glob(filepath.Join(p.settings.Data, ".restore-*")) // the pattern is sound
	for _, dir := range left {
		if info, err := os.Stat(dir); err == nil && time.Since(info.ModTime()) > leftBehind {
			os.RemoveAll(dir)
		}
	}
}

// openToReplace opens the database that is to be replaced. Of an SQLite file that is not
// sound, or that an earlier restore has moved away before it was killed, nothing but the
// list of the forgotten is kept, as far as it can be read: in a new database, which is made
// in dir and takes the place of the other at once.
func (p *program) openToReplace(ctx context.Context, dir string) (*database.DB, error) {
	address := p.settings.DatabaseAddress()
	found, err := database.Inspect(ctx, address)
	damaged := errors.Is(err, database.ErrDamaged)
	if p.settings.Database != "" || !damaged && (err != nil || found.Exists) {
		return p.openDatabase(ctx, address) // which finds again what is wrong
	}
	lists, err := salvageMoved(ctx, address)
	if err != nil {
		return nil, err
	}
	whole := true
	if damaged {
		var list database.Forgotten
		list, whole = database.SalvageForgotten(ctx, address)
		lists = append(lists, list)
	}
	fresh := filepath.Join(dir, "fresh.db")
	if err := makeForgetting(ctx, fresh, lists); err != nil {
		return nil, err
	}
	if damaged {
		away := fmt.Sprintf("%s%d", address+damagedName, time.Now().UnixNano())
		for _, end := range []string{"", "-wal", "-shm"} {
			if err := os.Rename(address+end, away+end); err != nil && !errors.Is(err, os.ErrNotExist) {
				return nil, err
			}
		}
		p.warn("the database was damaged; as it was it is in %s", away)
	}
	if !whole {
		p.warn("its list of who was forgotten can't be read to its end: whoever was forgotten after the backup may be back in what is restored; if there are newer backups, restore the newest first, then this one again, or forget them again with verbatim forget")
	}
	if err := os.Rename(fresh, address); err != nil {
		return nil, err
	}
	return p.openDatabase(ctx, address)
}

// damagedName follows the name of a database that was moved away, and a number follows it.
const damagedName = ".damaged-"

// salvageMoved returns the lists of the forgotten of databases that were moved away.
func salvageMoved(ctx context.Context, address string) ([]database.Forgotten, error) {
	entries, err := os.ReadDir(filepath.Dir(address))
	if err != nil {
		return nil, err
	}
	var lists []database.Forgotten
	for _, entry := range entries {
		number, moved := strings.CutPrefix(entry.Name(), filepath.Base(address)+damagedName)
		if moved && strings.Trim(number, "0123456789") == "" {
			list, _ := database.SalvageForgotten(ctx, filepath.Join(filepath.Dir(address), entry.Name()))
			lists = append(lists, list)
		}
	}
	return lists, nil
}

// makeForgetting makes a database in which nothing is but a list of the forgotten.
func makeForgetting(ctx context.Context, path string, lists []database.Forgotten) error {
	db, err := database.Open(ctx, path)
	if err != nil {
		return err
	}
	return errors.Join(db.SetForgotten(ctx, lists...), db.Close())
}

// forgetAgain lets a restored database forget what db was told to forget since the
// backup, and what is kept no longer. It says in words what it did.
func forgetAgain(ctx context.Context, staged, db *database.DB) (string, error) {
	ours, err := db.Forgotten(ctx)
	if err != nil {
		return "", err
	}
	theirs, err := staged.Forgotten(ctx)
	if err != nil {
		return "", err
	}
	since := ours.Beyond(theirs)
	store := answers.NewStore(staged, corpus.NewStore(staged, time.Now), time.Now)
	settings := config.NewGuildSettings(staged)
	guilds, err := staged.Guilds(ctx)
	if err != nil {
		return "", err
	}
	erased, members := 0, 0
	for _, guild := range guilds {
		if len(since.Among(guild, []string{""})) > 0 {
			if err := staged.Erase(ctx, guild); err != nil {
				return "", err
			}
			erased++
			continue
		}
		n, err := store.ForgetListed(ctx, guild, since)
		if err != nil {
			return "", err
		}
		members += n
		set, err := settings.Get(ctx, guild)
		if err != nil {
			return "", err
		}
		if _, err := store.Purge(ctx, guild, set.Retention); err != nil {
			return "", err
		}
	}
	// What was forgotten only again is not noted as new: backups from after it was forgotten
	// first would be older than that, and lose what has come since.
	if err := staged.SetForgotten(ctx, theirs, ours); err != nil {
		return "", err
	}
	said := ""
	if members > 0 {
		said += fmt.Sprintf("; %s forgotten again", count(members, "member"))
	}
	if erased > 0 {
		said += fmt.Sprintf("; %s erased again", count(erased, "guild"))
	}
	return said, nil
}

// dropIndexes deletes the indexes in the data folder, which may hold texts that are not
// there any more. Those of a bot that runs are left to it.
func (p *program) dropIndexes(db *database.DB) error {
	store := corpus.NewStore(db, time.Now)
	for _, name := range []string{indexName, curatedName} {
		dir := filepath.Join(p.settings.Data, name)
		if _, err := os.Stat(dir); errors.Is(err, os.ErrNotExist) {
			continue
		}
		indexes, err := retrieval.OpenIndexes(dir, store, p.log)
		if errors.Is(err, retrieval.ErrLocked) {
			continue
		}
		if err == nil {
			err = indexes.Close()
		}
		if err := errors.Join(err, os.RemoveAll(dir)); err != nil {
			return fmt.Errorf("delete the indexes: %w", err)
		}
	}
	return nil
}
