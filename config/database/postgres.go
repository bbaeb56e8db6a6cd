package database

import (
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/stdlib"
)

const (
	postgresConnections = 16
	postgresTimeout     = 10 * time.Second // to connect, unless the URL says otherwise
)

func connectPostgreSQL(address string) (*DB, error) {
	config, err := parsePostgreSQL(address)
	if err != nil {
		return nil, err
	}
	pool := stdlib.OpenDB(*config)
	pool.SetMaxOpenConns(postgresConnections)
	pool.SetMaxIdleConns(postgresConnections)
	pool.SetConnMaxIdleTime(time.Minute)
	name := fmt.Sprintf("PostgreSQL database %s on %s", config.Database, config.Host)
	return &DB{engine: PostgreSQL, name: name, read: pool, write: pool, direct: config}, nil
}

func parsePostgreSQL(address string) (*pgx.ConnConfig, error) {
	config, err := pgx.ParseConfig(address)
	if err != nil || strayAt(address) {
		// What pgx says of a malformed URL may hold parts of the password.
		return nil, errors.New("open database: malformed PostgreSQL URL; want postgres://user:password@host:5432/database, with special characters of the password percent-encoded")
	}
	if config.ConnectTimeout == 0 {
		config.ConnectTimeout = postgresTimeout
	}
	return config, nil
}

// strayAt tells whether an @ stands elsewhere than before the host. Then a
// password holds a character that is not encoded, and a part of it would pass for
// the host or the name of the database, which are shown.
func strayAt(address string) bool {
	_, address, _ = strings.Cut(address, "://")
	end := strings.IndexAny(address, "/?#")
	if end < 0 {
		end = len(address)
	}
	return strings.Count(address[:end], "@") > 1 || strings.Contains(address[end:], "@")
}
