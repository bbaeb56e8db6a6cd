package cli

import (
	"context"
	"errors"
	"fmt"
	"time"

	"verbatim/bot"
	"verbatim/retrieval"
)

// purgeEvery is how often what is kept too long is removed.
const purgeEvery = time.Hour

// busyPause is how long the purge waits for an index that is in use.
const busyPause = 2 * time.Second

// keepPurging removes what guilds keep no longer, at once and then at intervals, until
// ctx is done. Guilds that the bot has left are erased only from when located is closed, and
// only those of which it locates whether it is in them: it may have come again to one of
// them while it did not run. Nothing is removed before the clock of this machine is found
// to be right: one that is ahead would let all of it go.
func (p *program) keepPurging(ctx context.Context, l *library, locates func(guild string) bool, every time.Duration, located <-chan struct{}, clock func() error) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	erasing := func(context.Context, *library) error { return nil }
	for {
		err := clock()
		if err == nil {
			err = errors.Join(erasing(ctx, l), purge(ctx, l))
		}
		var again <-chan time.Time
		switch {
		case errors.Is(err, retrieval.ErrBusy), errors.Is(err, errClockUnknown):
			again = time.After(busyPause)
		case err != nil && ctx.Err() == nil:
			p.log.Error("purge", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-located:
			erasing, located = func(ctx context.Context, l *library) error { return erase(ctx, l, locates) }, nil
		case <-again:
		case <-ticker.C:
		}
	}
}

// errClockUnknown is why nothing is removed before Discord has answered for the first time.
var errClockUnknown = errors.New("no time from Discord yet")

// clockTrusted is how far the clock of this machine may be off Discord's for anything to be
// removed because of its age.
const clockTrusted = time.Hour

// clockOf returns a function that returns an error where the clock of this machine is not
// to be trusted.
func clockOf(b *bot.Bot) func() error {
	return func() error {
		off, known := b.ClockOff()
		if !known {
			return errClockUnknown
		}
		if off.Abs() > clockTrusted {
			return fmt.Errorf("nothing is removed: the clock of this machine is off Discord's by %v: set it", off.Round(time.Minute))
		}
		return nil
	}
}

// erase removes all of the guilds that the bot has left long ago: first their indexes, for
// the database says which they are.
func erase(ctx context.Context, l *library, locates func(guild string) bool) error {
	homes := bot.NewHomes(l.db, time.Now)
	expired, err := homes.Expired(ctx)
	for _, guild := range expired {
		if !locates(guild) {
			continue
		}
		err = errors.Join(err, eraseGuild(ctx, l, homes, guild)) // one keeps no other waiting
	}
	return err
}

func eraseGuild(ctx context.Context, l *library, homes *bot.Homes, guild string) error {
	for _, indexes := range []*retrieval.Indexes{l.indexes, l.curatedIndexes} {
		if err := indexes.Erase(guild); err != nil {
			return err
		}
	}
	return homes.Erase(ctx, guild)
}

// purge removes what each guild keeps no longer, by its setting.
func purge(ctx context.Context, l *library) error {
	guilds, err := l.db.Guilds(ctx)
	if err != nil {
		return err
	}
	for _, g := range guilds {
		if err := purgeGuild(ctx, l, g); err != nil {
			return err
		}
	}
	return nil
}

func purgeGuild(ctx context.Context, l *library, guild string) error {
	settings, err := l.settings.Get(ctx, guild)
	if err == nil {
		_, err = l.curated.Purge(ctx, guild, settings.Retention)
	}
	if err != nil {
		return fmt.Errorf("remove what guild %s keeps no longer: %w", guild, err)
	}
	return nil
}
