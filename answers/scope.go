package answers

import (
	"encoding/json"
	"slices"

	"verbatim/corpus"
)

// A scope says which courses could be seen where something was asked. What was asked
// there belongs to all of them together: it is for those who see each one. What was
// asked where everything could be seen, or nothing, is for those who see everything.
//
// It is stored as a JSON array of courses in the order of the alphabet, or as *.
type scope struct {
	courses []string
	all     bool
}

const everything = "*" // as a scope is stored

func scopeOf(access corpus.Access) scope {
	courses, all := access.Courses()
	slices.Sort(courses)
	return scope{courses, all || len(courses) == 0}
}

func (s scope) encode() (string, error) {
	if s.all {
		return everything, nil
	}
	data, err := json.Marshal(s.courses)
	return string(data), err
}

func decodeScope(stored string) (scope, error) {
	if stored == everything {
		return scope{all: true}, nil
	}
	var s scope
	err := json.Unmarshal([]byte(stored), &s.courses)
	return s, err
}

// seenBy reports whether an access shows what belongs to the scope.
func (s scope) seenBy(access corpus.Access) bool {
	if _, all := access.Courses(); all {
		return true
	}
	unseen := func(course string) bool { return !access.Sees(course) }
	return !s.all && len(s.courses) > 0 && !slices.ContainsFunc(s.courses, unseen)
}

// course returns the course to which an answer to what was asked there belongs: the one
// that could be seen there if it was one alone, else none.
func (s scope) course() string {
	if len(s.courses) == 1 {
		return s.courses[0]
	}
	return ""
}
