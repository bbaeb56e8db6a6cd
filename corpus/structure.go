package corpus

// A structure is the stored form of a Passage, without its ordinal:
//
//	{"s": [[0,23],[26,44,61,80]], "h": ["Chapter 1"], "p": [{"at":0,"label":"47"}], "n": "3", "c": [{"at":23,"label":"1"}]}
//
// s holds the start and end of each range of each sentence, h the headings, p
// where each page starts, n the label of the note, c the calls. Absent is empty.
type structure struct {
	Sentences [][]int  `json:"s"`
	Section   []string `json:"h,omitempty"`
	Pages     []mark   `json:"p,omitempty"`
	Note      string   `json:"n,omitempty"`
	Calls     []mark   `json:"c,omitempty"`
}

// A mark is an offset with a label.
type mark struct {
	At    int    `json:"at"`
	Label string `json:"label"`
}

func structureOf(p Passage) structure {
	s := structure{Section: p.Section, Note: p.Note}
	for _, sentence := range p.Sentences {
		var flat []int
		for _, r := range sentence {
			flat = append(flat, r.Start, r.End)
		}
		s.Sentences = append(s.Sentences, flat)
	}
	for _, page := range p.Pages {
		s.Pages = append(s.Pages, mark(page))
	}
	for _, call := range p.Calls {
		s.Calls = append(s.Calls, mark(call))
	}
	return s
}

func (s structure) passage(ordinal int) Passage {
	p := Passage{Ordinal: ordinal, Section: s.Section, Note: s.Note}
	for _, flat := range s.Sentences {
		var span Span
		for i := 0; i+1 < len(flat); i += 2 {
			span = append(span, Range{Start: flat[i], End: flat[i+1]})
		}
		p.Sentences = append(p.Sentences, span)
	}
	for _, page := range s.Pages {
		p.Pages = append(p.Pages, PageStart(page))
	}
	for _, call := range s.Calls {
		p.Calls = append(p.Calls, Call(call))
	}
	return p
}
