package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"verbatim/config/database"
)

// backup is the command that writes a backup.
func (p *program) backup() *cobra.Command {
	return &cobra.Command{
		Use:   "backup FILE",
		Short: "Write a backup of everything that is stored to a file, also while the bot runs",
		Long: `Write a backup of everything that is stored to a file: texts, curated answers, settings
and all else in the database, as it stands at one moment. The bot may run meanwhile.
The file is compressed, holds a checksum, and is read again before it takes its name.
It can be restored into SQLite and into PostgreSQL, whichever it came from.

Not in it are the indexes, which are made again, verbatim.yaml and the token. Whoever
has the file can read all texts and what members wrote: only you can read it here.
With - as the file, it goes to standard output.`,
		Example: `  verbatim backup verbatim.backup
  verbatim backup --data /srv/verbatim /mnt/backups/$(date +%F).backup`,
		Args: takes(1, 1),
		RunE: func(cmd *cobra.Command, args []string) (err error) {
			if p.noData() {
				return p.errNoData()
			}
			l, err := p.openStore(cmd.Context(), p.settings.DatabaseAddress(), localGuild)
			if err != nil {
				return err
			}
			defer closeInto(&err, l)
			if args[0] == "-" {
				_, err := l.db.WriteBackup(cmd.Context(), p.out, version())
				return err
			}
			b, err := writeBackupFile(cmd.Context(), l.db, args[0])
			if err != nil {
				return err
			}
			fmt.Fprintf(p.out, "%s: %s, schema %d, checked\n", args[0], count(b.Rows, "row"), b.Schema)
			return nil
		},
	}
}

// errNoData says that there is nothing in the data folder.
func (p *program) errNoData() error {
	return fmt.Errorf("nothing is stored in %s yet: name another folder with --data, or store something with verbatim index", p.settings.Data)
}

// writeBackupFile writes a backup to a file, which is whole and checked before it takes
// its name. A file that is there is replaced if it is a backup, and no other.
func writeBackupFile(ctx context.Context, db *database.DB, file string) (database.Backup, error) {
	var b database.Backup
	if err := checkReplaceable(ctx, file); err != nil {
		return b, err
	}
	if _, err := os.Stat(filepath.Dir(file)); err != nil {
		return b, fmt.Errorf("backup %s: its folder: %w", file, err)
	}
	clearParts(file)
	part, err := os.CreateTemp(filepath.Dir(file), partOf(file)+"*") // for this user alone
	if err != nil {
		return b, fmt.Errorf("backup: %w", err)
	}
	defer os.Remove(part.Name())
	defer part.Close()
	b, err = db.WriteBackup(ctx, part, version())
	if err != nil {
		return b, err
	}
	if err := part.Sync(); err != nil {
		return b, fmt.Errorf("backup: %w", err)
	}
	if _, err := part.Seek(0, io.SeekStart); err != nil {
		return b, fmt.Errorf("backup: %w", err)
	}
	if read, err := database.CheckBackup(ctx, part); err != nil {
		return b, fmt.Errorf("%s, read again: %w", file, err)
	} else if read.Rows != b.Rows {
		return b, fmt.Errorf("%s, read again, has %d rows, want %d: %w", file, read.Rows, b.Rows, database.ErrBackup)
	}
	if err := part.Close(); err != nil {
		return b, fmt.Errorf("backup: %w", err)
	}
	if err := os.Rename(part.Name(), file); err != nil {
		return b, fmt.Errorf("backup: %w", err)
	}
	return b, syncFolder(filepath.Dir(file))
}

// partOf is how the names of files begin that are to become a backup.
func partOf(file string) string { return "." + filepath.Base(file) + "." }

// clearParts deletes what backups that were killed have left behind, long enough ago that
// none of them can still run.
func clearParts(file string) {
	entries, _ := os.ReadDir(filepath.Dir(file)) // that it can't be read shows when the backup is written
	for _, entry := range entries {
		number, isPart := strings.CutPrefix(entry.Name(), partOf(file))
		if !isPart || strings.Trim(number, "0123456789") != "" {
			continue
		}
		if info, err := entry.Info(); err == nil && info.Mode().IsRegular() && time.Since(info.ModTime()) > leftBehind {
			os.Remove(filepath.Join(filepath.Dir(file), entry.Name()))
		}
	}
}

// leftBehind is how old a file of a command must be that it has left behind.
const leftBehind = 24 * time.Hour

// checkReplaceable refuses to replace what may be needed.
func checkReplaceable(ctx context.Context, file string) error {
	f, err := os.Open(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("backup: %w", err)
	}
	defer f.Close()
	if !database.LooksLikeBackup(f) {
		return usage("%s is there and is no backup: name another file", file)
	}
	return nil
}

// syncFolder makes the names in a folder last, where the system can.
func syncFolder(dir string) error {
	f, err := os.Open(dir)
	if err != nil {
		return err
	}
	defer f.Close()
	_ = f.Sync() // Windows and some network file systems know no such thing
	return nil
}

// backupsName is the folder in the data folder with the backups that the program makes by
// itself.
const backupsName = "backups"

// openDatabase opens a database. That of the data folder is backed up before its schema
// is brought up to date.
func (p *program) openDatabase(ctx context.Context, address string) (*database.DB, error) {
	if address != p.settings.DatabaseAddress() {
		return database.Open(ctx, address)
	}
	return database.OpenWith(ctx, address, func(ctx context.Context, db *database.DB, schema int64) error {
		dir := filepath.Join(p.settings.Data, backupsName)
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
		file := filepath.Join(dir, fmt.Sprintf("before-upgrade-from-schema-%d.backup", schema))
		if _, err := writeBackupFile(ctx, db, file); err != nil {
			return err
		}
		p.warn("the database is brought up to date for this version; as it was it is in %s", file)
		return nil
	})
}
