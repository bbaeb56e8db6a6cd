package extract

import (
	"regexp"
	"strings"
)

// pageMark is a page mark of our own notes: a line that holds nothing else.
var pageMark = regexp.MustCompile(`(?m)^[ \t]*<!--[ \t]*page[ \t]+(\S{1,16})[ \t]*-->[ \t]*\r?$`)

// Plain reads plain text that is not in a file of its own, such as a line of a
// collection. It has no front matter.
func Plain(s string) (Text, error) {
	source, err := decode([]byte(s))
	if err != nil {
		return Text{}, err
	}
	text := plain(source, 0)
	if strings.TrimSpace(text.Source) == "" {
		return Text{}, ErrEmpty
	}
	text.look()
	return text, nil
}

// readPlain reads a file of plain text.
func readPlain(_ *Reader, data []byte) (Text, error) {
	source, front, body, err := splitFront(data)
	if err != nil {
		return Text{}, err
	}
	text := plain(source, body)
	text.Metadata = front
	return text, nil
}

// splitFront decodes a file of text and reads its front matter.
func splitFront(data []byte) (source string, front Metadata, body int, err error) {
	if source, err = decode(data); err == nil {
		front, body, err = splitFrontMatter(source)
	}
	return source, front, body, err
}

// plain reads plain text, whose source text is the file itself. The text proper
// begins at body. Page marks are skipped.
func plain(source string, body int) Text {
	text := Text{Source: source}
	if body > 0 {
		text.Skipped = append(text.Skipped, Range{0, body})
	}
	for _, m := range pageMark.FindAllStringSubmatchIndex(source[body:], -1) {
		mark := Range{body + m[0], body + m[1]}
		text.Skipped = append(text.Skipped, mark)
		text.Pages = append(text.Pages, Page{At: mark.End, Sure: mark.End, Label: source[body+m[2] : body+m[3]]})
	}
	if text.onlySkipped() {
		text.Source = ""
	}
	return text
}

// WithoutPageMarks returns a piece of plain text without the page marks in it.
func WithoutPageMarks(s string) string { return pageMark.ReplaceAllString(s, "") }

// onlySkipped reports whether nothing but white space is left of the text.
func (t Text) onlySkipped() bool {
	at := 0
	for _, skip := range t.Skipped {
		if strings.TrimSpace(t.Source[at:skip.Start]) != "" {
			return false
		}
		at = skip.End
	}
	return strings.TrimSpace(t.Source[at:]) == ""
}
