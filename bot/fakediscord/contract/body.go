package contract

import (
	"bytes"
	"encoding/json"
	"mime"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

const (
	jsonType = "application/json"
	formType = "multipart/form-data"

	maxRequest = 25 << 20 // DOCS/reference#uploading-files
	maxFile    = 10 << 20
)

// payload is the body of a request as the rules get it. Each of them decodes the
// few fields that it needs.
type payload struct {
	json     json.RawMessage
	hasFiles bool
}

// checkBody checks the body against the operation, and returns it if it is JSON.
func (c *Checker) checkBody(f *findings, rt *route, r Request) *payload {
	switch {
	case rt.body == nil && len(r.Body) > 0:
		f.add("", RuleBody, "takes no body, has %d bytes", len(r.Body))
		return nil
	case rt.body == nil:
		return nil
	case len(r.Body) == 0:
		if rt.body.Required {
			f.add("", RuleBody, "missing")
		}
		return nil
	case len(r.Body) > maxRequest:
		f.add("", RuleFile, "request of %d bytes, at most %d", len(r.Body), maxRequest)
		return nil
	}
	header := r.Header.Get("Content-Type")
	media, params, err := mime.ParseMediaType(header)
	if err != nil {
		f.add("", RuleBody, "Content-Type %q: %v", header, err)
		return nil
	}
	if _, ok := rt.body.Content[media]; !ok {
		f.add("", RuleBody, "does not take Content-Type %s", media)
		return nil
	}
	switch media {
	case jsonType:
		return c.checkJSON(f, rt, r.Body, false)
	case formType:
		return c.checkForm(f, rt, r.Body, params["boundary"])
	}
	f.add("", RuleBody, "this package cannot read %s", media)
	return nil
}

// checkJSON checks text against the operation's JSON schema. It returns nil if
// text is not JSON.
func (c *Checker) checkJSON(f *findings, rt *route, text []byte, hasFiles bool) *payload {
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(text))
	if err != nil {
		f.add("", RuleBody, "not JSON: %v", err)
		return nil
	}
	c.checkValue(f, rt, jsonType, value)
	return &payload{json: text, hasFiles: hasFiles}
}

func (c *Checker) checkValue(f *findings, rt *route, media string, value any) {
	schema, err := c.schema(rt.pointer + "/requestBody/content/" + escapePointer(media) + "/schema")
	if err != nil {
		f.add("", RuleSchema, "%v", err)
		return
	}
	checkSchema(f, schema, value)
}
