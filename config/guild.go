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

	Private  bool              // replies to commands are for who asks alone, unless they choose otherwise
	Channels []string          // IDs of the channels where questions are answered, none for all
	Courses  map[string]string // by IDs of channels: the course that a question there is about

	Digest        time.Duration // between two digests for moderators; 0 for none
	DigestChannel string        // ID of the channel of the digests, "" for none
	LogChannel    string        // ID of the channel in which stands what moderators did, "" for none
}

// DefaultGuild returns the settings of a guild that has set none.
func DefaultGuild() Guild {
	var g Guild
	for _, k := range guildKeys() {
		k.put(&g, k.fallback)
	}
	return g
}

// AnswersIn reports whether questions are answered in a channel, or in one of several places
// that are the same: a thread and its channel.
func (g Guild) AnswersIn(places ...string) bool {
	return len(g.Channels) == 0 || slices.ContainsFunc(places, func(id string) bool { return slices.Contains(g.Channels, id) })
}

// CourseOf returns the course that a question in one of several places that are the same is
// about, the first that has one; "" for none.
func (g Guild) CourseOf(places ...string) string {
	for _, id := range places {
		if course := g.Courses[id]; course != "" {
			return course
		}
	}
	return ""
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
	sign        string                       // that stands before an ID in a mention
	put         func(g *Guild, value string) // stores an allowed value
}

// maxIDs is how many roles or channels a setting holds: as many as a person can choose
// at once on Discord.
const maxIDs = 25

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
		most:        maxIDs,
		sign:        "<@&",
		put:         func(g *Guild, value string) { g.ModeratorRoles = ids(value) },
	}, {
		name:        "private",
		description: "Whether replies to commands are for who asks alone, unless they choose otherwise.",
		fallback:    "no",
		allowed:     []string{"no", "yes"},
		put:         func(g *Guild, value string) { g.Private = value == "yes" },
	}, {
		name:        "channels",
		description: "Channels where questions are answered; none for all.",
		most:        maxIDs,
		sign:        "<#",
		put:         func(g *Guild, value string) { g.Channels = ids(value) },
	}, {
		name:        "digest",
		description: "How often moderators get a digest of what waits for them.",
		fallback:    "off",
		allowed:     []string{"off", "daily", "weekly"},
		put: func(g *Guild, value string) {
			g.Digest = map[string]time.Duration{"daily": 24 * time.Hour, "weekly": 7 * 24 * time.Hour}[value]
		},
	}, {
		name:        "digest_channel",
		description: "Channel of the digest.",
		most:        1,
		sign:        "<#",
		put:         func(g *Guild, value string) { g.DigestChannel = value },
	}, {
		name:        "log_channel",
		description: "Channel in which stands what moderators did.",
		most:        1,
		sign:        "<#",
		put:         func(g *Guild, value string) { g.LogChannel = value },
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

// shown returns a value as the log of a guild shows it: IDs as mentions.
func (k guildKey) shown(value string) string {
	if k.most == 0 {
		return value
	}
	if value == "" {
		return "—"
	}
	return k.sign + strings.Join(ids(value), "> "+k.sign) + ">"
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
