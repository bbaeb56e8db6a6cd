package fakediscord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"time"
)

// A Request is a request to the REST API with its answer. Its slices and maps belong to
// the server: read them only.
type Request struct {
	Time    time.Time
	Method  string
	Path    string // without "/api/v10"
	Route   string // "/channels/{channel_id}/messages", "" if there is no such route
	Query   url.Values
	Header  http.Header
	Body    []byte
	Payload json.RawMessage // the JSON in Body, payload_json of a multipart body, nil if none
	Files   []File          // of a multipart body
	Status  int             // of the answer, 0 if it was not handled
	Answer  []byte
	Lost    bool // a play let the answer get lost
}

// A Fault is a request that should not have been made.
type Fault struct {
	Request Request
	Err     error
}

func (f Fault) Error() string {
	return fmt.Sprintf("%s %s: %v", f.Request.Method, f.Request.Path, f.Err)
}

// Matches reports whether the request has a method and a route; "" matches all.
func (r Request) Matches(method, route string) bool {
	return (method == "" || r.Method == method) && (route == "" || r.Route == route)
}

// Requests returns the requests that were handled, oldest first. Method and route select;
// "" matches all.
func (s *Server) Requests(method, route string) []Request {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.requestsLike(method, route)
}

func (s *Server) requestsLike(method, route string) []Request {
	var found []Request
	for _, r := range s.requests {
		if r.Matches(method, route) {
			found = append(found, *r)
		}
	}
	return found
}

// WaitRequests waits until n matching requests were handled, and returns all of them.
func (s *Server) WaitRequests(ctx context.Context, n int, method, route string) ([]Request, error) {
	var found []Request
	err := s.await(ctx, func() bool {
		found = s.requestsLike(method, route)
		return len(found) >= n
	})
	return found, err
}

// Faults returns the requests for which there is no route, and those that Options.Check
// refused. A test of a bot expects none.
func (s *Server) Faults() []Fault {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.faults)
}

// record keeps a request, once, with the answer as it stands.
func (s *Server) record(x *Exchange) {
	r := x.Request
	r.Status, r.Answer, r.Lost = x.status, x.body, x.dropped
	if x.recorded {
		return
	}
	x.recorded = true
	var err error
	if r.Route == "" {
		err = errors.New("the fake Discord has no route for it")
	} else if s.options.Check != nil {
		err = s.options.Check(*r)
	}
	s.requests = keep(append(s.requests, r), s.options.Keep)
	if err != nil {
		s.faults = keep(append(s.faults, Fault{*r, err}), s.options.Keep)
	}
	s.emit(Event{Kind: RequestAnswered, Request: copyOf(r)})
}
