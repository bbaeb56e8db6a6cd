package fakediscord

import (
	"encoding/json"
	"errors"
	"net/http"
	"net/url"
	"strings"
)

// call is one request on its way through an endpoint. Endpoints run under the server's
// lock.
type call struct {
	*Request
	params map[string]string
}

// endpoint answers a call: with 200 and the value as JSON, with 204 if it is nil, or with
// the error, which is an *apiError.
type endpoint func(*call) (any, error)

// serveREST answers a request to the REST API.
func (s *Server) serveREST(w http.ResponseWriter, r *http.Request) {
	req, readErr := s.readRequest(w, r)
	route, params := s.match(r)
	if route != nil {
		req.Route = route.template
	}
	x := &Exchange{Request: req, ctx: r.Context(), server: s, header: http.Header{}}
	x.handle = func() { s.handle(x, route, params, readErr) }
	s.nextPlay(req)(x)
	s.locked(func() { s.record(x) })
	x.send(w)
}

// handle does what a request asks for. The request is recorded under the same lock, so
// that whoever sees what it did finds it among the requests.
func (s *Server) handle(x *Exchange, route *route, params map[string]string, readErr error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	value, err := s.run(x, route, params, readErr)
	var refusal *apiError
	switch {
	case errors.Is(err, errLimited):
	case errors.As(err, &refusal):
		x.answerJSON(refusal.Status, refusal)
	case err != nil:
		x.answerJSON(http.StatusInternalServerError, &apiError{Message: err.Error()})
	case value == nil:
		x.Answer(http.StatusNoContent, nil, nil)
	default:
		x.answerJSON(http.StatusOK, value)
	}
	s.record(x)
}

// run checks what holds for all requests, and calls the endpoint.
func (s *Server) run(x *Exchange, route *route, params map[string]string, readErr error) (any, error) {
	switch {
	case route == nil:
		return nil, errUnknownRoute
	case !route.open && x.Request.Header.Get("Authorization") != "Bot "+s.options.Token:
		return nil, errUnauthorized
	case readErr != nil:
		return nil, readErr
	}
	if err := s.limit(x, route, params); err != nil {
		return nil, err
	}
	return route.endpoint(&call{Request: x.Request, params: params})
}

// readRequest reads a request. The error is one to answer with.
func (s *Server) readRequest(w http.ResponseWriter, r *http.Request) (*Request, error) {
	req := &Request{
		Time: s.now(), Method: r.Method, Path: apiPath(r.URL.Path),
		Query: r.URL.Query(), Header: r.Header.Clone(),
	}
	err := req.readBody(http.MaxBytesReader(w, r.Body, maxBody))
	return req, err
}

// apiPath cuts "/api/v10" off a path.
func apiPath(path string) string {
	for _, prefix := range []string{"/api/v10", "/api/v9", "/api"} {
		if rest, ok := strings.CutPrefix(path, prefix); ok && strings.HasPrefix(rest, "/") {
			return rest
		}
	}
	return path
}

// route is a method and path of the API. The template has the names of Discord's own
// description: /channels/{channel_id}/messages.
type route struct {
	method   string
	template string
	open     bool // needs no Authorization: the token is in the path, or none is needed
	endpoint endpoint
}

// match finds the route of a request. Routes without parameters stand before those with.
func (s *Server) match(r *http.Request) (*route, map[string]string) {
	if !strings.HasPrefix(r.URL.Path, "/api/") {
		return nil, nil
	}
	path := strings.Split(apiPath(r.URL.EscapedPath()), "/")
	for i := range s.routes {
		if s.routes[i].method != r.Method {
			continue
		}
		if params, ok := matchTemplate(strings.Split(s.routes[i].template, "/"), path); ok {
			return &s.routes[i], params
		}
	}
	return nil, nil
}

func matchTemplate(template, path []string) (map[string]string, bool) {
	if len(template) != len(path) {
		return nil, false
	}
	params := map[string]string{}
	for i, part := range template {
		value, err := url.PathUnescape(path[i])
		switch {
		case err != nil:
			return nil, false
		case strings.HasPrefix(part, "{"):
			params[strings.Trim(part, "{}")] = value
		case part != value:
			return nil, false
		}
	}
	return params, true
}

// decode reads the JSON of the body. A field of a wrong type becomes error 50035 at the
// field.
func (c *call) decode(into any) error { return decodeJSON(c.Payload, into) }

func decodeJSON(data []byte, into any) error {
	if len(data) == 0 {
		return nil
	}
	err := json.Unmarshal(data, into)
	var wrongType *json.UnmarshalTypeError
	switch {
	case errors.As(err, &wrongType):
		f := &form{}
		at := f.root()
		for _, name := range strings.Split(wrongType.Field, ".") {
			at = at.key(name)
		}
		at.fail("BASE_TYPE_INVALID", "Could not interpret %s as %s.", wrongType.Value, wrongType.Type)
		return f.err()
	case err != nil:
		return errInvalidJSON
	}
	return nil
}
