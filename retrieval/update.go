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
		g.writing <- struct{}{}
		defer g.done()
		return g.follow(ctx, x.source, head)
	}
	patience := time.NewTimer(x.patience)
	defer patience.Stop()
	select {
	case g.writing <- struct{}{}:
	case <-patience.C:
		return nil // another brings it up to date
	case <-ctx.Done():
		return ctx.Err()
	}
	followed, gone := make(chan error), make(chan struct{})
	defer close(gone)
	x.again(g)
	go func() {
		defer x.release(g)
		err := g.follow(x.life, x.source, head)
		g.done()
		select {
		case followed <- err:
		case <-gone:
			if err != nil && x.life.Err() == nil {
				x.log.Error("index what changed", "guild", g.guild, "err", err)
			}
		}
	}()
	for {
		select {
		case err := <-followed:
			if g.stays(err) {
				x.log.Error("index what changed", "guild", g.guild, "err", err)
				return nil
			}
			return err
		case <-patience.C:
			if g.at.Load() != nil {
				return nil
			} // else what was indexed before is of other data, and gone
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// done lets the next one bring the index up to date.
func (g *guildIndex) done() { <-g.writing }

// again counts one more user of an index that is in use.
func (x *Indexes) again(g *guildIndex) {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	x.searches.Add(1)
	g.users++
}
