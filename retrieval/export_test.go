package retrieval

import (
	"context"
	"fmt"
)

// Coefficients are the numbers that ranking and the value of sentences depend on, by their
// names, for TestVaried to change.
var Coefficients = map[string]*float64{
	"k1": &k1, "b": &b, "standsWeight": &standsWeight, "besideOther": &besideOther, "foreignWeight": &foreignWeight,
	"weightBeginning": &weightBeginning, "weightPlace": &weightPlace, "weightName": &weightName,
	"strong": &strong, "fair": &fair, "faint": &faint,
	"shortRunes": &shortRunes, "patience": &patience, "enough": &enough, "trustSure": &trustSure, "trustUnsure": &trustUnsure,
}

// MatchCoefficients are those that the order of Wordeds depends on besides.
var MatchCoefficients = map[string]*float64{"answerWeight": &answerWeight, "hollowWeight": &hollowWeight, "unseenWordeds": &unseenWordeds}

// FormatVersion names caches of indexes.
const FormatVersion = formatVersion

// Analysed returns what ranks a question that has been analysed already. Bare is by BM25 of the
// question's words alone, as other engines do.
func (x *Indexes) Analysed(ctx context.Context, q Query, limit int, bare bool) (rankIt func() (int, error), err error) {
	err = x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		r, err := g.understand(ctx, reader, q, nil)
		rankIt = func() (n int, err error) {
			err = x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
				reader, err := g.reader()
				if err != nil {
					return err
				}
				defer reader.Close()
				ranked := newRanking(reader, r.state, limit)
				if ranked.bare = bare; bare {
					if err = ranked.languages(ctx, *r.asked, r.seen); err == nil {
						if err = ranked.sort(); err == nil {
							err = ranked.name(ranked.best)
						}
					}
				} else {
					ranked, err = rank(ctx, reader, r.state, *r.asked, r.seen, limit)
				}
				if err == nil {
					n = len(ranked.best)
				}
				return err
			})
			return n, err
		}
		return err
	})
	return rankIt, err
}

// Distance is how many letters one word of at most 64 letters differs from another by.
func Distance(word, other string) int { return newPattern(word).distance([]byte(other)) }

// LikeIn returns what looks up words like one in lists of words, each in the order of bytes.
func LikeIn(words ...[]string) func(word string, most int) [][]string {
	var lists wordLists
	for _, some := range words {
		list := &wordList{}
		for _, word := range some {
			list.add(word)
		}
		lists = append(lists, list)
	}
	return lists.like
}

// During calls fn while somebody uses the index of a guild.
func (x *Indexes) During(ctx context.Context, guild string, fn func()) error {
	return x.use(ctx, guild, func(*guildIndex) error { fn(); return nil })
}

// FailOnce uses the index of a guild, which fails under the first use, and returns how many uses
// there were.
func (x *Indexes) FailOnce(ctx context.Context, guild string) (uses int, err error) {
	err = x.use(ctx, guild, func(g *guildIndex) error {
		if uses++; uses == 1 {
			g.fail()
			panic("what is read is closed")
		}
		return nil
	})
	return uses, err
}

// Segments are the numbers of the segments of a guild's index, the first one first.
func (x *Indexes) Segments(ctx context.Context, guild string) (ids []uint64, err error) {
	err = x.use(ctx, guild, func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		ids = reader.ids
		return nil
	})
	return ids, err
}

// ReadableSince is the earliest format that is read.
const ReadableSince = readableSince

// SetFormat makes a closed index one of another format, as another version would have made it.
func SetFormat(dir, guild string, format int) error {
	x, err := openIndex(dir, guild, newKeptLists())
	if err != nil {
		return err
	}
	s := x.state.clone()
	s.Format = format
	data, err := s.encode()
	if err != nil {
		return err
	}
	if err := x.bleve.SetInternal(stateKey, data); err != nil {
		return err
	}
	return x.close()
}

// RankTallied is Rank that gathers no more passages than limit, where terms with at most so many
// postings are always tallied.
func (x *Indexes) RankTallied(ctx context.Context, q Query, limit, postings int) (hits []Hit, err error) {
	err = x.ranked(ctx, q, func(reader *view, understood *repair) error {
		r := newRanking(reader, understood.state, limit)
		r.cheap = postings
		if err := r.hold(ctx, *understood.asked, understood.seen); err != nil {
			return err
		}
		if err := r.languages(ctx, *understood.asked, understood.seen); err != nil {
			return err
		}
		if err := r.sort(); err != nil {
			return err
		}
		r.best = r.best[:min(len(r.best), limit)]
		if err := r.name(r.best); err != nil {
			return err
		}
		hits, err = r.hits()
		return err
	})
	return hits, err
}

// ranked calls fn with what a question is understood as.
func (x *Indexes) ranked(ctx context.Context, q Query, fn func(*view, *repair) error) error {
	return x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
		reader, err := g.reader()
		if err != nil {
			return err
		}
		defer reader.Close()
		understood, err := g.understand(ctx, reader, q, nil)
		if err != nil {
			return err
		}
		return fn(reader, understood)
	})
}

// BeyondBounds ranks a question with some terms tallied, and says which passage scores more than it
// is held to score at most, "" if none does.
func (x *Indexes) BeyondBounds(ctx context.Context, q Query, tallied func() bool) (beyond string, err error) {
	err = x.ranked(ctx, q, func(reader *view, understood *repair) error {
		r := newRanking(reader, understood.state, 1)
		for code := range r.state.Languages {
			e, err := r.evaluation(ctx, code, *understood.asked, 1, understood.seen)
			if err != nil {
				return err
			}
			for i := range e.terms {
				if tallied() {
					e.tally(i)
				}
			}
			if err := e.sift(ctx); err != nil { // all that have a tally, as there are no best passages yet
				return err
			}
			for i, in := range reader.segments {
				atMost := map[uint32]int32{}
				for _, c := range e.contenders {
					if int(c.segment) == i {
						atMost[c.passage] = c.atMost
					}
				}
				for passage := range uint32(in.Segment().Count()) {
					bound, found := atMost[passage]
					if !found {
						bound = e.restOfAll()
					}
					if score := e.parts(i, passage).Total(); understood.seen.sees(in.first+uint64(passage)) && e.unitsOf(score) > bound {
						beyond = fmt.Sprintf("%q: passage %d of segment %d scores %d, its bound is %d of %d", q.Text, passage, i, e.unitsOf(score), bound, e.restOfAll())
					}
				}
			}
			e.close()
		}
		return nil
	})
	return beyond, err
}
