package retrieval

import "context"

// Coefficients are the numbers that ranking and the value of sentences depend on, by their
// names, for TestFitRanking to change.
var Coefficients = map[string]*float64{
	"k1": &k1, "b": &b, "standsWeight": &standsWeight, "foreignWeight": &foreignWeight, "sourcesWeight": &sourcesWeight,
	"weightBeginning": &weightBeginning, "weightPlace": &weightPlace, "weightName": &weightName,
	"strong": &strong, "fair": &fair, "faint": &faint,
}

// FormatVersion names caches of indexes.
const FormatVersion = formatVersion

// RankBare ranks by BM25 of the question's words alone, without a closer look, and does not
// repair them: what other engines do.
func (x *Indexes) RankBare(ctx context.Context, q Query, limit int) (hits []Hit, err error) {
	err = x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		s, err := g.stateOf(reader)
		if err != nil {
			return err
		}
		r := &ranking{view: reader, state: s, passages: s.passages(), bare: true, limit: limit, weight: map[string]map[string]float64{}}
		asked := analyseQuestion(q.Text, s.codes())
		if err := r.languages(ctx, asked, selection{all: true}); err != nil {
			return err
		}
		hits, err = r.hits()
		return err
	})
	return hits, err
}

// Analysed returns what ranks a question that has been analysed already.
func (x *Indexes) Analysed(ctx context.Context, q Query, limit int) (rankIt func() (int, error), err error) {
	err = x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		r, err := g.understand(ctx, reader, q)
		rankIt = func() (int, error) {
			ranked, err := rank(ctx, reader, r.state, *r.asked, r.seen, limit)
			return len(ranked.best), err
		}
		return err
	})
	return rankIt, err
}
