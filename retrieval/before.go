package retrieval

import (
	"context"
	"errors"
	"fmt"
	"os"
	"time"

	"github.com/blevesearch/bleve/v2"

	"verbatim/config/database"
)

// A new version of the program may analyse texts otherwise than the one that made an index.
// As long as it can read that one, it answers: it is put aside, opened to be read alone, and
// deleted once the new one beside it is whole. Its words are those of another analysis, so that
// it may find less, never something wrong: what is quoted and who may see it comes from the
// texts themselves.

// beforeName ends the name of the folder of an index that was put aside.
const beforeName = ".before"

// openBefore opens the index that was put aside for the one in dir. Where there is none and the
// one in dir is of an earlier version, that is put aside. It returns nil if there is none that
// can answer, and leaves none behind then.
func (x *Indexes) openBefore(dir, guild string, earlier bool) *guildIndex {
	if _, err := os.Stat(dir + beforeName); err != nil && !earlier {
		return nil
	}
	g, err := openToRead(dir+beforeName, guild, x.kept)
	if err != nil && earlier {
		if err = putAside(dir); err == nil {
			g, err = openToRead(dir+beforeName, guild, x.kept)
		}
	}
	if err != nil {
		x.log.Info("no index of an earlier version answers meanwhile", "guild", guild, "err", errors.Join(err, os.RemoveAll(dir+beforeName)))
		return nil
	}
	return g
}

// putAside puts an index aside that was opened, found to be of an earlier version and closed
// again, which may have changed its files.
func putAside(dir string) error {
	if err := seal(dir); err != nil {
		return err
	}
	return errors.Join(os.RemoveAll(dir+beforeName), os.Rename(dir, dir+beforeName))
}

// openToRead opens an index of an earlier version, which stays as it is.
func openToRead(dir, guild string, kept *keptLists) (*guildIndex, error) {
	if err := verify(dir); err != nil {
		return nil, err
	}
	b, err := bleve.OpenUsing(dir, map[string]any{"bolt_timeout": "1s", "read_only": true})
	if err != nil {
		return nil, err
	}
	x := newGuildIndex(guild, dir, b, kept)
	x.replies = true
	if err := x.check(); !errors.Is(err, errEarlier) {
		return nil, errors.Join(err, fmt.Errorf("it has format %d", x.state.Format), b.Close())
	}
	return x, nil
}

// Renew waits until the index of a guild is of this version, where one of an earlier version
// answers meanwhile. One that was deleted for want of room is left to the next question.
func (x *Indexes) Renew(ctx context.Context, guild string) error {
	if x.Dropped(guild) {
		return nil
	}
	head, err := x.source.Head(ctx, guild)
	if err != nil || head == (database.Head{}) {
		return err
	}
	return x.with(guild, func(g *guildIndex) error {
		if g.at.Load() != nil {
			return nil
		}
		return x.wait(ctx, g, head)
	})
}

// checkBefore sees to it that no index of an earlier version answers that followed other data
// than the source has.
func (x *Indexes) checkBefore(ctx context.Context, g *guildIndex) error {
	x.mutex.Lock()
	before := g.before
	x.mutex.Unlock()
	if before == nil {
		return nil
	}
	asking, cancel := ctx, context.CancelFunc(func() {})
	if x.patience > 0 {
		asking, cancel = context.WithTimeout(ctx, max(x.patience, leastAsking))
	}
	defer cancel()
	stamp, err := x.source.Stamp(asking, g.guild, before.state.Revision)
	if err == nil && (stamp == "" || stamp != before.state.Stamp) {
		x.dropBefore(g)
	}
	silent := err != nil && asking.Err() != nil && ctx.Err() == nil
	if silent || database.IsAway(err) {
		return nil // what answers while it is away decides
	}
	return err
}

// leastAsking is how long the source has at least to tell what an earlier index followed: one that
// is merely slow shall not count as away.
const leastAsking = time.Second

// answers reports whether questions can be answered from an index, or from an earlier one.
func (x *Indexes) answers(g *guildIndex) bool {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	return g.at.Load() != nil || g.before != nil
}

// answering returns the index that a question is asked: the earlier one as long as the other
// is not whole. It is given back with answered.
func (x *Indexes) answering(g *guildIndex) *guildIndex {
	x.mutex.Lock()
	defer x.mutex.Unlock()
	if g.before == nil || g.at.Load() != nil {
		return g
	}
	g.before.users++
	return g.before
}

// answered ends what answering began.
func (x *Indexes) answered(asked *guildIndex) {
	if !asked.replies {
		return
	}
	x.mutex.Lock()
	asked.users--
	last := asked.users == 0 && asked.dropped
	x.mutex.Unlock()
	if last {
		x.delete(asked)
	}
}

// dropBefore lets an earlier index answer no more questions, and deletes it when it has
// answered those that it has.
func (x *Indexes) dropBefore(g *guildIndex) {
	x.mutex.Lock()
	before, last := g.before, false
	if before != nil {
		g.before, before.dropped, last = nil, true, before.users == 0
	}
	x.mutex.Unlock()
	if last {
		x.delete(before)
	}
}

// delete closes an earlier index that answers no more and deletes its folder, beside the questions.
// Whoever calls it still uses the index before which it answered, so that nobody opens it again.
func (x *Indexes) delete(before *guildIndex) {
	if err := errors.Join(before.close(), os.RemoveAll(before.dir)); err != nil {
		x.log.Warn("delete the index of an earlier version", "guild", before.guild, "err", err)
	}
}
