package bot

import (
	"context"
	"sync"

	"verbatim/bot/shards"
)

// lookAgain looks every so often for what was claimed for the shard, is not answered, and is
// not worked on: what came in between that a former owner's claims could not be read, or that
// neither an answer nor a word that it failed could be sent. It is answered as what a former
// owner has left. It begins when what former owners left is being taken up, and ends when ctx
// is done; what it begins is done under answering.
func (s *shift) lookAgain(ctx, answering context.Context) {
	var again sync.WaitGroup
	defer again.Wait()
	select {
	case <-s.took:
	case <-ctx.Done():
		return
	}
	for sleep(ctx, s.bot.rhythm.looks) == nil {
		left, err := s.unfinished(ctx)
		if err != nil && ctx.Err() == nil {
			s.log.Info("what is not answered yet can't be read", "err", err)
		}
		for _, u := range left {
			again.Go(func() {
				if s.begin() {
					defer s.done()
					s.log.Info("a question that was left is looked at again", "question", u.ID)
					s.takeOver(answering, u)
				}
			})
		}
	}
}

// unfinished returns what is claimed and not worked on.
func (s *shift) unfinished(ctx context.Context) ([]shards.Unanswered, error) {
	worked := s.worked() // before: what ends meanwhile may be noted as answered only afterwards
	all, err := s.lease.Unanswered(ctx, true)
	begun := s.worked() // and after: what begins meanwhile may be claimed already
	var left []shards.Unanswered
	for _, u := range all {
		if worked[u.ID]+begun[u.ID] == 0 && u.Age >= s.bot.rhythm.settles {
			left = append(left, u)
		}
	}
	return left, err
}
