// Package eval measures how well questions are answered. It judges whole replies
// from outside: from the text that is shown and the source texts, not from what the
// answering packages say of themselves.
//
// The questions stand in a folder, a [Set]:
//
//	queries.jsonl       {"id", "text", "answers": ["…"], "kind"}: answers and kind may be absent
//	corpus.jsonl        {"id", "title", "text"}: the documents, unless they are elsewhere
//	qrels.tsv           query id, tab, document id: the documents that answer a query
//	unanswerable.jsonl  {"id", "text", "kind"}: questions that the texts don't answer
//	curated.jsonl       {"id", "question", "alternatives", "answer", "source", "asks", "misses"}
//
// Only queries.jsonl must be there. The package stores no documents: who runs a set
// puts them where its [Target] finds them.
package eval

import (
	"context"
	"fmt"
	"time"
	"unicode/utf8"

	"verbatim/answers"
	"verbatim/corpus"
	"verbatim/retrieval"
)

// A Target is what is judged: an Answerer, and the texts and indexes that it
// answers from.
type Target struct {
	Store    *corpus.Store
	Indexes  *retrieval.Indexes
	Answerer *answers.Answerer // without curated answers
	Access   corpus.Access     // of who asks
	Now      func() time.Time  // measures how long replies take

	// Where the curated answers of a set are put, and what follows them; nil, and they
	// are not measured.
	Curated        *answers.Store
	CuratedIndexes *retrieval.Indexes
}

// Judged is a question with the judgement on its reply.
type Judged struct {
	Query
	Answerable bool // one of Set.Queries, not of Set.Unanswerable
	Outcome    answers.Outcome
	Belongs    float64
	Signals    retrieval.Signals
	Confidence float64
	Hedged     bool
	InReply    [len(budgets)]bool // an answer stands in so much of the excerpts, whatever the outcome
	Answered   [len(budgets)]bool // the same of the reply as sent
	Characters int                // code points of the excerpts of the reply as sent
	Documents  []string           // names of the ten best documents, best first; none for unanswerable questions
	Untrue     []error            // what is wrong with excerpts that are not true quotes
	Took       time.Duration
}

// Run asks the questions of a set one after another and judges the replies; then, with
// the curated answers of the set, its asks and misses.
// Progress, if set, is called after each question. A question that can't be asked
// ends the run with an error that names it.
func Run(ctx context.Context, s *Set, t Target, progress func(done, of int)) (Report, error) {
	r, err := newRun(ctx, s, t)
	if err != nil {
		return Report{}, fmt.Errorf("%s: %w", s.Name, err)
	}
	var all []Judged
	for i, q := range append(s.Queries[:len(s.Queries):len(s.Queries)], s.Unanswerable...) {
		j, err := r.judge(ctx, q, i < len(s.Queries))
		if err != nil {
			return Report{}, fmt.Errorf("%s, query %s: %w", s.Name, q.ID, err)
		}
		all = append(all, j)
		if progress != nil {
			progress(len(all), len(s.Queries)+len(s.Unanswerable))
		}
	}
	report := newReport(s.Name, all)
	if t.Curated != nil && len(s.Curated) > 0 {
		if report.Asks, err = askCurated(ctx, s, t); err != nil {
			return Report{}, fmt.Errorf("%s: %w", s.Name, err)
		}
		report.Curated = countAsks(report.Asks)
	}
	return report, nil
}

// A run is the state of Run.
type run struct {
	Target
	names    map[string]string // of documents, by ID
	verifier verifier
}

func newRun(ctx context.Context, s *Set, t Target) (*run, error) {
	documents, err := t.Store.Documents(ctx, t.Access, false)
	if err != nil {
		return nil, err
	}
	r := &run{Target: t, names: map[string]string{}, verifier: newVerifier(t.Store, t.Access)}
	known := map[string]bool{}
	for _, d := range documents {
		r.names[d.ID], known[d.Name] = d.Name, true
	}
	if !s.HasDocuments() { // else Load has compared them
		if err := s.checkRelevant(known); err != nil {
			return nil, err
		}
	}
	// The first search brings the index up to date, which is not to be measured.
	_, err = t.Indexes.Rank(ctx, retrieval.Query{Text: s.Queries[0].Text, Access: t.Access}, 1, t.Store)
	return r, err
}

// judge asks a question and judges the reply.
func (r *run) judge(ctx context.Context, q Query, answerable bool) (Judged, error) {
	start := r.Now()
	reply, err := r.Answerer.Ask(ctx, answers.Question{Text: q.Text, Access: r.Access})
	took := r.Now().Sub(start)
	if err != nil {
		return Judged{}, err
	}
	j := Judged{
		Query:      q,
		Answerable: answerable,
		Outcome:    reply.Outcome,
		Belongs:    reply.Belongs,
		Signals:    reply.Signals,
		Confidence: reply.Confidence,
		Hedged:     reply.Hedged,
		InReply:    inBudgets(q.Answers, texts(reply.Quotes)),
		Answered:   inBudgets(q.Answers, texts(reply.Excerpts())),
		Took:       took,
	}
	for _, text := range texts(reply.Excerpts()) {
		j.Characters += utf8.RuneCountInString(text)
	}
	if answerable {
		if j.Documents, err = r.documents(ctx, q.Text); err != nil {
			return Judged{}, err
		}
	}
	j.Untrue, err = r.verifier.untrue(ctx, reply.Quotes)
	return j, err
}

func texts(excerpts []answers.Excerpt) []string {
	var shown []string
	for _, e := range excerpts {
		shown = append(shown, e.Text)
	}
	return shown
}
