package fakediscord

import (
	"context"
	"fmt"
	"slices"
	"time"
)

// InteractionType says what a person did.
type InteractionType int

// The types of interactions.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-interaction-type
const (
	CommandInteraction      InteractionType = 2
	ComponentInteraction    InteractionType = 3
	AutocompleteInteraction InteractionType = 4
	ModalInteraction        InteractionType = 5
)

// CallbackType says how an application acknowledges an interaction.
type CallbackType int

// The types of acknowledgements.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-response-object-interaction-callback-type
const (
	AnswerNow      CallbackType = 4 // CHANNEL_MESSAGE_WITH_SOURCE
	AnswerLater    CallbackType = 5 // DEFERRED_CHANNEL_MESSAGE_WITH_SOURCE
	UpdateLater    CallbackType = 6 // DEFERRED_UPDATE_MESSAGE
	UpdateNow      CallbackType = 7 // UPDATE_MESSAGE
	ProposeChoices CallbackType = 8 // APPLICATION_COMMAND_AUTOCOMPLETE_RESULT
	ShowModal      CallbackType = 9 // MODAL
	noCallback     CallbackType = 0
)

// What an application has to answer.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-callback
const (
	acknowledgeTime = 3 * time.Second  // after it, the interaction has failed
	tokenLife       = 15 * time.Minute // after it, nothing can be said any more
)

// An Interaction is what a person did with the bot, and what the bot made of it. The
// exported fields never change.
type Interaction struct {
	ID        string
	Token     string
	Type      InteractionType
	GuildID   string // "" in a direct message
	ChannelID string
	UserID    string
	Command   string // the name of the command with its subcommands, else ""
	CustomID  string // of the component or modal, else ""
	Created   time.Time

	server *Server

	// What follows is guarded by the server's lock.
	callback  CallbackType
	ackAt     time.Time
	ephemeral bool
	original  string   // the message of the answer, or that the component stands on
	followups []string // further messages
	modal     *Modal
	submitted bool // the modal was
	choices   []Choice
	message   *Message // that the component stands on
	target    *Message // of a message command
	person    *User    // of a user command
	focused   string
	options   []Option // of the command, down to the subcommand
}

// InteractionState is what became of an interaction.
type InteractionState struct {
	ID, Token         string
	Type              InteractionType
	GuildID           string
	ChannelID         string
	UserID            string
	Command, CustomID string
	Created           time.Time

	Callback   CallbackType // 0: not acknowledged
	AckAfter   time.Duration
	Failed     bool // not acknowledged in 3 s: people read "The application did not respond"
	Ephemeral  bool
	OriginalID string
	Original   *Message // nil if there is none, or it was deleted
	Followups  []Message
	Modal      *Modal
	Choices    []Choice
}

// State returns what has become of the interaction so far.
func (i *Interaction) State() InteractionState {
	i.server.mu.Lock()
	defer i.server.mu.Unlock()
	return i.state()
}

func (i *Interaction) state() InteractionState {
	state := InteractionState{
		ID: i.ID, Token: i.Token, Type: i.Type, GuildID: i.GuildID, ChannelID: i.ChannelID, UserID: i.UserID,
		Command: i.Command, CustomID: i.CustomID, Created: i.Created,
		Callback: i.callback, Ephemeral: i.ephemeral, OriginalID: i.original,
		Failed:  i.callback == noCallback && i.age() > acknowledgeTime,
		Choices: slices.Clone(i.choices),
	}
	if i.callback != noCallback {
		state.AckAfter = i.ackAt.Sub(i.Created)
	}
	if i.modal != nil {
		state.Modal = copyOf(i.modal)
	}
	if m, ok := i.server.messages[i.original]; ok {
		state.Original = copyOf(m)
	}
	for _, id := range i.followups {
		if m, ok := i.server.messages[id]; ok {
			state.Followups = append(state.Followups, *m)
		}
	}
	return state
}

func (i *Interaction) age() time.Duration { return i.server.now().Sub(i.Created) }

