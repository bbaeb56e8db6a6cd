package config

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"verbatim/config/database"
)

// Errors of Set and Reset about what was asked.
var (
	ErrNoSetting  = errors.New("not found")   // a guild has no such setting
	ErrNotAllowed = errors.New("not allowed") // it cannot have that value
)

// GuildSettings keeps the settings of the guilds in the database. A setting has
// a row there only where it differs from its default.
type GuildSettings struct {
	db *database.DB
}

// NewGuildSettings returns the settings kept in db.
func NewGuildSettings(db *database.DB) *GuildSettings {
	return &GuildSettings{db: db}
}

// Get returns the settings of guild; those of a guild unknown are the defaults.
func (s *GuildSettings) Get(ctx context.Context, guild string) (Guild, error) {
	var stored, courses map[string]string
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		if stored, err = storedSettings(ctx, tx, guild); err != nil {
			return err
		}
		courses, err = pairs(ctx, tx, `SELECT channel, course FROM channel_course WHERE guild = $1`, guild)
		return err
	})
	if err != nil {
		return Guild{}, fmt.Errorf("settings of guild %s: %w", guild, err)
	}
	g := Guild{Courses: courses}
	for _, k := range guildKeys() {
		k.put(&g, k.value(stored))
	}
	return g, nil
}

// List returns an entry for each setting of guild, in a fixed order.
func (s *GuildSettings) List(ctx context.Context, guild string) ([]GuildEntry, error) {
	stored, err := s.stored(ctx, guild)
	if err != nil {
		return nil, err
	}
	var entries []GuildEntry
	for _, k := range guildKeys() {
		value := k.value(stored)
		entries = append(entries, GuildEntry{
			Name:        k.name,
			Value:       value,
			Default:     k.fallback,
			Allowed:     k.allowed,
			Most:        k.most,
			Set:         value != k.fallback,
			Description: k.description,
		})
	}
	return entries, nil
}

// Set gives a setting of guild a value. It returns an error that wraps
// [ErrNoSetting] when there is no such setting, and one that wraps
// [ErrNotAllowed] when it cannot have the value; both say what is possible. To
// set what is already so changes nothing.
func (s *GuildSettings) Set(ctx context.Context, guild, name, value string) error {
	k, err := findGuildKey(name)
	if err != nil {
		return err
	}
	normal, ok := k.normal(value)
	switch {
	case !ok && k.most > 0:
		return fmt.Errorf("setting %s: value %.80q %w: want numbers that Discord shows with Copy ID, with commas between them, at most %d", name, value, ErrNotAllowed, k.most)
	case !ok:
		return fmt.Errorf("setting %s: value %.80q %w: want one of %s", name, value, ErrNotAllowed, strings.Join(k.allowed, ", "))
	}
	return s.change(ctx, guild, k, normal)
}

// Reset gives a setting of guild its default again. It returns an error that
// wraps [ErrNoSetting] when there is no such setting. To reset what is
// not set changes nothing.
func (s *GuildSettings) Reset(ctx context.Context, guild, name string) error {
	k, err := findGuildKey(name)
	if err != nil {
		return err
	}
	return s.change(ctx, guild, k, k.fallback)
}

// Limits of courses of channels.
const (
	maxCourses    = 250
	maxCourseName = 500 // bytes
)

// SetCourse says which course a question in a channel is about, unless its asker names
// another; "" takes that back. It returns an error that wraps [ErrNotAllowed] for what is
// no channel or no course, and for more than 250 channels.
func (s *GuildSettings) SetCourse(ctx context.Context, guild, channel, course string) error {
	if !isID(channel) || len(course) > maxCourseName || !utf8.ValidString(course) || strings.ContainsFunc(course, unicode.IsControl) {
		return fmt.Errorf("course %.80q of channel %.80q %w", course, channel, ErrNotAllowed)
	}
	return s.db.Change(ctx, guild, func(tx *sql.Tx, _ int64) error {
		bound, err := pairs(ctx, tx, `SELECT channel, course FROM channel_course WHERE guild = $1`, guild)
		switch {
		case err != nil:
			return err
		case bound[channel] == course:
			return database.ErrUnchanged
		case course != "" && bound[channel] == "" && len(bound) >= maxCourses:
			return fmt.Errorf("courses of more than %d channels: %w", maxCourses, ErrNotAllowed)
		}
		a := database.Act{Kind: "setting", Action: "set", Subject: "courses", Name: "courses", Detail: "<#" + channel + "> " + course, Course: course}
		if err := database.Note(ctx, tx, guild, a); err != nil {
			return err
		}
		if course == "" {
			_, err = tx.ExecContext(ctx, `DELETE FROM channel_course WHERE guild = $1 AND channel = $2`, guild, channel)
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO channel_course (guild, channel, course) VALUES ($1, $2, $3)
			ON CONFLICT (guild, channel) DO UPDATE SET course = excluded.course`, guild, channel, course)
		return err
	})
}

func (s *GuildSettings) stored(ctx context.Context, guild string) (map[string]string, error) {
	var stored map[string]string
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		stored, err = storedSettings(ctx, tx, guild)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("settings of guild %s: %w", guild, err)
	}
	return stored, nil
}

// change gives a setting an allowed value.
func (s *GuildSettings) change(ctx context.Context, guild string, k guildKey, value string) error {
	err := s.db.Change(ctx, guild, func(tx *sql.Tx, _ int64) error {
		stored, err := storedSettings(ctx, tx, guild)
		if err != nil {
			return err
		}
		if k.value(stored) == value {
			return database.ErrUnchanged
		}
		if err := database.Note(ctx, tx, guild, database.Act{Kind: "setting", Action: "set", Subject: k.name, Name: k.name, Detail: k.shown(value)}); err != nil {
			return err
		}
		return store(ctx, tx, guild, k, value)
	})
	if err != nil {
		return fmt.Errorf("setting %s of guild %s: %w", k.name, guild, err)
	}
	return nil
}

// storedSettings returns the rows of a guild, by the names of the settings.
func storedSettings(ctx context.Context, tx *sql.Tx, guild string) (map[string]string, error) {
	return pairs(ctx, tx, `SELECT name, value FROM guild_setting WHERE guild = $1`, guild)
}

// pairs returns the rows of a query with two columns, by the first.
func pairs(ctx context.Context, tx *sql.Tx, query string, args ...any) (map[string]string, error) {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	found := map[string]string{}
	for rows.Next() {
		var name, value string
		if err := rows.Scan(&name, &value); err != nil {
			return nil, err
		}
		found[name] = value
	}
	return found, rows.Err()
}

// store writes the row of a setting, or deletes it when the value is the default.
func store(ctx context.Context, tx *sql.Tx, guild string, k guildKey, value string) error {
	if value == k.fallback {
		_, err := tx.ExecContext(ctx, `DELETE FROM guild_setting WHERE guild = $1 AND name = $2`, guild, k.name)
		return err
	}
	_, err := tx.ExecContext(ctx, `
		INSERT INTO guild_setting (guild, name, value) VALUES ($1, $2, $3)
		ON CONFLICT (guild, name) DO UPDATE SET value = excluded.value`, guild, k.name, value)
	return err
}
