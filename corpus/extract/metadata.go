package extract

import (
	"errors"
	"fmt"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"
)

// byteOrderMark may stand at the head of a UTF-8 file.
const byteOrderMark = "\uFEFF"

// splitFrontMatter reads the YAML between two lines of three hyphens at the head
// of a text and returns the offset at which the text proper begins. A text that
// begins with such a line but not with a YAML key has no front matter.
func splitFrontMatter(source string) (Metadata, int, error) {
	start := 0
	if strings.HasPrefix(source, byteOrderMark) {
		start = len(byteOrderMark)
	}
	first, rest := cutLine(source[start:])
	if first != "---" {
		return Metadata{}, start, nil
	}
	yamlStart := len(source) - len(rest)
	for at := yamlStart; at < len(source); {
		line, after := cutLine(source[at:])
		if line == "---" || line == "..." {
			block := source[yamlStart:at]
			if !looksLikeYAML(block) {
				return Metadata{}, start, nil
			}
			m, err := parseMetadata([]byte(block))
			if err != nil {
				return Metadata{}, 0, fmt.Errorf("front matter: %w", err)
			}
			return m, len(source) - len(after), nil
		}
		at = len(source) - len(after)
	}
	return Metadata{}, start, nil
}

// cutLine returns the first line of s, without its end and trailing white space,
// and what follows it.
func cutLine(s string) (line, rest string) {
	line, rest, _ = strings.Cut(s, "\n")
	return strings.TrimRight(line, " \t\r"), rest
}

// looksLikeYAML reports whether the block's first line with content is a comment
// or "key: …" with a one-word key. A wrong block of that look is an error rather
// than text, so that a slip in front matter is told and not indexed.
func looksLikeYAML(block string) bool {
	for rest := block; rest != ""; {
		var line string
		line, rest = cutLine(rest)
		if line == "" {
			continue
		}
		key, _, found := strings.Cut(line, ":")
		return line[0] == '#' || found && key != "" && !strings.ContainsAny(key, " \t")
	}
	return false
}

// parseMetadata reads metadata in YAML. Keys that mean nothing here are left to
// other programs.
func parseMetadata(data []byte) (Metadata, error) {
	var m Metadata
	var values map[string]yaml.Node
	if err := yaml.Unmarshal(data, &values); err != nil {
		return m, fmt.Errorf("%w: write one \"key: value\" a line, and put quotes round a value that holds a colon", err)
	}
	fields := m.fields()
	for key, node := range values {
		field := fields[strings.ToLower(key)]
		if field == nil {
			continue
		}
		value, err := scalar(node)
		if err != nil {
			return m, fmt.Errorf("line %d: %s %w", node.Line, key, err)
		}
		if err := CheckValue(value); err != nil {
			return m, fmt.Errorf("line %d: %s %w", node.Line, key, err)
		}
		*field = value
	}
	m.Language = languageCode(m.Language)
	return m, nil
}

// scalar returns the text of a value, or of a list of values joined by commas.
func scalar(node yaml.Node) (string, error) {
	switch {
	case node.Tag == "!!null":
		return "", nil
	case node.Kind == yaml.ScalarNode:
		return strings.Join(strings.Fields(node.Value), " "), nil
	case node.Kind != yaml.SequenceNode:
		return "", errors.New("must be one value or a list of values")
	}
	var parts []string
	for _, item := range node.Content {
		part, err := scalar(*item)
		if err != nil {
			return "", err
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", "), nil
}

// maxValue is the length in bytes of the longest value of metadata.
const maxValue = 2000

// CheckValue refuses a value of metadata that not every database can hold.
func CheckValue(value string) error {
	switch {
	case len(value) > maxValue:
		return fmt.Errorf("has %d bytes, and can have %d: make it shorter", len(value), maxValue)
	case strings.ContainsFunc(value, unicode.IsControl):
		return errors.New("holds a control character: take it out")
	}
	return nil
}

// fields gives the place of each metadata key.
func (m *Metadata) fields() map[string]*string {
	return map[string]*string{
		"title": &m.Title, "author": &m.Author, "date": &m.Date, "language": &m.Language,
		"course": &m.Course, "licence": &m.Licence, "license": &m.Licence, "link": &m.Link,
	}
}

// over returns m with the fields that it lacks taken from below.
func (m Metadata) over(below Metadata) Metadata {
	lower := below.fields()
	for key, field := range m.fields() {
		if *field == "" {
			*field = *lower[key]
		}
	}
	return m
}

// languageCode reduces a language tag such as "fr-CA" or "FR" to its first part.
func languageCode(tag string) string {
	code, _, _ := strings.Cut(strings.ToLower(tag), "-")
	code, _, _ = strings.Cut(code, "_")
	return code
}
