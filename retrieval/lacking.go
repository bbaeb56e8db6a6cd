package retrieval

import (
	"context"
	"slices"

	"verbatim/corpus"
)

// Lacking returns the words of a question, as typed and in its order, that no text holds
// which can be seen, and that were read as no other word either.
func (x *Indexes) Lacking(ctx context.Context, q Query, store *corpus.Store) ([]string, error) {
	var words []string
	err := x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		r, err := g.understand(ctx, reader, q, store)
		if err != nil {
			return err
		}
		for i := range r.asked.words {
			w := &r.asked.words[i]
			lacks := slices.Contains(r.unknown, w.folded)
			if isNumber(w.folded) { // which is not read as another
				there, err := r.holds(ctx, w)
				if err != nil {
					return err
				}
				lacks = !there
			}
			if typed := r.asked.text[w.start:w.end]; lacks && !slices.Contains(words, typed) {
				words = append(words, typed)
			}
		}
		return nil
	})
	return words, err
}
