package contract

import (
	"cmp"
	"fmt"
	"net/url"
	"slices"
	"strings"
)

// The parts of the description that routing needs.
type (
	pathItem struct {
		Parameters []parameter `json:"parameters"`
		Get        *operation  `json:"get"`
		Put        *operation  `json:"put"`
		Post       *operation  `json:"post"`
		Patch      *operation  `json:"patch"`
		Delete     *operation  `json:"delete"`
	}
	operation struct {
		Parameters []parameter  `json:"parameters"`
		Body       *requestBody `json:"requestBody"`
	}
	parameter struct {
		Name     string `json:"name"`
		In       string `json:"in"` // "path" or "query"
		Required bool   `json:"required"`
		pointer  string // where its schema is
	}
	requestBody struct {
		Required bool                `json:"required"`
		Content  map[string]struct{} `json:"content"` // by media type
	}
)

// route is one operation: a method on a template of paths.
type route struct {
	method, template string
	segments         []string
	pointer          string // of the operation
	parameters       []parameter
	body             *requestBody // nil if it takes none
}

func (r *route) name() string { return r.method + " " + r.template }

// newRoutes sorts by template. That puts "/messages/@original" before
// "/messages/{message_id}", because "{" comes after all characters that occur
// in a literal segment, and so makes the first route that matches the right one.
func newRoutes(paths map[string]pathItem) []*route {
	var routes []*route
	for template, item := range paths {
		at := "/paths/" + escapePointer(template)
		for method, op := range item.operations() {
			routes = append(routes, &route{
				method:     strings.ToUpper(method),
				template:   template,
				segments:   strings.Split(template, "/"),
				pointer:    at + "/" + method,
				parameters: append(located(item.Parameters, at), located(op.Parameters, at+"/"+method)...),
				body:       op.Body,
			})
		}
	}
	slices.SortFunc(routes, func(a, b *route) int {
		return cmp.Or(strings.Compare(a.template, b.template), strings.Compare(a.method, b.method))
	})
	return routes
}

func (p *pathItem) operations() map[string]*operation {
	all := map[string]*operation{"get": p.Get, "put": p.Put, "post": p.Post, "patch": p.Patch, "delete": p.Delete}
	for method, op := range all {
		if op == nil {
			delete(all, method)
		}
	}
	return all
}

func located(params []parameter, at string) []parameter {
	for i := range params {
		params[i].pointer = fmt.Sprintf("%s/parameters/%d/schema", at, i)
	}
	return params
}

// splitPath takes the version prefix and the query off a path.
func splitPath(s string) (path string, query url.Values, err error) {
	path, raw, _ := strings.Cut(s, "?")
	if rest, ok := strings.CutPrefix(path, "/api/"); ok {
		if path, ok = strings.CutPrefix(rest, "v10"); !ok {
			return "", nil, fmt.Errorf("the description is of /api/v10")
		}
	}
	query, err = url.ParseQuery(raw)
	if err != nil {
		return "", nil, fmt.Errorf("query: %w", err)
	}
	return path, query, nil
}

// findRoute returns the route and the values of its path parameters.
func findRoute(routes []*route, method, path string) (*route, map[string]string) {
	segments := strings.Split(path, "/")
	for _, r := range routes {
		if r.method != method {
			continue
		}
		if args, ok := matchPath(r.segments, segments); ok {
			return r, args
		}
	}
	return nil, nil
}

// matchPath compares segment by segment; an empty segment is no parameter.
func matchPath(template, path []string) (map[string]string, bool) {
	if len(template) != len(path) {
		return nil, false
	}
	args := map[string]string{}
	for i, t := range template {
		value, err := url.PathUnescape(path[i])
		name, isParam := strings.CutPrefix(t, "{")
		switch {
		case err != nil, isParam && value == "", !isParam && value != t:
			return nil, false
		case isParam:
			args[strings.TrimSuffix(name, "}")] = value
		}
	}
	return args, true
}

// unknownRoute explains why path has no route for a method.
func unknownRoute(routes []*route, path string) string {
	segments := strings.Split(path, "/")
	for _, r := range routes {
		if _, ok := matchPath(r.segments, segments); ok {
			return "method not allowed for " + r.template
		}
	}
	return "unknown path"
}
