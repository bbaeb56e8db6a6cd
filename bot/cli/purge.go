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
		settings, err := l.settings.Get(ctx, g)
		if err != nil {
			return err
		}
		if _, err := l.curated.Purge(ctx, g, settings.Retention); err != nil {
			return fmt.Errorf("guild %s: %w", g, err)
		}
	}
	return nil
}
