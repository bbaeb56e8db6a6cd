package fakediscord

import (
	"encoding/json"
	"strings"
)

const (
	maxContent     = 2000
	maxNonce       = 25
	maxAttachments = 10
	maxDescription = 1024 // of an attachment
)

// patch is a field of a body that may be absent, which differs from null: an edit leaves
// what is absent and clears what is null.
type patch[T any] struct {
	Set   bool
	Value T
}

func (p *patch[T]) UnmarshalJSON(data []byte) error {
	p.Set = true
	return json.Unmarshal(data, &p.Value)
}

// messageBody is the body of a request that posts or edits a message.
//
// Source: docs.discord.com/developers/resources/message#create-message
type messageBody struct {
	Content      patch[string]           `json:"content"`
	Embeds       patch[[]Embed]          `json:"embeds"`
	Components   patch[[]Component]      `json:"components"`
	Attachments  patch[[]attachmentBody] `json:"attachments"`
	Flags        patch[MessageFlags]     `json:"flags"`
	Allowed      *AllowedMentions        `json:"allowed_mentions"`
	Reference    *MessageReference       `json:"message_reference"`
	Nonce        any                     `json:"nonce"`
	EnforceNonce bool                    `json:"enforce_nonce"`
	TTS          bool                    `json:"tts"`

	files []File
}

// attachmentBody describes an attachment: by the id of one that stays, or by the number n
// of a part files[n] of the same request.
type attachmentBody struct {
	ID          json.RawMessage `json:"id"`
	Filename    string          `json:"filename"`
	Description string          `json:"description"`
}

// check refuses a body that breaks a rule. Settable are the flags that it may set; has are
// those of the message that it edits.
func (b *messageBody) check(at field, settable, has MessageFlags) {
	at.key("content").length(strings.TrimSpace(b.Content.Value), 0, maxContent)
	checkEmbeds(at.key("embeds"), b.Embeds.Value)
	v2 := (b.Flags.Value|has)&ComponentsV2 != 0
	checkComponents(at.key("components"), b.Components.Value, v2)
	b.Allowed.check(at.key("allowed_mentions"))
	at.key("attachments").count(len(b.Attachments.Value), 0, maxAttachments)
	for i, a := range b.Attachments.Value {
		at.key("attachments").index(i).key("description").length(a.Description, 0, maxDescription)
	}
	if nonce, ok := b.Nonce.(string); ok {
		at.key("nonce").length(nonce, 0, maxNonce)
	}
	if b.Flags.Value&^(settable|has) != 0 {
		at.key("flags").fail("MESSAGE_FLAGS_INVALID", "Only the flags %d can be set.", settable)
	}
	if v2 && (b.Content.Value != "" || len(b.Embeds.Value) > 0) {
		at.fail("MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2", "The 'content' and 'embeds' fields cannot be used when using MessageFlags.IS_COMPONENTS_V2")
	}
}

// The flags that requests may set.
//
// Source: docs.discord.com/developers/resources/message#create-message-json/form-params and
// docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-messages
const (
	messageFlags     = SuppressEmbeds | SuppressNotifications | ComponentsV2
	interactionFlags = messageFlags | Ephemeral
)

// newMessage makes a message of the body. The author posts it in the channel.
func (s *Server) newMessage(ch *Channel, author User, b *messageBody, fallback AllowedMentions) (*Message, error) {
	m := &Message{ChannelID: ch.ID, Author: author, TTS: b.TTS, Nonce: b.Nonce}
	if err := s.write(m, b); err != nil {
		return nil, err
	}
	m.Flags = b.Flags.Value
	if b.Reference != nil && b.Reference.MessageID != "" {
		s.refer(m, b.Reference)
	}
	if m.isEmpty() {
		return nil, errEmptyMessage
	}
	s.mention(m, allowedOr(b.Allowed, fallback))
	return m, nil
}

// edited returns the message with the changes of the body.
func (s *Server) edited(m *Message, b *messageBody, fallback AllowedMentions) (*Message, error) {
	changed := *m
	if err := s.write(&changed, b); err != nil {
		return nil, err
	}
	if changed.isEmpty() {
		return nil, errEmptyMessage
	}
	now := s.now().UTC()
	changed.EditedTimestamp = &now
	changed.Flags = changed.Flags | b.Flags.Value&ComponentsV2
	pinged := m.Pinged // an edit notifies nobody, but the first text of a loading message does
	s.mention(&changed, allowedOr(b.Allowed, fallback))
	if m.Flags&Loading == 0 {
		changed.Pinged = pinged
	} else {
		changed.EditedTimestamp = nil
	}
	changed.Flags &^= Loading
	return &changed, nil
}

func allowedOr(a *AllowedMentions, fallback AllowedMentions) *AllowedMentions {
	if a == nil {
		return &fallback
	}
	return a
}

// write puts the fields of the body that are present into the message.
func (s *Server) write(m *Message, b *messageBody) error {
	if b.Content.Set {
		m.Content = strings.TrimSpace(b.Content.Value)
	}
	if b.Embeds.Set {
		m.Embeds = storedEmbeds(b.Embeds.Value)
	}
	if b.Components.Set {
		m.Components = numbered(b.Components.Value)
	}
	return s.attach(m, b)
}

// refer makes a message a reply to another.
func (s *Server) refer(m *Message, to *MessageReference) {
	ch := s.channels[m.ChannelID]
	m.Type = ReplyMessage
	m.Reference = &MessageReference{MessageID: to.MessageID, ChannelID: ch.ID, GuildID: ch.GuildID}
	if referenced, ok := s.messages[to.MessageID]; ok {
		m.Referenced = copyOf(referenced)
		m.Referenced.Referenced = nil
	}
}
