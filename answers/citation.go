package answers

import (
	"fmt"
	"regexp"
	"strconv"
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
	add(pages(e.Pages) + filePages(e))
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

// filePages returns " (page 12 of the file)" where a reader would not find the page by its
// label, "" elsewhere.
func filePages(e retrieval.Excerpt) string {
	if len(e.FilePages) == 0 || len(e.FilePages) != len(e.Pages) {
		return ""
	}
	first, last := strconv.Itoa(e.FilePages[0]), strconv.Itoa(e.FilePages[len(e.FilePages)-1])
	if first == e.Pages[0] && last == e.Pages[len(e.Pages)-1] {
		return ""
	}
	number := first
	if last != first {
		number += "–" + last
	}
	form := "page\u00A0%s of the file"
	switch e.Document.Language {
	case "fr":
		form = "page\u00A0%s du fichier"
	case "es":
		form = "página\u00A0%s del archivo"
	case "pt":
		form = "página\u00A0%s do ficheiro"
	case "it":
		form = "pagina\u00A0%s del file"
	case "de":
		form = "Seite\u00A0%s der Datei"
	}
	return " (" + fmt.Sprintf(form, number) + ")"
}

// pageLink returns the link of a document to the page of an excerpt, where the file has
// pages of its own.
func pageLink(e retrieval.Excerpt) string {
	link := e.Document.Link
	if link == "" || len(e.FilePages) == 0 || strings.Contains(link, "#") {
		return link
	}
	return link + "#page=" + strconv.Itoa(e.FilePages[0])
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
