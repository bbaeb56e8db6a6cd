package fakediscord

// tokenOf finds the interaction of a token in a path, if the token is still valid and the
// interaction acknowledged.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#followup-messages
func (s *Server) tokenOf(c *call) (*Interaction, error) {
	i := s.byToken[c.params["webhook_token"]]
	switch {
	case i == nil || c.params["webhook_id"] != s.app.ID:
		return nil, errUnknownWebhook
	case i.age() > tokenLife:
		return nil, errInvalidToken
	case i.callback == noCallback:
		return nil, errUnknownWebhook
	}
	return i, nil
}

// ofInteraction finds the interaction and the message that a path names: the answer for
// @original, or a message posted with the token.
func (s *Server) ofInteraction(c *call) (*Interaction, *Message, error) {
	i, err := s.tokenOf(c)
	if err != nil {
		return nil, nil, err
	}
	id, given := c.params["message_id"]
	if !given {
		id = i.original
	}
	if !i.owns(id) {
		return nil, nil, errUnknownMessage
	}
	m, ok := s.messages[id]
	if !ok {
		return nil, nil, errUnknownMessage
	}
	return i, m, nil
}

func (i *Interaction) owns(messageID string) bool {
	for _, id := range i.followups {
		if id == messageID {
			return true
		}
	}
	return messageID != "" && messageID == i.original
}

func (s *Server) getInteractionMessage(c *call) (any, error) {
	_, m, err := s.ofInteraction(c)
	if err != nil {
		return nil, err
	}
	return m, nil
}

func (s *Server) editInteractionMessage(c *call) (any, error) {
	i, m, err := s.ofInteraction(c)
	if err != nil {
		return nil, err
	}
	return s.editByToken(c, i, m)
}

func (s *Server) editByToken(c *call, i *Interaction, m *Message) (any, error) {
	b, err := c.messageBody(interactionFlags, m.Flags)
	if err != nil {
		return nil, err
	}
	changed, err := s.edited(m, b, interactionMentions)
	if err != nil {
		return nil, err
	}
	stored := s.change(*changed)
	i.changed()
	return stored, nil
}

func (s *Server) deleteInteractionMessage(c *call) (any, error) {
	i, m, err := s.ofInteraction(c)
	if err != nil {
		return nil, err
	}
	s.remove(m)
	i.changed()
	return nil, nil
}

// followUp is POST /webhooks/{webhook_id}/{webhook_token}. Directly after a deferral it
// edits the loading message, whose being ephemeral or not stays.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#create-followup-message
func (s *Server) followUp(c *call) (any, error) {
	i, err := s.tokenOf(c)
	if err != nil {
		return nil, err
	}
	if m, ok := s.messages[i.original]; ok && m.Flags&Loading != 0 {
		return s.editByToken(c, i, m)
	}
	b, err := c.messageBody(interactionFlags, 0)
	if err != nil {
		return nil, err
	}
	m, err := s.newMessage(s.channels[i.ChannelID], s.bot, b, interactionMentions)
	if err != nil {
		return nil, err
	}
	sign(m, s.interactionMessage(i, i.original))
	if m.Flags&Ephemeral != 0 {
		m.For = i.UserID
	}
	if original, ok := s.messages[i.original]; ok {
		s.refer(m, &MessageReference{MessageID: original.ID})
	}
	s.add(m)
	i.followups = append(i.followups, m.ID)
	i.changed()
	return m, nil
}

// messageBody reads and checks a message in a body. Has are the flags of the message that
// is edited.
func (c *call) messageBody(settable, has MessageFlags) (*messageBody, error) {
	b := &messageBody{files: c.Files}
	if err := c.decode(b); err != nil {
		return nil, err
	}
	f := &form{}
	b.check(f.root(), settable, has)
	return b, f.err()
}

// interactionMessage is a message that answers an interaction, as yet without content.
// Original is the first answer, where the message is a further one.
func (s *Server) interactionMessage(i *Interaction, original string) *Message {
	m := &Message{
		ChannelID: i.ChannelID, Author: s.bot, WebhookID: s.app.ID, ApplicationID: s.app.ID,
		Metadata: i.metadata(original),
	}
	switch {
	case i.Type == CommandInteraction && original == "":
		m.Type = CommandMessage
		if i.target != nil || i.person != nil {
			m.Type = ContextMenuMessage
		}
		m.Interaction = &MessageInteraction{ID: i.ID, Type: i.Type, Name: i.Command, User: *s.users[i.UserID]}
	case i.message != nil && original == "":
		s.refer(m, &MessageReference{MessageID: i.message.ID})
	}
	return m
}

// sign copies what says whose answer a message is.
func sign(m, from *Message) {
	m.Type, m.Metadata, m.Interaction = from.Type, from.Metadata, from.Interaction
	m.WebhookID, m.ApplicationID = from.WebhookID, from.ApplicationID
	m.Reference, m.Referenced = from.Reference, from.Referenced
}
