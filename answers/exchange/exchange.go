// Package exchange writes curated answers and glossaries to files that people and
// spreadsheets edit, and reads them back: YAML, JSON and CSV. It says which row and
// column of a file is wrong and how to put it right, shows what an import would change,
// and then changes all of it or nothing.
//
// What a file leaves out is left as it is; what it has as an empty value is emptied. No
// import removes anything.
//
// In CSV a row is an answer or a group. Lists stand in one cell, one item a line. A source
// is a line of text, or after > the name of a document, a colon and a quote of it; a line
// of text that begins with > or \ has a \ before it. A cell that a spreadsheet would take
// for a formula has an apostrophe before it. The terms of a group have a cell each.
package exchange

import (
	"errors"
	"fmt"
	"path"
	"strings"
)

// A Format is a kind of file.
type Format string

// The formats.
const (
	YAML Format = "yaml"
	JSON Format = "json"
	CSV  Format = "csv"
)

// ErrFormat is returned where the format of a file can't be told.
var ErrFormat = errors.New("give the format: yaml, json or csv")

// FormatOf returns the format that is named, or else the one of a file by its name.
func FormatOf(named, file string) (Format, error) {
	if named == "" {
		named = strings.TrimPrefix(path.Ext(file), ".")
	}
	switch strings.ToLower(named) {
	case "yaml", "yml":
		return YAML, nil
	case "json":
		return JSON, nil
	case "csv", "tsv", "txt":
		return CSV, nil
	}
	return "", fmt.Errorf("%.40q is no format of a file: %w", named, ErrFormat)
}

// Limits of a file.
const (
	MaxBytes = 16 << 20
	maxRows  = 10_000
	maxItems = 100 // of a list, more than any list of the store has
)

// A Problem is what is wrong in a file, and how to put it right.
type Problem struct {
	Row    string // "row 3" of a table, "entry 2 (line 9)" of other files; "" for the whole file
	Column string // "" where it is no single one
	Text   string
}

func (p Problem) String() string {
	where := p.Row
	if p.Column != "" && where != "" {
		kind := "field"
		if strings.HasPrefix(where, "row ") {
			kind = "column"
		}
		where += ", " + kind + " " + p.Column
	}
	if where == "" {
		return p.Text
	}
	return where + ": " + p.Text
}

// Problems are why a file was not imported.
type Problems []Problem

func (p Problems) Error() string {
	var lines []string
	for _, x := range p {
		lines = append(lines, x.String())
	}
	return strings.Join(lines, "\n")
}

// err returns the problems as an error, nil if there are none.
func (p Problems) err() error {
	if len(p) == 0 {
		return nil
	}
	return p
}

func (p *Problems) add(row, column, format string, args ...any) {
	*p = append(*p, Problem{row, column, fmt.Sprintf(format, args...)})
}

// An Answer is a curated answer as a file has it. What is nil is not in the file.
type Answer struct {
	Row      string // where it stands
	ID       string // "" where the file doesn't say
	Revision int    // 0 likewise
	Question *string
	Wordings *[]string
	Answer   *string
	Sources  *[]Source
	Course   *string
	Language *string
}

// A Source is any text, or a quote of a document by its name.
type Source struct {
	Text     string `yaml:"text,omitempty" json:"text,omitempty"`
	Document string `yaml:"document,omitempty" json:"document,omitempty"`
	Quote    string `yaml:"quote,omitempty" json:"quote,omitempty"`
}

// A Group is a group of the glossary as a file has it.
type Group struct {
	Row      string
	ID       string
	Revision int
	Terms    []string
}
