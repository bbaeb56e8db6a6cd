package answers

import (
	"context"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// A Context is a passage that stands around a quote.
type Context struct {
	Excerpt      // the whole passage, or so much of it as retrieval.MaxRunes allow
	Step    int  // how many passages after that of the quote; negative before it
	Before  bool // there is one before it
	After   bool // and one after it
}

// farthest is how many passages are looked at for the next one that is none of a note.
const farthest = 40

// Around returns the passage that stands a number of passages after that of a quote, 0
// for its own, without those of notes between. A quote from a note has the note's. Where
// the document ends before, it returns the last that there is on the way. It returns
// corpus.ErrNotFound or corpus.ErrStale when the quote is not there any more, or not for
// this access.
func (a *Answerer) Around(ctx context.Context, access corpus.Access, e Excerpt, step int) (Context, error) {
	if _, err := a.store.Quote(ctx, access, e.Reference); err != nil {
		return Context{}, err
	}
	d, err := a.store.Document(ctx, access, e.Reference.Document)
	if err != nil {
		return Context{}, err
	}
	w := walk{store: a.store, access: access, document: d}
	at, found, err := w.holding(ctx, e.Reference.Ranges[0].Start)
	if err != nil || !found {
		return Context{}, corpusError(err)
	}
	w.note = at.Note
	direction := 1
	if step < 0 {
		direction = -1
	}
	gone := 0
	for gone != step {
		next, ok, err := w.next(ctx, at.Ordinal, direction)
		if err != nil {
			return Context{}, err
		}
		if !ok {
			break
		}
		at = next
		gone += direction
	}
	result := Context{Step: gone}
	if _, result.Before, err = w.next(ctx, at.Ordinal, -1); err != nil {
		return Context{}, err
	}
	if _, result.After, err = w.next(ctx, at.Ordinal, 1); err != nil {
		return Context{}, err
	}
	result.Excerpt, err = a.whole(ctx, access, at)
	return result, err
}

func corpusError(err error) error {
	if err == nil {
		return corpus.ErrNotFound
	}
	return err
}

// whole quotes the sentences of a passage, from its beginning.
func (a *Answerer) whole(ctx context.Context, access corpus.Access, p corpus.Found) (Excerpt, error) {
	var ranges []corpus.Range
	runes := 0
	for i, s := range p.Sentences {
		if runes += 1 + len([]rune(p.Texts[i])); runes > retrieval.MaxRunes && i > 0 {
			break
		}
		ranges = append(ranges, s...)
	}
	e := Excerpt{Excerpt: retrieval.Excerpt{
		Document:  p.Document,
		Reference: corpus.Reference{Document: p.Document.ID, Revision: p.Document.Revision, Ranges: ranges},
		Section:   p.Section,
		Pages:     p.PagesOf(ranges),
		FilePages: p.FilePagesOf(ranges),
		Note:      p.Note,
		Calls:     p.CallsIn(ranges),
	}}
	var err error
	e.Text, err = a.store.Quote(ctx, access, e.Reference)
	e.Citation = cite(e.Excerpt)
	return e, err
}

// A walk goes through the passages of a document.
type walk struct {
	store    *corpus.Store
	access   corpus.Access
	document corpus.Document
	note     string // of whose passages the others are; "" for the body
}

// holding returns the passage that holds an offset.
func (w walk) holding(ctx context.Context, at int) (corpus.Found, bool, error) {
	// Passages stand in the order of the text, but for notes, which may follow later: so
	// the first try is a guess, and all are looked at if it fails.
	const step = 50
	for first := 0; first < w.document.Passages; first += step {
		found, err := w.read(ctx, first, step)
		if err != nil {
			return corpus.Found{}, false, err
		}
		for _, p := range found {
			if holds(p, at) {
				return p, true, nil
			}
		}
	}
	return corpus.Found{}, false, nil
}

// next returns the next passage of the same kind in a direction.
func (w walk) next(ctx context.Context, from, direction int) (corpus.Found, bool, error) {
	for i := from + direction; i >= 0 && i < w.document.Passages && max(i-from, from-i) <= farthest; i += direction {
		found, err := w.read(ctx, i, 1)
		if err != nil {
			return corpus.Found{}, false, err
		}
		if len(found) == 1 && found[0].Note == w.note {
			return found[0], true, nil
		}
	}
	return corpus.Found{}, false, nil
}

func (w walk) read(ctx context.Context, first, count int) ([]corpus.Found, error) {
	var ids []corpus.PassageID
	for i := first; i < min(first+count, w.document.Passages); i++ {
		ids = append(ids, corpus.PassageID{Document: w.document.ID, Ordinal: i})
	}
	return w.store.Passages(ctx, w.access, ids)
}
