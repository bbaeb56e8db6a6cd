// Package foreign has questions on everyday subjects, from cooking to the pyramids, in
// six languages: what people ask that a guild's texts most likely do not answer. A guild
// is asked them to find out how well a question can seem to fit that does not belong.
//
// Each language has a file:
//
//	what is *                     ways to ask about a thing, one a line
//	== cooking                    a subject, whose lines go up to the next one
//	* mayonnaise | sourdough bread    its things
//	how do i {keep|freeze} {rice|figs}    its own questions, with alternatives
//
// Alternatives may also stand in ways to ask, but not within alternatives.
package foreign

import (
	"embed"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// A Question is one of those of a subject.
type Question struct {
	Subject string
	Text    string
}

// Numbers of the questions of a subject.
const (
	onThings   = 24 // made of a way to ask and a thing
	ofEachLine = 16 // of each of its own lines, or fewer if it has no more alternatives
)

//go:embed *.txt
var files embed.FS

// Languages are those that there are questions in (ISO 639-1).
var Languages = []string{"de", "en", "es", "fr", "it", "pt"}

// Questions returns about a thousand questions in a language, the same ones each time
// and none twice; none in a language that is not one of Languages. Half of them are
// written with care, a quarter without capitals and question mark, a quarter without
// accents too.
func Questions(language string) []Question {
	data, err := files.ReadFile(language + ".txt")
	if err != nil {
		return nil
	}
	var all []Question
	seen := map[string]bool{}
	add := func(subject, text string) {
		if !seen[text] {
			seen[text] = true
			all = append(all, Question{subject, typed(text, len(all))})
		}
	}
	var ways []string
	subject, subjects := "", 0
	for line := range strings.Lines(string(data)) {
		line = strings.TrimSpace(line)
		name, opens := strings.CutPrefix(line, "== ")
		list, isList := strings.CutPrefix(line, "* ")
		switch {
		case line == "" || strings.HasPrefix(line, "#"):
		case opens:
			subject = name
		case subject == "":
			ways = append(ways, line)
		case isList:
			things := strings.Split(list, " | ")
			subjects++
			for i := range onThings {
				// Another way to ask each time round the things, and in each subject.
				way := ways[(i+i/len(things)+subjects)%len(ways)]
				add(subject, alternative(strings.Replace(way, "*", things[i%len(things)], 1), i))
			}
		default:
			for i := range ofEachLine {
				add(subject, alternative(line, i))
			}
		}
	}
	return all
}

// alternative returns the line with one of the alternatives at each of its places. The
// first n of them, for n up to their number, differ in the first place, and when it
// begins again, in the next.
func alternative(line string, n int) string {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(line, "{")
		out.WriteString(before)
		if !found {
			return out.String()
		}
		inside, after, _ := strings.Cut(rest, "}")
		choices := strings.Split(inside, "|")
		out.WriteString(choices[n%len(choices)])
		n += n / len(choices)
		line = after
	}
}

// typed returns a question as it may be typed, in one of four ways.
func typed(text string, way int) string {
	switch way % 4 {
	case 1:
		return strings.ToLower(strings.Trim(text, "¿? "))
	case 3:
		return withoutAccents(strings.ToLower(strings.Trim(text, "¿? ")))
	}
	return text
}

func withoutAccents(text string) string {
	drop := func(r rune) rune {
		if unicode.Is(unicode.Mn, r) {
			return -1
		}
		return r
	}
	return strings.Map(drop, norm.NFD.String(text))
}
