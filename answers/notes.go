package answers

import (
	"context"
	"errors"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// maxNotePassages is how many passages of one note are shown beside an excerpt.
const maxNotePassages = 3

// Notes returns the notes that an excerpt calls, each whole so far as it has no more
// than retrieval.MaxRunes, in the order of their calls. They are quotes like any
// other. Notes that are not there any more are left out.
func (a *Answerer) Notes(ctx context.Context, access corpus.Access, e Excerpt) ([]Excerpt, error) {
	var notes []Excerpt
	told := map[int]bool{}
	for _, call := range e.Calls {
		if call.Note < 0 || told[call.Note] {
			continue
		}
		told[call.Note] = true
		note, found, err := a.note(ctx, access, e, call)
		if err != nil {
			return nil, err
		}
		if found {
			notes = append(notes, note)
		}
	}
	return notes, nil
}

// note reads a note from the store. Its passages follow each other.
func (a *Answerer) note(ctx context.Context, access corpus.Access, e Excerpt, call corpus.Call) (note Excerpt, found bool, err error) {
	var ids []corpus.PassageID
	for i := range maxNotePassages {
		ids = append(ids, corpus.PassageID{Document: e.Document.ID, Ordinal: call.Note + i})
	}
	passages, err := a.store.Passages(ctx, access, ids)
	if err != nil || len(passages) == 0 || passages[0].Document.Revision != e.Reference.Revision {
		return Excerpt{}, false, err
	}
	first := passages[0]
	var ranges []corpus.Range
	runes := 0
	for i, p := range passages {
		if p.Ordinal != call.Note+i || p.Note != first.Note {
			break
		}
		for j, s := range p.Sentences {
			if runes += 1 + utf8.RuneCountInString(p.Texts[j]); runes > retrieval.MaxRunes {
				break
			}
			ranges = append(ranges, s...)
		}
	}
	if len(ranges) == 0 {
		return Excerpt{}, false, nil
	}
	note.Excerpt = retrieval.Excerpt{
		Document:  first.Document,
		Reference: corpus.Reference{Document: first.Document.ID, Revision: first.Document.Revision, Ranges: ranges},
		Section:   first.Section,
		Pages:     first.PagesOf(ranges[:1]),
		FilePages: first.FilePagesOf(ranges[:1]),
		Note:      first.Note,
	}
	note.Text, err = a.store.Quote(ctx, access, note.Reference)
	if errors.Is(err, corpus.ErrNotFound) || errors.Is(err, corpus.ErrStale) {
		return Excerpt{}, false, nil
	}
	if err != nil {
		return Excerpt{}, false, err
	}
	note.Citation = cite(note.Excerpt)
	return note, true, nil
}
