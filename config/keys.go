package config

import (
	"errors"
	"fmt"
	"slices"
	"strings"
)

// A key is one setting of an instance.
type key struct {
	name        string
	description string
	fallback    func() (string, error)          // the default
	check       func(value string) error        // says what is wanted
	mask        func(value string) string       // for secrets: what may be shown; nil for others
	put         func(s *Settings, value string) // stores a value that was checked
}

// keys returns all settings of an instance, in the order in which they are
// reported.
func keys() []key {
	return []key{{
		name:        "data",
		description: "Folder of the data: the database, unless it is PostgreSQL, and the indexes.",
		fallback:    dataFolder,
		check:       notEmpty,
		put:         func(s *Settings, value string) { s.Data = value },
	}, {
		name:        "database",
		description: "URL of a PostgreSQL database; empty for the SQLite file verbatim.db in the data folder.",
		fallback:    fixed(""),
		check:       emptyOrPostgres,
		mask:        maskURL,
		put:         func(s *Settings, value string) { s.Database = value },
	}, {
		name:        "cache",
		description: "Folder of what can be deleted at any time and is made again.",
		fallback:    cacheFolder,
		check:       notEmpty,
		put:         func(s *Settings, value string) { s.Cache = value },
	}, {
		name:        "log.level",
		description: "The least level that is logged: debug, info, warn or error.",
		fallback:    fixed("warn"),
		check:       oneOf("debug", "info", "warn", "error"),
		put: func(s *Settings, value string) {
			s.Log.Level.UnmarshalText([]byte(value)) // knows all that were checked
		},
	}, {
		name:        "log.format",
		description: "The form of the log: text or json.",
		fallback:    fixed("text"),
		check:       oneOf("text", "json"),
		put:         func(s *Settings, value string) { s.Log.Format = value },
	}}
}

// foreignVariables begin like variables of settings but are of the tests.
var foreignVariables = []string{"VERBATIM_TESTDATA", "VERBATIM_LONG"}

// shown returns the value as it may be shown.
func (k key) shown(value string) string {
	if k.mask != nil && value != "" {
		return k.mask(value)
	}
	return value
}

// quoted returns the name of the key with a value that is not allowed, or alone if
// the value may be a secret.
func (k key) quoted(value string) string {
	if k.mask != nil {
		return k.name
	}
	return fmt.Sprintf("%s is %q", k.name, value)
}

func fixed(value string) func() (string, error) {
	return func() (string, error) { return value, nil }
}

func notEmpty(value string) error {
	if value == "" {
		return errors.New("want the path of a folder")
	}
	return nil
}

func oneOf(allowed ...string) func(string) error {
	return func(value string) error {
		if !slices.Contains(allowed, value) {
			return fmt.Errorf("want one of %s", strings.Join(allowed, ", "))
		}
		return nil
	}
}

func emptyOrPostgres(value string) error {
	if value == "" || strings.HasPrefix(value, "postgres://") || strings.HasPrefix(value, "postgresql://") {
		return nil
	}
	return errors.New("want postgres://user:password@host:5432/database, or nothing for SQLite, whose file lies in the data folder")
}
