package fakediscord

// modalData is the data of a submitted modal.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-modal-submit-data-structure
type modalData struct {
	CustomID   string           `json:"custom_id"`
	Components []modalComponent `json:"components"`
	Resolved   *resolved        `json:"resolved,omitempty"`
}

type modalComponent struct {
	Type       ComponentType    `json:"type"`
	ID         int              `json:"id"`
	CustomID   string           `json:"custom_id,omitempty"`
	Value      any              `json:"value,omitempty"` // a string; true or false of a checkbox
	Values     *[]string        `json:"values,omitempty"`
	Component  *modalComponent  `json:"component,omitempty"`  // of a label
	Components []modalComponent `json:"components,omitempty"` // of an action row
}

// Submit fills the modal that an interaction has shown, and sends it. What has no value
// keeps the one that the modal came with. A modal can be sent once, at any later time.
func (p *Person) Submit(shown *Interaction, values Values) (*Interaction, error) {
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	ch, err := p.channel(shown.ChannelID)
	if err != nil {
		return nil, err
	}
	if shown.modal == nil || shown.submitted || shown.UserID != p.ID {
		return nil, refuse("%s has no such modal open", p.Name)
	}
	f := &filler{person: p, channel: ch, resolved: &resolved{}}
	for name := range values {
		if _, ok := findComponent(shown.modal.Components, name); !ok {
			return nil, refuse("the modal has no field %q", name)
		}
	}
	filled, err := f.fields(shown.modal.Components, values)
	if err != nil {
		return nil, err
	}
	shown.submitted = true
	i := p.interact(ch, ModalInteraction)
	i.CustomID, i.message = shown.modal.CustomID, shown.message
	p.send(i, modalData{CustomID: i.CustomID, Components: filled, Resolved: f.resolved.orNil()})
	return i, nil
}

// fields fills components in the form in which they were sent.
func (f *filler) fields(components []Component, values Values) ([]modalComponent, error) {
	filled := []modalComponent{}
	for _, c := range components {
		to := modalComponent{Type: c.Type, ID: c.ID, CustomID: c.CustomID}
		var err error
		switch c.Type {
		case ActionRow:
			to.Components, err = f.fields(c.Components, values)
		case Label:
			var inner []modalComponent
			if inner, err = f.fields([]Component{*c.Component}, values); err == nil {
				to.Component = &inner[0]
			}
		case TextInput:
			to.Value, err = inputValue(c, values)
		case TextDisplay:
		case FileUpload:
			to.Values, err = f.upload(c, values)
		case Checkbox:
			to.Value, err = checked(c, values)
		case RadioGroup:
			var one *[]string
			if one, err = f.selected(c, values); err == nil && len(*one) == 1 {
				to.Value = (*one)[0]
			}
		default:
			to.Values, err = f.selected(c, values)
		}
		if err != nil {
			return nil, err
		}
		filled = append(filled, to)
	}
	return filled, nil
}

func inputValue(c Component, values Values) (any, error) {
	text := c.Value
	if v, given := values[c.CustomID]; given {
		var ok bool
		if text, ok = v.(string); !ok {
			return nil, refuse("field %q takes a text", c.CustomID)
		}
	}
	n := textLength(text)
	least, most := valueOr(c.MinLength, 0), valueOr(c.MaxLength, maxInputText)
	switch {
	case n == 0 && c.required():
		return nil, refuse("field %q is required", c.CustomID)
	case n > 0 && (n < least || n > most):
		return nil, refuse("field %q takes %d to %d characters", c.CustomID, least, most)
	}
	return text, nil
}

func checked(c Component, values Values) (any, error) {
	v, given := values[c.CustomID]
	if !given {
		return c.Default, nil
	}
	is, ok := v.(bool)
	if !ok {
		return nil, refuse("field %q takes true or false", c.CustomID)
	}
	return is, nil
}

func (f *filler) selected(c Component, values Values) (*[]string, error) {
	chosen := []string{}
	for _, o := range c.Options {
		if o.Default {
			chosen = append(chosen, o.Value)
		}
	}
	for _, v := range c.DefaultValues {
		chosen = append(chosen, v.ID)
	}
	if v, given := values[c.CustomID]; given {
		list, ok := v.([]string)
		if !ok {
			return nil, refuse("field %q takes a list of values", c.CustomID)
		}
		chosen = list
	}
	if len(chosen) == 0 && !c.required() {
		return &chosen, nil
	}
	return &chosen, f.choose(c, chosen)
}

func (f *filler) upload(c Component, values Values) (*[]string, error) {
	ids := []string{}
	files := []File{}
	switch v := values[c.CustomID].(type) {
	case nil:
	case File:
		files = append(files, v)
	case []File:
		files = v
	default:
		return nil, refuse("field %q takes files", c.CustomID)
	}
	least, most := c.selectable()
	if len(files) == 0 && !c.required() {
		return &ids, nil
	}
	if len(files) < least || len(files) > most {
		return nil, refuse("field %q is required, and takes %d to %d files", c.CustomID, least, most)
	}
	for _, file := range files {
		id, err := f.file(Option{Name: c.CustomID}, file)
		if err != nil {
			return nil, err
		}
		ids = append(ids, id.(string)) // file returns an id where it returns no error
	}
	return &ids, nil
}
