package playground

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strconv"
	"time"

	"verbatim/bot/fakediscord"
)

// eventView is an event as the page is told of it.
type eventView struct {
	Seq         int64                `json:"seq"`
	Kind        string               `json:"kind"`
	GuildID     string               `json:"guild_id,omitempty"`
	ChannelID   string               `json:"channel_id,omitempty"`
	Message     *fakediscord.Message `json:"message,omitempty"`
	Channel     *channelView         `json:"channel,omitempty"`
	Interaction *interactionView     `json:"interaction,omitempty"`
}

// interactionView is what became of a use of the bot.
type interactionView struct {
	ID        string                      `json:"id"`
	Type      fakediscord.InteractionType `json:"type"`
	ChannelID string                      `json:"channel_id"`
	Command   string                      `json:"command,omitempty"`
	CustomID  string                      `json:"custom_id,omitempty"`
	Callback  fakediscord.CallbackType    `json:"callback"` // 0: not acknowledged yet
	Modal     *fakediscord.Modal          `json:"modal,omitempty"`
}

// events streams what the person's client is told.
func (p *Playground) events(w http.ResponseWriter, r *http.Request) {
	person, ok := p.person(r)
	if !ok {
		p.write(w, http.StatusNotFound, refusal{"there is no such person"})
		return
	}
	s := newStream(w)
	for e := range person.Feed(r.Context(), after(r)) {
		view := eventView{Seq: e.Seq, Kind: string(e.Kind), GuildID: e.GuildID, ChannelID: e.ChannelID, Message: e.Message}
		if e.Channel != nil {
			channel := viewChannel(person, *e.Channel)
			view.Channel = &channel
		}
		if i := e.Interaction; i != nil {
			view.Interaction = &interactionView{i.ID, i.Type, i.ChannelID, i.Command, i.CustomID, i.Callback, i.Modal}
		}
		if s.send("", e.Seq, view) != nil {
			return
		}
	}
}

// after returns the number of the last event that the page has: its browser sends it when
// it connects again.
func after(r *http.Request) int64 {
	for _, sent := range []string{r.Header.Get("Last-Event-ID"), r.URL.Query().Get("after")} {
		if n, err := strconv.ParseInt(sent, 10, 64); err == nil {
			return n
		}
	}
	return 0
}

// A stream is an answer of server-sent events.
//
// Source: html.spec.whatwg.org/multipage/server-sent-events.html
type stream struct {
	w       http.ResponseWriter
	control *http.ResponseController
}

func newStream(w http.ResponseWriter) stream {
	w.Header().Set("Content-Type", "text/event-stream")
	s := stream{w, http.NewResponseController(w)}
	fmt.Fprint(w, ": open\n\n")
	_ = s.control.Flush() // sending tells
	return s
}

// send sends a value as an event with a number, 0 for none; kind "" is the usual one. JSON has no
// line breaks, which would end an event.
func (s stream) send(kind string, seq int64, value any) error {
	data, err := json.Marshal(value)
	if err != nil {
		return err
	}
	if err := s.control.SetWriteDeadline(time.Now().Add(10 * time.Second)); err != nil {
		return err
	}
	if kind != "" {
		fmt.Fprintf(s.w, "event: %s\n", kind)
	}
	if seq != 0 {
		fmt.Fprintf(s.w, "id: %d\n", seq)
	}
	if _, err := fmt.Fprintf(s.w, "data: %s\n\n", data); err != nil {
		return err
	}
	return s.control.Flush()
}
