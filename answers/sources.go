package answers

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// prepare tidies a content and checks its quotes, which must be of texts that the access
// shows. Those that are among old are kept as they are.
func (s *Store) prepare(ctx context.Context, access corpus.Access, c Content, old []Source) (Content, error) {
	c, err := c.tidy()
	if err != nil {
		return c, err
	}
	for i, source := range c.Sources {
		if !source.IsQuote() {
			c.Sources[i] = Source{Text: source.Text}
			continue
		}
		if at := slices.IndexFunc(old, source.equals); at >= 0 {
			c.Sources[i] = old[at]
			continue
		}
		if c.Sources[i], err = s.checkQuote(ctx, access, source); errors.Is(err, ErrContent) {
			return c, &ContentError{"sources", err}
		}
		if err != nil {
			return c, err
		}
	}
	return c, nil
}

// equals reports whether two sources are the same quote. One that is given without
// ranges is the one with the same words.
func (s Source) equals(other Source) bool {
	a, b := s.Reference, other.Reference
	return a.Document == b.Document && s.Quote == other.Quote &&
		(len(a.Ranges) == 0 || a.Revision == b.Revision && slices.Equal(a.Ranges, b.Ranges))
}

// checkQuote completes a quote: where it stands in its document, and what is shown of
// it. A quote is given by its words, by its ranges, or by both, which then must agree.
func (s *Store) checkQuote(ctx context.Context, access corpus.Access, source Source) (Source, error) {
	d, err := s.corpus.Document(ctx, access, source.Reference.Document)
	if errors.Is(err, corpus.ErrNotFound) || err == nil && !d.Removed.IsZero() {
		return source, fmt.Errorf("%w: the source %.100q is not a document of the guild", ErrContent, source.Reference.Document)
	}
	if err != nil {
		return source, err
	}
	ref := source.Reference
	if len(ref.Ranges) == 0 {
		text, err := s.corpus.Text(ctx, access, d.ID, corpus.Range{End: d.Bytes})
		if err != nil {
			return source, err
		}
		ref.Revision = d.Revision
		if ref.Ranges = locate(text, source.Quote, 0); ref.Ranges == nil {
			return source, fmt.Errorf("%w: %s does not hold the quote %.60q word for word: copy it from verbatim corpus show --text", ErrContent, d.Name, source.Quote)
		}
	}
	shown, err := s.corpus.Quote(ctx, access, ref)
	switch {
	case errors.Is(err, corpus.ErrStale), errors.Is(err, corpus.ErrReference):
		return source, fmt.Errorf("%w: the source in %s: %w", ErrContent, d.Name, err)
	case err != nil:
		return source, err
	case utf8.RuneCountInString(shown) > maxQuote:
		return source, fmt.Errorf("%w: the quote %.40q of %s has %d characters, and can have %d: shorten it, or make several of it",
			ErrContent, shown, d.Name, utf8.RuneCountInString(shown), maxQuote)
	case len(source.Reference.Ranges) > 0 && source.Quote != "" && source.Quote != shown:
		return source, fmt.Errorf("%w: %s has %.60q where the quote %.60q should be", ErrContent, d.Name, shown, source.Quote)
	}
	p, _, err := s.passageAt(ctx, access, d, ref.Ranges[0].Start, 0)
	return Source{Reference: ref, Quote: shown, passage: p.Ordinal}, err
}

// passageAt returns the passage of a document that holds an offset, if there is one.
// Hint is the ordinal that it probably has.
func (s *Store) passageAt(ctx context.Context, access corpus.Access, d corpus.Document, at, hint int) (corpus.Found, bool, error) {
	const step = 50
	ids := []corpus.PassageID{{Document: d.ID, Ordinal: hint}}
	for first := 0; ; first += step {
		found, err := s.corpus.Passages(ctx, access, ids)
		if err != nil {
			return corpus.Found{}, false, err
		}
		for _, p := range found {
			if holds(p, at) {
				return p, true, nil
			}
		}
		ids = nil
		for i := first; i < min(first+step, d.Passages); i++ {
			ids = append(ids, corpus.PassageID{Document: d.ID, Ordinal: i})
		}
		if len(ids) == 0 {
			return corpus.Found{}, false, nil
		}
	}
}

func holds(p corpus.Found, at int) bool {
	for _, sentence := range p.Sentences {
		for _, r := range sentence {
			if r.Start <= at && at < r.End {
				return true
			}
		}
	}
	return false
}

// Sources returns what is shown of the sources of a curated answer: quotes read again
// from the texts, and those that a moderator wrote as excerpts with nothing but a
// citation. A quote that does not stand there any more, or that the access does not
// show, is left out.
func (s *Store) Sources(ctx context.Context, access corpus.Access, c Curated) ([]Excerpt, error) {
	var shown []Excerpt
	for _, source := range c.Sources {
		if !source.IsQuote() {
			shown = append(shown, Excerpt{Citation: source.Text})
			continue
		}
		e, found, err := s.excerpt(ctx, access, source)
		if err != nil {
			return nil, err
		}
		if found {
			shown = append(shown, e)
		}
	}
	return shown, nil
}

// excerpt reads a quote again, and finds where it stands. In a document that changed it
// must stand in the same place.
func (s *Store) excerpt(ctx context.Context, access corpus.Access, source Source) (e Excerpt, found bool, err error) {
	d, err := s.corpus.Document(ctx, access, source.Reference.Document)
	if isBroken(err) {
		return e, false, nil
	}
	if err != nil {
		return e, false, err
	}
	source.Reference.Revision = d.Revision
	text, err := s.corpus.Quote(ctx, access, source.Reference)
	if isBroken(err) || err == nil && text != source.Quote {
		return e, false, nil // also where it went in between
	}
	if err != nil {
		return e, false, err
	}
	e.Excerpt = retrieval.Excerpt{Document: d, Reference: source.Reference, Text: text}
	p, found, err := s.passageAt(ctx, access, d, source.Reference.Ranges[0].Start, source.passage)
	if err != nil {
		return e, false, err
	}
	if found {
		e.Section, e.Note, e.Pages = p.Section, p.Note, p.PagesOf(source.Reference.Ranges)
		e.FilePages = p.FilePagesOf(source.Reference.Ranges)
	}
	e.Citation = cite(e.Excerpt)
	return e, true, nil
}

// isBroken reports whether an error means that a quote does not stand where it did, or
// can't be seen.
func isBroken(err error) bool {
	return errors.Is(err, corpus.ErrNotFound) || errors.Is(err, corpus.ErrStale) || errors.Is(err, corpus.ErrReference)
}
