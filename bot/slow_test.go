package bot_test

import (
	"context"
	"sync"

	"verbatim/answers"
	"verbatim/bot"
	"verbatim/corpus"
)

// A slowAnswerer waits before it answers as the one behind it does.
type slowAnswerer struct {
	bot.Answerer
	mutex sync.Mutex
	wait  chan struct{}
}

func (s *slowAnswerer) set(wait chan struct{}) {
	s.mutex.Lock()
	defer s.mutex.Unlock()
	s.wait = wait
}

func (s *slowAnswerer) pause(ctx context.Context) {
	s.mutex.Lock()
	wait := s.wait
	s.mutex.Unlock()
	select {
	case <-wait:
	case <-ctx.Done():
	}
}

func (s *slowAnswerer) Ask(ctx context.Context, q answers.Question) (answers.Reply, error) {
	s.pause(ctx)
	return s.Answerer.Ask(ctx, q)
}

func (s *slowAnswerer) Again(ctx context.Context, access corpus.Access, quotes []answers.Excerpt) ([]answers.Excerpt, error) {
	s.pause(ctx)
	return s.Answerer.Again(ctx, access, quotes)
}

func (s *slowAnswerer) Around(ctx context.Context, access corpus.Access, e answers.Excerpt, step int) (answers.Context, error) {
	s.pause(ctx)
	return s.Answerer.Around(ctx, access, e, step)
}

func (s *slowAnswerer) Gather(ctx context.Context, a answers.Asking) (answers.OpenQuestion, error) {
	s.pause(ctx)
	return s.Answerer.Gather(ctx, a)
}

func (s *slowAnswerer) Vote(ctx context.Context, guild string, v answers.Vote, shown answers.Shown) error {
	s.pause(ctx)
	return s.Answerer.Vote(ctx, guild, v, shown)
}

func (s *slowAnswerer) List(ctx context.Context, q answers.Question, after, count int) (answers.Listing, error) {
	s.pause(ctx)
	return s.Answerer.List(ctx, q, after, count)
}
