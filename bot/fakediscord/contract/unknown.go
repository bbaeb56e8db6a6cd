package contract

import (
	"maps"
	"slices"
	"strconv"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// unknownFields returns the pointers of all object members of value that schema
// does not define, in order. Where value is like no branch of a union, nobody
// can tell which fields exist, and none is reported: the union's own error says
// enough. allOf is not followed: no request body puts an object together with it.
func unknownFields(schema *jsonschema.Schema, value any) []string {
	k := known{}
	k.walk(schema, value, "")
	return k.missing(value, "", nil)
}

// known holds the pointers of members that some schema defines. The value is
// true if everything below the pointer counts as defined.
type known map[string]bool

// walk notes what s defines at the place of value, which is at the pointer at.
func (k known) walk(s *jsonschema.Schema, value any, at string) {
	if s == nil || !isContainer(value) {
		return
	}
	k.walk(s.Ref, value, at)
	k.walkUnion(s.OneOf, value, at)
	k.walkUnion(s.AnyOf, value, at)
	switch value := value.(type) {
	case map[string]any:
		k.walkObject(s, value, at)
	case []any:
		for i, item := range value {
			k.walk(s.Items2020, item, at+"/"+strconv.Itoa(i))
		}
	}
}

func isContainer(value any) bool {
	switch value.(type) {
	case map[string]any, []any:
		return true
	}
	return false
}

// walkUnion follows the branches that are about values like value; if they are
// several, those that value matches.
func (k known) walkUnion(branches []*jsonschema.Schema, value any, at string) {
	if len(branches) == 0 {
		return
	}
	var meant []*jsonschema.Schema
	for _, b := range branches {
		if isAbout(b, value) {
			meant = append(meant, b)
		}
	}
	if len(meant) > 1 {
		meant = slices.DeleteFunc(meant, func(b *jsonschema.Schema) bool { return b.Validate(value) != nil })
	}
	if len(meant) == 0 {
		k[at] = true
	}
	for _, b := range meant {
		k.walk(b, value, at)
	}
}

// isAbout tells at a glance whether s is meant for values like value: of the
// same JSON type and, for an object, with the same "type".
func isAbout(s *jsonschema.Schema, value any) bool {
	for s.Ref != nil {
		s = s.Ref
	}
	object, ok := value.(map[string]any)
	if !ok {
		return s.Types == nil || slices.Contains(s.Types.ToStrings(), "array")
	}
	if s.Types != nil && !slices.Contains(s.Types.ToStrings(), "object") {
		return false
	}
	kind := s.Properties["type"]
	return kind == nil || kind.Enum == nil || slices.Contains(kind.Enum.Values, object["type"])
}

func (k known) walkObject(s *jsonschema.Schema, object map[string]any, at string) {
	others, _ := s.AdditionalProperties.(*jsonschema.Schema)
	for name, member := range object {
		sub := s.Properties[name]
		if sub == nil {
			sub = others
		}
		if sub != nil {
			p := at + "/" + escapePointer(name)
			if _, ok := k[p]; !ok {
				k[p] = false
			}
			k.walk(sub, member, p)
		}
	}
}

// missing appends the pointers of members that walk did not note.
func (k known) missing(value any, at string, found []string) []string {
	if k[at] {
		return found
	}
	switch value := value.(type) {
	case map[string]any:
		for _, name := range slices.Sorted(maps.Keys(value)) {
			p := at + "/" + escapePointer(name)
			if _, ok := k[p]; !ok {
				found = append(found, p)
				continue
			}
			found = k.missing(value[name], p, found)
		}
	case []any:
		for i, item := range value {
			found = k.missing(item, at+"/"+strconv.Itoa(i), found)
		}
	}
	return found
}
