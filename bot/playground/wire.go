package playground

import (
	"context"
	"encoding/json"
	"net/http"
	"sync"
	"time"

	"verbatim/bot/fakediscord"
)

// maxShown is how much of a request, an answer or a frame the page is sent.
const maxShown = 20_000

// wireView is a request with its answer, or a frame of the gateway.
type wireView struct {
	Seq    int64     `json:"seq"`
	Time   time.Time `json:"time"`
	Kind   string    `json:"kind"`             // "request", "to the bot", "from the bot"
	What   string    `json:"what"`             // "PATCH /webhooks/…", "INTERACTION_CREATE"
	Status int       `json:"status,omitempty"` // of the answer, or the close code
	Sent   string    `json:"sent,omitempty"`   // JSON
	Answer string    `json:"answer,omitempty"`
	Took   float64   `json:"took,omitempty"` // milliseconds
}

// wire streams what goes between the bot and Discord, and as events of kind "thought" what
// the bot thought of each question. These have no number: all that are kept come at each connecting.
func (p *Playground) wire(w http.ResponseWriter, r *http.Request) {
	s := newStream(w)
	ctx, cancel := context.WithCancel(r.Context())
	var sending sync.Mutex // of the stream
	var running sync.WaitGroup
	defer running.Wait()
	running.Go(func() {
		defer cancel()
		for t := range p.thoughts.feed(ctx) {
			sending.Lock()
			err := s.send("thought", 0, t)
			sending.Unlock()
			if err != nil {
				return
			}
		}
	})
	defer cancel()
	for e := range p.discord.Feed(ctx, after(r)) {
		view, ok := viewWire(e)
		if !ok {
			continue
		}
		sending.Lock()
		err := s.send("", e.Seq, view)
		sending.Unlock()
		if err != nil {
			return
		}
	}
}

// op codes of frames that have no type.
//
// Source: docs.discord.com/developers/topics/opcodes-and-status-codes#gateway-gateway-opcodes
var opNames = map[int]string{1: "Heartbeat", 2: "Identify", 3: "Presence Update", 6: "Resume", 7: "Reconnect", 9: "Invalid Session", 10: "Hello", 11: "Heartbeat ACK"}

func viewWire(e fakediscord.Event) (wireView, bool) {
	view := wireView{Seq: e.Seq, Time: e.Time}
	switch {
	case e.Request != nil:
		r := e.Request
		view.Kind, view.What, view.Status = "request", r.Method+" "+r.Path, r.Status
		view.Time, view.Took = r.Time, float64(e.Time.Sub(r.Time).Microseconds())/1000
		view.Sent, view.Answer = shown(r.Payload), shown(r.Answer)
	case e.Frame != nil:
		f := e.Frame
		view.Kind, view.What, view.Status, view.Sent = "to the bot", f.Type, f.Close, shown(f.Data)
		if e.Kind == fakediscord.FrameReceived {
			view.Kind = "from the bot"
		}
		if f.Close != 0 {
			view.What = "Close"
		} else if f.Type == "" {
			view.What = opNames[f.Op]
		}
		if f.Op == 2 || f.Op == 6 {
			view.Sent = "" // they hold the token
		}
	default:
		return view, false
	}
	return view, true
}

func shown(data json.RawMessage) string {
	if len(data) > maxShown {
		return string(data[:maxShown]) + "…"
	}
	return string(data)
}
