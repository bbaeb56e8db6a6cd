package fakediscord

import "encoding/json"

// callbackBody acknowledges an interaction.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object
type callbackBody struct {
	Type CallbackType    `json:"type"`
	Data json.RawMessage `json:"data"`
}

// callbacks returns the acknowledgements that the interaction takes: proposals answer
// autocomplete only, a modal can not be shown after a modal, and a message can be updated
// only where there is one.
func (i *Interaction) callbacks() []CallbackType {
	if i.Type == AutocompleteInteraction {
		return []CallbackType{ProposeChoices}
	}
	taken := []CallbackType{AnswerNow, AnswerLater}
	if i.message != nil {
		taken = append(taken, UpdateLater, UpdateNow)
	}
	if i.Type != ModalInteraction {
		taken = append(taken, ShowModal)
	}
	return taken
}

// acknowledge is POST /interactions/{interaction_id}/{interaction_token}/callback: once,
// and within 3 s.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
func (s *Server) acknowledge(c *call) (any, error) {
	i, ok := s.interactions[c.params["interaction_id"]]
	switch {
	case !ok || i.Token != c.params["interaction_token"]:
		return nil, errUnknownInteraction
	case i.callback != noCallback:
		return nil, errAcknowledged
	case i.age() > acknowledgeTime:
		return nil, errUnknownInteraction
	}
	var body callbackBody
	if err := c.decode(&body); err != nil {
		return nil, err
	}
	f := &form{}
	if oneOf(f.root().key("type"), body.Type, i.callbacks()...); f.err() != nil {
		return nil, f.err()
	}
	message, err := s.respond(i, body, c.Files)
	if err != nil {
		return nil, err
	}
	i.callback, i.ackAt = body.Type, s.now()
	i.changed()
	if with := c.Query.Get("with_response"); with != "true" && with != "1" {
		return nil, nil
	}
	return i.response(message), nil
}

// respond does what the callback says, and returns the message that it made or changed.
func (s *Server) respond(i *Interaction, body callbackBody, files []File) (*Message, error) {
	switch body.Type {
	case ProposeChoices:
		return nil, i.propose(body.Data)
	case ShowModal:
		return nil, i.show(body.Data)
	case UpdateLater:
		i.original = i.message.ID
		return nil, nil
	}
	b, err := messageData(body.Data, files)
	if err != nil {
		return nil, err
	}
	switch body.Type {
	case AnswerLater:
		return s.deferAnswer(i, b)
	case UpdateNow:
		return s.updateComponentMessage(i, b)
	}
	return s.answer(i, b)
}

// messageData reads the message in a callback.
func messageData(data json.RawMessage, files []File) (*messageBody, error) {
	b := &messageBody{files: files}
	if err := decodeJSON(data, b); err != nil {
		return nil, err
	}
	f := &form{}
	b.check(f.root().key("data"), interactionFlags, 0)
	return b, f.err()
}

// deferAnswer posts the loading message. It fixes whether the answer is ephemeral, and no
// other flag can be set.
func (s *Server) deferAnswer(i *Interaction, b *messageBody) (*Message, error) {
	f := &form{}
	if b.Flags.Value&^Ephemeral != 0 {
		f.root().key("data").key("flags").fail("MESSAGE_FLAGS_INVALID", "Only the flag EPHEMERAL can be set on a deferred answer.")
		return nil, f.err()
	}
	m := s.interactionMessage(i, "")
	m.Flags = b.Flags.Value | Loading
	return s.postOriginal(i, m), nil
}

func (s *Server) answer(i *Interaction, b *messageBody) (*Message, error) {
	m, err := s.newMessage(s.channels[i.ChannelID], s.bot, b, interactionMentions)
	if err != nil {
		return nil, err
	}
	sign(m, s.interactionMessage(i, ""))
	return s.postOriginal(i, m), nil
}

func (s *Server) postOriginal(i *Interaction, m *Message) *Message {
	i.ephemeral = m.Flags&Ephemeral != 0
	if i.ephemeral {
		m.For = i.UserID
	}
	s.add(m)
	i.original = m.ID
	return m
}

func (s *Server) updateComponentMessage(i *Interaction, b *messageBody) (*Message, error) {
	m, ok := s.messages[i.message.ID]
	if !ok {
		return nil, errUnknownMessage
	}
	changed, err := s.edited(m, b, interactionMentions)
	if err != nil {
		return nil, err
	}
	i.original = m.ID
	i.ephemeral = m.For != ""
	return s.change(*changed), nil
}

// propose takes the choices for autocomplete.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-autocomplete
func (i *Interaction) propose(data json.RawMessage) error {
	var body struct {
		Choices []Choice `json:"choices"`
	}
	if err := decodeJSON(data, &body); err != nil {
		return err
	}
	f := &form{}
	kind := StringOption
	for _, o := range i.options {
		if o.Name == i.focused {
			kind = o.Type
		}
	}
	if checkChoices(f.root().key("data").key("choices"), body.Choices, kind); f.err() != nil {
		return f.err()
	}
	i.choices = orEmpty(body.Choices)
	return nil
}

func (i *Interaction) show(data json.RawMessage) error {
	var m Modal
	if err := decodeJSON(data, &m); err != nil {
		return err
	}
	f := &form{}
	if checkModal(f.root().key("data"), m); f.err() != nil {
		return f.err()
	}
	m.Components = numbered(m.Components)
	i.modal = &m
	return nil
}

// response is the answer to a callback that asks for it.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback-interaction-callback-response-object
func (i *Interaction) response(m *Message) any {
	callback := map[string]any{"id": i.ID, "type": i.Type}
	resource := map[string]any{"type": i.callback}
	if m != nil {
		callback["response_message_id"] = m.ID
		callback["response_message_loading"] = m.Flags&Loading != 0
		callback["response_message_ephemeral"] = m.Flags&Ephemeral != 0
		resource["message"] = m
	}
	return map[string]any{"interaction": callback, "resource": resource}
}
