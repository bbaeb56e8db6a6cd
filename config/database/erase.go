package database

import (
	"context"
	"database/sql"
	"fmt"
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
// that follow it begin anew. Of a guild that is not there it deletes nothing.
func (db *DB) Erase(ctx context.Context, guild string) error {
	return db.EraseIf(ctx, guild, func(*sql.Tx) (bool, error) { return true, nil })
}

// EraseIf is Erase for a guild that still is to be erased in the transaction that does it.
func (db *DB) EraseIf(ctx context.Context, guild string, still func(tx *sql.Tx) (bool, error)) error {
	err := db.Write(ctx, guild, func(tx *sql.Tx) error {
		if is, err := still(tx); err != nil || !is {
			return err
		}
		tables, err := guildTables(ctx, tx, tablesQuery[db.engine])
		for _, table := range tables {
			if err == nil {
				_, err = tx.ExecContext(ctx, `DELETE FROM `+table+` WHERE guild = $1`, guild)
			}
		}
		return err
	})
	if err != nil {
		return fmt.Errorf("erase guild %s: %w", guild, err)
	}
	return nil
}

// guildTables returns the tables that hold data of guilds, each before those that it
// refers to.
func guildTables(ctx context.Context, tx *sql.Tx, query string) ([]string, error) {
	rows, err := tx.QueryContext(ctx, query)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	referring := map[string][]string{} // to the table
	var tables []string
	for rows.Next() {
		var table, to string
		if err := rows.Scan(&table, &to); err != nil {
			return nil, err
		}
		tables = append(tables, table)
		if to != "" {
			referring[to] = append(referring[to], table)
		}
	}
	if err := rows.Err(); err != nil {
		return nil, err
	}
	slices.Sort(tables)
	var ordered []string
	var add func(table string)
	add = func(table string) {
		if slices.Contains(ordered, table) {
			return
		}
		for _, other := range referring[table] { // there are no circles
			add(other)
		}
		ordered = append(ordered, table)
	}
	for _, table := range slices.Compact(tables) {
		add(table)
	}
	return ordered, nil
}
