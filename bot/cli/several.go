package cli

import (
	"context"
	"errors"
	"fmt"
	"path/filepath"
	"strings"
	"time"

	"verbatim/bot/shards"
	"verbatim/config/database"
	"verbatim/retrieval"
)

// openShared opens the library for a bot that may run in several processes: on a database
// that they share, each has indexes of its own, so that a data directory has room for many.
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
	return l, nil
}

// mostHere is how many processes may run on one data directory.
const mostHere = 64

// processFolder returns the folder of the indexes of the n-th process on a data directory.
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
	ticker := time.NewTicker(freshenEvery)
	defer ticker.Stop()
	at := map[string]int64{} // the revisions of the indexes
	for {
		served, err := p.freshenAll(ctx, l, answers, at)
		switch {
		case err != nil && ctx.Err() == nil:
			p.log.Warn("make the indexes ready", "err", err)
		case err == nil && served:
			done()
			done = func() {}
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
}

// freshenAll brings the indexes up to date that are not. It reports whether the process
// answers for any guild.
func (p *program) freshenAll(ctx context.Context, l *library, answers func(guild string) bool, at map[string]int64) (served bool, err error) {
	revisions, err := l.db.Revisions(ctx)
	if err != nil {
		return false, err
	}
	for guild, revision := range revisions {
		if !answers(guild) {
			delete(at, guild)
			continue
		}
		served = true
		was, known := at[guild]
		if known && was == revision || ctx.Err() != nil {
			continue
		}
		one := errors.Join(l.indexes.Refresh(ctx, guild), l.curatedIndexes.Refresh(ctx, guild))
		if one == nil && !known {
			one = warmGuild(ctx, l, guild)
		}
		if one == nil {
			at[guild] = revision
		}
		err = errors.Join(err, one)
	}
	return served, err
}
