package retrieval

import (
	"context"

	"verbatim/config/database"
)

// Refresh brings the index of a guild up to date, as the next question would. One that was
// deleted for want of room is left to that question.
func (x *Indexes) Refresh(ctx context.Context, guild string) error {
	if x.Dropped(guild) {
		return nil
	}
	head, err := x.source.Head(ctx, guild)
	if err != nil || head == (database.Head{}) {
		return err
	}
	return x.bring(ctx, guild, head, func(*guildIndex) error { return nil })
}
