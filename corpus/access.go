package corpus

// An Access is what an asker may see now: some or all courses of one guild. Every
// function that reads documents takes one. The zero Access sees nothing.
type Access struct {
	guild   string
	all     bool
	courses map[string]bool
}

// Everything is the access to all documents of a guild, whatever their course.
func Everything(guild string) Access {
	return Access{guild: guild, all: true}
}

// Only is the access to the documents of the named courses of a guild. The course
// "" stands for documents without one.
func Only(guild string, courses ...string) Access {
	a := Access{guild: guild, courses: map[string]bool{}}
	for _, c := range courses {
		a.courses[c] = true
	}
	return a
}

// Guild returns the guild that a is an access to.
func (a Access) Guild() string { return a.guild }

// Sees reports whether documents of the course can be seen.
func (a Access) Sees(course string) bool { return a.all || a.courses[course] }

// Courses returns the courses that can be seen, in no order, and whether these are
// all there are, in which case the list is nil.
func (a Access) Courses() (courses []string, all bool) {
	if a.all {
		return nil, true
	}
	for c := range a.courses {
		courses = append(courses, c)
	}
	return courses, false
}
