package contract

import (
	"encoding/json"
	"maps"
	"net/url"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
)

// checkParameters checks the values in the path and in the query.
func (c *Checker) checkParameters(f *findings, rt *route, args map[string]string, query url.Values) {
	unknown := maps.Clone(query)
	for _, p := range rt.parameters {
		values := query[p.Name]
		if p.In == "path" {
			values = []string{args[p.Name]}
		} else {
			delete(unknown, p.Name)
		}
		at := p.In + " " + p.Name
		if len(values) == 0 {
			if p.Required {
				f.add(at, RuleParameter, "missing")
			}
			continue
		}
		c.checkParameter(f, at, p.pointer, values)
	}
	for _, name := range slices.Sorted(maps.Keys(unknown)) {
		f.add("query "+name, RuleParameter, "unknown")
	}
}

// checkParameter accepts values if any reading of them fits the schema. If none
// does it reports what is wrong with the first that has the right type.
func (c *Checker) checkParameter(f *findings, at, pointer string, values []string) {
	schema, err := c.schema(pointer)
	if err != nil {
		f.add(at, RuleParameter, "%v", err)
		return
	}
	var wrong *jsonschema.ValidationError
	for _, v := range readings(values) {
		causes := validate(schema, v)
		if len(causes) == 0 {
			return
		}
		if wrong == nil || isType(wrong) {
			wrong = causes[0]
		}
	}
	f.add(at, RuleParameter, "%q: %s", values, explain(wrong))
}

// readings lists what the values of one parameter can mean: a number, a
// boolean, a text, or the elements of an array, which Discord takes as
// repetitions of the parameter.
func readings(values []string) []any {
	var all []any
	if len(values) == 1 {
		v := values[0]
		if _, err := strconv.ParseInt(v, 10, 64); err == nil {
			all = append(all, json.Number(v))
		}
		switch v { // https://docs.discord.com/developers/reference#boolean-query-strings
		case "True", "true", "1":
			all = append(all, true)
		case "False", "false", "0":
			all = append(all, false)
		}
		all = append(all, v)
	}
	texts, numbers := make([]any, len(values)), make([]any, len(values))
	for i, v := range values {
		texts[i], numbers[i] = v, json.Number(v)
		if _, err := strconv.ParseInt(v, 10, 64); err != nil {
			numbers[i] = v
		}
	}
	return append(all, texts, numbers)
}

func isType(e *jsonschema.ValidationError) bool {
	_, ok := e.ErrorKind.(*kind.Type)
	return ok
}
