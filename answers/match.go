package answers

import (
	"context"
	"database/sql"
	"math"
	"slices"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// A CuratedReply is a curated answer as a reply shows it.
type CuratedReply struct {
	Curated
	Shown    []Excerpt          // its sources: quotes that stand where they stood, and what moderators wrote
	Likeness retrieval.Likeness // what it was chosen by
}

// The coefficients of the two formulas below are fitted by
//
//	VERBATIM_TESTDATA=… go test ./answers/eval -run TestFit -fit
//
// on half of the answers of texts_fr, stackfaq_en and the sample (docs/quality.md).

// likeness is how well a curated answer fits a question, as the logarithm of odds: it
// tells the right one among those that share words with it.
func likeness(l retrieval.Likeness) float64 {
	z := -12.23 +
		3.78*l.Question +
		-0.96*l.Wording +
		6.25*math.Sqrt(l.Question*l.Wording) +
		3.26*l.Wordings +
		1.02*l.Answer +
		8.41*l.Score
	if l.OffKind {
		z -= 3.22
	}
	return z
}

// asked is the probability that the one that fits best answers the question, by how far
// it stands before the next.
func asked(z, lead float64) float64 {
	return logistic(-0.67 + 0.98*z + 0.94*lead)
}

const (
	maxLead     = 2   // a greater lead says no more
	minAsked    = 0.7 // below it is no answer
	lonelyScore = -6  // of the next where there is none
)

// pick returns the match that answers a question, and the probability that it does.
// There is none where the best is about another name or number, or asks for another kind of
// thing.
func pick(matches []retrieval.Match) (best retrieval.Match, probability float64, found bool) {
	first, second := math.Inf(-1), float64(lonelyScore)
	for _, m := range matches {
		switch z := likeness(m.Likeness); {
		case z > first:
			first, second, best = z, max(first, second), m
		case z > second:
			second = z
		}
	}
	if len(matches) == 0 || best.Differs {
		return best, 0, false
	}
	probability = asked(first, min(maxLead, first-second))
	return best, probability, probability >= minAsked
}

// curatedAnswer returns the curated answer to a question, nil if there is none.
func (a *Answerer) curatedAnswer(ctx context.Context, q retrieval.Query) (*CuratedReply, float64, error) {
	if a.curated == nil {
		return nil, 0, nil
	}
	filter := q.Filter // which is of texts
	q.Filter = retrieval.Filter{}
	seen := map[string]Curated{}
	read := func(ctx context.Context, ids []string) ([]retrieval.Worded, error) {
		var wordeds []retrieval.Worded
		list, err := a.curated.among(ctx, q.Access, ids)
		for _, c := range list {
			if !passes(c, filter) {
				continue
			}
			seen[c.ID] = c
			wordeds = append(wordeds, retrieval.Worded{ID: c.ID, Language: c.Language, Wordings: c.wordings(), Answer: c.Answer})
		}
		return wordeds, err
	}
	matches, _, err := a.curatedIndexes.Match(ctx, q, read)
	if err != nil {
		return nil, 0, err
	}
	best, probability, found := pick(matches)
	if !found {
		return nil, 0, nil
	}
	reply := &CuratedReply{Curated: seen[best.ID], Likeness: best.Likeness}
	reply.Shown, err = a.curated.Sources(ctx, q.Access, reply.Curated)
	if n := len(reply.Sources) - len(reply.Shown); err == nil && n > 0 {
		a.log.Info("sources of a curated answer dropped", "curated", best.ID, "sources", n)
	}
	return reply, probability, err
}

// passes reports whether a curated answer is among what a filter leaves. It is of no text,
// so that only one of courses can leave it.
func passes(c Curated, f retrieval.Filter) bool {
	if f.Documents != nil || f.Author != "" || f.Language != "" || f.From != "" || f.To != "" {
		return false
	}
	return f.Courses == nil || slices.Contains(f.Courses, c.Course)
}

// among returns those of the curated answers that can be seen and are not removed, in
// their order.
func (s *Store) among(ctx context.Context, access corpus.Access, ids []string) ([]Curated, error) {
	var found []Curated
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		found = nil
		for _, id := range ids {
			err := queryCurated(ctx, tx, access.Guild(), `AND c.curated = $2`, func(c Curated, _ int64) error {
				if access.Sees(c.Course) && c.Removed.IsZero() {
					found = append(found, c)
				}
				return nil
			}, id)
			if err != nil {
				return err
			}
		}
		return nil
	})
	for i := range found {
		if err == nil {
			found[i].Sources, err = s.seenSources(ctx, access, found[i].Sources)
		}
	}
	return found, err
}

// addsTo reports whether a quote is worth showing under a curated answer: the answer
// does not say it already, nor one of its sources.
func (e Excerpt) addsTo(c *CuratedReply) bool {
	for _, shown := range c.Shown {
		if shown.Reference.Document == e.Reference.Document && overlap(shown.Reference.Ranges, e.Reference.Ranges) {
			return false
		}
	}
	return locate(c.Answer, e.Text, 0) == nil
}

func overlap(a, b []corpus.Range) bool {
	for _, x := range a {
		for _, y := range b {
			if x.Start < y.End && y.Start < x.End {
				return true
			}
		}
	}
	return false
}
