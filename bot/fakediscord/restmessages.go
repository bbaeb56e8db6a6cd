package fakediscord

import (
	"fmt"
	"slices"
	"strconv"
	"time"
)

// nonceLife is how long a nonce is remembered. Discord says "the past few minutes".
const nonceLife = 5 * time.Minute

type nonce struct {
	messageID string
	at        time.Time
}

// channelOf finds the channel of a path, if the bot sees it.
func (s *Server) channelOf(c *call) (*Channel, error) {
	ch, ok := s.channels[c.params["channel_id"]]
	switch {
	case !ok:
		return nil, errUnknownChannel
	case !s.canSee(s.bot.ID, ch):
		return nil, errMissingAccess
	}
	return ch, nil
}

// messageOf finds the channel and message of a path. Ephemeral messages are out of reach
// without the token of their interaction.
func (s *Server) messageOf(c *call) (*Channel, *Message, error) {
	ch, err := s.channelOf(c)
	if err != nil {
		return nil, nil, err
	}
	m, err := s.stored(ch.ID, c.params["message_id"])
	if err != nil || m.For != "" {
		return nil, nil, errUnknownMessage
	}
	if !s.can(s.bot.ID, ch, ReadMessageHistory) {
		return nil, nil, errMissingPermissions
	}
	return ch, m, nil
}

func (s *Server) getMessage(c *call) (any, error) {
	_, m, err := s.messageOf(c)
	if err != nil {
		return nil, err
	}
	return m.visible(s.bot.ID, s.options.Privileged), nil
}

// listMessages returns up to limit messages, newest first. Without the permission to read
// the history there are none.
//
// Source: docs.discord.com/developers/resources/message#get-channel-messages
func (s *Server) listMessages(c *call) (any, error) {
	ch, err := s.channelOf(c)
	if err != nil {
		return nil, err
	}
	limit := 50
	if text := c.Query.Get("limit"); text != "" {
		n, err := strconv.Atoi(text)
		f := &form{}
		if f.root().key("limit").between(n, 1, 100); err != nil || f.err() != nil {
			return nil, f.err()
		}
		limit = n
	}
	listed := []Message{}
	if !s.can(s.bot.ID, ch, ReadMessageHistory) {
		return listed, nil
	}
	for _, m := range s.inChannel(ch.ID) {
		if m.For == "" {
			listed = append(listed, m.visible(s.bot.ID, s.options.Privileged))
		}
	}
	return page(listed, c.Query.Get("before"), c.Query.Get("after"), limit), nil
}

// page cuts a part out of messages that stand oldest first, and turns it.
func page(messages []Message, before, after string, limit int) []Message {
	messages = slices.DeleteFunc(messages, func(m Message) bool {
		return before != "" && compareIDs(m.ID, before) >= 0 || after != "" && compareIDs(m.ID, after) <= 0
	})
	if after != "" && len(messages) > limit {
		messages = messages[:limit] // the oldest after the given one
	}
	messages = messages[max(0, len(messages)-limit):]
	slices.Reverse(messages)
	return messages
}

// inChannel returns the messages of a channel, oldest first.
func (s *Server) inChannel(channelID string) []Message {
	var found []Message
	for _, m := range s.messages {
		if m.ChannelID == channelID {
			found = append(found, *m)
		}
	}
	slices.SortFunc(found, func(a, b Message) int { return compareIDs(a.ID, b.ID) })
	return found
}

// createMessage is POST /channels/{channel_id}/messages.
//
// Source: docs.discord.com/developers/resources/message#create-message
func (s *Server) createMessage(c *call) (any, error) {
	ch, err := s.channelOf(c)
	if err != nil {
		return nil, err
	}
	b, err := c.messageBody(messageFlags, 0)
	if err != nil {
		return nil, err
	}
	if err := s.mayPost(ch, b); err != nil {
		return nil, err
	}
	key := fmt.Sprint(ch.ID, "/", b.Nonce)
	if known, ok := s.nonces[key]; ok && b.EnforceNonce && b.Nonce != nil && s.now().Sub(known.at) < nonceLife {
		if m, ok := s.messages[known.messageID]; ok {
			return m, nil
		}
	}
	m, err := s.newMessage(ch, s.bot, b, messageMentions)
	if err != nil {
		return nil, err
	}
	s.add(m)
	if b.Nonce != nil {
		s.nonces[key] = nonce{m.ID, s.now()}
	}
	return m, nil
}

// mayPost checks the bot's permissions for a message.
func (s *Server) mayPost(ch *Channel, b *messageBody) error {
	switch {
	case ch.isForum():
		return errForumMessage
	case !ch.holdsMessages():
		return errNotTextChannel
	case ch.Type == DirectMessage:
		if s.noDirect[ch.Recipients[0].ID] || !s.sharesGuild(ch.Recipients[0].ID) {
			return errNoDirectMessages
		}
		return nil
	case !s.can(s.bot.ID, ch, ch.sending()),
		len(b.files) > 0 && !s.can(s.bot.ID, ch, AttachFiles),
		len(b.Embeds.Value) > 0 && !s.can(s.bot.ID, ch, EmbedLinks):
		return errMissingPermissions
	case b.Reference == nil || b.Reference.MessageID == "":
		return nil
	case !s.can(s.bot.ID, ch, ReadMessageHistory):
		return errReplyHistory
	}
	if _, err := s.stored(ch.ID, b.Reference.MessageID); err != nil && valueOr(b.Reference.FailIfNotExists, true) {
		f := &form{}
		f.root().key("message_reference").fail("REPLIES_UNKNOWN_MESSAGE", "Unknown message")
		return f.err()
	}
	return nil
}

func (s *Server) editMessage(c *call) (any, error) {
	_, m, err := s.messageOf(c)
	if err != nil {
		return nil, err
	}
	if m.Author.ID != s.bot.ID {
		return nil, errNotAuthor
	}
	b, err := c.messageBody(messageFlags, m.Flags)
	if err != nil {
		return nil, err
	}
	changed, err := s.edited(m, b, messageMentions)
	if err != nil {
		return nil, err
	}
	return s.change(*changed), nil
}

func (s *Server) deleteMessage(c *call) (any, error) {
	ch, m, err := s.messageOf(c)
	switch {
	case err != nil:
		return nil, err
	case m.Author.ID != s.bot.ID && (ch.Type == DirectMessage || !s.can(s.bot.ID, ch, ManageMessages)):
		return nil, errMissingPermissions
	}
	s.remove(m)
	return nil, nil
}
