package corpus

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"iter"
	"path"

	"verbatim/corpus/extract"
)

// collectionName is the name of a file that holds many short documents: one JSON
// object a line, with "id", "title" and "text", and what front matter may hold.
const collectionName = "corpus.jsonl"

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

func isCollection(name string) bool { return path.Base(name) == collectionName }

// readCollection yields a draft for each line; documents without text are passed
// over. Their name is their id.
func readCollection(file File) iter.Seq2[Draft, error] {
	return func(yield func(Draft, error) bool) {
		lines := bufio.NewScanner(bytes.NewReader(file.Data))
		lines.Buffer(nil, extract.MaxBytes)
		for n := 1; lines.Scan(); n++ {
			if len(bytes.TrimSpace(lines.Bytes())) == 0 {
				continue
			}
			d, empty, err := readCollected(file, lines.Bytes())
			if err != nil {
				err = fmt.Errorf("%s, line %d: %w", file.Name, n, err)
			}
			if !empty && !yield(d, err) {
				return
			}
		}
		if err := lines.Err(); err != nil {
			yield(Draft{}, fmt.Errorf("%s: %w", file.Name, err))
		}
	}
}

func readCollected(file File, line []byte) (d Draft, empty bool, err error) {
	var c collected
	if err := json.Unmarshal(line, &c); err != nil {
		return d, false, fmt.Errorf("not a JSON object with id, title and text: %w", err)
	}
	if c.ID == "" {
		return d, false, fmt.Errorf("has no id")
	}
	text, err := extract.Plain(c.Text)
	if err != nil {
		return d, err == extract.ErrEmpty, err
	}
	text.Metadata = Metadata{Title: c.Title, Author: c.Author, Date: c.Date, Language: c.Language,
		Course: c.Course, Licence: c.Licence, Link: c.Link}
	return newDraft(File{Name: c.ID, Origin: file.Origin, Data: line}, text), false, nil
}
