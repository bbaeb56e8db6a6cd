package retrieval

import (
	"cmp"
	"context"
	"slices"
	"time"

	"verbatim/config/database"
	"verbatim/corpus"
)

// A Hit is a passage in the ranking.
type Hit struct {
	Document    string // ID
	Ordinal     int
	Score       float64
	Explanation Explanation // what Score is made of
}

// considered is how many passages excerpts are chosen from.
const considered = 10

// Rank returns the best passages that can be seen, best first, at most limit, which
// is at least 1.
func (x *Indexes) Rank(ctx context.Context, q Query, limit int, store *corpus.Store) ([]Hit, error) {
	var hits []Hit
	err := x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		_, r, err := g.rank(ctx, q, limit, store)
		if err != nil {
			return err
		}
		hits, err = r.hits()
		return err
	})
	return hits, err
}

// rank analyses a query and ranks the passages of the index as it is now.
func (g *guildIndex) rank(ctx context.Context, q Query, limit int, store *corpus.Store) (question, *ranking, error) {
	reader, err := g.reader()
	if err != nil {
		return question{}, nil, err
	}
	defer reader.Close()
	begun := time.Now()
	r, err := g.understand(ctx, reader, q, store)
	if err != nil {
		return question{}, nil, err
	}
	if err := r.place(ctx); err != nil {
		return question{}, nil, err
	}
	understood := time.Since(begun)
	ranked, err := rank(ctx, reader, r.state, *r.asked, r.seen, limit)
	if err != nil {
		return *r.asked, ranked, err
	}
	ranked.times = Times{Analysis: understood, Search: time.Since(begun) - understood}
	if r.asked.language == "" {
		ranked.mostly, err = r.seen.mostly(r.state)
	}
	return *r.asked, ranked, err
}

// understand analyses a query and repairs its words. A store tells what acronyms are short for.
func (g *guildIndex) understand(ctx context.Context, reader *view, q Query, store *corpus.Store) (*repair, error) {
	s, err := g.stateOf(reader)
	if err != nil {
		return nil, err
	}
	asked := analyseQuestion(q.Text, s.codes())
	asked.useGlossary(q.Glossary)
	seen, err := selected(reader, q.Access, q.Filter)
	if err != nil {
		return nil, err
	}
	r := g.newRepair(reader, s, &asked, seen)
	r.store, r.access = store, q.Access
	return r, r.all(ctx)
}

func (r *ranking) hits() ([]Hit, error) {
	hits := make([]Hit, len(r.best))
	for i, s := range r.best {
		document, ordinal, err := splitID(s.id)
		if err != nil {
			return nil, err
		}
		hits[i] = Hit{document, ordinal, s.score, s.parts}
	}
	return hits, nil
}

// A Result is what was found for a question.
type Result struct {
	Language string    // of the question, ISO 639-1, or if it can't be told, of most texts that can be seen
	Told     bool      // Language is that of the question
	Excerpts []Excerpt // best first; empty when no passage shares a word with it
	Phrases  []Phrase  // what stood in quotation marks, in order
	Signals  Signals
	Passages int  // in the index, whether they can be seen or not
	Earlier  bool // the index is one of an earlier version, which answers until a new one is whole
	Explains bool // an answer explains something: the question asks why or how

	Times Times // it took

	SearchedAlso []Reading // of words that no text has that the asker may see
	Equal        []Reading // of terms of the glossary, where the excerpts hold others of their groups
}

// Times are how long the stages of a search took.
type Times struct {
	Index    time.Duration // to open the index and bring it up to date
	Analysis time.Duration // to understand the question: its language, its words, misspelt ones
	Search   time.Duration // to rank passages
	Excerpts time.Duration // to read the best of them, and choose what to quote
}

// Search finds the passages that bear on a question and chooses what to quote of
// them. Texts are read from store, which may have changed since the index was
// brought up to date; what is gone is passed over.
func (x *Indexes) Search(ctx context.Context, q Query, store *corpus.Store) (Result, error) {
	var result Result
	begun := time.Now()
	err := x.useAt(ctx, q.Access.Guild(), func(g *guildIndex, head database.Head) error {
		opened := time.Since(begun)
		asked, r, err := g.rank(ctx, q, considered, store)
		if err != nil {
			return err
		}
		result.Times = r.times
		result.Times.Index = opened
		result.Earlier = g.replies
		ranked := time.Now()
		defer func() { result.Times.Excerpts = time.Since(ranked) }()
		result.Language, result.Told = asked.language, asked.language != ""
		if result.Language == "" {
			result.Language = r.mostly
		}
		result.Phrases = r.phrases
		result.Passages = r.state.passages()
		if result.SearchedAlso, err = asked.shown(ctx, q.Access, store); err != nil {
			return err
		}
		candidates, err := r.candidates(ctx, asked, x.passageReader(g, store, q.Access, head))
		if err != nil || len(candidates) == 0 {
			return err
		}
		result.Excerpts = choose(asked, candidates)
		result.Explains = candidates[0].kind.explains()
		result.Equal = asked.equalIn(result.Excerpts)
		result.Signals = signals(asked, r, candidates, result.Excerpts)
		return nil
	})
	return result, err
}

// candidates reads the ranked passages and analyses their sentences. Where some hold
// phrases of the question, those that hold fewer are left out.
func (r *ranking) candidates(ctx context.Context, q question, from passageReader) ([]candidate, error) {
	wanted := make([]passageIn, len(r.best))
	at := map[corpus.PassageID]scored{}
	for i, s := range r.best {
		document, ordinal, err := splitID(s.id)
		if err != nil {
			return nil, err
		}
		wanted[i] = passageIn{corpus.PassageID{Document: document, Ordinal: ordinal}, s.language}
		at[wanted[i].PassageID] = s
	}
	found, err := from.read(ctx, wanted)
	if err != nil {
		return nil, err
	}
	want := wantingOf(q, r.phrases)
	lenses := map[string]*lens{}
	candidates := make([]candidate, 0, len(found))
	for _, p := range found {
		s := at[corpus.PassageID{Document: p.Document.ID, Ordinal: p.Ordinal}]
		if listsSources(p.Section) {
			s.parts.Weight *= foreignWeight
		}
		if lenses[s.language] == nil {
			lenses[s.language] = newLens(q, want, s.language, r.weight[s.language])
		}
		candidates = append(candidates, newCandidate(q, lenses[s.language], p, s))
	}
	slices.SortStableFunc(candidates, func(x, y candidate) int {
		return cmp.Or(cmp.Compare(y.parts.Phrases, x.parts.Phrases), cmp.Compare(y.score, x.score))
	})
	for i, c := range candidates {
		if c.parts.Phrases < candidates[0].parts.Phrases {
			return candidates[:i], nil
		}
	}
	return candidates, nil
}
