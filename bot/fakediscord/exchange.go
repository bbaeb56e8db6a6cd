package fakediscord

import (
	"context"
	"encoding/json"
	"net/http"
)

// An Exchange is a request that a Play answers.
type Exchange struct {
	Request *Request

	ctx      context.Context
	server   *Server
	handle   func()
	header   http.Header
	status   int
	body     []byte
	dropped  bool
	recorded bool
}

// Handle does what the request asks for, and sets the answer to Discord's.
func (x *Exchange) Handle() { x.handle() }

// Answer sets the answer.
func (x *Exchange) Answer(status int, header http.Header, body []byte) {
	x.status, x.body = status, body
	for name, values := range header {
		x.header[name] = values
	}
}

// Drop closes the connection without an answer.
func (x *Exchange) Drop() { x.dropped = true }

// Wait waits until a channel is closed, the client gives up or the server is closed.
func (x *Exchange) Wait(released <-chan struct{}) {
	select {
	case <-released:
	case <-x.ctx.Done():
	case <-x.server.done:
	}
}

func (x *Exchange) answerJSON(status int, value any) {
	body, err := json.Marshal(value)
	if err != nil {
		status, body = http.StatusInternalServerError, []byte(`{"message":"the fake Discord can not write its answer","code":0}`)
	}
	x.header.Set("Content-Type", "application/json")
	x.Answer(status, nil, body)
}

func (x *Exchange) send(w http.ResponseWriter) {
	if x.dropped || x.status == 0 {
		panic(http.ErrAbortHandler) // closes the connection; net/http knows it and logs nothing
	}
	for name, values := range x.header {
		w.Header()[name] = values
	}
	if w.Header()["Date"] == nil {
		w.Header().Set("Date", x.server.now().UTC().Format(http.TimeFormat))
	}
	w.WriteHeader(x.status)
	_, _ = w.Write(x.body) // a client that went away is none of ours
}
