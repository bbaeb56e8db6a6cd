package corpus

import "context"

// Stamp returns the stamp of the change that led a guild to a revision, "" when it is
// not known. It tells whether an index that stands at the revision followed this
// store, and not another one or one that was restored since.
func (s *Store) Stamp(ctx context.Context, guild string, revision int64) (string, error) {
	return s.db.Stamp(ctx, guild, revision)
}
