package cli

import (
	"context"
	"fmt"
	"time"
)

// purgeEvery is how often what is kept too long is removed.
const purgeEvery = time.Hour

// keepPurging removes what guilds keep no longer, at once and then at intervals, until
// ctx is done.
func (p *program) keepPurging(ctx context.Context, l *library, every time.Duration) {
	ticker := time.NewTicker(every)
	defer ticker.Stop()
	for {
		if err := purge(ctx, l); err != nil && ctx.Err() == nil {
			p.log.Error("purge", "err", err)
		}
		select {
		case <-ctx.Done():
			return
		case <-ticker.C:
		}
	}
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
