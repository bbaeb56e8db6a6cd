package retrieval

import (
	"context"

	"verbatim/config/database"
	"verbatim/corpus"
)

// maxListed is how far a ranking can be listed.
const maxListed = 100

// List returns passages in the order of the ranking, each with what of it bears best on
// the question: so many after the first so many. More says whether there are others after
// these. It lists at most the first hundred.
func (x *Indexes) List(ctx context.Context, q Query, after, count int, store *corpus.Store) (list []Excerpt, phrases []Phrase, more bool, err error) {
	after = min(max(after, 0), maxListed)
	count = min(max(count, 0), maxListed-after)
	err = x.useAt(ctx, q.Access.Guild(), func(g *guildIndex, head database.Head) error {
		asked, r, err := g.rank(ctx, q, after+count+1, store)
		if err != nil {
			return err
		}
		phrases = r.phrases
		candidates, err := r.candidates(ctx, asked, x.passageReader(g, store, q.Access, head))
		if err != nil {
			return err
		}
		more = len(candidates) > after+count && after+count < maxListed
		for i := after; i < min(after+count, len(candidates)); i++ {
			if chosen := choose(asked, candidates[i:i+1]); len(chosen) > 0 {
				list = append(list, chosen[0])
			}
		}
		return nil
	})
	return list, phrases, more, err
}
