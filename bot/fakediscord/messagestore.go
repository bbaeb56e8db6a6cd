package fakediscord

// stored returns the message with a given id in a channel.
func (s *Server) stored(channelID, messageID string) (*Message, error) {
	m, ok := s.messages[messageID]
	if !ok || m.ChannelID != channelID {
		return nil, errUnknownMessage
	}
	return m, nil
}

// add stores a new message, tells the gateway and the feed.
func (s *Server) add(m *Message) {
	ch := s.channels[m.ChannelID]
	m.ID = s.nextID()
	if ch.isThread() && ch.isPostOf(s.channels[ch.ParentID]) && ch.TotalMessages == 0 {
		m.ID = ch.ID // the first message of a forum post has the id of the post
	}
	m.GuildID, m.Timestamp = ch.GuildID, s.now().UTC()
	m.complete()
	s.messages[m.ID] = m
	s.revisions[m.ID] = []Message{*m}
	if m.For == "" {
		ch.LastMessageID = &m.ID
		ch.TotalMessages++
		ch.MessageCount++
		s.dispatchMessage("MESSAGE_CREATE", *m)
	}
	s.emit(Event{Kind: MessagePosted, GuildID: m.GuildID, ChannelID: m.ChannelID, For: m.For, Message: copyOf(m)})
}

func (c *Channel) isPostOf(parent *Channel) bool { return parent != nil && parent.isForum() }

// change replaces a stored message by another version of it, and tells so.
func (s *Server) change(m Message) *Message {
	m.complete()
	s.messages[m.ID] = &m
	s.revisions[m.ID] = append(s.revisions[m.ID], m)
	if m.For == "" {
		s.dispatchMessage("MESSAGE_UPDATE", m)
	}
	s.emit(Event{Kind: MessageEdited, GuildID: m.GuildID, ChannelID: m.ChannelID, For: m.For, Message: copyOf(&m)})
	return &m
}

// remove deletes a message.
func (s *Server) remove(m *Message) {
	delete(s.messages, m.ID)
	if m.For == "" {
		payload := map[string]string{"id": m.ID, "channel_id": m.ChannelID}
		if m.GuildID != "" {
			payload["guild_id"] = m.GuildID
		}
		s.dispatchIn(s.channels[m.ChannelID], messageIntent(m.GuildID), "MESSAGE_DELETE", payload)
	}
	s.emit(Event{Kind: MessageDeleted, GuildID: m.GuildID, ChannelID: m.ChannelID, For: m.For, Message: copyOf(m)})
}
