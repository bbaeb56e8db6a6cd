package config

import (
	"errors"
	"fmt"
	"net"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"
)

// A key is one setting of an instance.
type key struct {
	name        string
	alias       string // another variable that is read, "" for none
	description string
	advice      string                          // another sentence for documents, "" for none
	fallback    func() (string, error)          // the default
	usual       string                          // the default as documents name it, "" if it is the same everywhere
	check       func(value string) error        // says what is wanted
	list        bool                            // the file may hold a list
	mask        func(value string) string       // for secrets: what may be shown; nil for others
	put         func(s *Settings, value string) // stores a value that was checked
}

// keys returns all settings of an instance, in the order in which they are
// reported.
func keys() []key {
	return append([]key{{
		name:        "data",
		description: "Folder of the data: the database, unless it is PostgreSQL, and the indexes.",
		fallback:    dataFolder,
		usual:       "~/.local/share/verbatim",
		check:       notEmpty,
		put:         func(s *Settings, value string) { s.Data = expandHome(value) },
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
		usual:       "~/.cache/verbatim",
		check:       notEmpty,
		put:         func(s *Settings, value string) { s.Cache = expandHome(value) },
	}, {
		name:        "color",
		description: "Whether a terminal shows marked words: auto or never.",
		fallback:    colorOfTerminal,
		usual:       "auto",
		check:       oneOf("auto", "never"),
		put:         func(s *Settings, value string) { s.Color = value },
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
	}, {
		name:        "discord.token",
		alias:       "DISCORD_TOKEN",
		description: "Token of the bot, from Discord's developer portal.",
		advice:      "Whoever has it can speak as the bot: better a variable or a file that you alone can read.",
		fallback:    fixed(""),
		check:       oneLine,
		mask:        func(string) string { return masked },
		put:         func(s *Settings, value string) { s.Discord.Token = value },
	}, {
		name:        "discord.token_file",
		alias:       "DISCORD_TOKEN_FILE",
		description: "File that holds the token, if discord.token is not set.",
		fallback:    fixed(""),
		check:       oneLine,
		put:         func(s *Settings, value string) { s.Discord.TokenFile = value },
	}, {
		name:        "discord.api_url",
		description: "Where Discord's API is; another address serves tests and proxies.",
		fallback:    fixed("https://discord.com/api"),
		check:       webAddress,
		put:         func(s *Settings, value string) { s.Discord.API = value },
	}, {
		name:        "discord.single_guild",
		description: "ID of the one Discord server that is answered from the texts of guild local; empty for none.",
		fallback:    fixed(""),
		check:       emptyOrID,
		put:         func(s *Settings, value string) { s.Discord.SingleGuild = value },
	}, {
		name:        "discord.message_content",
		description: "Whether the intent for message content is switched on in the developer portal, so that posts of forums are read whole: true or false.",
		fallback:    fixed("false"),
		check:       oneOf("true", "false"),
		put:         func(s *Settings, value string) { s.Discord.MessageContent = value == "true" },
	}, {
		name:        "discord.requests",
		description: "How many requests a second Discord takes from the bot, from all its processes together; more than 50 only where Discord has granted it.",
		fallback:    fixed("50"),
		check:       requests,
		put:         func(s *Settings, value string) { s.Discord.Requests, _ = strconv.Atoi(value) },
	}, {
		name:        "reader.url",
		description: "Address at which members read quotes in their texts, such as https://texts.example.org; empty for nowhere.",
		fallback:    fixed(""),
		check:       emptyOrBase,
		put:         func(s *Settings, value string) { s.Reader.URL = value },
	}, {
		name:        "reader.listen",
		description: "Address and port of this machine on which reader.url is served.",
		fallback:    fixed("127.0.0.1:7338"),
		check:       hostAndPort,
		put:         func(s *Settings, value string) { s.Reader.Listen = value },
	}, {
		name:        "reader.life",
		description: "How long a link to a text can be opened, such as 168h.",
		fallback:    fixed("168h"),
		check:       life,
		put: func(s *Settings, value string) {
			s.Reader.Life, _ = time.ParseDuration(value) // which was checked
		},
	}, {
		name:        "ops.listen",
		description: "Address and port of this machine for /healthz, /readyz and /metrics, or off.",
		advice:      "Where the default port is taken, the bot does without; another address must be free.",
		fallback:    fixed(DefaultOps),
		check:       hostAndPortOrOff,
		put:         func(s *Settings, value string) { s.Ops = value },
	}, {
		name:        "indexes.keep_free",
		description: "How much of the disk stays free while the bot runs, such as 256MB or 2GB; 0 for nothing.",
		advice:      "Where there is less, indexes that nobody has asked for longest are deleted; the next question makes them again.",
		fallback:    fixed("256MB"),
		check:       func(value string) error { _, err := parseBytes(value); return err },
		put:         func(s *Settings, value string) { s.KeepFree, _ = parseBytes(value) }, // which was checked
	}, {
		name:        "shards.lease",
		description: "Where several processes run on a PostgreSQL database: how long one may be silent before the others answer for its servers, such as 8s.",
		fallback:    fixed("8s"),
		check:       timeBetween(time.Second, time.Minute, "8s"),
		put:         func(s *Settings, value string) { s.Lease, _ = time.ParseDuration(value) },
	}, {
		name:        "shards.listen",
		description: "Where several processes run: URL of the PostgreSQL database without a pooler before it, to hear of changes as they are made; empty for that of database, off to look for them each second only.",
		fallback:    fixed(""),
		check:       emptyOffOrPostgres,
		mask:        maskURLOrOff,
		put:         func(s *Settings, value string) { s.Listen = value },
	}}, followKeys()...)
}

