package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"iter"
	"path"
	"strings"
	"unicode/utf8"

	"verbatim/corpus/extract"
)

// CollectionName is the name of a file that holds many short documents: one JSON
// object a line, with "id", "title" and "text", and what front matter may hold.
const CollectionName = "corpus.jsonl"

// A collected document is a line of a collection.
type collected struct {
	ID       string `json:"id"`
	Title    string `json:"title"`
	Text     string `json:"text"`
	Author   string `json:"author"`
	Date     string `json:"date"`
	Language string `json:"language"`
	Course   string `json:"course"`
	Licence  string `json:"licence"`
	Link     string `json:"link"`
}

func isCollection(name string) bool { return path.Base(name) == CollectionName }

// readCollection yields a draft for each line; documents without text are passed
// over, and those that are unchanged. Their name is their id.
func readCollection(file File, unchanged func(File) bool) iter.Seq2[Draft, error] {
	return func(yield func(Draft, error) bool) {
		lines := bufio.NewScanner(bytes.NewReader(file.Data))
		lines.Buffer(nil, extract.MaxBytes)
		for n := 1; lines.Scan(); n++ {
			if len(bytes.TrimSpace(lines.Bytes())) == 0 {
				continue
			}
			d, err := readCollected(file, lines.Bytes(), unchanged)
			if errors.Is(err, errNothing) {
				continue
			}
			if err != nil {
				err = fmt.Errorf("%s, line %d: %w", file.Name, n, err)
			}
			if !yield(d, err) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(Draft{}, fmt.Errorf("%s: %w", file.Name, err))
		}
	}
}

// errNothing is returned for a line that needs no reading.
var errNothing = errors.New("nothing to read")

func readCollected(file File, line []byte, unchanged func(File) bool) (Draft, error) {
	c, err := parseCollected(line)
	if err != nil {
		return Draft{}, err
	}
	document := File{Name: c.ID, Origin: file.Origin, Data: line}
	if unchanged(document) {
		return Draft{}, errNothing
	}
	text, err := extract.Plain(c.Text)
	if errors.Is(err, extract.ErrEmpty) {
		return Draft{}, errNothing
	}
	if err != nil {
		return Draft{}, err
	}
	text.Metadata = Metadata{Title: c.Title, Author: c.Author, Date: c.Date, Language: c.Language,
		Course: c.Course, Licence: c.Licence, Link: c.Link}
	return newDraft(document, text), nil
}

// parseCollected reads a line, and refuses what would have to be replaced in it.
func parseCollected(line []byte) (collected, error) {
	var c collected
	if !utf8.Valid(line) {
		return c, extract.ErrEncoding
	}
	if err := json.Unmarshal(line, &c); err != nil {
		return c, fmt.Errorf("not a JSON object with id, title and text: %w", err)
	}
	if c.ID == "" {
		return c, errors.New("has no id: give each document one")
	}
	if err := checkName(c.ID); err != nil {
		return c, fmt.Errorf("id %w", err)
	}
	for key, value := range map[string]*string{"title": &c.Title, "author": &c.Author, "date": &c.Date, "language": &c.Language,
		"course": &c.Course, "licence": &c.Licence, "link": &c.Link} {
		*value = strings.Join(strings.Fields(*value), " ")
		if err := extract.CheckValue(*value); err != nil {
			return c, fmt.Errorf("%s %w", key, err)
		}
	}
	return c, nil
}
