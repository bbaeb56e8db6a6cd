package retrieval

import (
	"context"
	"log/slog"

	"verbatim/config/database"
)

// A warningSource is a source that logs which things of it are damaged, and so not found:
// their names alone, and once for each time that an index comes by them.
type warningSource struct {
	Source
	log *slog.Logger
}

// Changes implements Source.
func (s warningSource) Changes(ctx context.Context, guild string, since int64) ([]database.Change, error) {
	changes, err := s.Source.Changes(ctx, guild, since)
	for _, c := range changes {
		if c.Damaged != nil {
			s.log.Warn("a text is damaged and left out of all answers: verbatim doctor says what to do", "guild", guild, "name", c.Name)
		}
	}
	return changes, err
}
