package answers

import (
	"fmt"
	"strings"
	"unicode"

	"verbatim/retrieval"
)

// A Style is a form in which a reference is given.
type Style string

// The styles.
const (
	Plain  Style = "plain"  // the citation
	ISO690 Style = "iso690" // NAME, First. Title. Year, p. 12. Available from: …
	BibTeX Style = "bibtex" // an entry of a bibliography
)

// Refer returns the reference of an excerpt in a style, with what is known of its source.
// The link is that of the document's metadata.
func Refer(e Excerpt, style Style) string {
	switch style {
	case ISO690:
		return iso690(e.Excerpt)
	case BibTeX:
		return bibTeX(e.Excerpt)
	}
	return e.Citation
}

// iso690 follows ISO 690:2021: the author with the name first in capitals, the title, the
// date, the place in the text, and where it is to be had. Of what it asks for besides,
// such as a publisher, nothing is known.
func iso690(e retrieval.Excerpt) string {
	d := e.Document
	var parts []string
	add := func(part string) {
		if part = strings.TrimRight(part, ". "); part != "" {
			parts = append(parts, part)
		}
	}
	add(nameFirst(d.Author))
	add(Title(d))
	place := year(d.Date)
	for _, part := range []string{section(d.Title, e.Section), pages(e.Pages) + filePages(e)} {
		if part != "" && place != "" {
			place += ", "
		}
		place += part
	}
	if e.Note != "" {
		place += ", " + noteWord(d.Language) + "\u00A0" + e.Note
	}
	add(strings.TrimPrefix(place, ", "))
	add(pageLink(e))
	return strings.Join(parts, ". ") + "."
}

// nameFirst writes "Alfred Rosmer" as "ROSMER, Alfred". A name that has a comma, several
// people in it, or is one word stays in its order.
func nameFirst(author string) string {
	words := strings.Fields(author)
	if len(words) < 2 || strings.ContainsAny(author, ",;&/") || len(words) > 4 {
		return author
	}
	first, last := words[:len(words)-1], words[len(words)-1]
	for len(first) > 1 && startsLower(first[len(first)-1]) { // de, von, van der
		last = first[len(first)-1] + " " + last
		first = first[:len(first)-1]
	}
	if startsLower(first[0]) { // "the editors" are no name
		return author
	}
	return strings.ToUpper(last) + ", " + strings.Join(first, " ")
}

func startsLower(word string) bool {
	for _, r := range word {
		return unicode.IsLower(r)
	}
	return false
}

// bibTeX writes an entry @misc, for what kind of text it is is not known. Its key is made
// of the author's name and the year.
func bibTeX(e retrieval.Excerpt) string {
	d := e.Document
	var out strings.Builder
	fmt.Fprintf(&out, "@misc{%s", bibKey(e))
	field := func(name, value string) {
		if value != "" {
			fmt.Fprintf(&out, ",\n  %s = {%s}", name, texEscaped(value))
		}
	}
	field("author", d.Author)
	field("title", Title(d))
	field("year", year(d.Date))
	field("pages", strings.TrimPrefix(strings.ReplaceAll(pages(e.Pages), "–", "--"), "p.\u00A0"))
	note := section(d.Title, e.Section)
	if e.Note != "" {
		note = strings.TrimPrefix(note+", "+noteWord(d.Language)+" "+e.Note, ", ")
	}
	field("note", note)
	if link := pageLink(e); link != "" {
		fmt.Fprintf(&out, ",\n  url = {%s}", strings.Map(withoutBraces, link))
	}
	out.WriteString("\n}")
	return out.String()
}

func bibKey(e retrieval.Excerpt) string {
	words := strings.Fields(e.Document.Author)
	name := "text"
	if len(words) > 0 {
		name = words[len(words)-1]
	}
	key := strings.Map(func(r rune) rune {
		if r < unicode.MaxASCII && (unicode.IsLetter(r) || unicode.IsDigit(r)) {
			return unicode.ToLower(r)
		}
		return -1
	}, name+year(e.Document.Date))
	if key == "" {
		return "text"
	}
	return key
}

func withoutBraces(r rune) rune {
	if r == '{' || r == '}' || unicode.IsSpace(r) {
		return -1
	}
	return r
}

// texEscaped writes signs of TeX as themselves.
func texEscaped(text string) string { return texSigns.Replace(text) }

var texSigns = strings.NewReplacer(
	`\`, `\textbackslash{}`, `{`, `\{`, `}`, `\}`, `&`, `\&`, `%`, `\%`, `$`, `\$`, `#`, `\#`, `_`, `\_`,
	`~`, `\textasciitilde{}`, `^`, `\textasciicircum{}`,
)
