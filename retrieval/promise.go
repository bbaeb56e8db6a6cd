package retrieval

import "context"

// Promise returns a rough measure of how well the best passage fits a question, from the
// ranking alone: it costs a tenth of what Search does. It is 0 where nothing is found;
// higher is better, comparable between questions to one guild.
func (x *Indexes) Promise(ctx context.Context, q Query) (float64, error) {
	promise := 0.0
	err := x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		_, r, err := g.rank(ctx, q, 1, nil)
		if err != nil || len(r.best) == 0 {
			return err
		}
		best := r.best[0]
		highest, total := 0.0, 0.0
		for _, weight := range r.weight[best.language] {
			highest = max(highest, weight)
			total += weight
		}
		words := best.parts.Weight * best.parts.Words
		promise = words / ((k1 + 1) * highest) * words / ((k1 + 1) * total) // Signals.Score, and the same against all terms
		return nil
	})
	return promise, err
}
