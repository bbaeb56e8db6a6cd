package fakediscord

// Intents say which events a session wants.
//
// Source: docs.discord.com/developers/events/gateway#gateway-intents
type Intents uint64

// The intents that matter to this package.
const (
	GuildsIntent         Intents = 1 << 0
	GuildMembersIntent   Intents = 1 << 1 // privileged
	GuildPresencesIntent Intents = 1 << 8 // privileged
	GuildMessagesIntent  Intents = 1 << 9
	GuildTypingIntent    Intents = 1 << 11
	DirectMessagesIntent Intents = 1 << 12
	DirectTypingIntent   Intents = 1 << 14
	MessageContentIntent Intents = 1 << 15 // privileged

	privilegedIntents         = GuildMembersIntent | GuildPresencesIntent | MessageContentIntent
	knownIntents      Intents = 1<<17 - 1 | 1<<20 | 1<<21 | 1<<24 | 1<<25
	noIntent          Intents = 0 // of events that are always sent
)

// has reports whether the set holds one of the others, or needs none.
func (i Intents) has(others Intents) bool { return others == noIntent || i&others != 0 }

// messageIntent is the intent for events about messages.
func messageIntent(guildID string) Intents {
	if guildID == "" {
		return DirectMessagesIntent
	}
	return GuildMessagesIntent
}
