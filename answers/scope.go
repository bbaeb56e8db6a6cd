package answers

import (
	"encoding/json"

	"verbatim/config/database"
	"verbatim/corpus"
)

// What was asked with an access belongs to all that this shows together: it is for those
// who see all of it. What was asked where nothing can be seen is for those who see
// everything.
//
// A scope is such an access as it is stored: * for everything, else a JSON object,
// {"only": ["a", "b"]} or {"but": ["c"]}.
type scope struct {
	Only []string `json:"only,omitempty"`
	But  []string `json:"but,omitempty"`
}

const everything = "*" // as a scope is stored

// scopeOf returns an access as it is stored.
func scopeOf(access corpus.Access) (string, error) {
	courses, but := access.Courses()
	if len(courses) == 0 {
		return everything, nil
	}
	s := scope{Only: courses}
	if but {
		s = scope{But: courses}
	}
	data, err := json.Marshal(s)
	return string(data), err
}

// accessOf is the reverse of scopeOf.
func accessOf(guild, stored string) (corpus.Access, error) {
	if stored == everything {
		return corpus.Everything(guild), nil
	}
	var s scope
	if err := database.Decode(stored, &s); err != nil {
		return corpus.Access{}, err
	}
	if len(s.But) > 0 {
		return corpus.AllBut(guild, s.But...), nil
	}
	return corpus.Only(guild, s.Only...), nil
}

// courseOf returns the course to which an answer to what was asked with an access
// belongs: the one that it shows if it is one alone, else none.
func courseOf(access corpus.Access) string {
	if courses, but := access.Courses(); !but && len(courses) == 1 {
		return courses[0]
	}
	return ""
}
