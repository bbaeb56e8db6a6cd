package bot

import "time"

// A silence is the channel of the log in which a guild does not let the bot write. The bot
// tries again after a while, and at once when moderators choose a channel. What was to be
// told waits meanwhile.
type silence struct {
	channel string
	since   time.Time
}

const (
	maxSilences = 5000
	silenceLife = time.Hour
)

func (b *Bot) silence(guild, channel string) {
	b.silences.set(guild, silence{channel, b.options.Now()})
}

// isSilenced reports whether the bot does not try to write in the channel of a guild's log.
func (b *Bot) isSilenced(guild, channel string) bool {
	s, ok := b.silences.get(guild)
	return ok && s.channel == channel && b.options.Now().Sub(s.since) < silenceLife
}

// trySpeaking ends the silence of a guild.
func (b *Bot) trySpeaking(guild string) { b.silences.set(guild, silence{}) }
