package bot

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// A session is what Discord keeps of a bot between its connections: it sends the events
// again that came after those that were read.
//
// The client would keep it too, but only in itself, which takes a second to close a
// connection before it opens another. So each connection has a client of its own, which
// knows of no session, and identifies; where a session goes on, Resume goes out instead.
type session struct {
	id  string   // "" for none
	seq int64    // of the last event that was read
	at  *url.URL // where READY says that the session goes on, nil for the gateway's own address
}

// session returns the session as it stands after a connection with which one went on or
// began, "" as its ID if it can't go on.
func (f facts) session(before session) session {
	// What is not the gateway's protocol comes once more with a session that goes on, so
	// that a second time ends it.
	if errors.Is(f.reason, errInvalid) || !resumable(f.closeCode) || errors.Is(f.reason, errMalformed) && f.readyAt.IsZero() {
		return session{}
	}
	after := before
	if f.sessionID != "" {
		after = session{id: f.sessionID, at: f.resumeAt}
	}
	if f.seq != 0 {
		after.seq = f.seq
	}
	if f.readyAt.IsZero() {
		after.at = nil // nobody answers there, perhaps
	}
	return after
}

// resumable reports whether a session can go on after a close code.
func resumable(code int) bool { return code != 4007 && code != 4009 && code != 1000 && code != 1001 }

// steady reports whether a connection that has ended just now had stood for so long.
func (f facts) steady(long time.Duration) bool {
	return !f.readyAt.IsZero() && time.Since(f.readyAt) >= long
}

// goesOn reports whether the session stood with a connection, and can go on after it.
func (f facts) goesOn(after session) bool { return !f.readyAt.IsZero() && after.id != "" }

// isReplaced reports whether a connection is to be replaced by another without more ado:
// Discord wants it so every so often, and networks break.
func (f facts) isReplaced(after session) bool {
	return f.goesOn(after) && f.closeCode == 0 && (f.reason == nil || errors.Is(f.reason, errReconnect))
}

// gatewayVersion is the version of the gateway that is spoken, which is the API's.
var gatewayVersion = strings.TrimPrefix(apiVersion, "v")

// address completes the client's handshake by where it goes, which is where the session
// goes on, if that is known: the client itself always means the gateway's address, and
// an older version.
func (s session) address(r *http.Request, scheme string) *http.Request {
	r.RequestURI = ""
	r.URL.Scheme, r.URL.Host = scheme, r.Host
	if s.at != nil {
		r.URL.Host, r.Host = s.at.Host, s.at.Host
		r.URL.Path = strings.TrimSuffix(s.at.Path, "/") + "/"
	}
	query := r.URL.Query()
	query.Set("v", gatewayVersion)
	r.URL.RawQuery = query.Encode()
	return r
}

// resume returns what is sent for the session to go on, nil if there is none.
//
// Source: docs.discord.com/developers/events/gateway-events#resume
func (s session) resume(token string) []byte {
	if s.id == "" {
		return nil
	}
	data, _ := json.Marshal(map[string]any{ // texts and numbers
		"op": gatewayResume,
		"d":  map[string]any{"token": "Bot " + token, "session_id": s.id, "seq": s.seq},
	})
	return data
}
