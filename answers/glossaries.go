package answers

import (
	"context"
	"slices"
	"sync"

	"verbatim/config/database"
	"verbatim/retrieval"
)

// glossaries keeps the glossaries of guilds as questions use them. They are read again
// when the guild has changed, so that a change counts for the next question, and analysed
// again when they themselves have.
type glossaries struct {
	mutex sync.Mutex
	read  map[string]*glossary // by guild
}

type glossary struct {
	head   database.Head
	groups [][]string
	ready  *retrieval.Glossary
}

// of returns the glossary of a guild, nil where there is none.
func (g *glossaries) of(ctx context.Context, s *Store, guild string) (*retrieval.Glossary, error) {
	if s == nil {
		return nil, nil
	}
	head, err := s.Head(ctx, guild)
	if err != nil || head == (database.Head{}) {
		return nil, err
	}
	g.mutex.Lock()
	kept := g.read[guild]
	g.mutex.Unlock()
	if kept != nil && kept.head == head {
		return kept.ready, nil
	}
	stored, err := s.groups(ctx, guild)
	if err != nil {
		return nil, err
	}
	now := &glossary{head: head}
	for _, group := range stored {
		now.groups = append(now.groups, group.Terms)
	}
	switch {
	case len(now.groups) == 0:
	case kept != nil && slices.EqualFunc(kept.groups, now.groups, slices.Equal):
		now.ready = kept.ready
	default:
		now.ready = retrieval.NewGlossary(now.groups)
	}
	g.mutex.Lock()
	defer g.mutex.Unlock()
	if g.read == nil {
		g.read = map[string]*glossary{}
	}
	g.read[guild] = now
	return now.ready, nil
}
