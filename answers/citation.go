package answers

import (
	"regexp"
	"strings"
	"unicode"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// cite returns the citation of an excerpt: author, title, year, section, pages and
// note, those that are known. It reads the same in French, Spanish and English but
// for the word for a note, which is the document's own.
func cite(e retrieval.Excerpt) string {
	d := e.Document
	var parts []string
	add := func(part string) {
		if part != "" {
			parts = append(parts, part)
		}
	}
	add(d.Author)
	add(Title(d))
	add(year(d.Date))
	add(section(d.Title, e.Section))
	add(pages(e.Pages))
	if e.Note != "" {
		add(noteWord(d.Language) + "\u00A0" + e.Note)
	}
	return strings.Join(parts, ", ")
}

// Title returns what a document is called: its title, or its name if nothing of the title
// can be seen.
func Title(d corpus.Document) string {
	unseen := func(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }
	if strings.TrimFunc(d.Title, unseen) == "" {
		return d.Name
	}
	return d.Title
}

var fourDigits = regexp.MustCompile(`\b\d{4}\b`)

// year returns the year of a date as it is written in front matter, or all of it
// when it names none.
func year(date string) string {
	if y := fourDigits.FindString(date); y != "" {
		return y
	}
	return date
}

// section returns the path of headings, without one that only repeats the title.
func section(title string, headings []string) string {
	if len(headings) > 0 && strings.EqualFold(headings[0], title) {
		headings = headings[1:]
	}
	return strings.Join(headings, " › ")
}

// pages returns "p. 48" or "p. 48–49".
func pages(labels []string) string {
	switch len(labels) {
	case 0:
		return ""
	case 1:
		return "p.\u00A0" + labels[0]
	}
	return "p.\u00A0" + labels[0] + "–" + labels[len(labels)-1]
}

// noteWord is the word for a footnote in a language.
func noteWord(language string) string {
	switch language {
	case "es", "it", "pt":
		return "nota"
	case "de":
		return "Anm."
	}
	return "note"
}
