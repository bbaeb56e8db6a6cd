package retrieval

import (
	"context"
	"time"

	"verbatim/config/database"
)

// WaitAtMost lets questions wait no longer than so for what changed to be indexed: then
// they are answered from what was indexed before, and indexing goes on. It is called before
// the first question. Without it they wait until all is indexed, and where nothing is indexed
// yet they always do.
func (x *Indexes) WaitAtMost(patience time.Duration) { x.patience = patience }

// update brings an index up to the head of the guild's data.
func (x *Indexes) update(ctx context.Context, g *guildIndex, head database.Head) error {
	if at := g.at.Load(); at != nil && *at == head {
		return nil
	}
	if x.patience == 0 || g.at.Load() == nil {
		g.writing.Lock()
		defer g.writing.Unlock()
		return g.follow(ctx, x.source, head)
	}
	if !g.writing.TryLock() {
		return nil // another brings it up to date
	}
	followed := make(chan error, 1)
	x.again(g)
	go func() {
		defer x.release(g)
		defer g.writing.Unlock()
		err := g.follow(x.life, x.source, head)
		if err != nil && x.life.Err() == nil {
			x.log.Error("index what changed", "guild", g.guild, "err", err)
		}
		followed <- err
	}()
	patience := time.NewTimer(x.patience)
	defer patience.Stop()
	select {
	case err := <-followed:
		return err
	case <-patience.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// again counts one more user of an index that is in use.
func (x *Indexes) again(g *guildIndex) {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	x.searches.Add(1)
	g.users++
}
