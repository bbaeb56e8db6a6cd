package answers

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"slices"
	"time"

	"verbatim/corpus"
)

// A Judged is a curated answer, or a quote, with the votes on the replies that showed
// it.
type Judged struct {
	Curated   string           // ID, "" for a quote
	Quote     corpus.Reference // the zero one for a curated answer
	Name      string           // the question of the curated answer, or the name of the document
	Text      string           // of the quote; "" if its document changed since
	Helpful   int
	Unhelpful int
	Last      time.Time // of the votes
	Questions []string  // asked in public where it did not help, the latest first
	Comments  []string  // on it where it did not help, the latest first
}

// maxJudgedTexts is how many questions, and how many comments, there are of a Judged.
const maxJudgedTexts = 5

// Feedback returns the curated answers and quotes that were voted on and can be seen,
// those that helped least first. A vote on a curated answer is not one on the quote
// below it. Quotes of a text that overlap count as one.
func (s *Store) Feedback(ctx context.Context, access corpus.Access) ([]Judged, error) {
	var all judging
	err := s.db.Read(ctx, func(tx *sql.Tx) error {
		all = judging{of: map[string][]*Judged{}}
		comments, err := readComments(ctx, tx, access.Guild())
		if err != nil {
			return err
		}
		return each(ctx, tx, func(scan func(...any) error) error {
			var v votedOn
			if err := scan(&v.reply, &v.scope, &v.text, &v.curated, &v.quotes, &v.voted, &v.helpful, &v.unhelpful); err != nil {
				return err
			}
			asked, err := accessOf(access.Guild(), v.scope)
			if err != nil || !access.Covers(asked) {
				return err
			}
			v.comments = comments[v.reply]
			return all.judge(v)
		}, `SELECT r.reply, r.scope, r.text, r.curated, r.quotes, r.voted,
			(SELECT COALESCE(SUM(v.helpful), 0) FROM reply_vote v WHERE v.guild = r.guild AND v.reply = r.reply),
			(SELECT COALESCE(SUM(1 - v.helpful), 0) FROM reply_vote v WHERE v.guild = r.guild AND v.reply = r.reply)
			FROM voted_reply r WHERE r.guild = $1 ORDER BY r.voted DESC, r.reply`, access.Guild())
	})
	if err != nil {
		return nil, err
	}
	var seen []Judged
	for _, j := range all.all {
		found, err := s.name(ctx, access, j)
		if err != nil {
			return nil, err
		}
		if found {
			seen = append(seen, *j)
		}
	}
	slices.SortStableFunc(seen, func(x, y Judged) int {
		return cmp.Or(cmp.Compare(y.Unhelpful, x.Unhelpful), cmp.Compare(x.Helpful, y.Helpful), y.Last.Compare(x.Last))
	})
	return seen, nil
}

// readComments returns the comments of unhelpful votes by their replies, the latest
// first, as many of each as may be shown.
func readComments(ctx context.Context, tx *sql.Tx, guild string) (map[string][]string, error) {
	comments := map[string][]string{}
	err := each(ctx, tx, func(scan func(...any) error) error {
		var reply, comment string
		err := scan(&reply, &comment)
		comments[reply] = append(comments[reply], comment)
		return err
	}, `SELECT reply, comment FROM (
			SELECT reply, comment, ROW_NUMBER() OVER (PARTITION BY reply ORDER BY voted DESC, member) AS place
			FROM reply_vote WHERE guild = $1 AND helpful = 0 AND comment <> '') AS said
		WHERE place <= $2 ORDER BY reply, place`, guild, maxJudgedTexts)
	return comments, err
}

// A votedOn is a reply with its votes.
type votedOn struct {
	reply, scope, text, curated, quotes string
	voted                               int64
	helpful, unhelpful                  int
	comments                            []string
}

// A judging is what votes were counted for up to now.
type judging struct {
	all []*Judged
	of  map[string][]*Judged // by curated answer, or by revision of a document
}

// judge counts the votes for what the reply showed.
func (g *judging) judge(v votedOn) error {
	if v.curated != "" {
		g.count(v, Judged{Curated: v.curated})
		return nil
	}
	quotes, err := decodeReferences(v.quotes)
	for _, q := range quotes {
		g.count(v, Judged{Quote: q})
	}
	return err
}

func (g *judging) count(v votedOn, what Judged) {
	key := "curated " + what.Curated
	if what.Curated == "" {
		key = what.Quote.Document + " " + what.Quote.Revision
	}
	i := slices.IndexFunc(g.of[key], func(j *Judged) bool { return j.is(what) })
	if i < 0 {
		i = len(g.of[key])
		g.all, g.of[key] = append(g.all, &what), append(g.of[key], &what)
	}
	j := g.of[key][i]
	j.Helpful += v.helpful
	j.Unhelpful += v.unhelpful
	if at := timeOf(v.voted); at.After(j.Last) {
		j.Last = at
	}
	if v.unhelpful == 0 {
		return
	}
	if v.text != "" && len(j.Questions) < maxJudgedTexts && !slices.Contains(j.Questions, v.text) {
		j.Questions = append(j.Questions, v.text)
	}
	room := max(0, maxJudgedTexts-len(j.Comments))
	j.Comments = append(j.Comments, v.comments[:min(room, len(v.comments))]...)
}

// is reports whether two of the same key are the same: quotes that overlap are.
func (j *Judged) is(other Judged) bool {
	return j.Curated != "" || overlap(j.Quote.Ranges, other.Quote.Ranges)
}

// name fills in what a Judged is. What is gone or can't be seen is not found.
func (s *Store) name(ctx context.Context, access corpus.Access, j *Judged) (found bool, err error) {
	if j.Curated != "" {
		c, err := s.Curated(ctx, access, j.Curated)
		if isMissing(err) {
			return false, nil
		}
		j.Name = c.Question
		return err == nil, err
	}
	d, err := s.corpus.Document(ctx, access, j.Quote.Document)
	if errors.Is(err, corpus.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	j.Name = d.Name
	j.Text, err = s.corpus.Quote(ctx, access, j.Quote)
	if isBroken(err) {
		err = nil
	}
	return err == nil, err
}
