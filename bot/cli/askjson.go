package cli

import (
	"encoding/json"
	"math"
	"time"

	"verbatim/answers"
)

// The objects that ask --json prints, as docs/json.md describes them. Keys may be
// added, never renamed.
type (
	jsonReply struct {
		Question     string        `json:"question"`
		ReadAs       string        `json:"read_as,omitempty"`
		Outcome      string        `json:"outcome"`
		Error        string        `json:"error,omitempty"`
		Language     string        `json:"language"`
		Confidence   float64       `json:"confidence"`
		Hedged       bool          `json:"hedged"`
		Curated      *jsonCurated  `json:"curated"`
		Excerpts     []jsonExcerpt `json:"excerpts"`
		Near         []jsonExcerpt `json:"near"`
		SearchedAlso []jsonReading `json:"searched_also"`
		DidYouMean   []string      `json:"did_you_mean"`
		Milliseconds float64       `json:"milliseconds"`
	}
	jsonCurated struct {
		ID       string        `json:"id"`
		Question string        `json:"question"`
		Answer   string        `json:"answer"`
		Sources  []jsonExcerpt `json:"sources"`
		Missing  []string      `json:"missing"`
	}
	jsonReading struct {
		Typed string   `json:"typed"`
		Read  []string `json:"read"`
	}
	jsonExcerpt struct {
		Text     string   `json:"text"`
		Document string   `json:"document"`
		Title    string   `json:"title"`
		Citation string   `json:"citation"`
		Section  []string `json:"section"`
		Pages    []string `json:"pages"`
		Note     *string  `json:"note"`
		Ranges   [][2]int `json:"ranges"`
		Score    float64  `json:"score"`
		Found    []string `json:"found"`
		Missing  []string `json:"missing"`

		Notes []jsonExcerpt `json:"notes,omitempty"` // with --notes
	}
)

// printJSON prints a reply as one line of JSON.
func (p *program) printJSON(r reply) error {
	o := jsonReply{
		Question:     r.question,
		ReadAs:       r.ReadAs,
		Outcome:      string(r.Outcome),
		Language:     r.Language,
		Confidence:   round(r.Confidence, 4),
		Hedged:       r.Hedged,
		Excerpts:     jsonExcerpts(r.Excerpts(), r.notes),
		Near:         jsonExcerpts(r.Near(), r.notes),
		SearchedAlso: []jsonReading{},
		DidYouMean:   orEmpty(r.DidYouMean),
		Milliseconds: round(float64(r.took)/float64(time.Millisecond), 3),
	}
	if c := r.Curated; c != nil {
		o.Curated = &jsonCurated{c.ID, c.Question, c.Answer, jsonExcerpts(c.Shown, nil), orEmpty(c.Likeness.Beyond)}
	}
	for _, read := range r.SearchedAlso {
		o.SearchedAlso = append(o.SearchedAlso, jsonReading(read))
	}
	if r.err != nil {
		o.Outcome, o.Error = "error", r.err.Error()
	}
	encoder := json.NewEncoder(p.out)
	encoder.SetEscapeHTML(false)
	return encoder.Encode(o)
}

// jsonExcerpts returns excerpts, each with its notes if there are any.
func jsonExcerpts(excerpts []answers.Excerpt, notes [][]answers.Excerpt) []jsonExcerpt {
	list := []jsonExcerpt{}
	for i, e := range excerpts {
		j := jsonExcerpt{
			Text:     e.Text,
			Document: e.Document.Name,
			Title:    e.Document.Title,
			Citation: e.Citation,
			Section:  orEmpty(e.Section),
			Pages:    orEmpty(e.Pages),
			Score:    round(e.Score, 4),
			Found:    orEmpty(e.Found),
			Missing:  orEmpty(e.Missing),
			Ranges:   [][2]int{},
		}
		if e.Note != "" {
			j.Note = &e.Note
		}
		for _, r := range e.Reference.Ranges {
			j.Ranges = append(j.Ranges, [2]int{r.Start, r.End})
		}
		if i < len(notes) {
			j.Notes = jsonExcerpts(notes[i], nil)
		}
		list = append(list, j)
	}
	return list
}

// orEmpty makes JSON of an absent list [] and not null.
func orEmpty(list []string) []string {
	if list == nil {
		return []string{}
	}
	return list
}

func round(x float64, digits int) float64 {
	unit := math.Pow10(digits)
	return math.Round(x*unit) / unit
}