// DefaultOps is where health and metrics are served unless told otherwise: to this machine
// alone.
const DefaultOps = "127.0.0.1:7339"

// A Key is a setting that can be given as a flag.
type Key struct{ Name, Description string }

// Keys returns the settings that can be given as flags: all but secrets, which other
// users of the machine would see.
func Keys() []Key {
	var list []Key
	for _, k := range keys() {
		if k.mask == nil || k.name == "database" || k.name == "shards.listen" { // URLs need not hold a password
			list = append(list, Key{k.name, k.description})
		}
	}
	return list
}

// variables returns the environment variables of a key, the one that counts first.
func (k key) variables() []string {
	if k.alias == "" {
		return []string{variable(k.name)}
	}
	return []string{variable(k.name), k.alias}
}

// foreignVariables begin like variables of settings but are of the tests.
var foreignVariables = []string{"VERBATIM_TESTDATA", "VERBATIM_LONG", "VERBATIM_TWIN", "VERBATIM_SCREENSHOTS", "VERBATIM_PICTURES"}

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

func oneLine(value string) error {
	if strings.ContainsAny(value, " \t\r\n") {
		return errors.New("want no white space in it")
	}
	return nil
}

func webAddress(value string) error {
	u, err := url.Parse(value)
	if err != nil || u.Host == "" || u.Scheme != "http" && u.Scheme != "https" {
		return errors.New("want an address such as https://discord.com/api")
	}
	return nil
}

func emptyOrBase(value string) error {
	u, err := url.Parse(value)
	if value != "" && (webAddress(value) != nil || err != nil || u.RawQuery != "" || u.Fragment != "" || u.User != nil || len(value) > 200) {
		return errors.New("want an address such as https://texts.example.org, or nothing")
	}
	return nil
}

func hostAndPort(value string) error {
	_, port, err := net.SplitHostPort(value)
	number, bad := strconv.ParseUint(port, 10, 16)
	if err != nil || bad != nil || number == 0 {
		return errors.New("want an address and a port such as 127.0.0.1:7338")
	}
	return nil
}

func hostAndPortOrOff(value string) error {
	if value == "off" {
		return nil
	}
	if err := hostAndPort(value); err != nil {
		return fmt.Errorf("%w, or off", err)
	}
	return nil
}

// maxLife is how long a link lives at most.
const maxLife = 366 * 24 * time.Hour

func life(value string) error {
	if d, err := time.ParseDuration(value); err != nil || d < time.Minute || d > maxLife {
		return errors.New("want a time from 1m to 8784h, such as 168h for a week")
	}
	return nil
}

func emptyOrID(value string) error {
	if strings.Trim(value, "0123456789") != "" {
		return errors.New("want the number that Discord shows with Copy Server ID, or nothing")
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

func requests(value string) error {
	if n, err := strconv.Atoi(value); err != nil || n < 1 || n > 10_000 {
		return errors.New("want a number from 1 to 10000, such as 50")
	}
	return nil
}

func emptyOffOrPostgres(value string) error {
	if value == "off" || emptyOrPostgres(value) == nil {
		return nil
	}
	return errors.New("want postgres://user:password@host:5432/database, or nothing, or off")
}

func emptyOrPostgres(value string) error {
	if value == "" || strings.HasPrefix(value, "postgres://") || strings.HasPrefix(value, "postgresql://") {
		return nil
	}
	return errors.New("want postgres://user:password@host:5432/database, or nothing for SQLite, whose file lies in the data folder")
}
