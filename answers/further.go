package answers

import (
	"context"
	"fmt"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// A Listing is a part of all passages that bear on a question, in their order.
type Listing struct {
	Quotes  []Excerpt
	Phrases []retrieval.Phrase // what stood in quotation marks
	More    bool               // there are others after these
}

// List returns passages that bear on a question, so many after the first so many, each
// with what of it bears best on it. It judges none of them and takes no curated answer.
func (a *Answerer) List(ctx context.Context, q Question, after, count int) (Listing, error) {
	if err := Check(q.Text); err != nil {
		return Listing{}, err
	}
	glossary, err := a.glossaries.of(ctx, a.curated, q.Access.Guild())
	if err != nil {
		return Listing{}, fmt.Errorf("read the glossary: %w", err)
	}
	asked := retrieval.Query{Text: q.Text, Access: q.Access, Filter: q.Filter, Glossary: glossary}
	found, phrases, more, err := a.indexes.List(ctx, asked, after, count, a.store)
	if err != nil {
		return Listing{}, err
	}
	q.Excerpts = 0
	quotes, err := a.quotes(ctx, q, found)
	return Listing{quotes, phrases, more}, err
}

// Again reads quotes again as they are and may be seen now. Those that are not there any
// more, or not for this access, are left out.
func (a *Answerer) Again(ctx context.Context, access corpus.Access, quotes []Excerpt) ([]Excerpt, error) {
	var chosen []retrieval.Excerpt
	for _, e := range quotes {
		d, err := a.store.Document(ctx, access, e.Document.ID)
		if isBroken(err) || err == nil && !d.Removed.IsZero() {
			continue
		}
		if err != nil {
			return nil, err
		}
		e.Document = d
		chosen = append(chosen, e.Excerpt)
	}
	return a.quotes(ctx, Question{Access: access}, chosen)
}
