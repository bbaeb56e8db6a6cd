// Package config holds the settings of an instance, which the operator gives,
// and those of each guild, which its moderators choose.
//
// The settings of an instance come from four places. Each overrides those before
// it:
//
//   - the defaults
//   - the file verbatim.yaml
//   - environment variables: VERBATIM_ and the key, VERBATIM_LOG_LEVEL for log.level
//   - flags of the command line
//
// An empty variable counts as unset. What is unknown or not allowed in any of
// these places is an error that names the place, so a typing error never passes
// for a setting.
//
// A new setting is a field of [Settings] and an entry of the table in keys.go.
// The settings of a guild lie in the database; see [GuildSettings]. No other
// package reads the environment.
package config

import (
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// Settings are the settings of an instance, checked.
type Settings struct {
	Data     string // folder of the data
	Database string // URL of a PostgreSQL database with its password; "" for SQLite
	Cache    string // folder of what can be made again
	Color    string // "auto" or "never"
	Log      Log
	Discord  Discord
	Reader   Reader
	Ops      string // address on which health and metrics are served, "off" for nowhere
	Follow   Follow
	KeepFree uint64        // how many bytes of the disk are to stay free of indexes
	Lease    time.Duration // how long a process of several may be silent before others take over from it
	Listen   string        // URL of the PostgreSQL database for hearing of changes; "" for that of Database, "off" not to

	report []Entry
}

// Log says what is logged, and how.
type Log struct {
	Level  slog.Level // the least level that is logged
	Format string     // "text" or "json"
}

// Discord says how the bot reaches Discord.
type Discord struct {
	Token       string // "" when it is in TokenFile
	TokenFile   string
	API         string // base of the API
	SingleGuild string // guild that is answered from the texts of guild local, "" for none
	// MessageContent says that the privileged intent for message content is switched on.
	MessageContent bool
	Requests       int // a second, that Discord takes from all processes together
}

// Reader says whether and where texts can be read in a browser.
type Reader struct {
	URL    string        // address below which the texts are, as browsers reach it; "" for nowhere
	Listen string        // address of this machine on which they are served
	Life   time.Duration // of links to them
}

// ErrNoToken is returned when there is no token to reach Discord with.
var ErrNoToken = errors.New("no token: set DISCORD_TOKEN or DISCORD_TOKEN_FILE to the bot's token from https://discord.com/developers/applications")

// ReadToken returns the token, from its file if need be.
func (d Discord) ReadToken() (string, error) {
	if d.Token != "" {
		return d.Token, nil
	}
	if d.TokenFile == "" {
		return "", ErrNoToken
	}
	data, err := os.ReadFile(d.TokenFile)
	if err != nil {
		return "", fmt.Errorf("discord.token_file: %w", err)
	}
	token := strings.TrimSpace(string(data))
	if token == "" || oneLine(token) != nil {
		return "", fmt.Errorf("discord.token_file: %s holds no token: put the token into it and nothing else", d.TokenFile)
	}
	return token, nil
}

// DatabaseAddress returns the address for database.Open: the URL, or else the
// path of the SQLite file in the data folder. It may hold a password.
func (s *Settings) DatabaseAddress() string {
	if s.Database != "" {
		return s.Database
	}
	return filepath.Join(s.Data, "verbatim.db")
}

// An Entry reports one setting of an instance.
type Entry struct {
	Key         string // such as log.level
	Value       string // in force; secrets are masked
	Origin      string // "default", "file verbatim.yaml", "variable VERBATIM_DATA" or "flag --data"
	Description string // one sentence
}

// Report returns an entry for each setting, in a fixed order. It holds no
// secrets. The slice is the caller's.
func (s *Settings) Report() []Entry {
	return append([]Entry(nil), s.report...)
}

const variablePrefix = "VERBATIM_"

// variable returns the name of the environment variable of a key.
func variable(key string) string {
	return variablePrefix + strings.ToUpper(strings.ReplaceAll(key, ".", "_"))
}

// flag returns the flag of a key.
func flag(key string) string {
	return "--" + strings.NewReplacer(".", "-", "_", "-").Replace(key)
}
