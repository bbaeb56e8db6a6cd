package database

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strings"
)

// A table is one of the schema, as it stands in the database.
type table struct {
	name    string
	columns []column // in their order in the schema
	key     []string // columns of the primary key, in their order
}

type column struct {
	name string
	kind string // TEXT, BIGINT or BYTEA
}

// tablesAll lists each table of the program with each that it refers to, or ” for none.
var tablesAll = map[Engine]string{
	SQLite: `SELECT t.name, COALESCE(f."table", '') FROM sqlite_master t
		LEFT JOIN pragma_foreign_key_list(t.name) f ON f."table" <> t.name
		WHERE t.type = 'table' AND t.name NOT GLOB 'sqlite_*' AND t.name NOT GLOB 'goose_*' AND t.name NOT GLOB 'live_*'`,
	PostgreSQL: `SELECT t.relname, COALESCE(p.relname, '') FROM pg_class t
		JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
		LEFT JOIN pg_constraint k ON k.conrelid = t.oid AND k.contype = 'f' AND k.confrelid <> t.oid
		LEFT JOIN pg_class p ON p.oid = k.confrelid
		WHERE t.relkind = 'r' AND t.relname NOT LIKE 'goose\_%' AND t.relname NOT LIKE 'live\_%'`,
}

// columnsOf lists the columns of the table $1 with their types and their places in the
// primary key, 0 for none.
var columnsOf = map[Engine]string{
	SQLite: `SELECT name, upper(type), pk FROM pragma_table_info($1) ORDER BY cid`,
	PostgreSQL: `SELECT a.attname, upper(format_type(a.atttypid, NULL)), COALESCE(array_position(i.indkey::int2[], a.attnum) + 1, 0)
		FROM pg_class t
		JOIN pg_namespace n ON n.oid = t.relnamespace AND n.nspname = current_schema()
		JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum > 0 AND NOT a.attisdropped
		LEFT JOIN pg_index i ON i.indrelid = t.oid AND i.indisprimary
		WHERE t.relname = $1 ORDER BY a.attnum`,
}

// tables returns all tables of the program, those that others refer to first: in this
// order rows can be added. Those of goose, which tell the schema's version, and those of
// the moment ([DB.Live]) are not among them.
func (db *DB) tables(ctx context.Context, tx *sql.Tx) ([]table, error) {
	names, err := inOrder(ctx, tx, tablesAll[db.engine])
	if err != nil {
		return nil, fmt.Errorf("list tables: %w", err)
	}
	var all []table
	for _, name := range names {
		t, err := db.table(ctx, tx, name)
		if err != nil {
			return nil, fmt.Errorf("columns of table %s: %w", name, err)
		}
		all = append(all, t)
	}
	return all, nil
}

func (db *DB) table(ctx context.Context, tx *sql.Tx, name string) (table, error) {
	t := table{name: name}
	rows, err := tx.QueryContext(ctx, columnsOf[db.engine], name)
	if err != nil {
		return t, err
	}
	defer rows.Close()
	places := map[int]string{}
	for rows.Next() {
		var c column
		var place int
		if err := rows.Scan(&c.name, &c.kind, &place); err != nil {
			return t, err
		}
		t.columns = append(t.columns, c)
		if place > 0 {
			places[place] = c.name
		}
	}
	for i := range len(places) {
		t.key = append(t.key, places[i+1])
	}
	return t, rows.Err()
}

// names returns the names of the columns with commas between them.
func (t table) names() string {
	var names []string
	for _, c := range t.columns {
		names = append(names, c.name)
	}
	return strings.Join(names, ", ")
}

// selectAll reads all rows in the order of the primary key: of its bytes, which is the
// same on both engines and does not depend on the server's language.
func (t table) selectAll(engine Engine) string {
	var order []string
	for _, c := range t.key {
		i := slices.IndexFunc(t.columns, func(x column) bool { return x.name == c })
		if t.columns[i].kind == "TEXT" && engine == PostgreSQL {
			c += ` COLLATE "C"`
		}
		order = append(order, c)
	}
	return "SELECT " + t.names() + " FROM " + t.name + " ORDER BY " + strings.Join(order, ", ")
}

// insert adds one row.
func (t table) insert() string {
	var values []string
	for i := range t.columns {
		values = append(values, fmt.Sprintf("$%d", i+1))
	}
	return "INSERT INTO " + t.name + " (" + t.names() + ") VALUES (" + strings.Join(values, ", ") + ")"
}
