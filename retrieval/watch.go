package retrieval

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"sync"
	"time"

	"verbatim/config/database"
)

// A Watch keeps indexes as the store is, so that they are ready before somebody asks. It
// looks now and then which guilds have changed, and at once when it is told.
type Watch struct {
	Heads   func(context.Context) (map[string]database.Head, error) // of all guilds
	Answers func(guild string) bool                                 // whose indexes are wanted here
	// Refresh brings the indexes of a guild up to date; first says that it was not wanted, or
	// not up to date, before. It is called for several guilds at a time.
	Refresh func(ctx context.Context, guild string, first bool) error
	Every   time.Duration // between looks
	// Fresh, if set, is called when all indexes that are wanted, and there are some, are up
	// to date for the first time.
	Fresh func()
	Log   *slog.Logger

	once    sync.Once
	hints   chan struct{} // holds one value when it is to look at once
	working chan struct{} // holds one value for each guild whose indexes are being made
	group   sync.WaitGroup

	away bool // the store could not be asked the last time

	mutex sync.Mutex               // guards what follows
	at    map[string]database.Head // where the indexes that were up to date stand
	busy  map[string]bool          // guilds whose indexes are being brought up to date
}

// mostWatched is how many guilds' indexes are brought up to date at a time: one whose
// indexes are large keeps the others from nothing.
const mostWatched = 4

// lookTime bounds one question which guilds have changed.
const lookTime = 10 * time.Second

func (w *Watch) begin() {
	w.once.Do(func() {
		w.hints, w.working = make(chan struct{}, 1), make(chan struct{}, mostWatched)
		w.at, w.busy = map[string]database.Head{}, map[string]bool{}
	})
}

// Changed tells that a guild has changed, "" that any may have. It does not wait.
func (w *Watch) Changed(guild string) {
	if guild == "" || w.Answers(guild) {
		w.hint()
	}
}

func (w *Watch) hint() {
	w.begin()
	select {
	case w.hints <- struct{}{}:
	default:
	}
}

// Run watches until ctx is done.
func (w *Watch) Run(ctx context.Context) {
	w.begin()
	defer w.group.Wait()
	ticker := time.NewTicker(w.Every)
	defer ticker.Stop()
	for {
		fresh, err := w.look(ctx)
		if is := err != nil; is != w.away && ctx.Err() == nil {
			w.away = is
			w.Log.Log(ctx, levelOf(is), "look which servers have changed", "err", err)
		}
		if fresh && w.Fresh != nil {
			w.Fresh()
			w.Fresh = nil
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		case <-w.hints:
		}
	}
}

func levelOf(fault bool) slog.Level {
	if fault {
		return slog.LevelWarn
	}
	return slog.LevelInfo
}

// look begins to bring the indexes up to date that are not. It reports whether all are that
// are wanted, and there are some.
func (w *Watch) look(ctx context.Context) (fresh bool, err error) {
	asking, cancel := context.WithTimeout(ctx, lookTime)
	heads, err := w.Heads(asking)
	cancel()
	if err != nil {
		return false, err
	}
	w.mutex.Lock()
	defer w.mutex.Unlock()
	maps.DeleteFunc(w.at, func(guild string, _ database.Head) bool { _, is := heads[guild]; return !is })
	served, stale := false, false
	for guild, head := range heads {
		if !w.Answers(guild) {
			delete(w.at, guild)
			continue
		}
		served = true
		was, known := w.at[guild]
		if known && was == head {
			continue
		}
		stale = true
		if w.busy[guild] || ctx.Err() != nil {
			continue
		}
		select {
		case w.working <- struct{}{}:
			w.busy[guild] = true
			w.group.Go(func() { w.refresh(ctx, guild, head, !known) })
		default: // the next look does
		}
	}
	return served && !stale, nil
}

// refresh brings the indexes of a guild to a head at least, and looks again: there may
// be others that wait, or another change.
func (w *Watch) refresh(ctx context.Context, guild string, head database.Head, first bool) {
	err := w.Refresh(ctx, guild, first)
	w.mutex.Lock()
	delete(w.busy, guild)
	if err == nil {
		w.at[guild] = head
	}
	w.mutex.Unlock()
	<-w.working
	switch {
	case err == nil:
		w.hint()
	case ctx.Err() == nil && !errors.Is(err, context.Canceled):
		w.Log.Warn("make the indexes ready", "guild", guild, "err", err)
	}
}
