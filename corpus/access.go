package corpus

import (
	"maps"
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// An Access is what an asker may see now: some or all courses of one guild. Every
// function that reads documents takes one. The zero Access sees nothing.
type Access struct {
	guild   string
	all     bool            // but for what is closed
	closed  map[string]bool // keys of courses
	courses map[string]bool // likewise, unless all
}

// courseKey returns what tells one course from another: its name, however it is spaced,
// composed, or written large or small, so that no slip of the pen opens a course.
func courseKey(name string) string {
	return norm.NFC.String(strings.ToLower(strings.Join(strings.Fields(name), " ")))
}

// Everything is the access to all documents of a guild, whatever their course: that of
// its moderators, and of the machine.
func Everything(guild string) Access {
	return Access{guild: guild, all: true}
}

// AllBut is the access to all documents of a guild but those of the named courses. The
// course "" stands for documents without one.
func AllBut(guild string, courses ...string) Access {
	return Access{guild: guild, all: true, closed: setOf(courses)}
}

// Only is the access to the documents of the named courses of a guild. The course
// "" stands for documents without one.
func Only(guild string, courses ...string) Access {
	return Access{guild: guild, courses: setOf(courses)}
}

func setOf(courses []string) map[string]bool {
	set := map[string]bool{}
	for _, c := range courses {
		set[courseKey(c)] = true
	}
	return set
}

// Guild returns the guild that a is an access to.
func (a Access) Guild() string { return a.guild }

// Sees reports whether documents of the course can be seen.
func (a Access) Sees(course string) bool {
	if a.SeesAll() {
		return true
	}
	key := courseKey(course)
	return a.all && !a.closed[key] || a.courses[key]
}

// SeesAll reports whether every document of the guild can be seen, whatever its course.
func (a Access) SeesAll() bool { return a.all && len(a.closed) == 0 }

// Equal reports whether two accesses show the same.
func (a Access) Equal(b Access) bool {
	return a.guild == b.guild && a.all == b.all && maps.Equal(a.closed, b.closed) && maps.Equal(a.courses, b.courses)
}

// Courses returns the courses that can be seen, in lower case and sorted, or with but
// those that alone can't be.
func (a Access) Courses() (courses []string, but bool) {
	if a.all {
		return slices.Sorted(maps.Keys(a.closed)), true
	}
	return slices.Sorted(maps.Keys(a.courses)), false
}

// Covers reports whether an access shows whatever another shows.
func (a Access) Covers(b Access) bool {
	if a.guild != b.guild || b.all && !a.all {
		return false
	}
	for course := range a.closed {
		if b.Sees(course) {
			return false
		}
	}
	for course := range b.courses {
		if !a.Sees(course) {
			return false
		}
	}
	return true
}
