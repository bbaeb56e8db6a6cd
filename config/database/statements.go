package database

import (
	"context"
	"database/sql/driver"
)

// To parse a query takes SQLite longer than to read a few rows by their key. So connections
// that read keep the statements of their queries for the next time.

// keptStatements is how many statements a connection keeps.
const keptStatements = 100

// A parsingOnce is a driver.Connector whose connections parse each query once.
type parsingOnce struct{ driver.Connector }

// Connect implements driver.Connector.
func (p parsingOnce) Connect(ctx context.Context) (driver.Conn, error) {
	conn, err := p.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	return &readingConn{conn.(sqliteConn), map[string]driver.Stmt{}}, nil
}

// A sqliteConn is what a connection to SQLite can do.
type sqliteConn interface {
	driver.Conn
	driver.ConnBeginTx
	driver.ConnPrepareContext
	driver.ExecerContext
	driver.Pinger
	driver.SessionResetter
	driver.Validator
}

// A readingConn is a connection with statements that nobody uses now, by their queries. As
// any connection it is used by one goroutine at a time.
type readingConn struct {
	sqliteConn
	idle map[string]driver.Stmt
}

// QueryContext implements driver.QueryerContext.
func (c *readingConn) QueryContext(ctx context.Context, query string, args []driver.NamedValue) (driver.Rows, error) {
	stmt := c.idle[query]
	delete(c.idle, query)
	if stmt == nil {
		var err error
		if stmt, err = c.PrepareContext(ctx, query); err != nil {
			return nil, err
		}
	}
	found, err := stmt.(driver.StmtQueryContext).QueryContext(ctx, args)
	if err != nil {
		stmt.Close()
		return nil, err
	}
	return &readRows{found.(sqliteRows), func() error { return c.keep(query, stmt) }}, nil
}

// keep takes back a statement whose rows are closed.
func (c *readingConn) keep(query string, stmt driver.Stmt) error {
	if c.idle[query] != nil || len(c.idle) >= keptStatements {
		return stmt.Close()
	}
	c.idle[query] = stmt
	return nil
}

// Close implements driver.Conn.
func (c *readingConn) Close() error {
	for _, stmt := range c.idle {
		stmt.Close() // what is wrong with it, closing the connection tells too
	}
	c.idle = nil
	return c.sqliteConn.Close()
}

// sqliteRows are what rows of SQLite can do.
type sqliteRows interface {
	driver.RowsColumnTypeDatabaseTypeName
	driver.RowsColumnTypeScanType
}

// A readRows is the rows of a statement that is to be used again.
type readRows struct {
	sqliteRows
	closed func() error // nil once it was called
}

// Close implements driver.Rows.
func (r *readRows) Close() error {
	err := r.sqliteRows.Close()
	if closed := r.closed; closed != nil {
		r.closed = nil
		if kept := closed(); err == nil {
			err = kept
		}
	}
	return err
}
