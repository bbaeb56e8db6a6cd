package config

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// Guild holds the settings of one guild, which its moderators choose.
type Guild struct {
	Language string // of replies: "fr", "es", "en", or "auto", which follows the question
	Excerpts int    // at most so many in a reply, 1 to 3
	Answers  string // "few" are surer, "many" are less sure, "balanced" is between them

	Retention time.Duration // how long open questions, votes and settled proposals are kept
}

// DefaultGuild returns the settings of a guild that has set none.
func DefaultGuild() Guild {
	var g Guild
	for _, k := range guildKeys() {
		k.put(&g, k.fallback)
	}
	return g
}

// A GuildEntry describes one setting of a guild.
type GuildEntry struct {
	Name        string
	Value       string // in force
	Default     string
	Allowed     []string // all values that it can have
	Set         bool     // whether the guild departs from the default
	Description string   // one sentence
}

// A guildKey is one setting of a guild.
type guildKey struct {
	name        string
	description string
	fallback    string
	allowed     []string
	put         func(g *Guild, value string) // stores an allowed value
}

// guildKeys returns all settings of a guild, in the order in which they are
// listed.
func guildKeys() []guildKey {
	return []guildKey{{
		name:        "language",
		description: "Language of replies; auto follows the question.",
		fallback:    "auto",
		allowed:     []string{"auto", "fr", "es", "en"},
		put:         func(g *Guild, value string) { g.Language = value },
	}, {
		name:        "excerpts",
		description: "How many excerpts a reply shows at most.",
		fallback:    "3",
		allowed:     []string{"1", "2", "3"},
		put: func(g *Guild, value string) {
			g.Excerpts, _ = strconv.Atoi(value) // all that is allowed is a number
		},
	}, {
		name:        "answers",
		description: "few: fewer answers, surer; many: more answers, less sure.",
		fallback:    "balanced",
		allowed:     []string{"few", "balanced", "many"},
		put:         func(g *Guild, value string) { g.Answers = value },
	}, {
		name:        "retention",
		description: "Days for which open questions, votes and settled proposals are kept.",
		fallback:    "90",
		allowed:     []string{"7", "30", "90", "180", "365"},
		put: func(g *Guild, value string) {
			days, _ := strconv.Atoi(value) // all that is allowed is a number
			g.Retention = time.Duration(days) * 24 * time.Hour
		},
	}}
}

func findGuildKey(name string) (guildKey, error) {
	var names []string
	for _, k := range guildKeys() {
		if k.name == name {
			return k, nil
		}
		names = append(names, k.name)
	}
	return guildKey{}, fmt.Errorf("setting %q %w: %s", name, ErrNoSetting, suggest(name, names))
}

// value returns the value in force. One that a former version of the program
// allowed counts as unset.
func (k guildKey) value(stored map[string]string) string {
	if value := stored[k.name]; slices.Contains(k.allowed, value) {
		return value
	}
	return k.fallback
}
