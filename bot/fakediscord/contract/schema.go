package contract

import (
	"errors"
	"slices"
	"strings"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/santhosh-tekuri/jsonschema/v6/kind"
	"golang.org/x/text/language"
	xmessage "golang.org/x/text/message"
)

// checkSchema reports where value departs from schema, and fields that schema
// does not know.
func checkSchema(f *findings, schema *jsonschema.Schema, value any) {
	for _, e := range validate(schema, value) {
		f.add(pointerOf(e), RuleSchema, "%s", explain(e))
	}
	for _, at := range unknownFields(schema, value) {
		f.add(at, RuleUnknown, "the schema has no such field")
	}
}

// validate returns the innermost causes why value does not match, nil if it does.
func validate(schema *jsonschema.Schema, value any) []*jsonschema.ValidationError {
	var e *jsonschema.ValidationError
	if !errors.As(schema.Validate(value), &e) {
		return nil
	}
	return leaves(e)
}

// leaves flattens an error tree. Of a union it keeps the causes of the branch
// that was meant, so that a wrong button is not also reported as no select; the
// error of the union itself is kept if no branch was meant.
func leaves(e *jsonschema.ValidationError) []*jsonschema.ValidationError {
	if len(e.Causes) == 0 {
		return []*jsonschema.ValidationError{e}
	}
	switch e.ErrorKind.(type) {
	case *kind.OneOf, *kind.AnyOf:
		if meant := meantBranch(e); meant != nil {
			return meant
		}
		return []*jsonschema.ValidationError{e}
	}
	var all []*jsonschema.ValidationError
	for _, cause := range e.Causes {
		all = append(all, leaves(cause)...)
	}
	return all
}

// meantBranch returns the causes of the branch with the fewest, among those
// whose type fits the value.
func meantBranch(union *jsonschema.ValidationError) []*jsonschema.ValidationError {
	var best []*jsonschema.ValidationError
	for _, branch := range union.Causes {
		causes := leaves(branch)
		if slices.ContainsFunc(causes, func(c *jsonschema.ValidationError) bool { return otherType(union, c) }) {
			continue
		}
		if best == nil || len(causes) < len(best) {
			best = causes
		}
	}
	return best
}

// otherType tells whether a cause below a union says that the value is of
// another kind altogether: of another JSON type, or with another "type" field.
func otherType(union, cause *jsonschema.ValidationError) bool {
	below := cause.InstanceLocation[len(union.InstanceLocation):]
	switch cause.ErrorKind.(type) {
	case *kind.Type:
		return len(below) == 0
	case *kind.Enum, *kind.Const:
		return len(below) == 0 || len(below) == 1 && below[0] == "type"
	}
	return false
}

func pointerOf(e *jsonschema.ValidationError) string {
	var b strings.Builder
	for _, segment := range e.InstanceLocation {
		b.WriteByte('/')
		b.WriteString(escapePointer(segment))
	}
	return b.String()
}

// explain says what e is about. A union that no branch of fits has a
// description of its own, because its causes are about other kinds of value.
func explain(e *jsonschema.ValidationError) string {
	if len(e.Causes) > 0 {
		return "matches none of the alternatives"
	}
	return e.ErrorKind.LocalizedString(xmessage.NewPrinter(language.English))
}
