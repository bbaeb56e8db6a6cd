package retrieval

import "context"

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
		r, err := g.understand(ctx, reader, q)
		rankIt = func() (n int, err error) {
			err = x.use(ctx, q.Access.Guild(), func(g *guildIndex) error {
				reader, err := g.reader()
				if err != nil {
					return err
				}
				defer reader.Close()
				ranked := &ranking{view: reader, state: r.state, passages: r.state.passages(), bare: bare, limit: limit, weight: map[string]map[string]float64{}}
				if bare {
					if err = ranked.languages(ctx, *r.asked, r.seen); err == nil {
						err = ranked.name(ranked.best)
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
