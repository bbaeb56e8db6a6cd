package answers

import (
	"context"
	"database/sql"
	"errors"
	"strings"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// A Fate is what became of a quote in a text that changed.
type Fate string

// The fates. A reply shows a quote that is the same; the others it leaves out.
const (
	SameQuote    Fate = "same"    // it stands where it stood, in a text that changed elsewhere
	MovedQuote   Fate = "moved"   // it stands elsewhere in the text
	ChangedQuote Fate = "changed" // something like it stands there
	GoneQuote    Fate = "gone"    // nothing like it does, or the document is gone
)

// A StaleQuote is a source of a curated answer whose document changed since it was
// quoted.
type StaleQuote struct {
	Source   int // its place among the sources of the answer, from 0
	Document string
	Name     string // of the document, "" if it is gone
	Fate     Fate
	Old      string // the quote
	New      string // what stands there now, "" where it is gone
	now      Source // what takes its place
}

// A StaleAnswer is a curated answer with quotes that are not what they were.
type StaleAnswer struct {
	Curated
	Quotes []StaleQuote
}

// Stale returns the curated answers that can be seen and are not removed, of which a
// quote moved, changed or is gone, in the order of their questions; with same also those
// whose quotes stand where they stood, though the document changed. It reads every
// document that changed, so it takes time where these are many.
func (s *Store) Stale(ctx context.Context, access corpus.Access, same bool) ([]StaleAnswer, error) {
	list, err := s.List(ctx, access, false)
	if err != nil {
		return nil, err
	}
	var stale []StaleAnswer
	for _, c := range list {
		quotes, err := s.staleQuotes(ctx, access, c)
		if err != nil {
			return nil, err
		}
		worth := false
		for _, q := range quotes {
			worth = worth || same || q.Fate != SameQuote
		}
		if worth {
			stale = append(stale, StaleAnswer{c, quotes})
		}
	}
	return stale, nil
}

func (s *Store) staleQuotes(ctx context.Context, access corpus.Access, c Curated) ([]StaleQuote, error) {
	var stale []StaleQuote
	for i, source := range c.Sources {
		if !source.IsQuote() {
			continue
		}
		q, isStale, err := s.staleQuote(ctx, access, source)
		if err != nil {
			return nil, err
		}
		if isStale {
			q.Source = i
			stale = append(stale, q)
		}
	}
	return stale, nil
}

// staleQuote compares a quote with its document. Where the access does not show that,
// nothing is said of it.
func (s *Store) staleQuote(ctx context.Context, access corpus.Access, source Source) (q StaleQuote, isStale bool, err error) {
	q = StaleQuote{Document: source.Reference.Document, Fate: GoneQuote, Old: source.Quote}
	d, err := s.corpus.Document(ctx, access, q.Document)
	if errors.Is(err, corpus.ErrNotFound) {
		_, err = s.corpus.Document(ctx, corpus.Everything(access.Guild()), q.Document)
		if errors.Is(err, corpus.ErrNotFound) {
			return q, true, nil
		}
		return q, false, err
	}
	if err != nil {
		return q, false, err
	}
	q.Name = d.Name
	if !d.Removed.IsZero() {
		return q, true, nil
	}
	if d.Revision == source.Reference.Revision {
		return q, false, nil
	}
	c := comparison{store: s, access: access, document: d, source: source}
	q.Fate, q.now, err = c.compare(ctx)
	q.New = q.now.Quote
	return q, true, err
}

// TakeOver gives the quotes of a curated answer that are the same or moved the places
// where they stand now, and with changed also those that changed their new words; base
// as for Edit. What is gone stays as it was, and so does what can't be seen. It returns
// the answer, with a new revision if there was something to take over.
func (s *Store) TakeOver(ctx context.Context, access corpus.Access, id string, base int, author string, changed bool) (Curated, error) {
	var c Curated // with all quotes: those that can't be seen are kept
	err := s.db.Read(ctx, func(tx *sql.Tx) (err error) {
		c, err = readSeen(ctx, tx, access, id)
		return err
	})
	if err != nil {
		return Curated{}, err
	}
	if base == 0 {
		base = c.Revision
	}
	stale, err := s.staleQuotes(ctx, access, c)
	if err != nil {
		return Curated{}, err
	}
	content := c.Content
	content.Sources = append([]Source(nil), c.Sources...)
	for _, q := range stale {
		if q.Fate == SameQuote || q.Fate == MovedQuote || q.Fate == ChangedQuote && changed {
			content.Sources[q.Source] = q.now
		}
	}
	c, err = s.Edit(ctx, access.Guild(), id, base, author, content)
	return s.shown(ctx, access, c, err)
}

// A comparison looks for a quote in its document as it is now.
type comparison struct {
	store    *Store
	access   corpus.Access
	document corpus.Document
	source   Source
}

func (c comparison) compare(ctx context.Context) (Fate, Source, error) {
	old := c.source.Reference.Ranges
	if now, found, err := c.standsAt(ctx, old); found || err != nil {
		return SameQuote, now, err
	}
	text, err := c.store.corpus.Text(ctx, c.access, c.document.ID, corpus.Range{End: c.document.Bytes})
	if err != nil || len(old) == 0 {
		return GoneQuote, Source{}, err
	}
	if now, found, err := c.standsAt(ctx, locate(text, c.source.Quote, 0)); found || err != nil {
		return MovedQuote, now, err
	}
	for _, at := range c.beginnings(text) {
		if now, found, err := c.standsAt(ctx, shifted(old, at-old[0].Start)); found || err != nil {
			return MovedQuote, now, err
		}
	}
	if now, found, err := c.reads(ctx); found || err != nil {
		return MovedQuote, now, err
	}
	now, found, err := c.nearest(ctx)
	if !found {
		return GoneQuote, Source{}, err
	}
	return ChangedQuote, now, err
}

// standsAt reports whether ranges of the document show just the quote.
func (c comparison) standsAt(ctx context.Context, ranges []corpus.Range) (now Source, found bool, err error) {
	if len(ranges) == 0 {
		return Source{}, false, nil
	}
	ref := corpus.Reference{Document: c.document.ID, Revision: c.document.Revision, Ranges: ranges}
	shown, err := c.store.corpus.Quote(ctx, c.access, ref)
	if isBroken(err) {
		return Source{}, false, nil
	}
	if err != nil || shown != c.source.Quote {
		return Source{}, false, err
	}
	p, _, err := c.store.passageAt(ctx, c.access, c.document, ranges[0].Start, c.source.passage)
	return Source{Reference: ref, Quote: shown, passage: p.Ordinal}, err == nil, err
}

// reads looks for the quote in the document as it is read now, perhaps in another format:
// word for word, with other line ends, pages or apostrophes.
func (c comparison) reads(ctx context.Context) (now Source, found bool, err error) {
	ref := corpus.Reference{Document: c.document.ID, Revision: c.document.Revision}
	ref.Ranges, err = c.store.corpus.Locate(ctx, c.access, ref, c.source.Quote)
	if isBroken(err) || err == nil && ref.Ranges == nil {
		return Source{}, false, nil
	}
	if err != nil {
		return Source{}, false, err
	}
	shown, err := c.store.corpus.Quote(ctx, c.access, ref)
	if isBroken(err) || err == nil && !corpus.SameWords(shown, c.source.Quote) {
		return Source{}, false, nil
	}
	if err != nil {
		return Source{}, false, err
	}
	p, _, err := c.store.passageAt(ctx, c.access, c.document, ref.Ranges[0].Start, c.source.passage)
	return Source{Reference: ref, Quote: shown, passage: p.Ordinal}, err == nil, err
}

// Bounds of the search for what moved.
const (
	beginningWords = 3
	maxBeginnings  = 100
)

// beginnings returns where the first words of the quote stand in the text. A quote that
// jumps over page numbers and the like is found by them: it moved as a whole.
func (c comparison) beginnings(text string) []int {
	words := strings.Fields(c.source.Quote)
	flat, beginning := flatten(text), strings.Join(words[:min(beginningWords, len(words))], " ")
	var found []int
	for from := 0; beginning != "" && len(found) < maxBeginnings; {
		i := strings.Index(flat.text[from:], beginning)
		if i < 0 {
			break
		}
		found = append(found, flat.at[from+i])
		from += i + len(beginning)
	}
	return found
}

func shifted(ranges []corpus.Range, by int) []corpus.Range {
	var moved []corpus.Range
	for _, r := range ranges {
		moved = append(moved, corpus.Range{Start: r.Start + by, End: r.End + by})
	}
	return moved
}

// minLike is the share of terms that two quotes must have in common for one to be what
// became of the other: twice the common ones by all of both (Dice 1945).
const minLike = 0.5

// nearest returns the sentences of a passage, as many as the quote has or about, that
// are most like it.
func (c comparison) nearest(ctx context.Context) (now Source, found bool, err error) {
	wanted := termsOf(c.document.Language, c.source.Quote)
	best := minLike
	const step = 50
	for first := 0; first < c.document.Passages; first += step {
		var ids []corpus.PassageID
		for i := first; i < min(first+step, c.document.Passages); i++ {
			ids = append(ids, corpus.PassageID{Document: c.document.ID, Ordinal: i})
		}
		passages, err := c.store.corpus.Passages(ctx, c.access, ids)
		if err != nil {
			return now, false, err
		}
		for _, p := range passages {
			if from, to, like := nearestIn(p, c.document.Language, wanted); like > best && p.Document.Revision == c.document.Revision {
				var ranges []corpus.Range
				for _, sentence := range p.Sentences[from:to] {
					ranges = append(ranges, sentence...)
				}
				best, found = like, true
				now = Source{passage: p.Ordinal, Quote: p.Show(ranges),
					Reference: corpus.Reference{Document: c.document.ID, Revision: c.document.Revision, Ranges: ranges}}
			}
		}
	}
	return now, found, nil
}

// nearestIn returns the run of sentences of a passage that is most like the wanted
// terms, and how like.
func nearestIn(p corpus.Found, language string, wanted map[string]bool) (from, to int, like float64) {
	sentences := make([]map[string]bool, len(p.Texts))
	for i, text := range p.Texts {
		sentences[i] = map[string]bool{}
		for _, t := range retrieval.Analyze(language, text) {
			sentences[i][t.Term] = true
		}
	}
	for i := range sentences {
		terms, common := map[string]bool{}, 0
		for j := i; j < len(sentences); j++ {
			for term := range sentences[j] {
				if !terms[term] && wanted[term] {
					common++
				}
				terms[term] = true
			}
			if d := 2 * float64(common) / float64(max(1, len(terms)+len(wanted))); d > like {
				from, to, like = i, j+1, d
			}
		}
	}
	return from, to, like
}
