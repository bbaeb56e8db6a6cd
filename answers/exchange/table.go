package exchange

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"
)

// readTable reads a table with comma, semicolon or tab between its cells, whichever gives
// most of the columns in its first row. Cells of a column that may stand there several
// times are a list.
func readTable(text string, columns []string, several string) ([]record, error) {
	head := []string(nil)
	separator, start := ',', 1
	if first, rest, _ := strings.Cut(text, "\n"); strings.HasPrefix(strings.ToLower(first), "sep=") { // which Excel writes
		text, start = rest, 2
	}
	for _, candidate := range ",;\t" {
		row, err := newReader(text, candidate).Read()
		if err == nil && knownColumns(row, columns) > knownColumns(head, columns) {
			head, separator = row, candidate
		}
	}
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	if head == nil {
		return nil, Problems{{Row: fmt.Sprintf("row %d", start), Text: "it names none of the columns " + strings.Join(columns, ", ") +
			": the first row says what stands below, with commas, semicolons or tabs between"}}
	}
	t := table{columns: columns, several: several, head: head, row: start}
	return t.read(newReader(text, separator))
}

func newReader(text string, separator rune) *csv.Reader {
	r := csv.NewReader(strings.NewReader(text))
	r.Comma, r.FieldsPerRecord = separator, -1
	return r
}

func knownColumns(row, columns []string) int {
	n := 0
	for _, cell := range row {
		if slices.Contains(columns, columnName(cell, columns)) {
			n++
		}
	}
	return n
}

type table struct {
	columns  []string
	several  string
	head     []string
	row      int // that is read, as spreadsheets count
	problems Problems
}

func (t *table) read(reader *csv.Reader) ([]record, error) {
	t.checkHead()
	var records []record
	line := 1 // where the next row should begin
	for n := 0; ; n++ {
		cells, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return records, t.problems.err()
		}
		if broken, ok := errors.AsType[*csv.ParseError](err); ok {
			t.problems.add(fmt.Sprintf("line %d", broken.Line), "", "a quotation mark stands alone: put quotation marks around the whole cell, and write two for each that is in it")
			return nil, t.problems
		}
		if err != nil {
			return nil, err
		}
		begin, _ := reader.FieldPos(0)
		last, _ := reader.FieldPos(len(cells) - 1)
		t.row += begin - line // empty lines, which the reader passes over
		line = last + strings.Count(cells[len(cells)-1], "\n") + 1
		if n > maxRows {
			t.problems.add("", "", "more than %d rows: make several files", maxRows)
			return nil, t.problems
		}
		if n > 0 && strings.TrimSpace(strings.Join(cells, "")) != "" {
			records = append(records, t.record(cells))
		}
		t.row++
	}
}

func (t *table) checkHead() {
	seen := map[string]bool{}
	row := fmt.Sprintf("row %d", t.row)
	for _, cell := range t.head {
		switch name := columnName(cell, t.columns); {
		case name == "":
		case !slices.Contains(t.columns, name):
			t.problems.add(row, name, "there is no such column: there are %s", strings.Join(t.columns, ", "))
		case seen[name] && name != t.several:
			t.problems.add(row, name, "two columns have that name: take one out")
		default:
			seen[name] = true
		}
	}
}

func (t *table) record(cells []string) record {
	r := record{row: fmt.Sprintf("row %d", t.row), fields: map[string]field{}}
	for i, cell := range cells {
		name := ""
		if i < len(t.head) {
			name = columnName(t.head[i], t.columns)
		} else if t.several != "" {
			name = t.several
		}
		cell = unguarded(cell)
		switch {
		case name == "" && strings.TrimSpace(cell) != "":
			t.problems.add(r.row, "", "the cell %d (%.40q) stands below no name: name its column in the first row, or put quotation marks around a cell that holds a separator", i+1, cell)
		case name == "":
		case name == t.several:
			f := r.fields[name]
			f.isList = true
			if strings.TrimSpace(cell) != "" {
				f.list = append(f.list, strings.Split(cell, "\n")...)
			}
			r.fields[name] = f
		default:
			r.fields[name] = field{text: cell}
		}
		r.names = append(r.names, name)
	}
	return r
}

// writeTable writes rows with commas between their cells, in UTF-8 with the mark by which
// spreadsheets know it.
func writeTable(out io.Writer, rows [][]string) error {
	if _, err := io.WriteString(out, "\uFEFF"); err != nil {
		return err
	}
	w := csv.NewWriter(out)
	w.UseCRLF = true
	for _, row := range rows {
		guarded := make([]string, len(row))
		for i, cell := range row {
			guarded[i] = guard(cell)
		}
		if err := w.Write(guarded); err != nil {
			return err
		}
	}
	w.Flush()
	return w.Error()
}

// formula are the characters at the head of what spreadsheets compute.
const formula = "=+-@\t"

// guard puts an apostrophe before a cell that a spreadsheet would compute, and before
// one that begins with such an apostrophe.
func guard(cell string) string {
	if rest := strings.TrimLeft(cell, "'"); rest != "" && strings.ContainsRune(formula, rune(rest[0])) {
		return "'" + cell
	}
	return cell
}

// unguarded is the reverse of guard.
func unguarded(cell string) string {
	if rest := strings.TrimLeft(cell, "'"); rest != "" && rest != cell && strings.ContainsRune(formula, rune(rest[0])) {
		return cell[1:]
	}
	return cell
}
