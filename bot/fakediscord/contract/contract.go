// Package contract checks a request that a bot sends to Discord.
//
// A [Checker] holds a request against two things. One is Discord's own
// description of its HTTP API, an OpenAPI document of which a copy is embedded:
// route, method, parameters, and the body's schema. The other is what Discord
// documents but its description leaves out, such as the 6,000 characters of all
// embeds together; each such rule is a [Rule].
//
// One rule is stricter than Discord: every message must say whom it may
// mention, because Discord's default is to notify people.
//
// The package looks at one request at a time. What depends on state (an
// interaction that is already acknowledged, an attachment that does not exist,
// a rate limit) is not checked here, nor are the headers apart from
// Content-Type.
//
// Discord counts characters as Unicode code points, and so does this package:
// an emoji outside the basic plane counts once. Discord's staff said so in
// https://github.com/discord/discord-api-docs/issues/1315, and it is how JSON
// Schema defines maxLength.
package contract

import (
	"net/http"
	"sync"
)

// Request is what is checked.
type Request struct {
	Method string
	// Path is the escaped path, with or without "/api/v10" before it and with
	// the query after it, as in http.Request.URL.RequestURI.
	Path   string
	Header http.Header
	Body   []byte
}

// Checker checks requests. It is safe for concurrent use.
type Checker struct {
	routes []*route

	mu   sync.Mutex // guards desc, whose compiler is not safe for concurrent use
	desc *description
}

// New reads the embedded description, which takes a few hundredths of a second.
// A schema is compiled when a request first needs it.
func New() (*Checker, error) {
	desc, err := readDescription()
	if err != nil {
		return nil, err
	}
	routes, err := desc.routes()
	if err != nil {
		return nil, err
	}
	return &Checker{routes: routes, desc: desc}, nil
}

// Check returns everything wrong with r, nil if nothing is. Each error is a
// [*Violation]. The order is that of the checks: route, parameters, body, then
// Discord's further rules, which are left out where the body is not what the
// rule is about.
func (c *Checker) Check(r Request) []error {
	path, query, err := splitPath(r.Path)
	if err != nil {
		v := findings{route: r.Method + " " + r.Path}
		v.add("", RuleRoute, "%v", err)
		return v.errs
	}
	rt, args := findRoute(c.routes, r.Method, path)
	if rt == nil {
		v := findings{route: r.Method + " " + path}
		v.add("", RuleRoute, "%s", unknownRoute(c.routes, path))
		return v.errs
	}
	f := &findings{route: rt.name()}
	c.checkParameters(f, rt, args, query)
	if p := c.checkBody(f, rt, r); p != nil {
		checkRules(f, rt.name(), p)
	}
	return f.errs
}