// Wait waits until a condition on the interaction's state holds, and returns the state.
// The condition looks at the state alone: it runs under the server's lock.
// If the context ends first, the error says what state it was in.
func (i *Interaction) Wait(ctx context.Context, condition func(InteractionState) bool) (InteractionState, error) {
	var state InteractionState
	err := i.server.await(ctx, func() bool {
		state = i.state()
		return condition(state)
	})
	if err != nil {
		err = fmt.Errorf("wait for interaction %s (acknowledged with %d): %w", i.ID, state.Callback, err)
	}
	return state, err
}

// Acknowledged waits until the bot has acknowledged the interaction in any way.
func (i *Interaction) Acknowledged(ctx context.Context) (InteractionState, error) {
	return i.Wait(ctx, func(s InteractionState) bool { return s.Callback != noCallback })
}

// Answer waits until the answer stands there: not the loading message, and for a component
// the message as the bot has changed it.
func (i *Interaction) Answer(ctx context.Context) (Message, error) {
	state, err := i.Wait(ctx, func(s InteractionState) bool {
		return s.Callback != noCallback && s.Original != nil && s.Original.Flags&Loading == 0 &&
			(s.Callback != UpdateLater || changedSince(i.message, s.Original))
	})
	if err != nil {
		return Message{}, err
	}
	return *state.Original, nil
}

// changedSince reports whether a message was edited. Each edit sets a time of its own,
// whose address tells edits of the same moment apart.
func changedSince(before, after *Message) bool {
	return before.EditedTimestamp != after.EditedTimestamp
}

// Followup waits for the n-th further message, counted from 1.
func (i *Interaction) Followup(ctx context.Context, n int) (Message, error) {
	state, err := i.Wait(ctx, func(s InteractionState) bool { return len(s.Followups) >= n })
	if err != nil {
		return Message{}, err
	}
	return state.Followups[n-1], nil
}

// Modal waits until the bot shows a modal.
func (i *Interaction) Modal(ctx context.Context) (Modal, error) {
	state, err := i.Wait(ctx, func(s InteractionState) bool { return s.Modal != nil })
	if err != nil {
		return Modal{}, err
	}
	return *state.Modal, nil
}

// Choices waits until the bot has proposed choices, which may be none.
func (i *Interaction) Choices(ctx context.Context) ([]Choice, error) {
	state, err := i.Wait(ctx, func(s InteractionState) bool { return s.Callback == ProposeChoices })
	return state.Choices, err
}

// Interactions returns all interactions, oldest first.
func (s *Server) Interactions() []*Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	var all []*Interaction
	for _, i := range s.interactions {
		all = append(all, i)
	}
	slices.SortFunc(all, func(a, b *Interaction) int { return compareIDs(a.ID, b.ID) })
	return all
}

// Interaction returns the interaction with an id.
func (s *Server) Interaction(id string) (*Interaction, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i, ok := s.interactions[id]
	return i, ok
}

// metadata is what messages say of the interaction that they answer.
func (i *Interaction) metadata(original string) *InteractionMetadata {
	m := &InteractionMetadata{
		ID: i.ID, Type: i.Type, User: *i.server.users[i.UserID], Owners: i.owners(), OriginalID: original,
		TargetUser: i.person,
	}
	if i.target != nil {
		m.TargetMessageID = i.target.ID
	}
	if i.message != nil {
		m.InteractedID = i.message.ID
	}
	return m
}

// owners says for whom the application was installed: the guild, or "0" in a direct
// message with the bot.
//
// Source: docs.discord.com/developers/interactions/receiving-and-responding#interaction-object-authorizing-integration-owners-object
func (i *Interaction) owners() map[string]string {
	if i.GuildID == "" {
		return map[string]string{"0": "0"}
	}
	return map[string]string{"0": i.GuildID}
}

func (i *Interaction) changed() {
	state := i.state()
	i.server.emit(Event{Kind: InteractionChanged, GuildID: i.GuildID, ChannelID: i.ChannelID, For: i.UserID, Interaction: &state})
}
