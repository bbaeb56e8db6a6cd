package answers

import (
	"context"
	"database/sql"
	"fmt"
	"strings"

	"verbatim/corpus"
	"verbatim/retrieval"
)

// What is fitted: the two formulas.
var (
	Belongs  = belongs
	Answered = answered
)

// Values returns what the weights of the formula stand before.
func (f formula) Values(s retrieval.Signals, usual float64) []float64 {
	values := make([]float64, len(f))
	for i, t := range f {
		values[i] = t.value(s, usual)
	}
	return values
}

// Set gives the formula other weights.
func (f formula) Set(weights []float64) {
	for i := range f {
		f[i].weight = weights[i]
	}
}

// String returns the weights with their names.
func (f formula) String() string {
	var out strings.Builder
	for _, t := range f {
		fmt.Fprintf(&out, "\t{%q, %.2f,\n", t.name, t.weight)
	}
	return out.String()
}

// Usual asks the foreign questions in a language, and returns the balanced level.
func (a *Answerer) Usual(ctx context.Context, guild, language string) (float64, error) {
	g, err := a.askForeign(ctx, corpus.Everything(guild), language)
	return g.Balanced, err
}

// Weights returns the weights of the formula.
func (f formula) Weights() []float64 {
	var weights []float64
	for _, t := range f {
		weights = append(weights, t.weight)
	}
	return weights
}

// MaxReplies is the limit of replies with votes.
const MaxReplies = maxReplies

// VotedRepliesForTest stores so many private replies with an unhelpful vote each.
func VotedRepliesForTest(ctx context.Context, guild string, n int, voted int64) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		const numbers = `WITH RECURSIVE numbers (n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < $1)`
		_, err := tx.ExecContext(ctx, `INSERT INTO voted_reply (guild, reply, scope, language, text, private, curated, quotes, question, wording, voted)
			`+numbers+` SELECT '`+guild+`', 'reply ' || n, '*', '', '', 1, '', '[]', '', 0, $2 FROM numbers`, n, voted)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO reply_vote (guild, reply, member, helpful, comment, voted)
			`+numbers+` SELECT '`+guild+`', 'reply ' || n, 'ana', 0, '', $2 FROM numbers`, n, voted)
		return err
	}
}

// OpenQuestionForTest stores an open question that was asked once, without looking for
// those like it.
func OpenQuestionForTest(ctx context.Context, guild string, n int, asked int64) func(*sql.Tx) error {
	return func(tx *sql.Tx) error {
		id := fmt.Sprint("test ", n)
		_, err := tx.ExecContext(ctx, `INSERT INTO open_question (guild, question, scope, language, text, first, dismissed, reason)
			VALUES ($1, $2, '*', '', $2, $3, 0, '')`, guild, id, asked)
		if err != nil {
			return err
		}
		_, err = tx.ExecContext(ctx, `INSERT INTO open_wording (guild, question, wording, text, reason, times, asked)
			VALUES ($1, $2, 1, $2, 'unanswered', 1, $3)`, guild, id, asked)
		return err
	}
}

// ReferenceOf is the entry of a bibliography for an excerpt.
func ReferenceOf(e retrieval.Excerpt) string { return iso690(e) }

// JudgingCoefficients returns those of the honest no, by their names, for TestVaried to change.
func JudgingCoefficients() map[string]*float64 {
	all := map[string]*float64{"usualOfHundred": &usualOfHundred, "usualStep": &usualStep}
	for name, f := range map[string]formula{"belongs": belongs, "answered": answered} {
		for i := range f {
			all[name+": "+f[i].name] = &f[i].weight
		}
	}
	return all
}
