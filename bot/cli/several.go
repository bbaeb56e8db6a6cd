package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"verbatim/bot/shards"
	"verbatim/config/database"
	"verbatim/retrieval"
)

// openShared opens the library for a bot that may run in several processes: on a database
// that they share, each has indexes of its own, so that a data folder has room for many.
// On SQLite it is openOwn.
func (p *program) openShared(ctx context.Context) (*library, error) {
	if p.settings.Database == "" {
		return p.openOwn(ctx)
	}
	l, err := p.openStore(ctx, p.settings.DatabaseAddress(), localGuild)
	if err != nil {
		return nil, err
	}
	for n := 1; n <= mostHere; n++ {
		err = p.openOwnIndexes(l, processFolder(p.settings.Data, n))
		if !errors.Is(err, retrieval.ErrLocked) {
			break
		}
		// The texts' may be open by now and the curated ones' not: a process that ends lets go
		// of them one after the other.
		err = errors.Join(err, l.closeIndexes())
	}
	if err != nil {
		return nil, errors.Join(err, l.close())
	}
	if l.copy, err = database.NewCopy(ctx, l.db, filepath.Join(l.dir, copyName)); err != nil {
		p.log.Warn("nothing can be answered while the database is away", "err", err)
	} else {
		l.closers = append(l.closers, l.copy.Close)
	}
	return l, nil
}

// copyName is the file of what is answered from while the database is away.
const copyName = "copy.db"

// mostHere is how many processes may run on one data folder.
const mostHere = 64

// processFolder returns the folder of the indexes of the n-th process on a data folder.
func processFolder(data string, n int) string {
	if n == 1 {
		return data
	}
	return filepath.Join(data, fmt.Sprintf("process-%d", n))
}

// closeIndexes closes the indexes alone.
func (l *library) closeIndexes() error {
	var err error
	for len(l.closers) > 1 { // the first is that of the database
		last := len(l.closers) - 1
		err = errors.Join(err, l.closers[last]())
		l.closers = l.closers[:last]
	}
	return err
}

// keeper returns what divides the servers among the processes on a database, nil where
// there can be one alone.
func (p *program) keeper(l *library) *shards.Keeper {
	if l.db.Engine() != database.PostgreSQL {
		return nil
	}
	return shards.New(shards.Options{DB: l.db, Name: strings.TrimSpace(process()), Timing: shards.TimingOf(p.settings.Lease), Log: p.log})
}

// freshenEvery is how often is looked what changed. A question to a guild finds all that
// was stored before it anyway: this is for indexes to be ready before somebody asks.
const freshenEvery = time.Second

// freshen keeps the indexes of the guilds that this process answers for as the store is,
// until ctx is done. It calls done when they are so for the first time.
func (p *program) freshen(ctx context.Context, l *library, answers func(guild string) bool, done func()) {
	w := &retrieval.Watch{
		Heads:   func(ctx context.Context) (map[string]database.Head, error) { return p.heads(ctx, l, answers) },
		Answers: answers,
		Refresh: func(ctx context.Context, guild string, first bool) error { return p.refresh(ctx, l, guild, first) },
		Every:   freshenEvery,
		Fresh: func() {
			p.log.Info("the indexes are ready")
			done()
		},
		Log: p.log,
	}
	var beside sync.WaitGroup
	defer beside.Wait()
	beside.Go(func() { p.tend(ctx, l, answers) })
	if p.settings.Listen != "off" {
		beside.Go(func() { p.listen(ctx, l, w.Changed) })
	}
	w.Run(ctx)
}

// heads returns where the guilds stand, and lets the copy know.
func (p *program) heads(ctx context.Context, l *library, answers func(guild string) bool) (map[string]database.Head, error) {
	begun := time.Now()
	heads, err := l.db.Heads(ctx)
	if err == nil && l.copy != nil {
		l.copy.Confirm(heads, answers, begun)
	}
	return heads, err
}

// refresh brings the indexes of a guild up to date, and what is answered from while the
// database is away.
func (p *program) refresh(ctx context.Context, l *library, guild string, first bool) error {
	err := errors.Join(l.indexes.Refresh(ctx, guild), l.curatedIndexes.Refresh(ctx, guild))
	if err == nil && first {
		err = warmGuild(ctx, l, guild)
	}
	// Who may see what is wanted there also where an index can't be written.
	return errors.Join(err, p.copyGuild(ctx, l, guild))
}

// copyGuild brings up to date what is answered from while the database is away. Where there is
// no room for it, tend does later: as long as the database is there, all goes well without.
func (p *program) copyGuild(ctx context.Context, l *library, guild string) error {
	if l.copy == nil {
		return nil
	}
	err := l.copy.Follow(ctx, guild)
	if errors.Is(err, database.ErrFull) {
		p.log.Warn("no room for what is answered from while the database is away", "guild", guild, "err", err)
		l.unfollowed.Store(guild, true)
		return nil
	}
	return err
}

// tendEvery is how often is looked whether there is room again for what was not copied, and
// what of the copy is not wanted any more.
const tendEvery = 30 * time.Second

// tend deletes from the copy, until ctx is done, what is not wanted any more, and copies what
// there was no room for.
func (p *program) tend(ctx context.Context, l *library, answers func(guild string) bool) {
	ticker := time.NewTicker(tendEvery)
	defer ticker.Stop()
	for {
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
		if l.copy == nil {
			continue
		}
		if err := l.copy.Tidy(ctx); err != nil && ctx.Err() == nil {
			p.log.Warn("tidy the copy for when the database is away", "err", err)
		}
		for guild := range l.unfollowed.Range {
			l.unfollowed.Delete(guild)
			if guild := guild.(string); answers(guild) && p.copyGuild(ctx, l, guild) != nil {
				l.unfollowed.Store(guild, true)
			}
		}
	}
}

// listen tells of changes that other processes, or this one, have just made.
func (p *program) listen(ctx context.Context, l *library, changed func(guild string)) {
	err := l.db.Listen(ctx, database.Listener{
		Address: p.settings.Listen,
		Heard:   changed,
		Tell: func(listens bool, why error) {
			if listens {
				p.log.Info("changes are heard of as they are made")
			} else {
				p.log.Warn("changes are not heard of, and are looked for each second", "err", why)
			}
		},
	})
	if err != nil {
		p.log.Error("changes are not heard of, and are looked for each second", "err", err)
	}
}
