package database

import (
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"
)

// tablesQuery lists each table that holds a guild's data, with each table that it refers
// to, or with ” for none.
var tablesQuery = map[Engine]string{
	SQLite: `SELECT t.name, COALESCE(f."table", '') FROM sqlite_master t
		JOIN pragma_table_info(t.name) c ON c.name = 'guild'
		LEFT JOIN pragma_foreign_key_list(t.name) f ON f."table" <> t.name
		WHERE t.type = 'table'`,
	PostgreSQL: `SELECT t.relname, COALESCE(p.relname, '') FROM pg_class t
		JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
		JOIN pg_attribute c ON c.attrelid = t.oid AND c.attname = 'guild' AND NOT c.attisdropped
		LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' AND k.confrelid <> t.oid
		LEFT JOIN pg_class p ON p.oid = k.confrelid
		WHERE t.relkind = 'r'`,
}

// Erase deletes all that is stored of a guild, in every table, in one transaction. Indexes
// that follow it begin anew. Of a guild that is not there it deletes nothing. Backups from
// before do not bring it back: see [NoteForgotten].
func (db *DB) Erase(ctx context.Context, guild string) error {
	return db.EraseIf(ctx, guild, func(*sql.Tx) (bool, error) { return true, nil })
}

// EraseIf is Erase for a guild that still is to be erased in the transaction that does it.
func (db *DB) EraseIf(ctx context.Context, guild string, still func(tx *sql.Tx) (bool, error)) error {
	erased := false
	err := db.Write(ctx, guild, func(tx *sql.Tx) error {
		erased = false
		if is, err := still(tx); err != nil || !is {
			return err
		}
		if err := NoteForgotten(ctx, tx, guild, ""); err != nil {
			return err
		}
		tables, err := guildTables(ctx, tx, tablesQuery[db.engine])
		for _, table := range tables {
			if err == nil {
				_, err = tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE guild = $1`, guild)
			}
		}
		if err != nil {
			return err
		}
		erased = true
		return db.announce(ctx, tx, guild)
	})
	if erased {
		db.noteNewer(guild)
	}
	if err != nil {
		return fmt.Errorf("erase guild %s: %w", guild, err)
	}
	return nil
}

// guildTables returns the tables that hold data of guilds, each before those that it
// refers to.
func guildTables(ctx context.Context, tx *sql.Tx, query string) ([]string, error) {
	tables, err := inOrder(ctx, tx, query)
	slices.Reverse(tables)
	return tables, err
}

// inOrder returns the tables that a query such as tablesQuery lists, each behind those that
// it refers to, and otherwise by their names.
func inOrder(ctx context.Context, tx *sql.Tx, query string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	refersTo := map[string][]string{}
	for rows.Next() {
		var table, to string
		if err := rows.Scan(&table, &to); err != nil {
			return nil, err
		}
		refersTo[table] = append(refersTo[table], to)
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	var ordered []string
	var add func(table string)
	add = func(table string) {
		if _, is := refersTo[table]; !is || slices.Contains(ordered, table) {
			return
		}
		for _, other := range slices.Sorted(slices.Values(refersTo[table])) { // there are no circles
			add(other)
		}
		ordered = append(ordered, table)
	}
	for _, table := range slices.Sorted(maps.Keys(refersTo)) {
		add(table)
	}
	return ordered, nil
}
