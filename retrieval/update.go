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
	if err := x.checkBefore(ctx, g); err != nil {
		return err
	}
	if x.patience == 0 || !x.answers(g) {
		return x.wait(ctx, g, head)
	}
	patience := time.NewTimer(x.patience)
	defer patience.Stop()
	look := time.NewTicker(lookEvery)
	defer look.Stop()
	writing, followed, gone := g.writing, make(chan error), make(chan struct{})
	defer close(gone)
	for {
		select {
		case writing <- struct{}{}:
			writing = nil
			x.again(g)
			go x.followFor(g, head, followed, gone)
		case err := <-followed:
			if x.stays(g, err) {
				x.log.Error("index what changed", "guild", g.guild, "err", err)
				return nil
			}
			return err
		case <-look.C:
			if g.shows(head) {
				return nil
			}
		case <-patience.C:
			if x.answers(g) {
				return nil
			} // else what was indexed before is of other data, and gone
		case <-ctx.Done():
			return ctx.Err()
		}
	}
}

// followFor brings an index up to date for a question, which may be gone when it is done.
func (x *Indexes) followFor(g *guildIndex, head database.Head, followed chan<- error, gone <-chan struct{}) {
	defer x.release(g)
	err := x.follow(x.life, g, head)
	g.done()
	select {
	case followed <- err:
	case <-gone:
		if err != nil && x.life.Err() == nil {
			x.log.Error("index what changed", "guild", g.guild, "err", err)
		}
	}
}

// wait brings an index up to date, however long that takes.
func (x *Indexes) wait(ctx context.Context, g *guildIndex, head database.Head) error {
	if err := g.take(ctx); err != nil {
		return err
	}
	defer g.done()
	return x.follow(ctx, g, head)
}

// lookEvery is how often those who wait for an index look whether it shows what they wait for.
// That is so as soon as Bleve has it in memory, and long before it is on the disk, for which who
// writes it waits.
const lookEvery = time.Millisecond

// shows reports whether the index shows the guild's data at a head.
func (g *guildIndex) shows(head database.Head) bool {
	reader, err := g.reader()
	if err != nil {
		return false // who writes it says why
	}
	defer reader.Close()
	s, err := g.stateOf(reader)
	if err != nil || s.Partial || s.Revision != head.Revision || s.Stamp != head.Stamp {
		return false
	}
	g.at.Store(&head)
	return true
}

// take waits until nobody else writes the index. It ends with done.
func (g *guildIndex) take(ctx context.Context) error {
	select {
	case g.writing <- struct{}{}:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}

// tryTake is take for who does not wait: it reports whether nobody else writes the index.
func (g *guildIndex) tryTake() bool {
	select {
	case g.writing <- struct{}{}:
		return true
	default:
		return false
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

// follow brings an index that nobody else writes up to date. Once it is so, it needs no earlier
// one that answers.
func (x *Indexes) follow(ctx context.Context, g *guildIndex, head database.Head) error {
	err := g.follow(ctx, x.source, head)
	if err == nil {
		x.dropBefore(g)
	}
	return err
}
