package database

import (
	"bufio"
	"bytes"
	"context"
	"database/sql"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"io"
	"strconv"
	"unicode/utf8"
)

// Export writes all that the database holds, one row a line, as one state of it:
//
//	{"table":"document","row":{"guild":"local","document":"…","bytes":1234}}
//
// Tables come in an order in which each stands behind those that it refers to, rows in
// the order of their primary keys. The same rows give the same bytes on both engines.
// Numbers are numbers; texts and bytes are strings, or {"base64":"…"} where they are not
// valid UTF-8.
func (db *DB) Export(ctx context.Context, to io.Writer) error {
	out := bufio.NewWriterSize(to, 1<<20)
	err := db.Read(ctx, func(tx *sql.Tx) error {
		_, err := db.writeRows(ctx, tx, out)
		return err
	})
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		return fmt.Errorf("export: %w", err)
	}
	return nil
}

// writeRows writes the rows of all tables and returns how many they are.
func (db *DB) writeRows(ctx context.Context, tx *sql.Tx, to io.Writer) (int, error) {
	tables, err := db.tables(ctx, tx)
	if err != nil {
		return 0, err
	}
	rows := 0
	var line bytes.Buffer
	for _, t := range tables {
		err := db.eachRow(ctx, tx, t, func(values []any) error {
			rows++
			line.Reset()
			if err := writeRow(&line, t, values); err != nil {
				return err
			}
			_, err := to.Write(line.Bytes())
			return err
		})
		if err != nil {
			return rows, fmt.Errorf("table %s: %w", t.name, err)
		}
	}
	return rows, nil
}

// eachRow calls do with the values of each row, which are its own until it returns.
func (db *DB) eachRow(ctx context.Context, tx *sql.Tx, t table, do func(values []any) error) error {
	rows, err := tx.QueryContext(ctx, t.selectAll(db.engine))
	if err != nil {
		return err
	}
	defer rows.Close()
	return t.eachOf(rows, do)
}

// eachOf is eachRow for the rows of a query for all columns of a table.
func (t table) eachOf(rows *sql.Rows, do func(values []any) error) error {
	values := make([]any, len(t.columns))
	to := make([]any, len(values))
	for i := range values {
		to[i] = &values[i]
	}
	for rows.Next() {
		if err := rows.Scan(to...); err != nil {
			return err
		}
		for i, c := range t.columns {
			if b, is := values[i].([]byte); c.kind == "BYTEA" && is && b == nil {
				values[i] = []byte{} // SQLite reads no bytes as nil, which would be written as NULL
			}
		}
		if err := do(values); err != nil {
			return err
		}
	}
	return rows.Err()
}

func writeRow(line *bytes.Buffer, t table, values []any) error {
	line.WriteString(`{"table":"` + t.name + `","row":{`)
	for i, c := range t.columns {
		if i > 0 {
			line.WriteByte(',')
		}
		line.WriteString(`"` + c.name + `":`)
		if err := writeValue(line, values[i]); err != nil {
			return fmt.Errorf("column %s: %w", c.name, err)
		}
	}
	line.WriteString("}}\n")
	return nil
}

func writeValue(line *bytes.Buffer, value any) error {
	switch v := value.(type) {
	case int64:
		line.WriteString(strconv.FormatInt(v, 10))
	case string:
		writeText(line, v)
	case []byte:
		writeText(line, string(v))
	default:
		return fmt.Errorf("a value of type %T", value)
	}
	return nil
}

func writeText(line *bytes.Buffer, text string) {
	if !utf8.ValidString(text) {
		line.WriteString(`{"base64":"` + base64.StdEncoding.EncodeToString([]byte(text)) + `"}`)
		return
	}
	encoder := json.NewEncoder(line)
	encoder.SetEscapeHTML(false)
	_ = encoder.Encode(text)      // a buffer takes all
	line.Truncate(line.Len() - 1) // the encoder ends with a line's end
}

// An exported is a line of an export.
type exported struct {
	Table string                     `json:"table"`
	Row   map[string]json.RawMessage `json:"row"`
}

// values returns the values of an exported row in the order of the table's columns. All
// columns must be there, and no others.
func (x exported) values(t table) ([]any, error) {
	if len(x.Row) != len(t.columns) {
		return nil, fmt.Errorf("row of table %s has %d columns, want %d", t.name, len(x.Row), len(t.columns))
	}
	values := make([]any, len(t.columns))
	for i, c := range t.columns {
		raw, is := x.Row[c.name]
		if !is {
			return nil, fmt.Errorf("row of table %s has no column %s", t.name, c.name)
		}
		var err error
		if values[i], err = readValue(raw, c.kind); err != nil {
			return nil, fmt.Errorf("row of table %s, column %s: %w", t.name, c.name, err)
		}
	}
	return values, nil
}

func readValue(raw json.RawMessage, kind string) (any, error) {
	if kind == "BIGINT" {
		var n int64
		err := json.Unmarshal(raw, &n)
		return n, err
	}
	var text string
	if bytes.HasPrefix(raw, []byte("{")) {
		var coded struct{ Base64 []byte }
		if err := json.Unmarshal(raw, &coded); err != nil {
			return nil, err
		}
		text = string(coded.Base64)
	} else if err := json.Unmarshal(raw, &text); err != nil {
		return nil, err
	}
	if kind == "BYTEA" {
		return []byte(text), nil
	}
	return text, nil
}
