package exchange

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"
)

// A record is an entry of a file: its fields by their names. In a table a list is one
// cell.
type record struct {
	row    string
	names  []string // in their order
	fields map[string]field
}

// A field is a text, a list of texts, or a list of sources.
type field struct {
	text    string
	list    []string
	sources []Source
	isList  bool
}

// readTree reads a list of entries in YAML or JSON, or a single one.
func readTree(text string, f Format, columns []string) ([]record, error) {
	var root *yaml.Node
	var err error
	if f == JSON {
		root, err = jsonTree(text)
	} else {
		root, err = yamlTree(text)
	}
	if err != nil || root == nil {
		return nil, err
	}
	entries := []*yaml.Node{root}
	if root.Kind == yaml.SequenceNode {
		entries = root.Content
	} else if root.Kind != yaml.MappingNode {
		return nil, Problems{{Text: "the file is no list of entries: each begins with a hyphen in YAML, and stands in braces in JSON"}}
	}
	if len(entries) > maxRows {
		return nil, Problems{{Text: fmt.Sprintf("%d entries, and there can be %d: make several files", len(entries), maxRows)}}
	}
	var records []record
	var problems Problems
	for i, node := range entries {
		r := record{row: fmt.Sprintf("entry %d (line %d)", i+1, node.Line), fields: map[string]field{}}
		if node.Kind != yaml.MappingNode {
			problems.add(r.row, "", "it has no fields such as %s: write each as NAME: VALUE", columns[len(columns)/2])
			continue
		}
		for k := 0; k+1 < len(node.Content); k += 2 {
			problems.readField(&r, node.Content[k].Value, node.Content[k+1], columns)
		}
		records = append(records, r)
	}
	return records, problems.err()
}

func (p *Problems) readField(r *record, name string, node *yaml.Node, columns []string) {
	if !slices.Contains(columns, name) {
		p.add(r.row, name, "there is no such field: there are %s", strings.Join(columns, ", "))
		return
	}
	if _, twice := r.fields[name]; twice {
		p.add(r.row, name, "it stands there twice: take one out")
		return
	}
	r.names = append(r.names, name)
	var f field
	switch node = resolve(node); node.Kind {
	case yaml.ScalarNode:
		f.text = scalar(node)
	case yaml.SequenceNode:
		f.isList = true
		if len(node.Content) > maxItems { // which aliases may repeat in each entry
			p.add(r.row, name, "%d items, and there can be %d: take some out", len(node.Content), maxItems)
			break
		}
		for i, item := range node.Content {
			switch item = resolve(item); {
			case item.Kind == yaml.ScalarNode:
				f.list = append(f.list, scalar(item))
				f.sources = append(f.sources, Source{Text: scalar(item)})
			case item.Kind == yaml.MappingNode && name == "sources":
				source, err := sourceOf(item)
				if err != nil {
					p.add(r.row, name, "item %d: %v", i+1, err)
				}
				f.sources = append(f.sources, source)
			default:
				p.add(r.row, name, "item %d is no text: write a text", i+1)
			}
		}
	default:
		p.add(r.row, name, "it is neither a text nor a list of texts: write one of them")
	}
	r.fields[name] = f
}

func sourceOf(node *yaml.Node) (Source, error) {
	var s Source
	for k := 0; k+1 < len(node.Content); k += 2 {
		value := resolve(node.Content[k+1])
		to := map[string]*string{"text": &s.Text, "document": &s.Document, "quote": &s.Quote}[node.Content[k].Value]
		if to == nil || value.Kind != yaml.ScalarNode {
			return s, fmt.Errorf("%.40q is no part of a source: there are text, document and quote, each a text", node.Content[k].Value)
		}
		*to = scalar(value)
	}
	if s.Text != "" && s.Document != "" {
		return s, errors.New("it has both a text and a document: make two sources of it")
	}
	return s, nil
}

// resolve returns what an alias of YAML stands for.
func resolve(node *yaml.Node) *yaml.Node {
	if node.Kind == yaml.AliasNode {
		return node.Alias
	}
	return node
}

// scalar returns a value as it is written; nothing for null.
func scalar(node *yaml.Node) string {
	if node.Tag == "!!null" {
		return ""
	}
	return node.Value
}

func yamlTree(text string) (*yaml.Node, error) {
	decoder := yaml.NewDecoder(strings.NewReader(text))
	var document yaml.Node
	if err := decoder.Decode(&document); errors.Is(err, io.EOF) {
		return nil, nil
	} else if err != nil {
		return nil, Problems{{Text: fmt.Sprintf("it can't be read as YAML: %s; a text with a colon or a quotation mark needs quotes around it", strings.TrimPrefix(err.Error(), "yaml: "))}}
	}
	if err := decoder.Decode(new(yaml.Node)); !errors.Is(err, io.EOF) {
		return nil, Problems{{Text: "it has several documents: take out the lines that are three hyphens"}}
	}
	return document.Content[0], nil
}

// jsonTree returns what a text in JSON holds in the form of YAML.
func jsonTree(text string) (*yaml.Node, error) {
	if strings.TrimSpace(text) == "" {
		return nil, nil
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.UseNumber()
	t := jsonReader{decoder: decoder, text: text}
	root, err := t.value(0)
	if err == nil {
		if _, more := decoder.Token(); !errors.Is(more, io.EOF) {
			err = errors.New("something follows the list: put all entries into one list in brackets")
		}
	}
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		err = errors.New("it ends in the middle: see that every bracket and brace is closed")
	}
	if err != nil {
		return nil, Problems{{Text: fmt.Sprintf("line %d can't be read as JSON: %v", t.line(), err)}}
	}
	return root, nil
}

type jsonReader struct {
	decoder *json.Decoder
	text    string
}

func (t jsonReader) line() int {
	return 1 + strings.Count(t.text[:min(len(t.text), int(t.decoder.InputOffset()))], "\n")
}

const maxDepth = 8

func (t jsonReader) value(depth int) (*yaml.Node, error) {
	token, err := t.decoder.Token()
	if err != nil {
		return nil, err
	}
	if depth > maxDepth {
		return nil, errors.New("lists in lists in lists: an entry has none")
	}
	node := &yaml.Node{Kind: yaml.ScalarNode, Line: t.line()}
	switch v := token.(type) {
	case json.Delim:
		node.Kind = yaml.SequenceNode
		if v == '{' {
			node.Kind = yaml.MappingNode
		}
		for t.decoder.More() {
			item, err := t.value(depth + 1)
			if err != nil {
				return nil, err
			}
			node.Content = append(node.Content, item)
		}
		_, err = t.decoder.Token() // the end
		return node, err
	case string:
		node.Value = v
	case json.Number:
		node.Value = v.String()
	case bool:
		node.Value = strconv.FormatBool(v)
	case nil:
		node.Tag = "!!null"
	}
	return node, nil
}
