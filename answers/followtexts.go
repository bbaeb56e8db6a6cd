package answers

import (
	"context"
	"errors"

	"verbatim/corpus"
)

// FollowedBy is the author of revisions of curated answers in which quotes got the places
// where they stand now.
const FollowedBy = "verbatim"

// QuotesFollowed says what became of the quotes of curated answers when texts changed.
type QuotesFollowed struct {
	Taken int // answers with quotes that stand elsewhere now, and got their new places
	Stale int // answers with quotes that changed or are gone, which wait for a moderator
}

// FollowTexts gives quotes of curated answers that moved in their texts, which changed, the
// places where they stand now. What changed or is gone stays as it was: see Stale.
func (s *Store) FollowTexts(ctx context.Context, guild string) (QuotesFollowed, error) {
	var f QuotesFollowed
	access := corpus.Everything(guild)
	stale, err := s.Stale(ctx, access, false)
	if err != nil {
		return f, err
	}
	for _, a := range stale {
		moved, lost := false, false
		for _, q := range a.Quotes {
			moved = moved || q.Fate == MovedQuote
			lost = lost || q.Fate == ChangedQuote || q.Fate == GoneQuote
		}
		if lost {
			f.Stale++
		}
		if !moved {
			continue
		}
		_, err := s.TakeOver(ctx, access, a.ID, a.Revision, FollowedBy, false)
		var outdated *OutdatedError
		if errors.As(err, &outdated) || errors.Is(err, ErrRemoved) { // somebody is at it: the next time
			continue
		}
		if err != nil {
			return f, err
		}
		f.Taken++
	}
	return f, nil
}
