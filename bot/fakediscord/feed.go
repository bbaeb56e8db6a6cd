package fakediscord

import (
	"context"
	"encoding/json"
	"iter"
	"slices"
	"time"
)

// EventKind says what an Event tells.
type EventKind string

// The kinds of events.
const (
	MessagePosted      EventKind = "message posted"
	MessageEdited      EventKind = "message edited"
	MessageDeleted     EventKind = "message deleted"
	ChannelOpened      EventKind = "channel opened" // also a thread, a post, a direct message
	Typing             EventKind = "typing"
	GuildChanged       EventKind = "guild changed" // members, roles, the bot's coming and going
	CommandsChanged    EventKind = "commands changed"
	InteractionSent    EventKind = "interaction sent"
	InteractionChanged EventKind = "interaction changed" // acknowledged, modal, choices, …
	RequestAnswered    EventKind = "request answered"
	FrameSent          EventKind = "frame sent" // by the gateway to the bot
	FrameReceived      EventKind = "frame received"
	GatewayChanged     EventKind = "gateway changed" // a connection came or went
)

// An Event is something that happened, for those who look on. The pointers are to copies
// of what was at that time, and nil where the kind has none.
type Event struct {
	Seq       int64 // 1, 2, …
	Time      time.Time
	Kind      EventKind
	GuildID   string
	ChannelID string
	For       string // the person who alone sees it, "" if all do

	Message     *Message
	Channel     *Channel
	Interaction *InteractionState
	Request     *Request
	Frame       *Frame
}

// A Frame is one payload on the gateway.
type Frame struct {
	Connection int // 1, 2, … in the order of connecting
	SessionID  string
	Op         int
	Type       string // of a dispatch
	Seq        int64  // of a dispatch
	Data       json.RawMessage
	Close      int // the close code, if the frame closes
}

// Feed yields what happens after the event with a number (0: all that is kept), and waits
// for more until the context is done or the server closed. What is older than what the
// server keeps is skipped; a gap in Seq shows it.
func (s *Server) Feed(ctx context.Context, after int64) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for {
			var news []Event
			err := s.await(ctx, func() bool {
				i, _ := slices.BinarySearchFunc(s.feed, after+1, func(e Event, seq int64) int { return int(e.Seq - seq) })
				news = slices.Clone(s.feed[i:])
				return len(news) > 0
			})
			if err != nil {
				return
			}
			for _, e := range news {
				after = e.Seq
				if !yield(e) {
					return
				}
			}
		}
	}
}

// Feed yields what of the feed the person's client is told: what happens in the channels
// that the person sees, and what of the interactions and messages is meant for the person.
// Requests and frames are not among it.
func (p *Person) Feed(ctx context.Context, after int64) iter.Seq[Event] {
	return func(yield func(Event) bool) {
		for e := range p.server.Feed(ctx, after) {
			if p.isTold(e) && !yield(e) {
				return
			}
		}
	}
}

func (p *Person) isTold(e Event) bool {
	switch {
	case e.Kind == RequestAnswered || e.Kind == FrameSent || e.Kind == FrameReceived || e.Kind == GatewayChanged:
		return false
	case e.For != "":
		return e.For == p.ID
	}
	p.server.mu.Lock()
	defer p.server.mu.Unlock()
	if ch, ok := p.server.channels[e.ChannelID]; ok {
		return p.server.canSee(p.ID, ch) || e.Kind == GuildChanged && p.isIn(e.GuildID)
	}
	return e.GuildID == "" || p.isIn(e.GuildID)
}

func (p *Person) isIn(guildID string) bool {
	g, ok := p.server.guilds[guildID]
	return ok && g.members[p.ID] != nil
}

// LastEvent returns the number of the newest event, to follow the feed from now on.
func (s *Server) LastEvent() int64 {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.lastSeq
}

// emit adds an event to the feed and wakes those who wait.
func (s *Server) emit(e Event) {
	s.lastSeq++
	e.Seq, e.Time = s.lastSeq, s.now()
	s.feed = keep(append(s.feed, e), s.options.Keep)
	s.wake()
}

// keep drops the oldest entries. It lets the list grow to twice its size before it moves
// the rest, so that each entry is moved once.
func keep[T any](list []T, most int) []T {
	if len(list) < 2*most {
		return list
	}
	return slices.Clone(list[len(list)-most:])
}
