package ops

import (
	"context"
	"errors"
	"time"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/corpus"
)

// Answerer measures what answers.
func (w *Watch) Answerer(of bot.Answerer) bot.Answerer { return measured{of, w} }

type measured struct {
	bot.Answerer
	watch *Watch
}

// took notes how long a stage took.
func (w *Watch) took(stage string, begun time.Time) {
	w.stages.WithLabelValues(stage).Observe(time.Since(begun).Seconds())
}

// outcomes of questions: those of replies, and what else can come of one.
var outcomes = []string{string(answers.ByHand), string(answers.Excerpts), string(answers.None), smallTalk, refused, failed}

const (
	smallTalk = "small talk"
	refused   = "refused" // empty, or too long
	failed    = "failed"
)

func outcomeOf(r answers.Reply, err error) string {
	switch {
	case errors.Is(err, answers.ErrEmpty), errors.Is(err, answers.ErrTooLong):
		return refused
	case err != nil:
		return failed
	case r.SmallTalk:
		return smallTalk
	}
	return string(r.Outcome)
}

// Ask counts the question by what comes of it.
func (m measured) Ask(ctx context.Context, q answers.Question) (answers.Reply, error) {
	defer m.watch.took("ask", time.Now())
	r, err := m.Answerer.Ask(ctx, q)
	m.watch.questions.WithLabelValues(outcomeOf(r, err)).Inc()
	if err == nil {
		for stage, took := range r.Times.All() {
			m.watch.stages.WithLabelValues(stage).Observe(took.Seconds())
		}
	}
	return r, err
}

// The others are measured as they are.

func (m measured) Again(ctx context.Context, access corpus.Access, quotes []answers.Excerpt) ([]answers.Excerpt, error) {
	defer m.watch.took("again", time.Now())
	return m.Answerer.Again(ctx, access, quotes)
}

func (m measured) Around(ctx context.Context, access corpus.Access, e answers.Excerpt, step int) (answers.Context, error) {
	defer m.watch.took("around", time.Now())
	return m.Answerer.Around(ctx, access, e, step)
}

func (m measured) Notes(ctx context.Context, access corpus.Access, e answers.Excerpt) ([]answers.Excerpt, error) {
	defer m.watch.took("notes", time.Now())
	return m.Answerer.Notes(ctx, access, e)
}

func (m measured) List(ctx context.Context, q answers.Question, after, count int) (answers.Listing, error) {
	defer m.watch.took("list", time.Now())
	return m.Answerer.List(ctx, q, after, count)
}

func (m measured) Gather(ctx context.Context, a answers.Asking) (answers.OpenQuestion, error) {
	defer m.watch.took("gather", time.Now())
	return m.Answerer.Gather(ctx, a)
}

func (m measured) Vote(ctx context.Context, guild string, v answers.Vote, shown answers.Shown) error {
	defer m.watch.took("vote", time.Now())
	return m.Answerer.Vote(ctx, guild, v, shown)
}
