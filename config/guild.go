package config

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Guild holds the settings of one guild, which its moderators choose.
type Guild struct {
	Language string // of replies: "fr", "es", "en", or "auto", which follows the question
	Excerpts int    // at most so many in a reply, 1 to 3
	Answers  string // "few" are surer, "many" are less sure, "balanced" is between them

	Retention time.Duration // how long open questions, votes and settled proposals are kept

	ModeratorRoles []string // IDs of roles whose members moderate, beside those whom Discord lets manage messages
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
	Allowed     []string // all values that it can have, none if they are IDs of Discord's
	Most        int      // how many IDs it can have, with commas between them; 0 if it has none
	Set         bool     // whether the guild departs from the default
	Description string   // one sentence
}

// Wanted says in one word or some what values the setting can have.
func (e GuildEntry) Wanted() string { return wanted(e.Allowed, e.Most) }

// IDs returns the value of a setting that holds IDs.
func (e GuildEntry) IDs() []string { return ids(e.Value) }

// A guildKey is one setting of a guild.
type guildKey struct {
	name        string
	description string
	fallback    string
	allowed     []string                     // none for IDs
	most        int                          // IDs
	put         func(g *Guild, value string) // stores an allowed value
}

// maxRoles is how many roles or channels a setting holds: as many as a person can choose
// at once on Discord.
const maxRoles = 25

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
	}, {
		name:        "moderator_roles",
		description: "Roles whose members moderate, beside those who may manage messages.",
		most:        maxRoles,
		put:         func(g *Guild, value string) { g.ModeratorRoles = ids(value) },
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
	value, isStored := stored[k.name]
	if !isStored {
		return k.fallback
	}
	if value, ok := k.normal(value); ok {
		return value
	}
	return k.fallback
}

// normal returns the one form of a value in which it is stored, and whether it is allowed.
func (k guildKey) normal(value string) (string, bool) {
	if k.most == 0 {
		return value, slices.Contains(k.allowed, value)
	}
	all := ids(value)
	if len(all) > k.most || slices.ContainsFunc(all, func(id string) bool { return !isID(id) }) {
		return "", false
	}
	return strings.Join(all, ","), true
}

// ids returns the IDs of a value, sorted, each once.
func ids(value string) []string {
	all := strings.FieldsFunc(value, func(r rune) bool { return r == ',' || r == ' ' })
	if len(all) == 0 {
		return nil
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// isID reports whether a text can be an ID of Discord's: a number of 64 bits.
func isID(text string) bool {
	return text != "" && len(text) <= 20 && strings.Trim(text, "0123456789") == ""
}

func wanted(allowed []string, most int) string {
	switch {
	case most == 1:
		return "ID"
	case most > 1:
		return fmt.Sprintf("ID,… (%d at most)", most)
	}
	return strings.Join(allowed, "|")
}
