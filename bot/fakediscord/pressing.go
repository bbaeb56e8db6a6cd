package fakediscord

import "slices"

// componentData is the data of a component's interaction.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-message-component-data-structure
type componentData struct {
	CustomID string        `json:"custom_id"`
	Type     ComponentType `json:"component_type"`
	ID       int           `json:"id"`
	Values   *[]string     `json:"values,omitempty"` // of selects always
	Resolved *resolved     `json:"resolved,omitempty"`
}

// Press presses a button of a message.
func (p *Person) Press(messageID, customID string) (*Interaction, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, m, c, err := p.component(messageID, customID)
	if err != nil {
		return nil, err
	}
	if c.Type != Button {
		return nil, refuse("%q is not a button", customID)
	}
	return p.use(ch, m, c, nil, nil), nil
}

// Choose chooses in a select of a message: values of a string select, else ids.
func (p *Person) Choose(messageID, customID string, values ...string) (*Interaction, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, m, c, err := p.component(messageID, customID)
	if err != nil {
		return nil, err
	}
	values = orEmpty(values)
	f := &filler{person: p, channel: ch, resolved: &resolved{}}
	if err := f.choose(c, values); err != nil {
		return nil, err
	}
	return p.use(ch, m, c, &values, f.resolved.orNil()), nil
}

// component finds a component that the person can use on a message.
func (p *Person) component(messageID, customID string) (*Channel, *Message, Component, error) {
	ch, m, err := p.message(messageID)
	if err != nil {
		return nil, nil, Component{}, err
	}
	c, ok := findComponent(m.Components, customID)
	switch {
	case !ok:
		return nil, nil, Component{}, refuse("message %s has no component %q", messageID, customID)
	case c.Disabled:
		return nil, nil, Component{}, refuse("component %q is disabled", customID)
	}
	return ch, m, c, nil
}

// choose checks values for a select.
func (f *filler) choose(c Component, values []string) error {
	least, most := c.selectable()
	if !c.isSelect() && !c.isGroup() {
		return refuse("%q is not a select", c.CustomID)
	}
	if len(values) < least || len(values) > most {
		return refuse("select %q takes %d to %d values", c.CustomID, least, most)
	}
	kinds := map[ComponentType]entityKind{
		UserSelect: aUser, RoleSelect: aRole, MentionableSelect: aUser | aRole, ChannelSelect: aChannel,
	}
	for _, v := range values {
		offered := slices.ContainsFunc(c.Options, func(o SelectOption) bool { return o.Value == v })
		if c.Options != nil && !offered || c.Options == nil && !f.resolve(v, kinds[c.Type], c.ChannelTypes) {
			return refuse("select %q has no value %q", c.CustomID, v)
		}
	}
	return nil
}

func (p *Person) use(ch *Channel, m *Message, c Component, values *[]string, named *resolved) *Interaction {
	i := p.interact(ch, ComponentInteraction)
	i.message, i.CustomID = m, c.CustomID
	p.send(i, componentData{CustomID: c.CustomID, Type: c.Type, ID: c.ID, Values: values, Resolved: named})
	return i
}
