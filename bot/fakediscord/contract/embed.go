package contract

import (
	"strings"
	"unicode/utf8"
)

const maxEmbedSum = 6000

// embed holds the texts that count. Their single limits are in the schema.
type embed struct {
	Title       string      `json:"title"`
	Description string      `json:"description"`
	Author      embedAuthor `json:"author"`
	Footer      embedFooter `json:"footer"`
	Fields      []embedPair `json:"fields"`
}

type (
	embedAuthor struct {
		Name string `json:"name"`
	}
	embedFooter struct {
		Text string `json:"text"`
	}
	embedPair struct {
		Name  string `json:"name"`
		Value string `json:"value"`
	}
)

func checkEmbedSum(f *findings, at string, embeds []embed) {
	sum := 0
	for _, e := range embeds {
		sum += e.size()
	}
	if sum > maxEmbedSum {
		f.add(at, RuleEmbedSum, "%d characters in all, at most %d", sum, maxEmbedSum)
	}
}

// size counts as Discord does, without white space around a text.
func (e embed) size() int {
	texts := []string{e.Title, e.Description, e.Author.Name, e.Footer.Text}
	for _, pair := range e.Fields {
		texts = append(texts, pair.Name, pair.Value)
	}
	n := 0
	for _, t := range texts {
		n += utf8.RuneCountInString(strings.TrimSpace(t))
	}
	return n
}
