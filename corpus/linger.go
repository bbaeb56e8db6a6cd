package corpus

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"verbatim/config/database"
)

// Where more files are gone at once than manyGone, and more than half of all, they are
// rather on a drive that is not there than deleted.
const manyGone = 3

// letGo removes documents whose files are gone for long enough, and remembers since when
// the others are.
func (im *importer) letGo(ctx context.Context, gone []*known, own int) error {
	if im.report.Doubtful = len(gone) > manyGone && 2*len(gone) > own; im.report.Doubtful {
		return nil
	}
	now := im.store.now()
	var since, over []*known
	for _, k := range gone {
		missing := k.missing
		if missing.IsZero() {
			missing = now
			since = append(since, k)
		}
		if now.Sub(missing) >= im.options.Follow.Linger {
			over = append(over, k)
		}
	}
	if err := im.store.setMissing(ctx, im.guild, since, now); err != nil {
		return err
	}
	for _, k := range over {
		im.report.Dropped = append(im.report.Dropped, k.name)
	}
	return im.store.showMissing(ctx, im.guild, over, now)
}

// welcome brings documents back whose files are there again, unchanged.
func (im *importer) welcome(ctx context.Context) error {
	var back, gone []*known
	for k := range im.met {
		if k.missing.IsZero() {
			continue
		}
		back = append(back, k)
		if !k.removed.IsZero() {
			gone = append(gone, k)
			im.report.Back = append(im.report.Back, k.name)
		}
	}
	if err := im.store.showMissing(ctx, im.guild, gone, time.Time{}); err != nil {
		return err
	}
	return im.store.setMissing(ctx, im.guild, back, time.Time{})
}

// setMissing stores since when the files of documents are gone, the zero time for not.
func (s *Store) setMissing(ctx context.Context, guild string, documents []*known, since time.Time) error {
	if len(documents) == 0 {
		return nil
	}
	return s.db.Write(ctx, guild, func(tx *sql.Tx) error {
		for _, k := range documents {
			_, err := tx.ExecContext(ctx, `UPDATE document SET missing = $3 WHERE guild = $1 AND document = $2`, guild, k.id, milliseconds(since))
			if err != nil {
				return fmt.Errorf("note that the file of %s is gone: %w", k.name, err)
			}
		}
		return nil
	})
}

// showMissing removes documents whose files are gone, or with the zero time brings them back,
// unless somebody has done so since.
func (s *Store) showMissing(ctx context.Context, guild string, documents []*known, removed time.Time) error {
	if len(documents) == 0 {
		return nil
	}
	return s.db.Change(ctx, guild, func(tx *sql.Tx, revision int64) error {
		changed := false
		for i := range documents {
			done, err := showMissing(ctx, tx, guild, revision, documents[i], removed)
			if err != nil {
				return fmt.Errorf("remove or restore %s: %w", documents[i].name, err)
			}
			changed = changed || done
		}
		if !changed {
			return database.ErrUnchanged
		}
		return nil
	})
}

func showMissing(ctx context.Context, tx *sql.Tx, guild string, revision int64, k *known, removed time.Time) (bool, error) {
	act := database.Act{Kind: "document", Action: "removed", Subject: k.id, Name: k.name}
	was := `removed = 0`
	if removed.IsZero() {
		act.Action, was = "restored", `removed <> 0`
	}
	err := tx.QueryRowContext(ctx, `UPDATE document SET removed = $3, changed = $4 WHERE guild = $1 AND document = $2 AND missing <> 0 AND `+was+` RETURNING course`,
		guild, k.id, milliseconds(removed), revision).Scan(&act.Course)
	if errors.Is(err, sql.ErrNoRows) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	return true, database.Note(ctx, tx, guild, act)
}

func milliseconds(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.UnixMilli()
}
