package exchange

import (
	"errors"
	"io"
	"strconv"
	"strings"
)

const termColumn = "term"

var groupColumns = []string{"id", "revision", termColumn}

// ReadGroups reads a file of a glossary; notice and error as of ReadAnswers. In YAML and
// JSON the terms of a group are a list.
func ReadGroups(data []byte, f Format) (groups []Group, notice string, err error) {
	columns, terms := groupColumns, termColumn
	if f != CSV {
		terms = "terms"
		columns = []string{"id", "revision", terms}
	}
	records, notice, err := readRecords(data, f, columns, termColumn)
	var problems Problems
	if err != nil && !errors.As(err, &problems) {
		return nil, notice, err
	}
	for _, r := range records {
		groups = append(groups, Group{
			Row: r.row, ID: strings.TrimSpace(problems.text(r, "id")), Revision: problems.revision(r),
			Terms: r.fields[terms].items(),
		})
	}
	return groups, notice, problems.err()
}

type writtenGroup struct {
	ID       string   `yaml:"id,omitempty" json:"id,omitempty"`
	Revision int      `yaml:"revision,omitempty" json:"revision,omitempty"`
	Terms    []string `yaml:"terms,flow" json:"terms"`
}

// WriteGroups writes a file of a glossary.
func WriteGroups(out io.Writer, f Format, groups []Group) error {
	if f != CSV {
		written := []writtenGroup{}
		for _, g := range groups {
			written = append(written, writtenGroup{g.ID, g.Revision, g.Terms})
		}
		return writeTree(out, f, written)
	}
	most := 2
	for _, g := range groups {
		most = max(most, len(g.Terms))
	}
	head := []string{"id", "revision"}
	for range most {
		head = append(head, termColumn)
	}
	rows := [][]string{head}
	for _, g := range groups {
		row := append([]string{g.ID, strconv.Itoa(g.Revision)}, g.Terms...)
		rows = append(rows, append(row, make([]string, len(head)-len(row))...))
	}
	return writeTable(out, rows)
}
