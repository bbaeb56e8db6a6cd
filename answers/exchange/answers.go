package exchange

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

var answerColumns = []string{"id", "revision", "question", "wordings", "answer", "sources", "course", "language"}

// ReadAnswers reads a file of curated answers. Notice, if there is one, is for who gave
// the file. The error is of type Problems.
func ReadAnswers(data []byte, f Format) (read []Answer, notice string, err error) {
	records, notice, err := readRecords(data, f, answerColumns, "")
	var problems Problems
	if err != nil && !errors.As(err, &problems) {
		return nil, notice, err
	}
	for _, r := range records {
		read = append(read, problems.answer(r))
	}
	return read, notice, problems.err()
}

// readRecords reads a file in any format. It may return both records and Problems.
func readRecords(data []byte, f Format, columns []string, several string) ([]record, string, error) {
	text, notice, err := decode(data, f)
	if err != nil {
		return nil, notice, err
	}
	var records []record
	if f == CSV {
		records, err = readTable(text, columns, several)
	} else {
		records, err = readTree(text, f, columns)
	}
	return records, notice, err
}

func (p *Problems) answer(r record) Answer {
	a := Answer{Row: r.row, ID: strings.TrimSpace(p.text(r, "id")), Revision: p.revision(r)}
	a.Question = p.optional(r, "question")
	a.Answer = p.optional(r, "answer")
	a.Course = p.optional(r, "course")
	a.Language = p.optional(r, "language")
	if f, found := r.fields["wordings"]; found {
		wordings := f.items()
		a.Wordings = &wordings
	}
	if f, found := r.fields["sources"]; found {
		sources := f.sources
		if !f.isList {
			sources = nil
			for _, text := range f.items() {
				source, err := parseSource(text)
				if err != nil {
					p.add(r.row, "sources", "%v", err)
				}
				sources = append(sources, source)
			}
		}
		a.Sources = &sources
	}
	return a
}

// optional returns a field that is no list, and nil for one that was not given.
func (p *Problems) optional(r record, name string) *string {
	if _, found := r.fields[name]; !found {
		return nil
	}
	text := p.text(r, name)
	return &text
}

// text returns a field that is no list.
func (p *Problems) text(r record, name string) string {
	if r.fields[name].isList {
		p.add(r.row, name, "it is a list: write one text")
	}
	return r.fields[name].text
}

func (p *Problems) revision(r record) int {
	text := strings.TrimSpace(p.text(r, "revision"))
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 {
		p.add(r.row, "revision", "%.40q is no number of a revision: leave it as it was exported, or empty", text)
	}
	return n
}

// items returns the items of a list, which in a table are the lines of a cell.
func (f field) items() []string {
	if f.isList {
		return f.list
	}
	var items []string
	for item := range strings.SplitSeq(f.text, "\n") {
		if item = strings.TrimSpace(item); item != "" {
			items = append(items, item)
		}
	}
	return items
}

// A writtenAnswer is an Answer in YAML and JSON.
type writtenAnswer struct {
	ID       string   `yaml:"id,omitempty" json:"id,omitempty"`
	Revision int      `yaml:"revision,omitempty" json:"revision,omitempty"`
	Question string   `yaml:"question" json:"question"`
	Wordings []string `yaml:"wordings" json:"wordings"`
	Answer   string   `yaml:"answer" json:"answer"`
	Sources  []Source `yaml:"sources" json:"sources"`
	Course   string   `yaml:"course" json:"course"`
	Language string   `yaml:"language" json:"language"`
}

// written returns an answer in which nothing is nil.
func (a Answer) written() writtenAnswer {
	return writtenAnswer{a.ID, a.Revision, *a.Question, *a.Wordings, *a.Answer, *a.Sources, *a.Course, *a.Language}
}

// WriteAnswers writes a file of curated answers that have all parts.
func WriteAnswers(out io.Writer, f Format, all []Answer) error {
	written := []writtenAnswer{}
	for _, a := range all {
		written = append(written, a.written())
	}
	if f != CSV {
		return writeTree(out, f, written)
	}
	rows := [][]string{answerColumns}
	for _, a := range written {
		var sources []string
		for _, s := range a.Sources {
			sources = append(sources, s.String())
		}
		rows = append(rows, []string{a.ID, strconv.Itoa(a.Revision), a.Question, strings.Join(a.Wordings, "\n"), a.Answer,
			strings.Join(sources, "\n"), a.Course, a.Language})
	}
	return writeTable(out, rows)
}

// WriteAnswer writes one answer as YAML.
func WriteAnswer(out io.Writer, a Answer) error { return writeTree(out, YAML, a.written()) }

func writeTree(out io.Writer, f Format, value any) error {
	if f == YAML {
		encoder := yaml.NewEncoder(out)
		encoder.SetIndent(2)
		return errors.Join(encoder.Encode(value), encoder.Close())
	}
	var buffer bytes.Buffer
	encoder := json.NewEncoder(&buffer)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	if err := encoder.Encode(value); err != nil {
		return err
	}
	_, err := out.Write(buffer.Bytes())
	return err
}

// String returns a source as a line of a cell.
func (s Source) String() string {
	if s.Document == "" {
		if strings.HasPrefix(s.Text, ">") || strings.HasPrefix(s.Text, `\`) {
			return `\` + s.Text
		}
		return s.Text
	}
	name := s.Document
	if strings.Contains(name, ": ") || strings.HasPrefix(name, `"`) {
		name = strconv.Quote(name)
	}
	return "> " + name + ": " + s.Quote
}

// parseSource is the reverse of String.
func parseSource(text string) (Source, error) {
	rest, isQuote := strings.CutPrefix(text, ">")
	if !isQuote {
		return Source{Text: strings.TrimPrefix(text, `\`)}, nil
	}
	rest = strings.TrimSpace(rest)
	wrong := fmt.Errorf("%.60q: after > write the name of a document, a colon and a space, and the quote", text)
	if quoted, err := strconv.QuotedPrefix(rest); err == nil {
		name, err := strconv.Unquote(quoted)
		quote, found := strings.CutPrefix(rest[len(quoted):], ": ")
		if err != nil || !found {
			return Source{}, wrong
		}
		return Source{Document: name, Quote: quote}, nil
	}
	name, quote, found := strings.Cut(rest, ": ")
	if !found {
		return Source{}, wrong
	}
	return Source{Document: name, Quote: quote}, nil
}

// ParseSource reads a source as String writes it: any text, or after > the name of a
// document, a colon and a quote.
func ParseSource(text string) (Source, error) { return parseSource(text) }
