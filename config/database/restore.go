package database

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
)

// A loading fills a new SQLite database, which has the schema of a backup, with its rows.
type loading struct {
	path   string
	db     *DB
	tx     *sql.Tx
	tables map[string]table
	insert map[string]*sql.Stmt
}

func (l *loading) begin(ctx context.Context, schema int64) error {
	db, err := connect(l.path)
	if err != nil {
		return err
	}
	l.db = db
	provider, err := db.migrator()
	if err != nil {
		return err
	}
	if _, err := provider.UpTo(ctx, schema); err != nil {
		return fmt.Errorf("make schema %d: %w", schema, db.explain(err))
	}
	if l.tx, err = db.write.BeginTx(ctx, nil); err != nil {
		return db.explain(err)
	}
	tables, err := db.tables(ctx, l.tx)
	l.tables, l.insert = map[string]table{}, map[string]*sql.Stmt{}
	for _, t := range tables {
		if err == nil {
			l.tables[t.name] = t
			l.insert[t.name], err = l.tx.PrepareContext(ctx, t.insert())
		}
	}
	return err
}

func (l *loading) add(ctx context.Context, x exported) error {
	t, known := l.tables[x.Table]
	if !known {
		return fmt.Errorf("%w (there is no table %q)", ErrBackup, x.Table)
	}
	values, err := x.values(t)
	if err != nil {
		return fmt.Errorf("%w (%w)", ErrBackup, err)
	}
	_, err = l.insert[t.name].ExecContext(ctx, values...)
	return l.db.explain(err)
}

// end keeps what was added, or not, and closes the database.
func (l *loading) end(keep bool) error {
	var err error
	if l.tx != nil && keep {
		err = l.db.explain(l.tx.Commit())
	} else if l.tx != nil {
		l.tx.Rollback()
	}
	if l.db != nil {
		err = errors.Join(err, l.db.Close())
	}
	return err
}

// ErrForgottenMeanwhile: while a backup was made ready somebody was forgotten, of whom
// that does not know.
var ErrForgottenMeanwhile = errors.New("somebody was forgotten meanwhile: run the command again")

// ReplaceBy replaces everything in the database by what another holds, in one
// transaction: until it is done, and if it fails, all is as it was. Programs that use the
// database go on with what is there then. The other must have the schema of this program
// and know all of the forgotten that this one knows.
func (db *DB) ReplaceBy(ctx context.Context, other *DB) error {
	known, err := other.Forgotten(ctx)
	if err != nil {
		return err
	}
	err = other.Read(ctx, func(from *sql.Tx) error {
		return db.inTransaction(ctx, func(to *sql.Tx) error { return db.replaceIn(ctx, to, other, from, known) })
	})
	if err != nil {
		return fmt.Errorf("replace what is in %s: %w", db.name, explain(err))
	}
	return nil
}

func (db *DB) replaceIn(ctx context.Context, to *sql.Tx, other *DB, from *sql.Tx, known Forgotten) error {
	tables, err := db.tables(ctx, to)
	if err != nil {
		return err
	}
	if err := db.lockAll(ctx, to, tables); err != nil {
		return err
	}
	listed, err := readForgotten(ctx, to)
	if err != nil {
		return err
	}
	if listed.Beyond(known).Len() > 0 {
		return ErrForgottenMeanwhile
	}
	for _, t := range slices.Backward(tables) {
		if _, err := to.ExecContext(ctx, `DELETE FROM `+t.name); err != nil {
			return fmt.Errorf("empty table %s: %w", t.name, err)
		}
	}
	for _, t := range tables {
		if err := copyRows(ctx, to, other, from, t); err != nil {
			return fmt.Errorf("fill table %s: %w", t.name, err)
		}
	}
	return db.announce(ctx, to, "")
}

// lockAll keeps others from writing until the transaction ends. On SQLite it is the only
// one that writes anyway.
func (db *DB) lockAll(ctx context.Context, tx *sql.Tx, tables []table) error {
	if db.engine == SQLite {
		return nil
	}
	for _, t := range tables {
		if _, err := tx.ExecContext(ctx, `LOCK TABLE `+t.name+` IN SHARE ROW EXCLUSIVE MODE`); err != nil {
			return fmt.Errorf("lock table %s: %w", t.name, err)
		}
	}
	return nil
}

func copyRows(ctx context.Context, to *sql.Tx, other *DB, from *sql.Tx, t table) error {
	insert, err := to.PrepareContext(ctx, t.insert())
	if err != nil {
		return err
	}
	defer insert.Close()
	return other.eachRow(ctx, from, t, func(values []any) error {
		_, err := insert.ExecContext(ctx, values...)
		return err
	})
}
