package extract

import (
	"regexp"
	"strings"
)

// A markdownNote is a note's label and its body in Markdown.
type markdownNote struct{ label, body string }

var (
	noteStart = regexp.MustCompile(`^ {0,3}\[\^([^\]\s]{1,100})\]:[ \t]*`)
	fence     = regexp.MustCompile("^ {0,3}(```+|~~~+)")
)

// splitNotes takes the bodies of notes ("[^1]: …", with lines that go on indented
// or without an empty line between) out of a Markdown text. Of two bodies with one
// label both stay notes.
func splitNotes(source string) (body string, notes []markdownNote) {
	var rest strings.Builder
	var note *strings.Builder // the body that is being read
	fenced, blank := "", false
	finish := func() {
		if note != nil {
			notes[len(notes)-1].body = note.String()
			note = nil
		}
	}
	for line := range strings.Lines(source) {
		m := noteStart.FindStringSubmatch(line)
		empty := strings.TrimSpace(line) == ""
		indented := strings.HasPrefix(line, "    ") || strings.HasPrefix(line, "\t")
		switch {
		case m != nil && fenced == "":
			finish()
			note = new(strings.Builder)
			note.WriteString(line[len(m[0]):])
			notes = append(notes, markdownNote{label: m[1]})
		case note != nil && (empty || indented || !blank && !startsBlock(line)):
			note.WriteString(strings.TrimPrefix(strings.TrimPrefix(line, "    "), "\t"))
		default:
			finish()
			fenced = nextFence(fenced, line)
			rest.WriteString(line)
		}
		if note != nil && (m != nil || empty) {
			rest.WriteString("\n") // what stood on both sides stays two blocks
		}
		blank = empty
	}
	finish()
	return rest.String(), notes
}

// startsBlock reports whether a line ends the paragraph before it.
func startsBlock(line string) bool {
	return strings.HasPrefix(line, "#") || strings.HasPrefix(line, "<!--") || fence.MatchString(line)
}

// nextFence returns the fence of code that is open after line, "" for none.
func nextFence(open, line string) string {
	m := fence.FindStringSubmatch(line)
	switch {
	case m == nil:
		return open
	case open == "":
		return m[1]
	case strings.HasPrefix(m[1], open) && strings.TrimSpace(line) == m[1]:
		return ""
	}
	return open
}
