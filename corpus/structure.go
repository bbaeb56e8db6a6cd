package corpus

import (
	"encoding/json"
	"fmt"
	"slices"

	"verbatim/config/database"
)

// A structure is the stored form of a Passage, without its ordinal:
//
//	{"s": [[0,23],[26,44,61,80]], "h": ["Chapter 1"], "p": [{"at":0,"label":"47"},{"at":44,"to":61,"label":"48"}],
//	 "n": "3", "c": [{"at":23,"label":"1","to":7}]}
//
// s holds the start and end of each range of each sentence, h the headings, p
// where each page starts (up to which offset, where that is unsure), n the label of
// the note, c the calls (to is one more than the ordinal of the note's first passage).
// l is the language of a passage in another than its document's. Absent is empty.
type structure struct {
	Sentences [][]int  `json:"s"`
	Section   []string `json:"h,omitempty"`
	Pages     []mark   `json:"p,omitempty"`
	Note      string   `json:"n,omitempty"`
	Calls     []mark   `json:"c,omitempty"`
	Language  string   `json:"l,omitempty"`
}

// A mark is an offset with a label.
type mark struct {
	At    int    `json:"at"`
	To    int    `json:"to,omitempty"`
	Label string `json:"label"`
	File  int    `json:"file,omitempty"` // number of the page in the file
}

func structureOf(p Passage) structure {
	s := structure{Section: p.Section, Note: p.Note, Language: p.Language}
	for _, sentence := range p.Sentences {
		var flat []int
		for _, r := range sentence {
			flat = append(flat, r.Start, r.End)
		}
		s.Sentences = append(s.Sentences, flat)
	}
	for _, page := range p.Pages {
		m := mark{At: page.At, Label: page.Label, File: page.File}
		if page.Sure > page.At {
			m.To = page.Sure
		}
		s.Pages = append(s.Pages, m)
	}
	for _, call := range p.Calls {
		s.Calls = append(s.Calls, mark{At: call.At, To: call.Note + 1, Label: call.Label})
	}
	return s
}

// readStructure returns the passage of a document of so many bytes that is stored, or
// database.ErrStored for one that can't be.
func readStructure(stored string, ordinal, bytes int) (Passage, error) {
	var x structure
	if err := database.Decode(stored, &x); err != nil {
		return Passage{}, fmt.Errorf("passage %d: %w", ordinal, err)
	}
	p := x.passage(ordinal)
	isEmpty := func(s Span) bool { return len(s) == 0 }
	if slices.ContainsFunc(p.Sentences, isEmpty) || !valid(slices.Concat(p.Sentences...), bytes) {
		return Passage{}, fmt.Errorf("passage %d: %w (its sentences are not in the text)", ordinal, database.ErrStored)
	}
	return p, nil
}

func (s structure) passage(ordinal int) Passage {
	p := Passage{Ordinal: ordinal, Section: s.Section, Note: s.Note, Language: s.Language}
	for _, flat := range s.Sentences {
		var span Span
		for i := 0; i+1 < len(flat); i += 2 {
			span = append(span, Range{Start: flat[i], End: flat[i+1]})
		}
		p.Sentences = append(p.Sentences, span)
	}
	for _, page := range s.Pages {
		p.Pages = append(p.Pages, PageStart{page.At, max(page.At, page.To), page.Label, page.File})
	}
	for _, call := range s.Calls {
		p.Calls = append(p.Calls, Call{call.At, call.Label, call.To - 1})
	}
	return p
}

// quietColumn returns the stored form of quiet ranges, their starts and ends in a row:
// "[4,7,20,22]".
func quietColumn(quiet []Range) string {
	flat := make([]int, 0, 2*len(quiet))
	for _, r := range quiet {
		flat = append(flat, r.Start, r.End)
	}
	stored, err := json.Marshal(flat)
	if err != nil {
		panic(err) // integers have a form in JSON
	}
	return string(stored)
}

// appendQuiet appends the ranges of a column.
func appendQuiet(quiet []Range, stored string) ([]Range, error) {
	var flat []int
	if err := database.Decode(stored, &flat); err != nil {
		return quiet, err
	}
	for i := 0; i+1 < len(flat); i += 2 {
		quiet = append(quiet, Range{Start: flat[i], End: flat[i+1]})
	}
	return quiet, nil
}
