package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
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
		Args: cobra.ExactArgs(1),
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
	db, err := p.openToReplace(ctx)
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

// openToReplace opens the database that is to be replaced. An SQLite file that is not
// sound is moved away, and nothing but its list of the forgotten is kept, as far as it can
// be read.
func (p *program) openToReplace(ctx context.Context) (*database.DB, error) {
	address := p.settings.DatabaseAddress()
	_, err := database.Inspect(ctx, address)
	if !errors.Is(err, database.ErrDamaged) || p.settings.Database != "" {
		return p.openDatabase(ctx, address) // which finds again what else is wrong
	}
	forgotten, whole := database.SalvageForgotten(ctx, address)
	away := fmt.Sprintf("%s.damaged-%d", address, time.Now().Unix())
	for _, end := range []string{"", "-wal", "-shm"} {
		if err := os.Rename(address+end, away+end); err != nil && !errors.Is(err, os.ErrNotExist) {
			return nil, err
		}
	}
	p.warn("the database was damaged; as it was it is in %s", away)
	if !whole {
		p.warn("its list of who was forgotten can't be read to its end: whoever was forgotten after the backup may be back in what is restored; if there are newer backups, restore the newest first, then this one again, or forget them again with verbatim forget")
	}
	db, err := p.openDatabase(ctx, address)
	if err != nil {
		return nil, err
	}
	if err := db.SetForgotten(ctx, forgotten); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return db, nil
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
