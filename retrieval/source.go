package retrieval

import (
	"context"

	"verbatim/config/database"
)

// A Source is what indexes follow: the things of guilds that hold texts to be
// found, and the revision at which each changed last.
type Source interface {
	// Head returns where the guild's data stand, the zero Head for a guild without.
	Head(ctx context.Context, guild string) (database.Head, error)
	// Stamp returns the stamp of the change that led a guild to a revision, "" when it
	// is not known any more or never was.
	Stamp(ctx context.Context, guild string, revision int64) (string, error)
	// Changes returns things of the guild that changed after a revision, in the
	// order of their revisions, each as it is now. It may return some of them only,
	// but always whole revisions; none means that there are no more.
	Changes(ctx context.Context, guild string, since int64) ([]database.Change, error)
}
