package retrieval

import "context"

// Refresh brings the index of a guild up to date, as the next question would.
func (x *Indexes) Refresh(ctx context.Context, guild string) error {
	return x.use(ctx, guild, func(*guildIndex) error { return nil })
}
