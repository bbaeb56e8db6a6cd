package eval

import (
	"math"
	"slices"
	"time"

	"verbatim/answers"
)

// newReport measures the replies to a set, of which at least one is to a query.
func newReport(set string, all []Judged) Report {
	queries := filter(all, func(j Judged) bool { return j.Answerable })
	whole := newKind(queries)
	r := Report{
		Set:             set,
		N:               whole.N,
		AnswerInReply:   whole.AnswerInReply,
		Answered:        whole.Answered,
		CharactersShown: mean(queries, func(j Judged) float64 { return float64(j.Characters) }),
		Refused:         whole.Refused,
		Kinds:           map[string]Kind{},
		LeaveOut:        newLeaveOut(all),
		Questions:       all,
	}
	r.setRanking(filter(queries, func(j Judged) bool { return len(j.Relevant) > 0 }))
	r.setTimes(queries)
	for _, j := range all {
		r.UntrueQuotes += len(j.Untrue)
		if !j.Answerable {
			r.FalseAnswers.add(j)
		} else if _, found := r.Kinds[j.Kind]; !found && j.Kind != "" {
			r.Kinds[j.Kind] = newKind(filter(queries, func(q Judged) bool { return q.Kind == j.Kind }))
		}
	}
	return r
}

// setRanking measures the order of the documents for the queries with relevant ones.
func (r *Report) setRanking(queries []Judged) {
	if len(queries) == 0 {
		return
	}
	of := func(measure func(Judged) float64) *float64 { return new(mean(queries, measure)) }
	r.RecallAt1 = of(func(j Judged) float64 { return j.recall(1) })
	r.RecallAt5 = of(func(j Judged) float64 { return j.recall(5) })
	r.RecallAt10 = of(func(j Judged) float64 { return j.recall(depth) })
	r.MRRAt10 = of(Judged.reciprocalRank)
	r.NDCGAt10 = of(Judged.ndcg)
}

// setTimes measures how long the replies took.
func (r *Report) setTimes(queries []Judged) {
	var times []time.Duration
	var sum time.Duration
	for _, j := range queries {
		times = append(times, j.Took)
		sum += j.Took
	}
	slices.Sort(times)
	r.P50, r.P99 = percentile(times, 0.50), percentile(times, 0.99)
	if sum > 0 {
		r.QuestionsASecond = float64(len(times)) / sum.Seconds()
	}
}

// percentile returns the least of the sorted times, in milliseconds, that the share
// of them does not exceed.
func percentile(times []time.Duration, share float64) float64 {
	rank := int(math.Ceil(share * float64(len(times))))
	return float64(times[rank-1]) / float64(time.Millisecond)
}

func newKind(queries []Judged) Kind {
	return Kind{
		N:             len(queries),
		AnswerInReply: shares(queries, func(j Judged) [len(budgets)]bool { return j.InReply }),
		Answered:      shares(queries, func(j Judged) [len(budgets)]bool { return j.Answered }),
		Refused:       mean(queries, func(j Judged) float64 { return oneIf(j.Outcome == answers.None) }),
	}
}

// shares measures the queries that have answers, nil if none has.
func shares(queries []Judged, found func(Judged) [len(budgets)]bool) *Shares {
	queries = filter(queries, func(j Judged) bool { return len(j.Answers) > 0 })
	if len(queries) == 0 {
		return nil
	}
	in := func(i int) float64 {
		return mean(queries, func(j Judged) float64 { return oneIf(found(j)[i]) })
	}
	return &Shares{in(0), in(1), in(2)}
}

// add counts an unanswerable question.
func (f *FalseAnswers) add(j Judged) {
	count := &f.Other
	switch j.Kind {
	case "foreign":
		count = &f.Foreign
	case "near":
		count = &f.Near
	}
	count[2]++
	switch {
	case j.Outcome == answers.None:
	case j.Hedged:
		count[1]++
	default:
		count[0]++
	}
}

func filter(all []Judged, keep func(Judged) bool) []Judged {
	var kept []Judged
	for _, j := range all {
		if keep(j) {
			kept = append(kept, j)
		}
	}
	return kept
}

func mean(queries []Judged, of func(Judged) float64) float64 {
	sum := 0.0
	for _, j := range queries {
		sum += of(j)
	}
	return sum / float64(len(queries))
}

func oneIf(b bool) float64 {
	if b {
		return 1
	}
	return 0
}
