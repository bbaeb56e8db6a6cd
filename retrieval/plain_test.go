package retrieval

import (
	"cmp"
	"context"
	"slices"
)

// RankPlainly is RankTallied by a loop that scores each passage there is, by maps and without
// bounds. It shares no more with it than how one word adds to a score.
func (x *Indexes) RankPlainly(ctx context.Context, q Query, limit int) (hits []Hit, err error) {
	err = x.ranked(ctx, q, func(reader *view, understood *repair) error {
		var all []scored
		r := newRanking(reader, understood.state, limit)
		if err := r.hold(ctx, *understood.asked, understood.seen); err != nil {
			return err
		}
		_, native := r.state.Languages[understood.asked.language]
		for code, sum := range r.state.Languages {
			weight := 1.0
			if native && code != understood.asked.language && code != unknown {
				weight = foreignWeight
			}
			clues, err := r.clues(ctx, code, *understood.asked)
			if err != nil {
				return err
			}
			found, err := plainly(reader, clues, weight, float64(sum.Tokens)/float64(sum.Passages))
			if err != nil {
				return err
			}
			for number, parts := range found {
				in, passage := reader.segmentOf(number)
				deleted := reader.segments[in].Deleted()
				if !understood.seen.sees(number) || deleted != nil && deleted.Contains(passage) {
					continue
				}
				for _, passages := range r.holding {
					if passages.has(number) {
						parts.Phrases++
					}
				}
				all = append(all, scored{number: number, language: code, score: parts.Total(), parts: parts})
			}
		}
		r.best = all
		if err := r.name(all); err != nil {
			return err
		}
		slices.SortFunc(all, func(x, y scored) int {
			return cmp.Or(cmp.Compare(y.parts.Phrases, x.parts.Phrases), cmp.Compare(y.score, x.score), cmp.Compare(x.id, y.id))
		})
		r.best = all[:min(len(all), limit)]
		hits, err = r.hits()
		return err
	})
	return hits, err
}

// plainly scores the passages that hold some of the clues, clue by clue.
func plainly(v *view, clues []clue, weight, average float64) (map[uint64]Explanation, error) {
	lengths, err := v.lengths()
	if err != nil {
		return nil, err
	}
	found := map[uint64]Explanation{}
	for _, c := range clues {
		words, weak, parts := map[uint64]float64{}, map[uint64]float64{}, map[uint64]float64{}
		each := func(l lists, do func(number uint64, segment, at int, passage uint32)) {
			for i, of := range l.of {
				for at, passage := range of.all() {
					do(v.segments[i].first+uint64(passage), i, at, passage)
				}
			}
		}
		for _, l := range c.words {
			each(l, func(number uint64, segment, at int, passage uint32) {
				if _, known := words[number]; !known {
					words[number] = l.idf * saturate(l.of[segment].frequency(at), lengths.of[segment].lengthOf(passage)/average)
				}
			})
		}
		each(c.beginning, func(number uint64, _, _ int, _ uint32) { weak[number] = c.beginning.idf })
		for _, l := range c.wholes {
			each(l, func(number uint64, _, _ int, _ uint32) { weak[number] = max(weak[number], min(c.idf, l.idf)) })
		}
		for _, l := range c.parts {
			each(l, func(number uint64, _, _ int, _ uint32) { parts[number] += l.idf })
		}
		held := map[uint64]bool{}
		for _, some := range []map[uint64]float64{words, weak, parts} {
			for number := range some {
				held[number] = true
			}
		}
		for number := range held {
			now := found[number]
			now.Weight = weight
			if word, ok := words[number]; ok {
				now.Words += word
			} else {
				now.Beginnings += weightBeginning * max(weak[number], min(c.idf, parts[number]))
			}
			found[number] = now
		}
	}
	return found, nil
}
