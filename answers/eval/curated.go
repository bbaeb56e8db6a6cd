package eval

import (
	"context"
	"fmt"
	"slices"

	"verbatim/answers"
	"verbatim/corpus"
)

// Curate makes the documents of a store the curated answers of the set: the title is the
// question, the text, cut at what an answer may have, the answer. Its queries are their
// asks, and those that [Set.LeaveOut] divided off their misses. Documents without a
// title are passed over.
func (s *Set) Curate(ctx context.Context, store *corpus.Store, access corpus.Access) error {
	documents, err := store.Documents(ctx, access, false)
	if err != nil {
		return err
	}
	s.Curated, s.curated = nil, true
	for _, d := range documents {
		text, err := store.Text(ctx, access, d.ID, corpus.Range{End: d.Bytes})
		if err != nil {
			return err
		}
		if runes := []rune(text); len(runes) > answers.MaxAnswer {
			text = string(runes[:answers.MaxAnswer])
		}
		if d.Title != "" {
			s.Curated = append(s.Curated, CuratedAnswer{ID: d.Name, Question: d.Title, Answer: text})
		}
	}
	return nil
}

// A JudgedAsk is a question to the curated answers with what it found.
type JudgedAsk struct {
	Text  string
	Want  []string // ids of the curated answers that it must find; none for a miss
	Found string   // id of the one that it found, "" for none
	Wider bool     // the reply says that it is to a wider question
}

// right reports whether an ask found what it must, or a miss nothing.
func (j JudgedAsk) right() bool {
	if len(j.Want) == 0 {
		return j.Found == ""
	}
	return slices.Contains(j.Want, j.Found)
}

// asks returns the questions that must find a curated answer of the set, and those that
// must not.
func (s *Set) asks() []JudgedAsk {
	var all []JudgedAsk
	if s.curated {
		for _, q := range s.Queries {
			if len(q.Relevant) > 0 {
				all = append(all, JudgedAsk{Text: q.Text, Want: q.Relevant})
			}
		}
		for _, q := range s.Unanswerable {
			if q.LeftOut {
				all = append(all, JudgedAsk{Text: q.Text})
			}
		}
		return all
	}
	for _, c := range s.Curated {
		for _, text := range c.Asks {
			all = append(all, JudgedAsk{Text: text, Want: []string{c.ID}})
		}
	}
	for _, c := range s.Curated {
		for _, text := range c.Misses {
			all = append(all, JudgedAsk{Text: text})
		}
	}
	return all
}

// askCurated stores the curated answers of a set and asks for them. A question finds the
// answer that the reply gives first.
func askCurated(ctx context.Context, s *Set, t Target) ([]JudgedAsk, error) {
	names := map[string]string{} // ids in the set by those in the store
	for _, c := range s.Curated {
		content := answers.Content{Question: c.Question, Wordings: c.Alternatives, Answer: c.Answer}
		if c.Source != "" {
			content.Sources = []answers.Source{{Text: c.Source}}
		}
		added, err := t.Curated.Add(ctx, t.Access.Guild(), "eval", content)
		if err != nil {
			return nil, fmt.Errorf("curated answer %s: %w", c.ID, err)
		}
		names[added.ID] = c.ID
	}
	answerer := t.Answerer.WithCurated(t.Curated, t.CuratedIndexes)
	all := s.asks()
	for i := range all {
		reply, err := answerer.Ask(ctx, answers.Question{Text: all[i].Text, Access: t.Access})
		if err != nil {
			return nil, fmt.Errorf("ask %q: %w", all[i].Text, err)
		}
		if reply.Curated != nil {
			all[i].Found, all[i].Wider = names[reply.Curated.ID], reply.Hedged
		}
	}
	return all, nil
}

// countAsks returns the counts of the report, nil if nothing was asked.
func countAsks(all []JudgedAsk) *CuratedCounts {
	if len(all) == 0 {
		return nil
	}
	c := &CuratedCounts{}
	for _, j := range all {
		switch {
		case len(j.Want) > 0:
			c.Asks++
			if j.right() {
				c.FoundFirst++
				if j.Wider {
					c.FoundWider++
				}
			}
		default:
			c.Misses++
			if !j.right() {
				c.WronglyFound++
				if j.Wider {
					c.WronglyWider++
				}
			}
		}
	}
	return c
}
