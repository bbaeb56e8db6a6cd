package fakediscord

import (
	"strings"
	"time"
)

// MessageType says how a message came to be.
type MessageType int

// The types of messages that this package makes.
//
// Source: docs.discord.com/developers/resources/message#message-object-message-types
const (
	DefaultMessage     MessageType = 0
	ReplyMessage       MessageType = 19
	CommandMessage     MessageType = 20 // the answer to a slash command
	ThreadStarter      MessageType = 21
	ContextMenuMessage MessageType = 23 // the answer to a user or message command
)

// MessageFlags are properties of a message.
type MessageFlags int

// The flags that this package knows.
//
// Source: docs.discord.com/developers/resources/message#message-object-message-flags
const (
	SuppressEmbeds        MessageFlags = 1 << 2
	HasThread             MessageFlags = 1 << 5
	Ephemeral             MessageFlags = 1 << 6
	Loading               MessageFlags = 1 << 7
	SuppressNotifications MessageFlags = 1 << 12
	ComponentsV2          MessageFlags = 1 << 15
)

// A Message is what stands in a channel.
//
// Source: docs.discord.com/developers/resources/message#message-object
type Message struct {
	ID              string               `json:"id"`
	ChannelID       string               `json:"channel_id"`
	Author          User                 `json:"author"`
	Content         string               `json:"content"`
	Timestamp       time.Time            `json:"timestamp"`
	EditedTimestamp *time.Time           `json:"edited_timestamp"`
	TTS             bool                 `json:"tts"`
	MentionEveryone bool                 `json:"mention_everyone"`
	Mentions        []User               `json:"mentions"`
	MentionRoles    []string             `json:"mention_roles"`
	Attachments     []Attachment         `json:"attachments"`
	Embeds          []Embed              `json:"embeds"`
	Nonce           any                  `json:"nonce,omitempty"`
	Pinned          bool                 `json:"pinned"`
	WebhookID       string               `json:"webhook_id,omitempty"`
	Type            MessageType          `json:"type"`
	ApplicationID   string               `json:"application_id,omitempty"`
	Reference       *MessageReference    `json:"message_reference,omitempty"`
	Flags           MessageFlags         `json:"flags"`
	Referenced      *Message             `json:"referenced_message,omitempty"`
	Metadata        *InteractionMetadata `json:"interaction_metadata,omitempty"`
	Interaction     *MessageInteraction  `json:"interaction,omitempty"`
	Thread          *Channel             `json:"thread,omitempty"`
	Components      []Component          `json:"components"`

	// GuildID is "" in a direct message. Discord sends it with events only.
	GuildID string `json:"-"`
	// For is the person who alone sees an ephemeral message, "" if all do.
	For string `json:"-"`
	// Pinged is whom the message notified when it was posted.
	Pinged Pings `json:"-"`
}

// A MessageReference points from a message to another.
type MessageReference struct {
	Type            int    `json:"type"`
	MessageID       string `json:"message_id,omitempty"`
	ChannelID       string `json:"channel_id,omitempty"`
	GuildID         string `json:"guild_id,omitempty"`
	FailIfNotExists *bool  `json:"fail_if_not_exists,omitempty"`
}

// InteractionMetadata says which interaction a message answers.
type InteractionMetadata struct {
	ID              string            `json:"id"`
	Type            InteractionType   `json:"type"`
	User            User              `json:"user"`
	Owners          map[string]string `json:"authorizing_integration_owners"`
	OriginalID      string            `json:"original_response_message_id,omitempty"`
	TargetMessageID string            `json:"target_message_id,omitempty"`
	TargetUser      *User             `json:"target_user,omitempty"`
	InteractedID    string            `json:"interacted_message_id,omitempty"`
}

// MessageInteraction is the older form of InteractionMetadata.
type MessageInteraction struct {
	ID   string          `json:"id"`
	Type InteractionType `json:"type"`
	Name string          `json:"name"`
	User User            `json:"user"`
}

// sees reports whether a person may see the message, in a channel that the person sees.
func (m *Message) sees(userID string) bool { return m.For == "" || m.For == userID }

// complete puts empty lists where the wire has no null.
func (m *Message) complete() {
	m.Mentions = orEmpty(m.Mentions)
	m.MentionRoles = orEmpty(m.MentionRoles)
	m.Attachments = orEmpty(m.Attachments)
	m.Embeds = orEmpty(m.Embeds)
	m.Components = orEmpty(m.Components)
}

func orEmpty[T any](list []T) []T {
	if list == nil {
		return []T{}
	}
	return list
}

// isEmpty reports whether there is nothing to see in the message.
func (m *Message) isEmpty() bool {
	return strings.TrimSpace(m.Content) == "" && len(m.Embeds)+len(m.Attachments)+len(m.Components) == 0
}
